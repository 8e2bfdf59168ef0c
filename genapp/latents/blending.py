"""Blends of latents: arithmetic with three pictures, and children of one to four parents."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from genapp.model.model import Model

MAX_PARENTS = 4
MAX_CHILDREN = 64
SAMPLES = 512
"""Seeds that say what is typical of a model."""


def combine(model: Model, w_a: np.ndarray, w_b: np.ndarray, w_c: np.ndarray) -> np.ndarray:
    """a - b + c: what the first has and the second lacks is given to the third (Radford, Metz, Chintala 2016, 6.3.2).

    The sum of three unrelated latents lies sqrt(3) times as far from the mean as each of them: with `faces-vae` at 12.1
    where the parts are at 6.6 and untruncated latents at 9.5, and its pictures come out overexposed. So each layer is
    pulled back towards the mean, on a straight line, until it is no farther than a typical latent, or than a or c where
    these are farther. The direction stays; a face less itself plus another is the other.

    Args:
        w_a, w_b, w_c: float32 (L, Dw).

    Returns:
        float32 (L, Dw).

    Raises:
        ValueError: a latent of another shape.
    """
    a, b, c = _deviations(model, (w_a, w_b, w_c))
    moved = a - b + c
    room = np.maximum(_typical_length(model), np.maximum(_length(a), _length(c)))
    scale = np.minimum(1, room / np.maximum(_length(moved), 1e-12))
    return (model.mean + scale * moved).astype(np.float32)


def breed(model: Model, parents: Sequence[np.ndarray], mutation: float, count: int, seed: int) -> np.ndarray:
    """Children that take after their parents: a feature comes from one of them, not from the middle of all.

    Where there are layers of styles, each of the model's ranges (each layer, where none is named) comes mostly from one
    parent, all parents in turn, as in style mixing (Karras, Laine, Aila 2019, section 3.1). A single latent is crossed
    over (uniformly: Syswerda 1989) along the principal axes of the model's latents (Harkonen et al. 2020): there its
    numbers are uncorrelated, so that children keep the spread of the latents. Seen with `faces-vae`: a blend of whole
    latents is closer to the mean and duller than both parents, and crossover of the raw numbers, which hang together,
    is blurred.

    Args:
        parents: one to four of float32 (L, Dw).
        mutation: 0 (only the parents' features) .. 1 (unrelated pictures, as varied as the parents); see `drift`.
        count: 1 .. 64.
        seed: decides the children, each by its place; the same seed with another mutation moves the same children.

    Returns:
        float32 (count, L, Dw).

    Raises:
        ValueError: one parent without mutation, whose children would all be the parent; too many or none; a latent of
            another shape; a model that draws nothing from seeds.
    """
    if not 1 <= len(parents) <= MAX_PARENTS:
        raise ValueError(f"{len(parents)} parents: give 1 to {MAX_PARENTS}")
    if not 0 <= mutation <= 1:
        raise ValueError(f"mutation is {mutation!r}: give a number from 0 to 1")
    if not 1 <= count <= MAX_CHILDREN:
        raise ValueError(f"{count} children: ask for 1 to {MAX_CHILDREN}")
    if len(parents) == 1 and mutation == 0:
        raise ValueError("one parent's children differ by mutation alone: give a second parent, or mutation above 0")
    deviations = _deviations(model, parents)
    random = np.random.RandomState(seed)
    inherit = _by_layers if model.config.latent_space.layers > 1 else _by_axes
    children, seeds = [], []
    for _ in range(count):
        children.append(inherit(model, deviations, random))
        seeds.append(random.randint(0, 2**31))
    variety = np.clip((_length(deviations) / _typical_length(model)).mean(), 0.5, 1)
    return drift(model, model.mean + np.stack(children), model.truncate(model.latents(seeds), float(variety)), mutation)


def drift(model: Model, w: np.ndarray, strangers: np.ndarray, share: float) -> np.ndarray:
    """mean + sqrt(1 - share^2) (w - mean) + share (strangers - mean), which keeps the spread of the latents.

    So what comes out is as plausible as `w` itself (the proposal of Cotter, Roberts, Stuart, White 2013).

    Args:
        w: float32 (L, Dw) or (N, L, Dw).
        strangers: float32 (N, L, Dw).
        share: 0 .. 1.

    Returns:
        float32 (N, L, Dw).
    """
    kept = np.float32(np.sqrt(1 - share**2))
    return (model.mean + kept * (w - model.mean) + np.float32(share) * (strangers - model.mean)).astype(np.float32)


def _by_layers(model: Model, parents: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    """One child's deviation, (L, Dw): each range of layers is 0.7 to 1 of one parent's, the rest the others'."""
    child = np.zeros_like(parents[0])
    genes = _genes(model)
    mostly = random.permutation(np.resize(random.permutation(len(parents)), len(genes)))
    for layers, parent in zip(genes, mostly, strict=True):
        shares = 0.3 * random.uniform() * random.dirichlet(np.ones(len(parents)))
        shares[parent] += 1 - shares.sum()
        child[layers] = np.tensordot(shares, parents[:, layers], 1)
    return child


def _by_axes(model: Model, parents: np.ndarray, random: np.random.RandomState) -> np.ndarray:
    """One child's deviation, (1, Dw): along each principal axis one parent's."""
    axes = _principal_axes(model)
    along = parents[:, 0] @ axes.T
    odds = random.dirichlet(np.full(len(parents), 8.0))  # about as much of each, never all of one
    whose = random.choice(len(parents), len(axes), p=odds)
    return (along[whose, np.arange(len(axes))] @ axes)[None]


def _genes(model: Model) -> list[slice]:
    """The ranges of layers that are inherited together: the config's, and each other layer by itself."""
    styles = [slice(*layers) for layers in model.config.latent_space.styles.values()]
    named = {layer for style in styles for layer in range(style.start, style.stop)}
    return [*styles, *(slice(at, at + 1) for at in range(model.config.latent_space.layers) if at not in named)]


@lru_cache(maxsize=16)
def _typical_length(model: Model) -> np.ndarray:
    """The median distance of latents from the mean, float64 (L, 1)."""
    return np.median(_length(_sampled(model)), axis=0)


@lru_cache(maxsize=16)
def _principal_axes(model: Model) -> np.ndarray:
    """The principal axes of single latents, orthonormal rows, float64 (Dw, Dw)."""
    deviations = _sampled(model)[:, 0]
    return np.linalg.eigh(deviations.T @ deviations)[1].T


def _sampled(model: Model) -> np.ndarray:
    """How far the latents of some seeds are from the mean, float64 (SAMPLES, L, Dw)."""
    return (model.latents(range(SAMPLES)) - model.mean).astype(np.float64)


def _length(deviations: np.ndarray) -> np.ndarray:
    return np.linalg.norm(deviations, axis=-1, keepdims=True)


def _deviations(model: Model, ws: Sequence[np.ndarray]) -> np.ndarray:
    """How far latents are from the mean, float64 (N, L, Dw)."""
    shape = model.config.latent_space.shape
    for w in ws:
        if np.shape(w) != shape:
            raise ValueError(f"a latent is {np.shape(w)}: give {shape}")
    return np.stack(ws).astype(np.float64) - model.mean
