"""Features of many pictures with a progress bar. Those of real pictures are kept: a network takes minutes for them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from training.data.pictures import CACHE
from training.evaluation.features import Features

_AT_ONCE = 256


def features_of(features: Features, images: NDArray[np.uint8], what: str) -> NDArray[np.float32]:
    """Features float32 (N, F) of uint8 (N, H, W, C); `what` names the pictures beside the progress bar, which is shown
    in terminals only."""
    with tqdm(total=len(images), desc=f"{features.name}: {what}", unit="picture", disable=None) as bar:
        found = []
        for start in range(0, len(images), _AT_ONCE):
            found.append(features(np.array(images[start : start + _AT_ONCE])))  # torch wants writable memory
            bar.update(len(found[-1]))
    return np.concatenate(found)


def real_features_of(
    features: Features, images: NDArray[np.uint8], what: str, cache: Path = CACHE
) -> NDArray[np.float32]:
    """As `features_of`, computed once for the same pictures and weights and then read from `cache`."""
    images = np.ascontiguousarray(images)
    key = hashlib.sha256(repr((features.sha256, features.resize, images.shape)).encode())
    key.update(images.data)
    path = Path(cache) / f"features-{key.hexdigest()[:16]}.npy"
    if path.exists():
        return np.load(path)
    found = features_of(features, images, what)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{os.getpid()}-{path.name}")
    np.save(partial, found)
    partial.replace(path)
    return found
