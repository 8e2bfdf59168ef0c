"""Between stored pictures (uint8, 0..255) and the networks' (float, -1..1)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from training.core.device import to_device


def batches(images: NDArray[np.uint8], size: int = 250) -> Iterator[Tensor]:
    """Stored pictures, uint8 (N, H, W, C), as uint8 (n, C, H, W), at most `size` at a time."""
    for start in range(0, len(images), size):
        yield to_device(images[start : start + size].transpose(0, 3, 1, 2))


def to_float(images: Tensor) -> Tensor:
    """uint8 (N, C, H, W) -> float32 in -1..1, channels last."""
    return images.to(torch.float32, memory_format=torch.channels_last).div_(127.5).sub_(1)


def to_uint8(pictures: Tensor) -> NDArray[np.uint8]:
    """float (N, C, H, W) in -1..1 -> uint8 (N, H, W, C), rounded as the exported graphs round."""
    return pictures_to_bytes(pictures).cpu().numpy()


def pictures_to_bytes(pictures: Tensor) -> Tensor:
    """float (N, C, H, W) in -1..1 -> uint8 (N, H, W, C), as tensor operations that can be traced."""
    return ((pictures.float() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)
