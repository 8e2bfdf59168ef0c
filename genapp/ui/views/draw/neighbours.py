"""Which real digits a model finds most like another."""

from __future__ import annotations

import threading
from functools import lru_cache

import numpy as np

from genapp.model.model import Model
from genapp.ui.endpoints.drawings import real_digits

_lock = threading.Lock()


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
