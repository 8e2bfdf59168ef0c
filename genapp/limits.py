"""Limits, each defined once, and the types of fields that recipes and requests share, checked by them."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field

MAX_SEED = 2**32 - 1
"""The largest seed that `numpy.random.RandomState` takes."""
MAX_TRUNCATION = 2.0
MAX_PICTURES = 100_000
"""Pictures of one call of the engine."""
MAX_SIDE = 16_384
"""Pixels of a side of any picture that is read or written."""
MAX_ENLARGE = 32
MAX_ROW = 32
"""Labels that one recipe draws side by side."""
MAX_TEXT = 1_000_000
"""Letters of a recipe as JSON or as a link."""
MAX_LATENT = 1e4
"""Largest number in a latent: no trained one comes near, and beyond it float32 graphs overflow."""


def plain(value: Any) -> Any:
    """NumPy's scalars as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


Number = Annotated[float, BeforeValidator(plain), Field(allow_inf_nan=False)]
Seed = Annotated[int, BeforeValidator(plain), Field(strict=True, ge=0, le=MAX_SEED)]
Truncation = Annotated[Number, Field(ge=-MAX_TRUNCATION, le=MAX_TRUNCATION)]
Enlarge = Annotated[int, BeforeValidator(plain), Field(strict=True, ge=1, le=MAX_ENLARGE)]
