"""Recipes and latents as pictures on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from genapp.latents import blending, walk
from genapp.model.conditions import ConditionValue
from genapp.model.model import Model
from genapp.picture.packing import pack
from genapp.picture.recipe import Recipe
from genapp.pixels.finish import NEUTRAL, Finish, finish
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.envelope import Walk, written
from genapp.ui.server.packing import sheet
from genapp.ui.server.registry import ModelRegistry

NEARNESS = 0.35
"""How far a sibling goes: the share of a stranger's deviation that is mixed in."""


def drawn(model: Model, recipes: Sequence[Recipe]) -> np.ndarray:
    """What recipes give, all at once and not enlarged: uint8 (N, H, W, C); a recipe of several labels gives as many.

    Raises ValueError for a recipe that the model cannot follow.
    """
    ws, given = [], []
    for recipe in recipes:
        ws.append(recipe.latents(model))
        given.append(recipe.drawn_conditions(model))
    columns: dict[str, list[ConditionValue]] = {condition.name: [] for condition in model.config.conditions}
    for w, conditions in zip(ws, given, strict=True):
        for name, column in columns.items():
            value = conditions.get(name)
            column += value if isinstance(value, tuple) else [value] * len(w)
    images = model.decode(np.concatenate(ws), **columns)
    finishes = [recipe.finish for recipe, w in zip(recipes, ws, strict=True) for _ in w]
    return np.stack([finish(image, wanted) for image, wanted in zip(images, finishes, strict=True)])


def shown(model: Model, images: np.ndarray) -> Reply:
    """A reply with pictures of a model, uint8 (N, H, W, C)."""
    return {**sheet(images), "provider": model.provider}


def made(model: Model, ws: Iterable[np.ndarray], private: bool, wanted: Finish = NEUTRAL) -> list[Reply]:
    """The envelopes of pictures that no seed gives, of their latents float32 (L, Dw)."""
    return [written(Recipe(model=model.config.name, w=pack(w), finish=wanted), private) for w in ws]


def way(registry: ModelRegistry, request: Walk) -> np.ndarray:
    """Latents of a walk, float32 (frames, L, Dw)."""
    model, ws = request.model(registry), request.latents(registry)
    if request.closed:
        return walk.loop(model, ws, request.steps)
    legs = [walk.interpolate(model, a, b, request.steps) for a, b in pairwise(ws)]
    return np.concatenate([legs[0], *(leg[1:] for leg in legs[1:])])


def near(model: Model, w: np.ndarray, count: int, variation_seed: int) -> np.ndarray:
    """Latents around `w`, each on its way to another stranger, float32 (count, L, Dw)."""
    strangers = model.latents(np.random.RandomState(variation_seed).randint(0, 2**31, count).tolist())
    return blending.drift(model, w, strangers, NEARNESS)


def finished(images: np.ndarray, wanted: Finish) -> np.ndarray:
    """Each of uint8 (N, H, W, C), finished."""
    return images if wanted == NEUTRAL else np.stack([finish(image, wanted) for image in images])
