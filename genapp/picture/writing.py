"""Texts for models that write: a text is a row of labels, one letter each, that are drawn in one hand."""

from __future__ import annotations

from genapp.model.config import ClassCondition, ModelConfig

MAX_LENGTH = 16
"""Letters of one row."""


class TextError(ValueError):
    """A text that cannot be written. `code` is "empty", "letter" or "long"; `values` are what its message names."""

    def __init__(self, code: str, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.code, self.values = code, values


def writes(config: ModelConfig) -> bool:
    """Whether a model can: it draws digits, and its generator takes one class, of labels of one letter.

    Its mapping must not take it, so that a latent is a hand, whatever it writes.
    """
    return _letters(config) is not None


def labels_of(config: ModelConfig, text: str) -> tuple[str, ...]:
    """The labels of `text` without its blanks.

    Raises ValueError for a model that does not write, and `TextError` (a ValueError) for a text without letters, with
    one that the model cannot write, or of more than `MAX_LENGTH`.
    """
    known = letters(config).labels
    labels = tuple(letter for letter in text if not letter.isspace())
    if not labels:
        raise TextError("empty", "there is nothing to write: give a number")
    for letter in labels:
        if letter not in known:
            message = f"{config.name} cannot write {letter!r}: it knows {known[0]} to {known[-1]}"
            raise TextError("letter", message, letter=letter, first=known[0], last=known[-1])
    if len(labels) > MAX_LENGTH:
        message = f"{len(labels)} letters are too many: give at most {MAX_LENGTH}"
        raise TextError("long", message, most=MAX_LENGTH, count=len(labels))
    return labels


def conditions_of(config: ModelConfig, text: str) -> dict[str, str | tuple[str, ...]]:
    """A recipe's conditions that write a text. Raises as `labels_of` does."""
    labels = labels_of(config, text)
    return {letters(config).name: labels if len(labels) > 1 else labels[0]}


def _letters(config: ModelConfig) -> ClassCondition | None:
    if config.task != "digits" or config.sampling is None or len(config.conditions) != 1:
        return None
    (condition,) = config.conditions
    if not isinstance(condition, ClassCondition) or "mapping" in condition.graphs:
        return None
    return condition if all(len(label) == 1 for label in condition.labels) else None


def letters(config: ModelConfig) -> ClassCondition:
    """The class whose labels are letters. Raises ValueError for a model that does not write."""
    condition = _letters(config)
    if condition is None:
        raise ValueError(
            f"{config.name} does not write: choose a model with one class of one letter each, and no other"
        )
    return condition
