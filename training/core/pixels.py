"""Between stored pictures (uint8, 0..255) and the networks' (float, -1..1), and how networks run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from genapp.model.hardware import processor_features
from training.core.provenance import processor_name

Precision = Literal["auto", "bf16", "fp32"]
Device = Literal["auto", "cpu", "cuda"]


def choose_device(device: Device) -> None:
    """Let new tensors go to `device`; auto is a GPU where there is a usable one. Raises ValueError without one."""
    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("this machine has no GPU that torch can use: leave --device out, or give --device cpu")
    if device != "cpu" and torch.cuda.is_available():
        torch.set_default_device("cuda")


def to_device(array: np.ndarray) -> Tensor:
    """A copy of `array` on the device that new tensors go to (`torch.set_default_device`)."""
    return torch.tensor(array)


def batches(images: np.ndarray, size: int = 250) -> Iterator[Tensor]:
    """Stored pictures, uint8 (N, H, W, C), as uint8 (n, C, H, W), at most `size` at a time."""
    for start in range(0, len(images), size):
        yield to_device(images[start : start + size].transpose(0, 3, 1, 2))


def to_float(images: Tensor) -> Tensor:
    """uint8 (N, C, H, W) -> float32 in -1..1, channels last."""
    return images.to(torch.float32, memory_format=torch.channels_last).div_(127.5).sub_(1)


def to_uint8(pictures: Tensor) -> np.ndarray:
    """float (N, C, H, W) in -1..1 -> uint8 (N, H, W, C), rounded; equals what the exported graphs do."""
    return pictures_to_bytes(pictures).cpu().numpy()


def pictures_to_bytes(pictures: Tensor) -> Tensor:
    """float (N, C, H, W) in -1..1 -> uint8 (N, H, W, C) as a traceable tensor operation."""
    return ((pictures.float() + 1) * 127.5).round().clamp(0, 255).to(torch.uint8).permute(0, 2, 3, 1)


def chosen_precision(precision: Precision) -> Literal["bf16", "fp32"]:
    """What `precision` means here: auto is bf16 where the device is quicker with it."""
    if precision != "auto":
        return precision
    if torch.get_default_device().type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    return "bf16" if quick_with_bf16(processor_features(), processor_name()) else "fp32"


def quick_with_bf16(features: str, name: str) -> bool:
    """Whether a processor of these vector features and this name trains faster with bfloat16 than with float32.

    One without such instructions imitates them: `faces-gan` trains 12 times slower then (AMD EPYC of the third
    generation). With Intel's AVX-512 ones it trains a third slower; only its AMX is worth it. The numbers are in
    `docs/RESULTS.md`.
    """
    if "avx512_bf16" in features and name.startswith("Intel"):
        return "amx_bf16" in features
    return "bf16" in features


def autocast(precision: Precision) -> AbstractContextManager:
    """bfloat16 where it is safe, or float32 throughout; see `chosen_precision`."""
    return torch.autocast(
        torch.get_default_device().type, torch.bfloat16, enabled=chosen_precision(precision) == "bf16"
    )
