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
    columns: dict[str, list[ConditionValue]] = {condition.name: [] for condition in model.config.conditions}
    for recipe in recipes:
        given = recipe.drawn_conditions(model)
        for name, column in columns.items():
            value = given.get(name)
            column += value if isinstance(value, tuple) else [value] * recipe.length
    if is_grid(recipes):  # one run of the mapping instead of one each
        seeds = [recipe.seed for recipe in recipes for _ in range(recipe.length) if recipe.seed is not None]
        ws = model.truncate(model.latents(seeds, **columns), recipes[0].truncation)
    else:
        ws = np.concatenate([recipe.latents(model) for recipe in recipes])
    images = model.decode(ws, **columns)
    if all(recipe.finish == NEUTRAL for recipe in recipes):
        return images
    finishes = [recipe.finish for recipe in recipes for _ in range(recipe.length)]
    return np.stack([finish(image, wanted) for image, wanted in zip(images, finishes, strict=True)])


def is_grid(recipes: Sequence[Recipe]) -> bool:
    """Whether they are seeds of one truncation, with nothing mixed in or edited."""
    return all(
        recipe.seed is not None
        and recipe.truncation == recipes[0].truncation
        and recipe.mix is None
        and not recipe.edits
        for recipe in recipes
    )


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
