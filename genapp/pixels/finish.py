"""Finishing a picture: light, colour, sharpness. Pure functions of pixels, so that a recipe gives the same again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from pydantic import ConfigDict

RANGES = {
    "brightness": (0.5, 1.5),
    "contrast": (0.5, 1.5),
    "saturation": (0.0, 2.0),
    "warmth": (-1.0, 1.0),
    "sharpen": (0.0, 2.0),
    "edges": (0.0, 1.0),
}
COLOUR_ONLY = ("saturation", "warmth")
"""Fields without effect on grey pictures."""
SHARPEN_PERCENT = 120
"""Strength of the unsharp mask at `sharpen` 1, of radius 1 pixel: faces of 64 pixels get halos from more."""
WARMEST = 0.2
"""What red gains and blue loses at `warmth` 1, before brightness is restored."""
RED, GREEN, BLUE = 0.299, 0.587, 0.114
"""Weights of the luma in ITU-R BT.601, which Pillow's grey follows too."""


@dataclass(frozen=True)
class Finish:
    """How a picture is finished; the defaults change nothing. Raises ValueError beyond `RANGES`.

    Attributes:
        brightness: factor 0.5 .. 1.5.
        contrast: factor 0.5 .. 1.5 of the distance to the picture's mean grey.
        saturation: factor 0 (grey) .. 2; without effect on grey pictures.
        warmth: -1 (bluish) .. 1 (reddish) at the same luma; without effect on grey pictures.
        sharpen: 0 .. 2, an unsharp mask.
        edges: 0 .. 1, how much of Pillow's EDGE_ENHANCE_MORE is blended in.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    brightness: float = 1.0
    contrast: float = 1.0
    saturation: float = 1.0
    warmth: float = 0.0
    sharpen: float = 0.0
    edges: float = 0.0

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (isinstance(value, int | float | np.number) and low <= value <= high):  # NaN is in no range
                raise ValueError(f"{name} is {value!r}: give a number from {low:g} to {high:g}")


NEUTRAL = Finish()


def finish(picture: np.ndarray, wanted: Finish) -> np.ndarray:
    """Finish a picture, in the order of `Finish`'s fields: light and colour first, as sharpening amplifies.

    Args:
        picture: uint8 (H, W, C), C 1 or 3.

    Returns:
        uint8 (H, W, C); `picture` itself where nothing is wanted.
    """
    if picture.dtype != np.uint8 or picture.ndim != 3 or picture.shape[2] not in (1, 3):
        raise ValueError(f"the picture is {picture.dtype} {picture.shape}: give uint8 (H, W, 1 or 3)")
    if wanted == NEUTRAL:
        return picture
    from PIL import Image, ImageEnhance, ImageFilter

    grey = picture.shape[2] == 1
    image = Image.fromarray(picture[..., 0] if grey else picture)
    image = ImageEnhance.Brightness(image).enhance(wanted.brightness)
    image = ImageEnhance.Contrast(image).enhance(wanted.contrast)
    if not grey:
        image = ImageEnhance.Color(image).enhance(wanted.saturation)
        image = image.point(_warmth(wanted.warmth))
    if wanted.sharpen:
        image = image.filter(ImageFilter.UnsharpMask(1, round(SHARPEN_PERCENT * wanted.sharpen), 0))
    if wanted.edges:
        image = Image.blend(image, image.filter(ImageFilter.EDGE_ENHANCE_MORE), wanted.edges)
    return np.asarray(image).reshape(picture.shape)


def _warmth(warmth: float) -> list[int]:
    """A table of 3 x 256 levels: gains of red and blue, all divided by what they do to the luma of grey."""
    gains = np.array([1 + WARMEST * warmth, 1, 1 - WARMEST * warmth])
    gains /= gains @ [RED, GREEN, BLUE]
    return np.clip(np.rint(np.outer(gains, np.arange(256))), 0, 255).astype(int).ravel().tolist()
