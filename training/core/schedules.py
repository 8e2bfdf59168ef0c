"""Learning rates over a run, from the step alone, so that a resumed run needs no state of its own for them."""

from __future__ import annotations

import math

from torch.optim import Optimizer


def anneal(optimizer: Optimizer, rate: float, images: int, over: int, least: float = 0.0) -> None:
    """Set the learning rate: `rate` at first, along half a cosine to `least` times `rate` once `over` pictures are seen
    (Loshchilov and Hutter 2017, without restarts)."""
    progress = min(1.0, images / over)
    for group in optimizer.param_groups:
        group["lr"] = rate * (least + (1 - least) * (1 + math.cos(math.pi * progress)) / 2)
