"""Differentiable augmentation of everything that the critic sees, real or generated (Zhao et al. 2020, DiffAugment).

Pictures are float (N, C, H, W) in -1..1. Each function draws anew for every picture and passes gradients on. None uses
advanced indexing: its backward pass would take most of a step on a CPU.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

Augmentation = Literal["colour", "translation", "cutout"]


def augment(pictures: Tensor, policy: tuple[Augmentation, ...]) -> Tensor:
    """`pictures` after each augmentation of `policy` in turn."""
    for name in policy:
        pictures = _FUNCTIONS[name](pictures)
    return pictures


def flip(pictures: Tensor) -> Tensor:
    """Each picture mirrored left to right with probability 1/2. For real pictures alone: the generator learns both."""
    mirrored = torch.rand(len(pictures), 1, 1, 1) < 0.5
    return torch.where(mirrored, pictures.flip(3), pictures)


def colour(pictures: Tensor) -> Tensor:
    """Brightness up to 0.5 up or down, saturation times 0 to 2, contrast times 0.5 to 1.5."""
    brightness, saturation, contrast = torch.rand(3, len(pictures), 1, 1, 1)
    pictures = pictures + (brightness - 0.5)
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * (2 * saturation)
    middle = pictures.mean((1, 2, 3), keepdim=True)
    return middle + (pictures - middle) * (contrast + 0.5)


def translation(pictures: Tensor, ratio: float = 1 / 8) -> Tensor:
    """Shifted by whole pixels, at most `ratio` of a side each way; grey comes in."""
    height, width = pictures.shape[2:]
    limits = torch.tensor([int(width * ratio + 0.5), int(height * ratio + 0.5)])
    shifts = torch.floor(torch.rand(len(pictures), 2) * (2 * limits + 1)) - limits
    theta = torch.eye(2, 3).repeat(len(pictures), 1, 1)
    theta[:, :, 2] = 2 * shifts / torch.tensor([width, height])
    grid = F.affine_grid(theta, list(pictures.shape), align_corners=False)
    return F.grid_sample(pictures, grid, mode="nearest", padding_mode="zeros", align_corners=False)


def cutout(pictures: Tensor, ratio: float = 0.5) -> Tensor:
    """A square of `ratio` of a side, centred anywhere, becomes grey."""
    height, width = pictures.shape[2:]
    rows, columns = torch.rand(2, len(pictures), 1, 1, 1)
    outside_rows = (torch.arange(height).view(-1, 1) - rows * height).abs() > ratio * height / 2
    outside_columns = (torch.arange(width) - columns * width).abs() > ratio * width / 2
    return pictures * (outside_rows | outside_columns)


_FUNCTIONS: dict[str, Callable[[Tensor], Tensor]] = {"colour": colour, "translation": translation, "cutout": cutout}
