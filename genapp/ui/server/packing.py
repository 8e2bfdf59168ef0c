"""Pictures on their way to and from a browser: lossless PNGs and base64."""

from __future__ import annotations

import base64
import binascii
import io
import math

import numpy as np
from PIL import Image

from genapp.pixels.resize import is_pixel_art
from genapp.pixels.sheet import contact_sheet
from genapp.ui.server.endpoint import Refused, Reply


def sheet(images: np.ndarray) -> Reply:
    """N pictures, uint8 (N, H, W, C), as one PNG that the page cuts up again."""
    count, height, width, channels = images.shape
    columns = math.isqrt(count - 1) + 1
    picture = contact_sheet(images, columns, gap=0, background=0)
    buffer = io.BytesIO()
    Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture).save(buffer, "PNG", compress_level=1)
    return {
        "png": to_base64(buffer.getvalue()),
        "count": count,
        "columns": columns,
        "height": height,
        "width": width,
        "crisp": is_pixel_art(height, width, channels),
    }


def to_base64(data: bytes) -> str:
    """Plain base64, as `atob` takes it."""
    return base64.b64encode(data).decode()


def from_base64(text: str) -> bytes:
    """Raises `Refused("picture")` where it is no base64."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Refused("picture") from None


def grey(data: bytes, max_side: int) -> np.ndarray:
    """A PNG's grey levels, uint8 (H, W). Raises `Refused("picture")` when it is none, or a side is over `max_side`."""
    return np.asarray(decoded(data, max_side, ("PNG",)).convert("L"))


def decoded(data: bytes, max_side: int, formats: tuple[str, ...]) -> Image.Image:
    """A picture in one of Pillow's `formats`. Raises `Refused("picture")` as `grey` does."""
    try:
        with Image.open(io.BytesIO(data), formats=formats) as image:
            if max(image.size) > max_side:
                raise Refused("picture")
            image.load()
            return image
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Refused("picture") from None
