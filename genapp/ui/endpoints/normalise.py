"""A drawing as MNIST would have stored it."""

from __future__ import annotations

import numpy as np
from PIL import Image

SIZE = 28
BOX = 20
INK = 60
"""Grey levels below are the soft rim of the brush, not ink."""


def normalise(drawing: np.ndarray) -> np.ndarray | None:
    """Crop to the ink, scale its longer side to 20 pixels, and put its centre of mass in the middle of 28 x 28.

    As in LeCun, Bottou, Bengio, Haffner 1998, section III.A, which keep the aspect ratio and the grey levels too.

    Args:
        drawing: uint8 (H, W), ink bright on dark.

    Returns:
        uint8 (28, 28), or None where there is no ink.
    """
    rows, columns = (np.flatnonzero((drawing > INK).any(axis=axis)) for axis in (1, 0))
    if len(rows) == 0:
        return None
    ink = drawing[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    longest = max(ink.shape)
    height, width = (max(1, round(side * BOX / longest)) for side in ink.shape)
    scaled = np.asarray(Image.fromarray(ink).resize((width, height), Image.Resampling.LANCZOS))
    mass = scaled.astype(np.float64)
    total = mass.sum()
    if total == 0:  # a speck so thin that scaling washed it away
        return None
    centre = SIZE / 2  # as in MNIST itself: its digits have their mass at 14.0 of 0 to 27, not at 13.5
    top = round(centre - (mass.sum(axis=1) @ np.arange(height)) / total)
    left = round(centre - (mass.sum(axis=0) @ np.arange(width)) / total)
    top, left = int(np.clip(top, 0, SIZE - height)), int(np.clip(left, 0, SIZE - width))
    picture = np.zeros((SIZE, SIZE), np.uint8)
    picture[top : top + height, left : left + width] = scaled
    return picture
