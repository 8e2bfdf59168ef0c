"""Walks between pictures, to look at and as an animation of modest size; films of them are in `films`."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import StrictBool

from genapp.pixels import animation
from genapp.pixels.resize import upscale
from genapp.ui.server.drawing import finished, made, shown, way
from genapp.ui.server.endpoint import Reply, endpoint
from genapp.ui.server.envelope import Walk
from genapp.ui.server.limits import MAX_FRAMES
from genapp.ui.server.packing import to_base64
from genapp.ui.server.registry import ModelRegistry

ANIMATION_SIDE = 336
FRAMES_PER_SECOND = 20


class Stroll(Walk):
    """A walk to look at; `recipes` asks for each frame's too."""

    recipes: StrictBool = True
    most_frames: ClassVar[int] = MAX_FRAMES


@endpoint(Stroll)
def walk(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk's frames and, where asked for, the envelope of each."""
    model, ws = request.model(registry), way(registry, request)
    wanted = request.pictures[-1].recipe.finish
    named = {"pictures": made(model, ws, request.confidential, wanted)} if request.recipes else {}
    return {**shown(model, finished(model.decode(ws), wanted)), **named}


@endpoint(Stroll)
def animate(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk as an endless lossless WebP, enlarged; an open walk goes there and back."""
    model = request.model(registry)
    frames = finished(model.decode(way(registry, request)), request.pictures[-1].recipe.finish)
    if not request.closed:
        frames = np.concatenate([frames, frames[-2:0:-1]])
    times = max(1, ANIMATION_SIDE // max(frames.shape[1:3]))
    webp = animation.webp((upscale(frame, times) for frame in frames), FRAMES_PER_SECOND)
    return {"file": to_base64(webp), "name": f"{model.config.name}-walk.webp", "type": "image/webp"}
