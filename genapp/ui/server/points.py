"""Pictures as a browser names them, latents as the engine takes them: points, pairs, walks."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from genapp.latents import blending, walk
from genapp.limits import MAX_SEED
from genapp.model import mixing
from genapp.model.model import Model
from genapp.picture.packing import unpack as unpacked
from genapp.picture.recipe import Mix, Recipe
from genapp.pixels.finish import NEUTRAL, Finish, finish
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.packing import pack, unpack

NEARNESS = 0.35
"""How far a sibling goes: the share of a stranger's deviation that is mixed in."""

Name = Annotated[str, Field(max_length=64)]
Seed = Annotated[int, Field(strict=True, ge=0, le=MAX_SEED)]
Truncation = Annotated[float, Field(ge=-2, le=2)]
Share = Annotated[float, Field(ge=0, le=1)]
Amount = Annotated[float, Field(ge=-100, le=100)]


class Plain(Request):
    """A picture: a seed with its truncation, or a latent `w` (base64 of float32, already truncated).

    `private`: made from somebody's photograph, so that its latent leaves this page only if that person agrees.
    """

    seed: Seed | None = None
    truncation: Truncation = 1.0
    w: Annotated[str, Field(max_length=200_000)] | None = None
    private: bool = False

    @model_validator(mode="after")
    def _one(self) -> Plain:
        if (self.seed is None) == (self.w is None):
            raise ValueError("a point is a seed or a latent")
        return self


class Second(Plain):
    """A picture that is mixed in, by shares of the model's style ranges."""

    shares: Annotated[dict[Name, Share], Field(min_length=1, max_length=8)]


class Point(Plain):
    """A picture, plain or with styles of a second one; then moved along named directions."""

    mix: Second | None = None
    edits: dict[Name, Amount] = Field({}, max_length=64)

    @property
    def of_somebody(self) -> bool:
        """Whether anything in it is private."""
        return self.private or (self.mix is not None and self.mix.private)


class One(Request):
    """One picture of a model, finished."""

    model: Name
    point: Point
    finish: Finish = NEUTRAL

    @property
    def confidential(self) -> bool:
        return self.point.of_somebody


class Walk(Request):
    """A way through two or more pictures, back to the first where `closed`."""

    model: Name
    points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=8)]
    steps: Annotated[int, Field(strict=True, ge=2, le=48)]
    closed: bool = False
    finish: Finish = NEUTRAL

    @property
    def confidential(self) -> bool:
        return any(point.of_somebody for point in self.points)


def latent(model: Model, point: Plain) -> np.ndarray:
    """The truncated latent of a point, float32 (L, Dw)."""
    if point.w is not None:
        return unpack(point.w, model.config)
    return model.truncate(model.latents([point.seed]), point.truncation)[0]


def mixed(model: Model, point: Point) -> np.ndarray:
    """The latent of a point with what is mixed in, not yet edited, float32 (L, Dw)."""
    w = latent(model, point)
    return w if point.mix is None else mixing.mix(model.config, w, latent(model, point.mix), point.mix.shares)


def edited(model: Model, point: Point) -> np.ndarray:
    """The latent that is drawn: mixed and edited, float32 (L, Dw)."""
    return model.edit(mixed(model, point)[None], point.edits)[0]


def way(model: Model, request: Walk) -> np.ndarray:
    """Latents of a walk, float32 (frames, L, Dw)."""
    ws = [edited(model, point) for point in request.points]
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


def recipe_of(model: Model, request: One, enlarge: int = 1) -> Recipe:
    """The recipe of a picture: of seeds where it can be, as that is short, else of its latent."""
    point, second = request.point, request.point.mix
    fields = {"model": model.config.name, "edits": point.edits, "finish": request.finish, "enlarge": enlarge}
    if point.seed is None or (second and second.seed is None):
        return Recipe(w=mixed(model, point).tolist(), **fields)
    mix = Mix(seed=second.seed, truncation=second.truncation, shares=second.shares) if second else None
    return Recipe(seed=point.seed, truncation=point.truncation, mix=mix, **fields)


def point_of(recipe: Recipe) -> Reply:
    """The JSON of a recipe's point."""
    edits = {"edits": recipe.edits} if recipe.edits else {}
    if recipe.seed is None:
        return {"w": pack(unpacked(recipe.w)[None])[0], **edits}
    mix = {"mix": recipe.mix.model_dump(exclude_none=True)} if recipe.mix else {}
    return {"seed": recipe.seed, "truncation": recipe.truncation, **mix, **edits}
