"""Conditions of a conditional model: which values it takes, and the arrays that its graphs read them from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from genapp.model.config import AttributeCondition, ClassCondition, ModelConfig

ConditionValue = str | int | bool | None
"""A class's label (7 means "7"), or True / False of an attribute; None leaves it open."""
ConditionValues = ConditionValue | Sequence[ConditionValue]
"""One value for all of N pictures, or N of them."""


class Contradiction(ValueError):
    """Attributes that never occur together in what the model has seen."""


@dataclass(frozen=True)
class JointTable:
    """Which attributes occur together in the data, and how often.

    rows: int8 (M, K), -1 without and +1 with, in the order of the config's attributes. counts: int64 (M,).
    """

    rows: np.ndarray
    counts: np.ndarray

    def complete(self, known: np.ndarray, share: float) -> np.ndarray | None:
        """One of the rows that agree with what is known, each as probable as its count.

        Args:
            known: float32 (K,), -1 without, +1 with, 0 free.
            share: 0 .. 1, uniformly random; it decides which row.

        Returns:
            float32 (K,) of -1 and 1, or None where no row agrees.
        """
        fitting = ((known == 0) | (self.rows == known)).all(axis=1) * self.counts
        if not fitting.any():
            return None
        steps = np.cumsum(fitting)
        return self.rows[np.searchsorted(steps, share * steps[-1], side="right")].astype(np.float32)

    def turned(self, row: np.ndarray, column: int) -> np.ndarray | None:
        """The row that is most like `row` but has the opposite value in one column; of several the most frequent.

        Args:
            row: (K,) of -1 and 1.
            column: 0 .. K - 1.

        Returns:
            float32 (K,) of -1 and 1, or None where no row has the opposite value.
        """
        wanted = row.copy()
        wanted[column] = -row[column]
        fitting = np.flatnonzero(self.rows[:, column] == wanted[column])
        if not len(fitting):
            return None
        alike = (self.rows[fitting] == wanted).sum(axis=1)
        best = fitting[np.lexsort((-self.counts[fitting], -alike))[0]]
        return self.rows[best].astype(np.float32)


def condition_arrays(
    config: ModelConfig,
    values: Mapping[str, ConditionValues],
    seeds: Sequence[int | None],
    joint: JointTable | None = None,
) -> dict[str, np.ndarray]:
    """Conditions as graph inputs.

    Args:
        config: names the conditions.
        values: a condition's name to one value for all pictures, or to N of them.
        seeds: N seeds; what is open is drawn by its picture's seed. None: nothing can be drawn.
        joint: what open attributes are drawn from, as they occur together with those that are given; without it they
            stay free.

    Returns:
        `label` int64 (N,) and `attributes` float32 (N, K), where the model has such conditions.

    Raises:
        ValueError: an unknown condition or label, not N values, or an open class without a seed.
        Contradiction (a ValueError): attributes that never occur together.
    """
    check_names(config, values)
    result: dict[str, np.ndarray] = {}
    columns = []
    for condition in config.conditions:
        column = _spread(condition.name, values.get(condition.name), len(seeds))
        if isinstance(condition, ClassCondition):
            labels = [_label(config, condition, value, seed) for value, seed in zip(column, seeds, strict=True)]
            result["label"] = np.array(labels, np.int64)
        else:
            columns.append([_attribute(condition, value) for value in column])
    if columns:
        attributes = np.array(columns, np.float32).T
        if joint is not None:
            attributes = np.stack(
                [_completed(config, joint, known, seed) for known, seed in zip(attributes, seeds, strict=True)]
            )
        result["attributes"] = attributes
    return result


def _completed(config: ModelConfig, joint: JointTable, known: np.ndarray, seed: int | None) -> np.ndarray:
    if seed is None:
        return known
    found = joint.complete(known, _after_z(config, seed).random_sample())
    if found is None:
        pairs = zip(config.attribute_conditions, known, strict=True)
        given = [name if value > 0 else f"not {name}" for name, value in pairs if value]
        raise Contradiction(f"nothing that {config.name} has seen is {' and '.join(given)}: leave one of them open")
    return found


def check_names(config: ModelConfig, names: Iterable[str]) -> None:
    """Raise ValueError when the model has no condition of one of these names."""
    known = [condition.name for condition in config.conditions]
    for name in names:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ValueError(f"{config.name} has no condition {name!r}: {takes}")


def drawn(
    config: ModelConfig,
    values: Mapping[str, ConditionValues],
    seed: int,
    joint: JointTable | None = None,
) -> dict[str, str | bool]:
    """What a seed draws for the conditions that are open; a recipe keeps it.

    Args:
        config: names the conditions.
        values: as in `condition_arrays`; several values of a class draw nothing, of an attribute they cannot be given.
        seed: of the picture.
        joint: what open attributes are drawn from; without it they stay free.

    Returns:
        The label of an open class, and True or False of every attribute where there is a joint table.

    Raises:
        ValueError: as `condition_arrays` does.
    """
    open_classes = [c for c in config.conditions if isinstance(c, ClassCondition) and values.get(c.name) is None]
    found: dict[str, str | bool] = {c.name: c.labels[_label(config, c, None, seed)] for c in open_classes}
    attributes = [c for c in config.conditions if isinstance(c, AttributeCondition)]
    if joint is not None and attributes:
        known = np.array([_attribute(c, _spread(c.name, values.get(c.name), 1)[0]) for c in attributes], np.float32)
        completed = _completed(config, joint, known, seed)
        found |= {c.name: bool(value > 0) for c, value in zip(attributes, completed, strict=True)}
    return found


def _after_z(config: ModelConfig, seed: int) -> np.random.RandomState:
    """The seed's random stream from where z ends, so that drawing a condition leaves z as it was."""
    random = np.random.RandomState(seed)
    random.standard_normal(config.latent_space.dim)
    return random


def _spread(name: str, values: ConditionValues, count: int) -> list[ConditionValue]:
    if values is None or isinstance(values, str | int | np.bool_ | np.integer):
        return [values] * count
    found = list(values)
    if len(found) != count:
        raise ValueError(f"{name}: {len(found)} values for {count} pictures; give one for all, or one for each")
    return found


def _label(config: ModelConfig, condition: ClassCondition, value: ConditionValue, seed: int | None) -> int:
    if value is None:
        if seed is None:
            raise ValueError(f"say which {condition.name}: one of {', '.join(condition.labels)}")
        return int(_after_z(config, seed).randint(len(condition.labels)))
    if isinstance(value, bool) or str(value) not in condition.labels:
        raise ValueError(f"{condition.name} {value!r} is unknown: ask for one of {', '.join(condition.labels)}")
    return condition.labels.index(str(value))


def _attribute(condition: AttributeCondition, value: ConditionValue) -> float:
    if value is None:
        return 0.0
    if not isinstance(value, bool | np.bool_):
        raise ValueError(f"{condition.name} is {value!r}: ask for True (with), False (without) or None (free)")
    return 1.0 if value else -1.0
