"""Real digits, and which of them a model finds most like another. Held in memory, a few megabytes."""

from __future__ import annotations

import io
import threading
from functools import lru_cache

import numpy as np
from PIL import Image

from genapp.model.model import Model
from genapp.shipped import TEST_DIGITS

COUNT = 2000

_lock = threading.Lock()


@lru_cache(maxsize=1)
def real_digits() -> np.ndarray:
    """The first 2,000 of MNIST's test digits, uint8 (2000, 28, 28, 1)."""
    import pyarrow.parquet

    rows = next(pyarrow.parquet.ParquetFile(TEST_DIGITS).iter_batches(COUNT, columns=["image"]))
    pictures = [Image.open(io.BytesIO(row["bytes"])).convert("L") for row in rows.column("image").to_pylist()]
    return np.stack([np.asarray(picture) for picture in pictures])[..., None]


def nearest(model: Model, w: np.ndarray, count: int) -> np.ndarray:
    """The real digits nearest to `w`, float32 (L, Dw), by latent: uint8 (count, 28, 28, 1), nearest first."""
    with _lock:  # the first visitor encodes for all
        latents = _encoded(model)
    apart = np.square(latents - w.reshape(1, -1)).sum(axis=1)
    return real_digits()[np.argsort(apart)[:count]]


@lru_cache(maxsize=4)
def _encoded(model: Model) -> np.ndarray:
    digits = real_digits()
    return model.encode(digits).reshape(len(digits), -1)
