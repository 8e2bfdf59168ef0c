"""Films of a walk as files. They take a while, so they are jobs.

A film's frames are drawn a few at a time and wait in line with everybody's clicks. Its file lives in a temporary folder
until it is whole.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from genapp.model.model import Model
from genapp.pixels import animation
from genapp.pixels.finish import finish
from genapp.pixels.resize import upscale
from genapp.ui.server.drawing import way
from genapp.ui.server.endpoint import Reply, endpoint
from genapp.ui.server.envelope import Walk
from genapp.ui.server.jobs import Job, Unwanted
from genapp.ui.server.limits import MAX_FILM_FRAMES
from genapp.ui.server.packing import to_base64
from genapp.ui.server.registry import ModelRegistry

FRAMES_PER_SECOND = 24
SIDE = {"mp4": 512, "webp": 256}
WEBP_QUALITY = 88
AT_ONCE = 8
"""Frames drawn in one turn: so long does a click of somebody else wait."""


class Film(Walk):
    """A walk as a file; one that is not closed goes there and back, so that both kinds repeat without a jump."""

    kind: Literal["mp4", "webp"]
    most_frames: ClassVar[int] = MAX_FILM_FRAMES


@endpoint(Film)
def film(registry: ModelRegistry, request: Film) -> Reply:
    """Begin a film, and give its `ticket`. Raises `Refused("busy")` when there are too many."""
    model, ws = request.model(registry), way(registry, request)  # here, so that whoever asks for nonsense hears it now
    return registry.jobs.start(lambda job: _make(registry, job, request, model, ws), request.confidential)


def _make(registry: ModelRegistry, job: Job, request: Film, model: Model, ws: np.ndarray) -> Reply:
    frames = _draw(registry, job, model, ws)
    if not request.closed:
        frames += frames[-2:0:-1]
    data = _write(_developed(job, frames, request), request.kind)
    mime = {"mp4": "video/mp4", "webp": "image/webp"}[request.kind]
    return {"file": to_base64(data), "name": f"{model.config.name}-walk.{request.kind}", "type": mime}


def _draw(registry: ModelRegistry, job: Job, model: Model, ws: np.ndarray) -> list[np.ndarray]:
    job.total = 2 * len(ws)  # each is drawn, then written
    frames: list[np.ndarray] = []
    while len(frames) < len(ws):
        part = ws[len(frames) : len(frames) + AT_ONCE]
        frames += list(job.turn(registry.gate, partial(model.decode, part)))
        job.done = len(frames)
    return frames


def _developed(job: Job, frames: list[np.ndarray], request: Film) -> Iterator[np.ndarray]:
    """Finished and enlarged, one after the other: all at once would fill the memory."""
    times = max(1, SIDE[request.kind] // max(frames[0].shape[:2]))
    drawn = job.done
    for index, frame in enumerate(frames):
        if not job.wanted:
            raise Unwanted
        yield upscale(finish(frame, request.pictures[-1].recipe.finish), times)
        job.done = drawn + (index + 1) * (job.total - drawn) // len(frames)


def _write(frames: Iterator[np.ndarray], kind: str) -> bytes:
    if kind == "webp":
        return animation.webp(frames, FRAMES_PER_SECOND, WEBP_QUALITY)
    with tempfile.TemporaryDirectory(prefix="genapp-") as folder:
        path = Path(folder) / "walk.mp4"
        animation.mp4(frames, path, FRAMES_PER_SECOND)
        return path.read_bytes()
