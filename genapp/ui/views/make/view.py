"""The Make view: a grid of pictures from seeds, walks between them, siblings."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from genapp.model.model import Model
from genapp.pixels import animation
from genapp.pixels.finish import NEUTRAL
from genapp.pixels.resize import upscale
from genapp.ui.endpoints import keep
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.packing import pack, sheet, to_base64
from genapp.ui.server.points import MAX_SEED, Name, One, Seed, Truncation, Walk, edited, finished, near, way
from genapp.ui.server.registry import ModelRegistry

MAX_COUNT = 64
MAX_FRAMES = 96
ANIMATION_SIDE = 336
FRAMES_PER_SECOND = 20


class Sample(Request):
    """`count` pictures of the seeds from `seed` on."""

    model: Name
    seed: Annotated[int, Field(strict=True, ge=0, le=MAX_SEED - MAX_COUNT)]
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    truncation: Truncation


class Stroll(Walk):
    """A walk to look at; `latents` asks for each frame's too."""

    latents: bool = True

    @model_validator(mode="after")
    def _short(self) -> Stroll:
        if len(self.points) * self.steps > MAX_FRAMES:
            raise ValueError("too many frames")
        return self


class Near(One):
    """`count` siblings of a picture; `variation_seed` decides which."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    variation_seed: Seed


def calls(registry: ModelRegistry) -> dict[str, tuple[type[Request], Any]]:
    """The server functions of this view: name to (request, work)."""
    return {
        "sample": (Sample, lambda request: sample(registry, request)),
        "walk": (Stroll, lambda request: walking(registry, request)),
        "animate": (Stroll, lambda request: animate(registry, request)),
        "siblings": (Near, lambda request: siblings(registry, request)),
        "picture": (One, lambda request: picture(registry, request)),
        "read": (One, lambda request: reading(registry, request)),
        **keep.calls(registry),
    }


def sample(registry: ModelRegistry, request: Sample) -> Reply:
    """A grid's pictures."""
    model = registry.model(request.model)
    images = model.generate(range(request.seed, request.seed + request.count), request.truncation)
    return {**sheet(images), "provider": model.provider}


def picture(registry: ModelRegistry, request: One) -> Reply:
    """One picture; where it is finished, the second of the sheet is what it was before."""
    model = registry.model(request.model)
    images = model.decode(edited(model, request.point)[None])
    if request.finish != NEUTRAL:
        images = np.concatenate([finished(images, request.finish), images])
    return {**sheet(images), "provider": model.provider}


def walking(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk's frames and, where asked for, the latent of each."""
    model = registry.model(request.model)
    ws = way(model, request)
    kept = {"ws": pack(ws)} if request.latents else {}
    return {**sheet(finished(model.decode(ws), request.finish)), **kept, "provider": model.provider}


def animate(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk as an endless lossless WebP, enlarged; an open walk goes there and back."""
    model = registry.model(request.model)
    frames = finished(model.decode(way(model, request)), request.finish)
    if not request.closed:
        frames = np.concatenate([frames, frames[-2:0:-1]])
    times = max(1, ANIMATION_SIDE // max(frames.shape[1:3]))
    webp = animation.webp((upscale(frame, times) for frame in frames), FRAMES_PER_SECOND)
    return {"file": to_base64(webp), "name": f"{model.config.name}-walk.webp", "type": "image/webp"}


def siblings(registry: ModelRegistry, request: Near) -> Reply:
    """Pictures close to one, and their latents."""
    model = registry.model(request.model)
    ws = near(model, edited(model, request.point), request.count, request.variation_seed)
    return {**sheet(model.decode(ws)), "ws": pack(ws), "provider": model.provider}


def reading(registry: ModelRegistry, request: One) -> Reply:
    """What the judge reads in a picture; nothing where there is no judge for its kind."""
    model = registry.model(request.model)
    judge = registry.judge(model.config)
    if judge is None:
        return {}
    return judged(judge, model.decode(edited(model, request.point)[None]))


def judged(judge: Model, images: np.ndarray) -> Reply:
    """The judge's view of the first picture: the best label, its percentage, and every label's share."""
    shares = judge.classify(images)[0][0]
    best = int(shares.argmax())
    return {
        "label": judge.config.labels[best] if judge.config.labels else str(best),
        "percent": round(100 * float(shares[best])),
        "shares": [round(float(share), 3) for share in shares],
    }
