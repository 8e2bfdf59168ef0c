"""What is asked of a conditional model, as the arrays that its graphs take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from genapp.model.config import AttributeCondition, ClassCondition, ModelConfig

ConditionValue = str | int | bool | None
"""A class's label (7 means "7"), or True / False of an attribute; None leaves it open."""


class Contradiction(ValueError):
    """Attributes that never occur together in what the model has seen."""


@dataclass(frozen=True)
class JointTable:
    """Which attributes occur together in the data, and how often.

    rows: int8 (M, K), -1 without and +1 with, in the order of the card's attributes. counts: int64 (M,).
    """

    rows: np.ndarray
    counts: np.ndarray

    def complete(self, asked: np.ndarray, share: float) -> np.ndarray | None:
        """What is free (0) of `asked`, float32 (K,), as in one of the rows that fit, drawn by their counts.

        share: 0 .. 1, which one. None where no row fits.
        """
        fitting = ((asked == 0) | (self.rows == asked)).all(axis=1) * self.counts
        if not fitting.any():
            return None
        steps = np.cumsum(fitting)
        return self.rows[np.searchsorted(steps, share * steps[-1], side="right")].astype(np.float32)

    def turned(self, row: np.ndarray, column: int) -> np.ndarray | None:
        """`row`, (K,) of -1 and 1, with one attribute turned round and as little else as occurs: of the rows that have
        it the other way one with most in common, of these the most frequent. float32 (K,), or None where there is none.
        """
        wanted = row.copy()
        wanted[column] = -row[column]
        fitting = np.flatnonzero(self.rows[:, column] == wanted[column])
        if not len(fitting):
            return None
        alike = (self.rows[fitting] == wanted).sum(axis=1)
        best = fitting[np.lexsort((-self.counts[fitting], -alike))[0]]
        return self.rows[best].astype(np.float32)


def arrays(
    config: ModelConfig,
    wishes: Mapping[str, ConditionValue | Sequence[ConditionValue]],
    seeds: Sequence[int | None],
    joint: JointTable | None = None,
) -> dict[str, np.ndarray]:
    """Turn wishes into graph inputs.

    Args:
        card: names the conditions.
        wishes: condition's name to one wish for all pictures, or to N of them.
        seeds: N seeds; what is open is drawn by its picture's seed. None: nothing can be drawn.
        joint: what open attributes are drawn from, as they occur together with those that are asked for; without it
            they stay free.

    Returns:
        `label` int64 (N,) and `attributes` float32 (N, K), where the card has such conditions.

    Raises:
        ValueError: an unknown condition or label, not N wishes, or an open class without a seed.
        Contradiction (a ValueError): attributes that never occur together.
    """
    check_names(config, wishes)
    result: dict[str, np.ndarray] = {}
    columns = []
    for condition in config.conditions:
        asked = _spread(condition.name, wishes.get(condition.name), len(seeds))
        if isinstance(condition, ClassCondition):
            labels = [_label(config, condition, wish, seed) for wish, seed in zip(asked, seeds, strict=True)]
            result["label"] = np.array(labels, np.int64)
        else:
            columns.append([_attribute(condition, wish) for wish in asked])
    if columns:
        asked = np.array(columns, np.float32).T
        if joint is not None:
            asked = np.stack([_completed(config, joint, *pair) for pair in zip(asked, seeds, strict=True)])
        result["attributes"] = asked
    return result


def _completed(config: ModelConfig, joint: JointTable, asked: np.ndarray, seed: int | None) -> np.ndarray:
    if seed is None:
        return asked
    random = np.random.RandomState(seed)
    random.standard_normal(config.latent.dim)  # z comes first, so that asking leaves z as it was
    found = joint.complete(asked, random.random_sample())
    if found is None:
        pairs = zip(config.attribute_conditions, asked, strict=True)
        wished = [name if value > 0 else f"not {name}" for name, value in pairs if value]
        raise Contradiction(f"nothing that {config.name} has seen is {' and '.join(wished)}: leave one of them open")
    return found


def check_names(config: ModelConfig, names: Iterable[str]) -> None:
    """Raise ValueError when the card has no condition of one of these names."""
    known = [condition.name for condition in config.conditions]
    for name in names:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ValueError(f"{config.name} has no condition {name!r}: {takes}")


def drawn(
    config: ModelConfig,
    wishes: Mapping[str, ConditionValue | Sequence[ConditionValue]],
    seed: int,
    joint: JointTable | None = None,
) -> dict[str, str | bool]:
    """What the seed draws for what `wishes` leave open: a class's label, True or False of an attribute; a recipe keeps
    it. Raises ValueError as `arrays` does."""
    open_classes = [c for c in config.conditions if isinstance(c, ClassCondition) and wishes.get(c.name) is None]
    found: dict[str, str | bool] = {c.name: c.labels[_label(config, c, None, seed)] for c in open_classes}
    attributes = [c for c in config.conditions if isinstance(c, AttributeCondition)]
    if joint is not None and attributes:
        asked = np.array([_attribute(c, wishes.get(c.name)) for c in attributes], np.float32)
        values = _completed(config, joint, asked, seed)
        found |= {c.name: bool(value > 0) for c, value in zip(attributes, values, strict=True)}
    return found


def _spread(name: str, wish: ConditionValue | Sequence[ConditionValue], count: int) -> list[ConditionValue]:
    if wish is None or isinstance(wish, str | int | np.integer):
        return [wish] * count
    wishes = list(wish)
    if len(wishes) != count:
        raise ValueError(f"{name}: {len(wishes)} values for {count} pictures; give one for all, or one for each")
    return wishes


def _label(config: ModelConfig, condition: ClassCondition, wish: ConditionValue, seed: int | None) -> int:
    if wish is None:
        if seed is None:
            raise ValueError(f"say which {condition.name}: one of {', '.join(condition.labels)}")
        random = np.random.RandomState(seed)
        random.standard_normal(config.latent.dim)  # z comes first, so that asking for a class leaves z as it was
        return int(random.randint(len(condition.labels)))
    if isinstance(wish, bool) or str(wish) not in condition.labels:
        raise ValueError(f"{condition.name} {wish!r} is unknown: ask for one of {', '.join(condition.labels)}")
    return condition.labels.index(str(wish))


def _attribute(condition: AttributeCondition, wish: ConditionValue) -> float:
    if wish is None:
        return 0.0
    if not isinstance(wish, bool | np.bool_):
        raise ValueError(f"{condition.name} is {wish!r}: ask for True (with), False (without) or None (free)")
    return 1.0 if wish else -1.0
