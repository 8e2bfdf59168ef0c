"""The Your-photo view: somebody's picture, as a model of faces would draw it.

Pictures come re-encoded by the page, live in memory while they are answered, and go nowhere else: not to the disk, not
into the log.
"""

from __future__ import annotations

import dataclasses
from typing import Annotated

import numpy as np
from PIL import Image
from pydantic import Field

from genapp.model.config import ModelConfig
from genapp.photo import face_crop
from genapp.ui.endpoints import pictures
from genapp.ui.server.drawing import made, shown
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.envelope import Name
from genapp.ui.server.packing import decoded, from_base64
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View

MAX_BYTES = 1_500_000
MAX_SIDE = 640
FORMATS = ("PNG", "JPEG", "WEBP")


class Photo(Request):
    """A picture as base64: PNG, JPEG or WebP, no side over 640 pixels."""

    picture: Annotated[str, Field(max_length=MAX_BYTES * 4 // 3 + 4)]

    @property
    def confidential(self) -> bool:
        return True

    def pixels(self) -> Image.Image:
        """Decoded, mode RGB. Raises `Refused("photo")`."""
        try:
            return decoded(from_base64(self.picture), MAX_SIDE, FORMATS).convert("RGB")
        except Refused:
            raise Refused("photo") from None


class Crop(Photo):
    """A face as cut out of a photograph, for a model to redraw."""

    model: Name


def able(config: ModelConfig) -> bool:
    """Whether a model of faces can: it has an encoder, and needs not be told a class first."""
    classes = any(condition.kind == "class" for condition in config.conditions)
    return "encoder" in config.graphs and config.sampling is not None and not classes


@endpoint(Photo)
def findface(registry: ModelRegistry, request: Photo) -> Reply:
    """`faces`: frames in pixels of the picture, from left to right. Empty where nobody can look: there is no dlib.

    Raises `Refused("noface")` where none is found.
    """
    photo = np.asarray(request.pixels())
    try:
        found = face_crop.find_faces(photo)
    except ImportError:
        return {"faces": []}
    if not found:
        raise Refused("noface")
    return {"faces": [dataclasses.asdict(frame) for frame in found]}


@endpoint(Crop)
def encodeface(registry: ModelRegistry, request: Crop) -> Reply:
    """A sheet of what the model sees and how it remembers that, and the envelope of the latter: it is private."""
    model = registry.model(request.model)
    if not able(model.config):
        raise Refused("model")
    output = model.config.image
    picture = request.pixels().resize((output.width, output.height), Image.Resampling.LANCZOS)
    pixels = np.asarray(picture.convert("L" if output.channels == 1 else "RGB"))
    seen = pixels.reshape(1, output.height, output.width, output.channels)
    w = model.encode(seen)
    return {**shown(model, np.concatenate([seen, model.decode(w)])), "picture": made(model, w, private=True)[0]}


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that take a photograph."""
    return {"coders": [describe(entry) for entry in models]}


VIEW = View(tabs={"faces": 2}, fits=able, uses=(pictures,), knows=knows)  # pictures: a made-up face to try it with
