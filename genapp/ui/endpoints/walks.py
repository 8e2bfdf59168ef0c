"""Walks between pictures, to look at and as an animation of modest size; films of them are in `films`."""

from __future__ import annotations

import numpy as np
from pydantic import model_validator

from genapp.pixels import animation
from genapp.pixels.resize import upscale
from genapp.ui.server.endpoint import Reply, endpoint
from genapp.ui.server.packing import pack, sheet, to_base64
from genapp.ui.server.points import Walk, finished, way
from genapp.ui.server.registry import ModelRegistry

MAX_FRAMES = 96
ANIMATION_SIDE = 336
FRAMES_PER_SECOND = 20


class Stroll(Walk):
    """A walk to look at; `latents` asks for each frame's too."""

    latents: bool = True

    @model_validator(mode="after")
    def _short(self) -> Stroll:
        if len(self.points) * self.steps > MAX_FRAMES:
            raise ValueError("too many frames")
        return self


@endpoint(Stroll)
def walk(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk's frames and, where asked for, the latent of each."""
    model = registry.model(request.model)
    ws = way(model, request)
    kept = {"ws": pack(ws)} if request.latents else {}
    return {**sheet(finished(model.decode(ws), request.finish)), **kept, "provider": model.provider}


@endpoint(Stroll)
def animate(registry: ModelRegistry, request: Stroll) -> Reply:
    """A walk as an endless lossless WebP, enlarged; an open walk goes there and back."""
    model = registry.model(request.model)
    frames = finished(model.decode(way(model, request)), request.finish)
    if not request.closed:
        frames = np.concatenate([frames, frames[-2:0:-1]])
    times = max(1, ANIMATION_SIDE // max(frames.shape[1:3]))
    webp = animation.webp((upscale(frame, times) for frame in frames), FRAMES_PER_SECOND)
    return {"file": to_base64(webp), "name": f"{model.config.name}-walk.webp", "type": "image/webp"}
