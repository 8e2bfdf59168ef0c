"""From a picture to the styles that a generator would draw it with."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.networks.style import GAIN, EqualLinear, StyleCritic, leaky, resolutions


class StyleEncoder(nn.Module):
    """Pictures float (N, channels, size, size) in -1..1 -> `w` float (N, layers, style).

    A critic's feature maps with another end: it begins with the weights of one that has learned what matters in such
    pictures. What it gives are deviations from the mean style, in units of their `spread`, (style,).
    """

    mean: Tensor
    spread: Tensor

    def __init__(self, critic: StyleCritic, size: int, layers: int, mean: Tensor, spread: Tensor) -> None:
        super().__init__()
        self.trunk = critic
        inputs = critic.coarsest * resolutions(size)[0] ** 2
        self.hidden = EqualLinear(inputs, 2 * len(mean), gain=GAIN)
        self.styles = EqualLinear(2 * len(mean), layers * len(mean))
        self.register_buffer("mean", mean)
        self.register_buffer("spread", spread)

    def forward(self, pictures: Tensor) -> Tensor:
        x = self.trunk.maps(pictures)[-1].flatten(1)
        deviations = self.styles(leaky(self.hidden(x))).unflatten(1, (-1, len(self.mean)))
        return self.mean + self.spread * deviations.float()


def style_moments(mapping: nn.Module, latent: int, count: int = 10_000) -> tuple[Tensor, Tensor]:
    """Mean and standard deviation, (style,) each, of a mapping's styles."""
    with torch.no_grad():
        w = mapping(torch.randn(count, latent))[:, 0]
    return w.mean(0), w.std(0)
