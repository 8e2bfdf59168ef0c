"""The DCGAN of the tutorials (Radford et al. 2015, in the widths of pytorch/examples), for any size.

The networks work on the next power of two; the generator's picture is cropped to `size`, the critic's is padded.
"""

from __future__ import annotations

from itertools import pairwise

import torch.nn.functional as F
from torch import Tensor, nn


def _stages(size: int) -> int:
    """How many doublings lead from 4 pixels to at least `size`."""
    return max((size - 1).bit_length() - 2, 1)


class DcganGenerator(nn.Module):
    """`w` float (N, 1, latent) -> pictures float (N, channels, size, size) in -1..1."""

    def __init__(self, size: int, channels: int, latent: int = 100, width: int = 64) -> None:
        super().__init__()
        self.margin = (4 * 2 ** _stages(size) - size) // 2
        self.size = size
        widths = [width * 2**k for k in reversed(range(_stages(size)))]
        layers = [*_up(latent, widths[0], stride=1, padding=0)]
        for narrow, wide in zip(widths[1:], widths[:-1], strict=True):
            layers += _up(wide, narrow, stride=2, padding=1)
        self.layers = nn.Sequential(*layers, nn.ConvTranspose2d(widths[-1], channels, 4, 2, 1, bias=False), nn.Tanh())
        self.apply(_initialise)

    def forward(self, w: Tensor, conditions: Tensor | None = None) -> Tensor:
        pictures = self.layers(w.flatten(1)[..., None, None])
        return pictures[..., self.margin : self.margin + self.size, self.margin : self.margin + self.size]


class DcganCritic(nn.Module):
    """Pictures float (N, channels, size, size) in -1..1 -> score float (N,)."""

    def __init__(self, size: int, channels: int, width: int = 64) -> None:
        super().__init__()
        canvas = 4 * 2 ** _stages(size)
        before = (canvas - size) // 2
        self.padding = (before, canvas - size - before) * 2
        widths = [width * 2**k for k in range(_stages(size))]
        layers: list[nn.Module] = [nn.Conv2d(channels, width, 4, 2, 1, bias=False), nn.LeakyReLU(0.2, inplace=True)]
        for narrow, wide in pairwise(widths):
            layers += [
                nn.Conv2d(narrow, wide, 4, 2, 1, bias=False),
                nn.BatchNorm2d(wide),
                nn.LeakyReLU(0.2, inplace=True),
            ]
        self.layers = nn.Sequential(*layers, nn.Conv2d(widths[-1], 1, 4, bias=False))
        self.apply(_initialise)

    def forward(self, pictures: Tensor, conditions: Tensor | None = None) -> Tensor:
        return self.layers(F.pad(pictures, self.padding, value=-1.0)).flatten()


def _up(narrow: int, wide: int, stride: int, padding: int) -> list[nn.Module]:
    return [
        nn.ConvTranspose2d(narrow, wide, 4, stride, padding, bias=False),
        nn.BatchNorm2d(wide),
        nn.ReLU(inplace=True),
    ]


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(module.weight, 0.0, 0.02)
    elif isinstance(module, nn.BatchNorm2d):
        nn.init.normal_(module.weight, 1.0, 0.02)
