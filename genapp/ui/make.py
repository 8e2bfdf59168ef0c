"""The Make view: a grid of pictures from seeds, walks between them, siblings, and PNGs that carry their recipe."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from genapp import animation, png, recipe, walk
from genapp.model import Model
from genapp.recipe import Recipe, RecipeError
from genapp.sheet import enlarge
from genapp.ui.calls import Refused, Reply, Request
from genapp.ui.pictures import from_base64, pack, sheet, to_base64, unpack
from genapp.ui.shelf import Shelf

MAX_COUNT = 64
MAX_FRAMES = 96
MAX_SEED = 2**32 - 1
MAX_PNG = 2_000_000
ANIMATION_SIDE = 336
FRAMES_PER_SECOND = 20
NEARNESS = 0.35
"""How far a sibling goes: the share of a stranger's deviation that is mixed in."""

Name = Annotated[str, Field(max_length=64)]
Seed = Annotated[int, Field(strict=True, ge=0, le=MAX_SEED)]
Truncation = Annotated[float, Field(ge=-2, le=2)]


class Sample(Request):
    """`count` pictures of the seeds from `seed` on."""

    model: Name
    seed: Annotated[int, Field(strict=True, ge=0, le=MAX_SEED - MAX_COUNT)]
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    truncation: Truncation


class Point(Request):
    """A picture: a seed with its truncation, or a latent `w` (base64 of float32, already truncated)."""

    seed: Seed | None = None
    truncation: Truncation = 1.0
    w: Annotated[str, Field(max_length=200_000)] | None = None

    @model_validator(mode="after")
    def _one(self) -> Point:
        if (self.seed is None) == (self.w is None):
            raise ValueError("a point is a seed or a latent")
        return self


class One(Request):
    """One picture of a model."""

    model: Name
    point: Point


class Walk(Request):
    """A way through two or more pictures, back to the first where `closed`; `latents` asks for each frame's too."""

    model: Name
    points: Annotated[tuple[Point, ...], Field(min_length=2, max_length=8)]
    steps: Annotated[int, Field(strict=True, ge=2, le=48)]
    closed: bool = False
    latents: bool = True

    @model_validator(mode="after")
    def _short(self) -> Walk:
        if len(self.points) * self.steps > MAX_FRAMES:
            raise ValueError("too many frames")
        return self


class Near(One):
    """`count` siblings of a picture; `salt` decides which."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    salt: Seed


class File(Request):
    """A PNG, base64."""

    png: Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]


def calls(shelf: Shelf) -> dict[str, tuple[type[Request], Any]]:
    """The server functions of this view: name to (request, work)."""
    return {
        "sample": (Sample, lambda request: sample(shelf, request)),
        "walk": (Walk, lambda request: walking(shelf, request)),
        "animate": (Walk, lambda request: animate(shelf, request)),
        "siblings": (Near, lambda request: siblings(shelf, request)),
        "picture": (One, lambda request: picture(shelf, request)),
        "read": (One, lambda request: reading(shelf, request)),
        "save": (One, lambda request: save(shelf, request)),
        "open": (File, lambda request: reopen(shelf, request)),
    }


def sample(shelf: Shelf, request: Sample) -> Reply:
    """A grid's pictures."""
    model = shelf.model(request.model)
    images = model.generate(range(request.seed, request.seed + request.count), request.truncation)
    return {**sheet(images), "provider": model.provider}


def picture(shelf: Shelf, request: One) -> Reply:
    """One picture."""
    model = shelf.model(request.model)
    return {**sheet(model.decode(latent(model, request.point)[None])), "provider": model.provider}


def walking(shelf: Shelf, request: Walk) -> Reply:
    """A walk's frames and, where asked for, the latent of each."""
    model = shelf.model(request.model)
    ws = way(model, request)
    kept = {"ws": pack(ws)} if request.latents else {}
    return {**sheet(model.decode(ws)), **kept, "provider": model.provider}


def animate(shelf: Shelf, request: Walk) -> Reply:
    """A walk as an endless lossless WebP, enlarged with sharp pixels; an open walk goes there and back."""
    model = shelf.model(request.model)
    frames = model.decode(way(model, request))
    if not request.closed:
        frames = np.concatenate([frames, frames[-2:0:-1]])
    times = max(1, ANIMATION_SIDE // max(frames.shape[1:3]))
    webp = animation.webp(enlarge(frames, times), FRAMES_PER_SECOND)
    return {"file": to_base64(webp), "name": f"{model.card.name}-walk.webp", "type": "image/webp"}


def siblings(shelf: Shelf, request: Near) -> Reply:
    """Pictures close to one, and their latents."""
    model = shelf.model(request.model)
    ws = near(model, latent(model, request.point), request.count, request.salt)
    return {**sheet(model.decode(ws)), "ws": pack(ws), "provider": model.provider}


def reading(shelf: Shelf, request: One) -> Reply:
    """What the judge reads in a picture; nothing where there is no judge for its kind."""
    model = shelf.model(request.model)
    judge = shelf.judge(model.card)
    if judge is None:
        return {}
    return judged(judge, model.decode(latent(model, request.point)[None]))


def save(shelf: Shelf, request: One) -> Reply:
    """A PNG that carries its recipe."""
    model, point = shelf.model(request.model), request.point
    if point.w is None:
        made = Recipe(model=model.card.name, seed=point.seed, truncation=point.truncation)
        name = f"{model.card.name}-{point.seed}.png"
    else:
        made = Recipe(model=model.card.name, w=unpack(point.w, model.card).tolist())
        name = f"{model.card.name}.png"
    return {"file": to_base64(made.png(model)), "name": name, "type": "image/png"}


def reopen(shelf: Shelf, request: File) -> Reply:
    """What a saved PNG says: its model and point, and whether that draws the same picture again here.

    It is read in memory and kept nowhere.
    """
    data = from_base64(request.png)
    if not data.startswith(png.SIGNATURE):
        raise Refused("picture")
    try:
        made = Recipe.load(data)
    except RecipeError as error:
        raise Refused("picture" if isinstance(error.__cause__, png.PngError) else "recipe") from None
    try:
        model = shelf.model(made.model)
    except Refused:
        raise Refused("stranger", model=made.model[:64]) from None
    try:
        verdict = recipe.verify(data, model).verdict
        point = _point(model, made)
        latent(model, Point.model_validate(point))
    except (ValueError, Refused):
        raise Refused("recipe") from None
    return {"model": model.card.name, "point": point, "verdict": verdict}


def latent(model: Model, point: Point) -> np.ndarray:
    """The truncated latent of a point, float32 (L, Dw)."""
    if point.w is not None:
        return unpack(point.w, model.card)
    return model.truncate(model.latents([point.seed]), point.truncation)[0]


def way(model: Model, request: Walk) -> np.ndarray:
    """Latents of a walk, float32 (frames, L, Dw)."""
    ws = [latent(model, point) for point in request.points]
    if request.closed:
        return walk.loop(model, ws, request.steps)
    legs = [walk.interpolate(model, a, b, request.steps) for a, b in pairwise(ws)]
    return np.concatenate([legs[0], *(leg[1:] for leg in legs[1:])])


def near(model: Model, w: np.ndarray, count: int, salt: int) -> np.ndarray:
    """Latents around `w`, float32 (count, L, Dw): mean + sqrt(1 - a^2) (w - mean) + a (w' - mean) for random w'.

    Mixing this way keeps the spread of the latents, so that siblings are as plausible as the picture itself.
    """
    strangers = model.latents(np.random.RandomState(salt).randint(0, 2**31, count).tolist()) - model.mean
    kept = np.float32(np.sqrt(1 - NEARNESS**2))
    return (model.mean + kept * (w - model.mean) + np.float32(NEARNESS) * strangers).astype(np.float32)


def judged(judge: Model, images: np.ndarray) -> Reply:
    """The judge's view of the first picture: the best label, its percentage, and every label's share."""
    shares = judge.classify(images)[0][0]
    best = int(shares.argmax())
    return {
        "label": judge.card.labels[best] if judge.card.labels else str(best),
        "percent": round(100 * float(shares[best])),
        "shares": [round(float(share), 3) for share in shares],
    }


def _point(model: Model, made: Recipe) -> Reply:
    if made.w is None:
        return {"seed": made.seed, "truncation": made.truncation}
    return {"w": pack(np.array([made.w], np.float32))[0]}
