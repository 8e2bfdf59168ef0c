"""A latent as text: "<layers>.<base64url of little-endian float32>", the same in JSON, in a PNG and in a link."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import AfterValidator, BeforeValidator, Field

MAX_PACKED = 200_000
"""Letters of one packed latent: that of 37,000 numbers."""


def pack(w: Any) -> str:
    """Pack a latent, (L, Dw) of numbers as an array or as nested lists; they are rounded to float32.

    Raises:
        ValueError: rows of several lengths, none at all, or numbers that float32 does not hold.
    """
    try:
        with np.errstate(over="ignore"):
            array = np.array(w, "<f4")
    except (TypeError, ValueError):
        raise ValueError("w needs rows of numbers, all of one length") from None
    if array.ndim != 2 or array.size == 0:
        raise ValueError("w needs rows of one length")
    if not np.isfinite(array).all():
        raise ValueError("w has numbers that float32 does not hold")
    return f"{len(array)}.{base64.urlsafe_b64encode(array.tobytes()).decode().rstrip('=')}"


def unpack(text: str) -> NDArray[np.float32]:
    """The latent that `pack` packed, float32 (L, Dw). Raises ValueError for any other text."""
    layers, _, packed = text.partition(".")
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4), altchars="-_", validate=True)
        w = np.frombuffer(data, "<f4").reshape(int(layers), -1).astype(np.float32)
    except (binascii.Error, ValueError):
        raise ValueError("its w cannot be read") from None
    if w.size == 0 or not np.isfinite(w).all():
        raise ValueError("its w is empty or not finite")
    return w


def _packed(value: Any) -> Any:
    # Recipes of schema version 1 have nested lists, Python's users give arrays.
    return value if isinstance(value, str) else pack(value)


def _readable(text: str) -> str:
    unpack(text)
    return text


PackedLatent = Annotated[str, BeforeValidator(_packed), Field(max_length=MAX_PACKED), AfterValidator(_readable)]
"""A field that holds a packed latent, and also takes an array or nested lists."""
