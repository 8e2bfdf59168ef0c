"""Ways through latent space: from one picture to the next, and around in a loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from genapp.model.model import Model

MAX_STEPS = 1000


def interpolate(model: Model, w_a: np.ndarray, w_b: np.ndarray, steps: int) -> np.ndarray:
    """Latents from `w_a` to `w_b`, both ends included.

    Linear in w, which a mapping has made straight; where w is z itself, along the sphere, as the straight line
    would leave the shell on which a normal z lies.

    Args:
        w_a, w_b: float32 (L, Dw).
        steps: 2 .. 1000.

    Returns:
        float32 (steps, L, Dw).
    """
    if not 2 <= steps <= MAX_STEPS:
        raise ValueError(f"{steps} steps: ask for 2 to {MAX_STEPS}")
    return _between(model, w_a, w_b, np.linspace(0, 1, steps))


def loop(model: Model, ws: Sequence[np.ndarray], steps: int) -> np.ndarray:
    """Latents through all of `ws` and back to the first, `steps` for each leg; made to be repeated without a halt.

    Args:
        ws: two or more of float32 (L, Dw).
        steps: 1 .. 1000.

    Returns:
        float32 (len(ws) * steps, L, Dw). The first is not repeated at the end.
    """
    if len(ws) < 2:
        raise ValueError("a loop needs at least two pictures")
    if not 1 <= steps <= MAX_STEPS:
        raise ValueError(f"{steps} steps: ask for 1 to {MAX_STEPS}")
    at = np.arange(steps) / steps
    ends = [*ws[1:], ws[0]]
    return np.concatenate([_between(model, a, b, at) for a, b in zip(ws, ends, strict=True)])


def _between(model: Model, w_a: np.ndarray, w_b: np.ndarray, at: np.ndarray) -> np.ndarray:
    shape = model.config.latent_space.shape
    for w in (w_a, w_b):
        if np.shape(w) != shape:
            raise ValueError(f"a latent is {np.shape(w)}: give {shape}")
    is_z = model.config.sampling == "normal" and "mapping" not in model.config.graphs
    way = _slerp if is_z else _lerp
    return way(np.asarray(w_a, np.float64), np.asarray(w_b, np.float64), at[:, None, None]).astype(np.float32)


def _lerp(a: np.ndarray | np.floating, b: np.ndarray | np.floating, at: np.ndarray) -> np.ndarray:
    return (1 - at) * a + at * b


def _slerp(a: np.ndarray, b: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Turn from the direction of `a` to that of `b` (Shoemake 1985) while the length goes from one to the other."""
    length_a, length_b = np.linalg.norm(a), np.linalg.norm(b)
    if length_a == 0 or length_b == 0:
        return _lerp(a, b, at)
    unit_a, unit_b = a / length_a, b / length_b
    angle = np.arccos(np.clip((unit_a * unit_b).sum(), -1, 1))
    if np.sin(angle) < 1e-6:  # one line: there is no sphere's arc to prefer
        return _lerp(a, b, at)
    turned = (np.sin((1 - at) * angle) * unit_a + np.sin(at * angle) * unit_b) / np.sin(angle)
    return _lerp(length_a, length_b, at) * turned
