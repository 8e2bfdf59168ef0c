"""Hands: a latent of a model that writes any of its labels with it. What the views of digits to order share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.card import Card, ClassCondition
from genapp.model import Model
from genapp.ui.calls import Refused, Request
from genapp.ui.points import Name, Plain, Share, latent
from genapp.ui.shelf import Shelf

MAX_LENGTH = 16
"""Labels in one row."""


class Writing(Request):
    """`text` in a hand, or in one on the way from it to a second: 0 is all the first's, 1 all the second's."""

    model: Name
    text: Annotated[str, Field(max_length=2000)]
    hand: Plain
    second: Plain | None = None
    share: Share = 0.0


@dataclass(frozen=True)
class Writer:
    """A model that writes labels of one letter each."""

    model: Model
    condition: ClassCondition

    def labels(self, text: str) -> list[str]:
        """The labels of a text without its blanks.

        Raises `Refused`: "empty", "long" beyond `MAX_LENGTH`, or "letter" for one that the model cannot write.
        """
        labels = [letter for letter in text if not letter.isspace()]
        if not labels:
            raise Refused("empty")
        for letter in labels:
            if letter not in self.condition.labels:
                known = self.condition.labels
                raise Refused("letter", letter=letter, first=known[0], last=known[-1])
        if len(labels) > MAX_LENGTH:
            raise Refused("long", most=MAX_LENGTH, count=len(labels))
        return labels

    def write(self, w: np.ndarray, labels: Iterable[str]) -> np.ndarray:
        """Pictures uint8 (N, H, W, C) of labels, all with the latent `w`, float32 (L, Dw)."""
        labels = list(labels)
        return self.model.decode(np.repeat(w[None], len(labels), axis=0), **{self.condition.name: labels})

    def hand(self, request: Writing) -> np.ndarray:
        """The latent of a request's hand, float32 (L, Dw)."""
        w = latent(self.model, request.hand)
        if request.second is None:
            return w
        other = latent(self.model, request.second)
        return (w + np.float32(request.share) * (other - w)).astype(np.float32)


def writes(card: Card) -> bool:
    """Whether a model can: it draws digits, and its generator takes one class, of labels of one letter.

    Its mapping must not take it, so that a hand is a hand, whatever it writes.
    """
    if card.task != "digits" or card.sampling is None or len(card.conditions) != 1:
        return False
    (condition,) = card.conditions
    return (
        isinstance(condition, ClassCondition)
        and "mapping" not in condition.graphs
        and all(len(label) == 1 for label in condition.labels)
    )


def writer(shelf: Shelf, name: str) -> Writer:
    """That model, open. Raises `Refused("model")` for one that does not write."""
    model = shelf.model(name)
    if not writes(model.card):
        raise Refused("model")
    return Writer(model, model.card.conditions[0])
