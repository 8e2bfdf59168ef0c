"""How networks are told which class is asked for: `label` int64 (N,), one of `classes`."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class ConditionedStyles(nn.Module):
    """`w` float (N, layers, style) and a label -> styles float (N, layers, style) of that class.

    The class moves w by what w itself decides, so that the same w writes every class in the same hand. It begins as the
    identity: a generator that knew no classes can go on from there.
    """

    def __init__(self, classes: int, style: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(classes, style))
        self.hidden = nn.Parameter(torch.randn(style, 2 * style))
        self.output = nn.Parameter(torch.zeros(style, style))

    def forward(self, w: Tensor, label: Tensor) -> Tensor:
        told = F.embedding(label, self.embedding)[:, None].expand(-1, w.shape[1], -1)
        joined = torch.cat((w, told), 2)
        # The equalised learning rate, as all weights of the style-based networks have it.
        hidden = F.leaky_relu(F.linear(joined, self.hidden / math.sqrt(joined.shape[2])), 0.2)
        return w + F.linear(hidden, self.output / math.sqrt(hidden.shape[2]))


class Projection(nn.Module):
    """Features float (N, F) and a label -> how well they fit that class, float (N,): the critic's inner product with
    the label's embedding (Miyato and Koyama 2018). It begins at 0 for all."""

    def __init__(self, classes: int, features: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.zeros(classes, features))

    def forward(self, features: Tensor, label: Tensor) -> Tensor:
        return (features * F.embedding(label, self.embedding)).sum(1) / math.sqrt(features.shape[1])


class Film(nn.Module):
    """Feature maps float (N, C, H, W), each channel scaled and shifted by the label (Perez et al. 2018). It begins as
    the identity."""

    def __init__(self, classes: int, channels: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.zeros(classes, 2 * channels))

    def forward(self, h: Tensor, label: Tensor) -> Tensor:
        scale, shift = F.embedding(label, self.embedding)[..., None, None].chunk(2, 1)
        return h * (1 + scale) + shift
