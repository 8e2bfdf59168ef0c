"""A photograph from a file, and the face in it as a model of faces takes it: upright, centred, cut out."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from genapp.card import Output
from genapp.portrait import Frame, find_faces

MAX_SIDE = 16_384
SOUGHT_SIDE = 640
"""Pixels of the longer side at which faces are looked for: enough for a group, and quick."""


class PhotoError(ValueError):
    """A photograph that cannot be used; the message says why."""


def read_photo(path: Path) -> Image.Image:
    """A picture file as RGB: upright by its EXIF data, of which nothing is kept; on white where it is transparent.

    Raises `PhotoError` for what is no picture, or has a side over `MAX_SIDE` pixels.
    """
    try:
        with Image.open(path) as picture:
            if max(picture.size) > MAX_SIDE:
                raise PhotoError(
                    f"{path} is {picture.width}x{picture.height} pixels: at most {MAX_SIDE} a side are read"
                )
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoError(f"{path} cannot be read as a picture: {error}") from None
    return Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")


def faces_in(photo: Image.Image) -> tuple[Frame, ...]:
    """The frames of a photograph's faces, from left to right, in its own pixels. Raises `PhotoError` for none."""
    scale = min(1.0, SOUGHT_SIDE / max(photo.size))
    small = photo.resize([max(1, round(side * scale)) for side in photo.size], Image.Resampling.LANCZOS)
    found = find_faces(np.asarray(small))
    if not found:
        raise PhotoError(
            "no face was found: take a photo with one that looks at the camera, well lit and not too small"
        )
    return tuple(
        dataclasses.replace(frame, x=frame.x / scale, y=frame.y / scale, side=frame.side / scale) for frame in found
    )


def cut_out(photo: Image.Image, frame: Frame, output: Output) -> NDArray[np.uint8]:
    """What `frame` holds, turned upright, as a picture of a model: uint8 (H, W, C). White where the photo ends."""
    # A turned square reaches 1.42 times as far as an upright one; only so much of a large photo need be turned.
    reach = round(frame.side)
    left, top = round(frame.x) - reach, round(frame.y) - reach
    around = Image.new("RGB", (2 * reach, 2 * reach), "white")
    around.paste(photo, (-left, -top))
    centre = (frame.x - left, frame.y - top)
    upright = around.rotate(frame.turn, Image.Resampling.BICUBIC, center=centre, fillcolor="white")
    half = frame.side / 2
    box = (centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
    size = (output.width, output.height)
    face = upright.resize(size, Image.Resampling.LANCZOS, box=box).convert("L" if output.channels == 1 else "RGB")
    return np.asarray(face).reshape(output.height, output.width, output.channels)
