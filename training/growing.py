"""Begin a run with another's weights, all that fit, so that a network of larger pictures grows out of a smaller one.

The blocks of a generator and of its critic are counted from the coarsest on: the blocks of 32-pixel pictures are the
first ones of 64-pixel pictures (progressive growing, Karras et al. 2018, without the fading), and what is left, the
finest block and the way into and out of pictures, starts anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from . import checkpoint
from .checkpoint import FACTS, LATEST, RunError


@dataclass(frozen=True)
class Origin:
    """The run that another one began with: its facts (`recipe.json`), the pictures it saw, its minutes."""

    facts: dict[str, Any]
    images: int
    minutes: float


def begin_with(modules: Mapping[str, nn.Module], run: Path) -> Origin:
    """Put the latest weights of `run` into `modules` wherever name and shape are the same.

    Raises `RunError` when a network finds nothing to take over.
    """
    states, meta = checkpoint.load(run / LATEST)
    for name, module in modules.items():
        if inherit(module, states["modules"].get(name, {})) == 0:
            raise RunError(f"{run} has no weights that fit {name}: its recipe must have the same widths and latents")
    progress = meta["progress"]
    return Origin(json.loads((run / FACTS).read_text("utf-8")), progress["images"], progress["minutes"])


def inherit(module: nn.Module, state: Mapping[str, Tensor]) -> int:
    """Copy the tensors of `state` that have a namesake of the same shape in `module`; returns how many."""
    mine = module.state_dict()
    fitting = {name: tensor for name, tensor in state.items() if name in mine and mine[name].shape == tensor.shape}
    module.load_state_dict(mine | fitting)
    return len(fitting)
