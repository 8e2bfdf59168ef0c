"""Edits: a latent moved along named directions, so that one thing changes and the rest of the picture stays."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from genapp.model.config import ModelConfig


@dataclass(frozen=True)
class Direction:
    """One named direction of a model folder.

    vector: float32 (L, Dw), what an amount of 1 adds to w.
    low, high: the amounts between which pictures stay plausible, low < 0 < high.
    """

    vector: np.ndarray
    low: float
    high: float


def edit(
    config: ModelConfig, directions: Mapping[str, Direction], w: np.ndarray, amounts: Mapping[str, float]
) -> np.ndarray:
    """w + amount x direction, for each name of `amounts`, in the folder's order of directions.

    Args:
        w: float32 (..., L, Dw).
        amounts: any finite numbers; those outside of a direction's range give odd pictures.

    Returns:
        float32 (..., L, Dw).

    Raises:
        ValueError: an unknown direction, or an amount that is not finite.
    """
    for name, amount in amounts.items():
        if name not in directions:
            has = f"it has {', '.join(directions)}" if directions else "it has none"
            raise ValueError(f"{config.name} has no direction {name!r}: {has}")
        if not math.isfinite(amount):
            raise ValueError(f"edit {name} is {amount!r}: give a finite number")
    for name, direction in directions.items():
        if name in amounts:
            w = w + np.float32(amounts[name]) * direction.vector
    return w
