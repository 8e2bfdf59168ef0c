"""What views with a drawing pad share: reading a drawing, and lending the visitor a real digit."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Annotated

import numpy as np
from PIL import Image
from pydantic import Field

from genapp.limits import Seed
from genapp.model.kinds.image import ImageOutput
from genapp.shipped import TEST_DIGITS
from genapp.ui.endpoints.normalise import SIZE, normalise
from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.packing import from_base64, grey, sheet
from genapp.ui.server.registry import ModelRegistry

MAX_PNG = 200_000
MAX_SIDE = 560
REAL_DIGITS = 2000
DIGIT = ImageOutput(height=SIZE, width=SIZE, channels=1)

Png = Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]
"""A drawing as a PNG (base64), ink bright on dark."""


class AnyDigit(Request):
    """A real digit, please: any of them, `variation_seed` decides."""

    variation_seed: Seed


@lru_cache(maxsize=1)
def real_digits() -> np.ndarray:
    """The first 2,000 of MNIST's test digits, uint8 (2000, 28, 28, 1). Held in memory, a few megabytes."""
    import pyarrow.parquet

    rows = next(pyarrow.parquet.ParquetFile(TEST_DIGITS).iter_batches(REAL_DIGITS, columns=["image"]))
    pictures = [Image.open(io.BytesIO(row["bytes"])).convert("L") for row in rows.column("image").to_pylist()]
    return np.stack([np.asarray(picture) for picture in pictures])[..., None]


@endpoint(AnyDigit)
def digit(registry: ModelRegistry, request: AnyDigit) -> Reply:
    """Somebody's real digit."""
    digits = real_digits()
    return sheet(digits[request.variation_seed % len(digits)][None])


def seen(png: str) -> np.ndarray | None:
    """A drawing as models of digits see it, uint8 (1, 28, 28, 1); None for one without ink.

    Raises `Refused("picture")` for what is no PNG, or one with a side of over 560 pixels.
    """
    image = normalise(grey(from_base64(png), MAX_SIDE))
    return None if image is None else image[None, :, :, None]
