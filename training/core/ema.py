"""The exponential moving average of a network's weights, with its half-life counted in pictures seen."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.optim.swa_utils import AveragedModel

Tensors = tuple[Tensor, ...] | list[Tensor]


def weights_of_average(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state of the averaged network itself, out of that of its `AveragedModel`."""
    return {name.removeprefix("module."): tensor for name, tensor in state.items() if name.startswith("module.")}


def averaged(module: nn.Module, half_life: float, batch: int, ramp: float = 0.05) -> AveragedModel:
    """An `AveragedModel` whose weights move by 1 - 0.5^(batch / h) an update.

    half_life: h in pictures; early on h is `ramp` times the pictures seen (Karras et al. 2020, StyleGAN2-ADA), so that
    the average forgets the random start. Buffers (BatchNorm's statistics) are averaged as well.
    """

    @torch.no_grad()
    def update(averages: Tensors, currents: Tensors, updates: Tensor | int) -> None:
        if not averages[0].is_floating_point():
            for average, current in zip(averages, currents, strict=True):
                average.copy_(current)
            return
        window = max(min(half_life, ramp * float(updates) * batch), 1e-8)
        torch._foreach_lerp_(averages, currents, 1 - 0.5 ** (batch / window))

    return AveragedModel(module, multi_avg_fn=update, use_buffers=True).requires_grad_(False)
