"""Where networks run, and in which precision."""

from __future__ import annotations

from typing import Literal, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from genapp.model.hardware import processor_features
from training.core.provenance import processor_name

Precision = Literal["auto", "bf16", "fp32"]
Device = Literal["auto", "cpu", "cuda"]
Module = TypeVar("Module", bound=nn.Module)


def choose_device(device: Device) -> None:
    """Let new tensors go to `device`; auto is a GPU where there is a usable one. Raises ValueError without one."""
    if device == "cuda" and not torch.cuda.is_available():
        raise ValueError("this machine has no GPU that torch can use: leave --device out, or give --device cpu")
    if device != "cpu" and torch.cuda.is_available():
        torch.set_default_device("cuda")


def to_device(array: np.ndarray) -> Tensor:
    """A copy of `array` on the device that new tensors go to (`torch.set_default_device`)."""
    return torch.tensor(array)


def channels_last(module: Module) -> Module:
    """`module`, its weights in the memory layout in which convolutions are quickest on a CPU."""
    return module.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch's own types forget it


def chosen_precision(precision: Precision) -> Literal["bf16", "fp32"]:
    """What `precision` means on this machine: auto is bf16 where the device is quicker with it."""
    if precision != "auto":
        return precision
    if torch.get_default_device().type == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported(including_emulation=False) else "fp32"
    return "bf16" if quick_with_bf16(processor_features(), processor_name()) else "fp32"


def quick_with_bf16(features: str, name: str) -> bool:
    """Whether a processor of these vector features and this name trains faster with bfloat16 than with float32.

    Without such instructions bfloat16 is emulated: `faces-gan` then trains 12 times slower (AMD EPYC of the third
    generation). With Intel's AVX-512 ones it trains a third slower; only AMX makes it faster (`docs/RESULTS.md`).
    """
    if "avx512_bf16" in features and name.startswith("Intel"):
        return "amx_bf16" in features
    return "bf16" in features


def autocast(precision: Precision) -> torch.autocast:
    """bfloat16 where it is safe, or float32 throughout; see `chosen_precision`."""
    return torch.autocast(
        torch.get_default_device().type, torch.bfloat16, enabled=chosen_precision(precision) == "bf16"
    )
