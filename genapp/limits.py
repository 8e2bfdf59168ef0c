"""Types of fields that recipes and their parts share: numbers as JSON, Python and NumPy write them, checked."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, Field


def plain(value: Any) -> Any:
    """NumPy's scalars as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


Number = Annotated[float, BeforeValidator(plain), Field(allow_inf_nan=False)]
Seed = Annotated[int, BeforeValidator(plain), Field(strict=True, ge=0, lt=2**32)]
Truncation = Annotated[Number, Field(ge=-2, le=2)]
