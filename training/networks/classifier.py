"""The classifier that judges: a small residual network."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


class Classifier(nn.Module):
    """Pictures float (N, channels, size, size) in -1..1 -> (logits (N, classes), features (N, features))."""

    def __init__(self, size: int, channels: int, classes: int, width: int = 16, features: int = 128) -> None:
        super().__init__()
        self.blocks = nn.Sequential(
            _conv(channels, width),
            _Residual(width),
            nn.MaxPool2d(2),
            _conv(width, 2 * width),
            _Residual(2 * width),
            nn.MaxPool2d(2),
            _conv(2 * width, 4 * width),
            _Residual(4 * width),
            _conv(4 * width, 2 * width, kernel=1),
        )
        self.features = nn.Linear(2 * width * (size // 4) ** 2, features)
        self.logits = nn.Linear(features, classes)
        self.dropout = nn.Dropout(0.3)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor]:
        features = F.relu(self.features(self.dropout(self.blocks(pictures).flatten(1))))
        return self.logits(self.dropout(features)), features


class _Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.body = nn.Sequential(_conv(width, width), _conv(width, width))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def _conv(inputs: int, outputs: int, kernel: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )
