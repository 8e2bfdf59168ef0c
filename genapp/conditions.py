"""What is asked of a conditional model, as the arrays that its graphs take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from genapp.card import AttributeCondition, Card, ClassCondition

Wish = str | int | bool | None
"""A class's label (7 means "7"), or True / False of an attribute; None leaves it open."""


def arrays(
    card: Card, wishes: Mapping[str, Wish | Sequence[Wish]], seeds: Sequence[int | None]
) -> dict[str, np.ndarray]:
    """Turn wishes into graph inputs.

    Args:
        card: names the conditions.
        wishes: condition's name to one wish for all pictures, or to N of them.
        seeds: N seeds; an open class is drawn by its picture's seed. None: nothing can be drawn.

    Returns:
        `label` int64 (N,) and `attributes` float32 (N, K), where the card has such conditions.

    Raises:
        ValueError: an unknown condition or label, not N wishes, or an open class without a seed.
    """
    check_names(card, wishes)
    result: dict[str, np.ndarray] = {}
    columns = []
    for condition in card.conditions:
        asked = _spread(condition.name, wishes.get(condition.name), len(seeds))
        if isinstance(condition, ClassCondition):
            labels = [_label(card, condition, wish, seed) for wish, seed in zip(asked, seeds, strict=True)]
            result["label"] = np.array(labels, np.int64)
        else:
            columns.append([_attribute(condition, wish) for wish in asked])
    if columns:
        result["attributes"] = np.array(columns, np.float32).T
    return result


def check_names(card: Card, names: Iterable[str]) -> None:
    """Raise ValueError when the card has no condition of one of these names."""
    known = [condition.name for condition in card.conditions]
    for name in names:
        if name not in known:
            takes = f"it takes {', '.join(known)}" if known else "it takes none"
            raise ValueError(f"{card.name} has no condition {name!r}: {takes}")


def drawn(card: Card, wishes: Mapping[str, Wish | Sequence[Wish]], seed: int) -> dict[str, str]:
    """What the seed draws for the classes that `wishes` leave open: condition's name to label; a recipe keeps it."""
    open_classes = [c for c in card.conditions if isinstance(c, ClassCondition) and wishes.get(c.name) is None]
    return {condition.name: condition.labels[_label(card, condition, None, seed)] for condition in open_classes}


def _spread(name: str, wish: Wish | Sequence[Wish], count: int) -> list[Wish]:
    if wish is None or isinstance(wish, str | int | np.integer):
        return [wish] * count
    wishes = list(wish)
    if len(wishes) != count:
        raise ValueError(f"{name}: {len(wishes)} values for {count} pictures; give one for all, or one for each")
    return wishes


def _label(card: Card, condition: ClassCondition, wish: Wish, seed: int | None) -> int:
    if wish is None:
        if seed is None:
            raise ValueError(f"say which {condition.name}: one of {', '.join(condition.labels)}")
        random = np.random.RandomState(seed)
        random.standard_normal(card.latent.dim)  # z comes first, so that asking for a class leaves z as it was
        return int(random.randint(len(condition.labels)))
    if isinstance(wish, bool) or str(wish) not in condition.labels:
        raise ValueError(f"{condition.name} {wish!r} is unknown: ask for one of {', '.join(condition.labels)}")
    return condition.labels.index(str(wish))


def _attribute(condition: AttributeCondition, wish: Wish) -> float:
    if wish is None:
        return 0.0
    if not isinstance(wish, bool | np.bool_):
        raise ValueError(f"{condition.name} is {wish!r}: ask for True (with), False (without) or None (free)")
    return 1.0 if wish else -1.0
