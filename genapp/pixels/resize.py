"""Larger copies of pictures, as the page shows them."""

from __future__ import annotations

import numpy as np

from genapp.limits import MAX_SIDE
from genapp.pixels.sheet import enlarge

PIXEL_ART = {1: 48, 3: 24}
"""Channels to the size up to which pictures are pixel art, whose pixels stay sharp; larger ones are photographs."""


def is_pixel_art(height: int, width: int, channels: int) -> bool:
    """Whether pixels of such a picture should be seen."""
    return max(height, width) <= PIXEL_ART[channels]


def upscale(picture: np.ndarray, times: int) -> np.ndarray:
    """Enlarge pixel art by repeating pixels, a photograph with Lanczos' filter (a = 3), which keeps it crisp.

    Args:
        picture: uint8 (H, W, C), C 1 or 3.
        times: from 1; no side of the result over 16,384.

    Returns:
        uint8 (H * times, W * times, C).
    """
    height, width, channels = picture.shape
    if times == 1 or is_pixel_art(height, width, channels):
        return enlarge(picture, times)
    if times < 1 or max(height, width) * times > MAX_SIDE:
        raise ValueError(f"times is {times}: at least 1, and no side over {MAX_SIDE} pixels")
    from PIL import Image

    image = Image.fromarray(picture[..., 0] if channels == 1 else picture)
    large = image.resize((width * times, height * times), Image.Resampling.LANCZOS)
    return np.asarray(large).reshape(height * times, width * times, channels)
