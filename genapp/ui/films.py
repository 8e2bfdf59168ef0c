"""Films of a walk as files. They take a while, so they are made beside the page: asked for, watched, fetched, given up.

A film's frames are drawn a few at a time and wait in line with everybody's clicks. Its file lives in a temporary folder
until it is whole, then in memory until it is fetched.
"""

from __future__ import annotations

import logging
import secrets
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from genapp import animation
from genapp.model import Model
from genapp.postprocess import finish
from genapp.resample import upscale
from genapp.ui.calls import Refused, Reply, Request
from genapp.ui.pictures import to_base64
from genapp.ui.points import Walk, way
from genapp.ui.shelf import Shelf

logger = logging.getLogger(__name__)

MAX_FRAMES = 288
MAX_FILMS = 6
"""Asked for and not yet fetched, of all visitors; more are asked to come back."""
PATIENCE_S = 20
"""A film that nobody asks after is given up."""
FRAMES_PER_SECOND = 24
SIDE = {"mp4": 512, "webp": 256}
WEBP_QUALITY = 88
AT_ONCE = 8
"""Frames drawn in one turn: so long does a click of somebody else wait."""


class Film(Walk):
    """A walk as a file; one that is not closed goes there and back, so that both kinds repeat without a jump."""

    kind: Literal["mp4", "webp"]

    @model_validator(mode="after")
    def _short(self) -> Film:
        if len(self.points) * self.steps > MAX_FRAMES:
            raise ValueError("too many frames")
        return self


class Ticket(Request):
    """What `start` gave for a film."""

    ticket: Annotated[str, Field(max_length=64)]


class _Shot:
    """A film in the making."""

    def __init__(self) -> None:
        self.done, self.total = 0, 1
        self.asked_after = time.monotonic()
        self.given_up = threading.Event()
        self.reply: Reply | None = None
        self.refusal: str | None = None

    @property
    def wanted(self) -> bool:
        return not self.given_up.is_set() and time.monotonic() - self.asked_after < PATIENCE_S


class Films:
    """All films in the making."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._shots: dict[str, _Shot] = {}
        self._lock = threading.Lock()
        self._studio = threading.Semaphore(1)

    def calls(self) -> dict[str, tuple[type[Request], Any]]:
        """The server functions: name to (request, work)."""
        return {"film": (Film, self.start), "filming": (Ticket, self.look), "unfilm": (Ticket, self.give_up)}

    def start(self, request: Film) -> Reply:
        """Begin, and give its `ticket`. Raises `Refused("busy")` when there are too many."""
        model = self._shelf.model(request.model)
        ws = way(model, request)  # here, so that whoever asks for nonsense hears it now
        ticket, shot = secrets.token_urlsafe(16), _Shot()
        with self._lock:
            self._shots = {name: other for name, other in self._shots.items() if other.wanted}
            if len(self._shots) >= MAX_FILMS:
                raise Refused("busy")
            self._shots[ticket] = shot
        threading.Thread(target=self._make, args=(shot, request, model, ws), daemon=True).start()
        return {"ticket": ticket}

    def look(self, request: Ticket) -> Reply:
        """How far it is: `done` of `total` steps, in the end with its `file`. Raises `Refused("film")` for none."""
        with self._lock:
            shot = self._shots.get(request.ticket)
            if shot is None or not shot.wanted:
                raise Refused("film")
            shot.asked_after = time.monotonic()
            if shot.refusal or shot.reply:
                del self._shots[request.ticket]
        if shot.refusal:
            raise Refused(shot.refusal)
        return {"done": shot.done, "total": shot.total, **(shot.reply or {})}

    def give_up(self, request: Ticket) -> Reply:
        """Stop making it."""
        with self._lock:
            shot = self._shots.pop(request.ticket, None)
        if shot:
            shot.given_up.set()
        return {}

    def _make(self, shot: _Shot, request: Film, model: Model, ws: np.ndarray) -> None:
        try:
            with self._studio:
                frames = self._draw(shot, model, ws)
                if not request.closed:
                    frames += frames[-2:0:-1]
                data = _write(_developed(shot, frames, request), request.kind)
            mime = {"mp4": "video/mp4", "webp": "image/webp"}[request.kind]
            name = f"{model.card.name}-walk.{request.kind}"
            shot.reply = {"file": to_base64(data), "name": name, "type": mime}
        except _Unwanted:
            logger.info("a film was given up")
        except Exception:
            logger.exception("a film could not be made")
            shot.refusal = "failed"

    def _draw(self, shot: _Shot, model: Model, ws: np.ndarray) -> list[np.ndarray]:
        shot.total = 2 * len(ws)  # each is drawn, then written
        frames: list[np.ndarray] = []
        while len(frames) < len(ws):
            if not shot.wanted:
                raise _Unwanted
            try:
                with self._shelf.gate.enter():
                    frames += list(model.decode(ws[len(frames) : len(frames) + AT_ONCE]))
            except Refused:
                continue  # a crowd: try again, as long as somebody asks after the film
            shot.done = len(frames)
        return frames


class _Unwanted(Exception):
    """Nobody waits for this film any more."""


def _developed(shot: _Shot, frames: list[np.ndarray], request: Film) -> Iterator[np.ndarray]:
    """Finished and enlarged, one after the other: all at once would fill the memory."""
    times = max(1, SIDE[request.kind] // max(frames[0].shape[:2]))
    drawn = shot.done
    for index, frame in enumerate(frames):
        if not shot.wanted:
            raise _Unwanted
        yield upscale(finish(frame, request.finish), times)
        shot.done = drawn + (index + 1) * (shot.total - drawn) // len(frames)


def _write(frames: Iterator[np.ndarray], kind: str) -> bytes:
    if kind == "webp":
        return animation.webp(frames, FRAMES_PER_SECOND, WEBP_QUALITY)
    with tempfile.TemporaryDirectory(prefix="genapp-") as folder:
        path = Path(folder) / "walk.mp4"
        animation.mp4(frames, path, FRAMES_PER_SECOND)
        return path.read_bytes()
