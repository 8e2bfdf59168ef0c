"""Networks whose features measure pictures: a judge of this project, or EfficientNet-Lite0 for photographs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

import genapp
from training.core.device import channels_last, to_device
from training.networks.efficientnet import extract_features, load_efficientnet

EFFICIENTNET = "efficientnet-lite0"
EFFICIENTNET_SIDE = 128
_AT_ONCE = 64


@dataclass(frozen=True)
class Features:
    """Call with uint8 (N, H, W, C); gives float32 (N, F). A distance means nothing without `name`, `sha256` of the
    weights and `resize`, what was done to the pictures first."""

    name: str
    sha256: str
    resize: str
    extract: Callable[[NDArray[np.uint8]], NDArray[np.float32]]

    def __call__(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        return self.extract(images)


def load_features(name: str) -> Features:
    """The network called "efficientnet-lite0" (see `networks/efficientnet.py`), or the judge in the folder `name`."""
    if name == EFFICIENTNET:
        return _efficientnet()
    judge = genapp.load_model(name)
    return Features(judge.config.name, judge.config.model_sha256, "none", lambda images: judge.classify(images)[1])


def network_of(judge: genapp.Model) -> dict[str, str]:
    """What a number that a judge has read has to name."""
    return {"name": judge.config.name, "model_sha256": judge.config.model_sha256, "resize": "none"}


def _efficientnet() -> Features:
    network, sha256 = load_efficientnet()
    channels_last(network.eval().requires_grad_(False))
    resize = f"bilinear with antialiasing to {EFFICIENTNET_SIDE}x{EFFICIENTNET_SIDE}"
    return Features(EFFICIENTNET, sha256, resize, partial(_pooled, network))


@torch.no_grad()
def _pooled(network: torch.nn.Module, images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Features before the classifier, averaged over the picture: float32 (N, 1280)."""
    found = []
    for start in range(0, len(images), _AT_ONCE):
        part = to_device(images[start : start + _AT_ONCE]).permute(0, 3, 1, 2)
        x = part.expand(-1, 3, -1, -1).to(torch.float32, memory_format=torch.channels_last) / 127.5 - 1
        if x.shape[-2:] != (EFFICIENTNET_SIDE, EFFICIENTNET_SIDE):
            x = F.interpolate(x, (EFFICIENTNET_SIDE, EFFICIENTNET_SIDE), mode="bilinear", antialias=True)
        found.append(extract_features(network, x).mean((2, 3)).cpu().numpy())
    return np.concatenate(found)
