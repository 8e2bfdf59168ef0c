"""How networks take conditions.

`conditions` are classes, int64 (N,), or attributes, float (N, K): -1 without, 1 with, 0 free. A `vocabulary` is the
number of classes, or K.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def embed(conditions: Tensor, embedding: Tensor) -> Tensor:
    """float (N, F): the row of `embedding` (vocabulary, F) that a class names, or the sum of those of attributes, each
    by its sign."""
    if conditions.dim() == 1:
        return F.embedding(conditions, embedding)
    return conditions.to(embedding.dtype) @ embedding


class ConditionedStyles(nn.Module):
    """`w` float (N, layers, style) and conditions -> styles float (N, layers, style) that fulfil them.

    What it adds to w depends on w itself, so that the same w writes every class in the same hand. It begins as the
    identity: an unconditional generator can be trained on with it.
    """

    def __init__(self, vocabulary: int, style: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(vocabulary, style))
        self.hidden = nn.Parameter(torch.randn(style, 2 * style))
        self.output = nn.Parameter(torch.zeros(style, style))

    def forward(self, w: Tensor, conditions: Tensor) -> Tensor:
        embedded = embed(conditions, self.embedding)[:, None].expand(-1, w.shape[1], -1)
        joined = torch.cat((w, embedded), 2)
        # The equalised learning rate, as all weights of the style-based networks have it.
        hidden = F.leaky_relu(F.linear(joined, self.hidden / math.sqrt(joined.shape[2])), 0.2)
        return w + F.linear(hidden, self.output / math.sqrt(hidden.shape[2]))


class Projection(nn.Module):
    """Features float (N, F) and conditions -> how well they fit, float (N,): the critic's inner product with their
    embedding (Miyato and Koyama 2018). It begins at 0 for all."""

    def __init__(self, vocabulary: int, features: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.zeros(vocabulary, features))

    def forward(self, features: Tensor, conditions: Tensor) -> Tensor:
        return (features * embed(conditions, self.embedding)).sum(1) / math.sqrt(features.shape[1])


class Film(nn.Module):
    """Feature maps float (N, C, H, W), each channel scaled and shifted by the conditions (Perez et al. 2018). It begins
    as the identity."""

    def __init__(self, vocabulary: int, channels: int) -> None:
        super().__init__()
        self.embedding = nn.Parameter(torch.zeros(vocabulary, 2 * channels))

    def forward(self, h: Tensor, conditions: Tensor) -> Tensor:
        scale, shift = embed(conditions, self.embedding)[..., None, None].chunk(2, 1)
        return h * (1 + scale) + shift
