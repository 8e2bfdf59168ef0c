"""Begins a run with the weights of another, as far as they fit: a network of larger pictures with those of a smaller
one, or one of your pictures with those of a network that has seen many others.

The blocks of a generator and of its critic are counted from the coarsest on: the blocks of 32-pixel pictures are the
first ones of 64-pixel pictures (progressive growing, Karras et al. 2018, without fading layers in). The others, which
are the finest block and the layers next to the pictures, start untrained.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from training.core import checkpoint
from training.core.checkpoint import BEST, LATEST, LOG, RunError
from training.core.ema import weights_of_average
from training.core.facts import FACTS_FILE, Facts, read_facts


@dataclass(frozen=True)
class Origin:
    """The run that another one began with: its facts, the examples it saw, its minutes."""

    facts: Facts
    images: int
    minutes: float


def begin_with(modules: Mapping[str, nn.Module], run: Path) -> Origin:
    """Put the weights of `run` into `modules` wherever name and shape are the same: the latest ones, or those that
    `slim` kept.

    Raises `RunError` when a network finds nothing to take over.
    """
    theirs, meta = stored_weights(run / (LATEST if checkpoint.exists(run / LATEST) else BEST))
    for name, module in modules.items():
        learns = next(module.parameters(), None) is not None
        if inherit(module, theirs.get(name, {})) == 0 and learns:
            raise RunError(f"{run} has no weights that fit {name}: its recipe must have the same widths and latents")
    progress = meta["progress"]
    return Origin(read_facts(run), progress["images"], progress["minutes"])


def stored_weights(folder: Path) -> tuple[dict[str, dict[str, Tensor]], dict[str, Any]]:
    """(state of each network by its name, meta) of a checkpoint. Where `slim` kept the averaged generator alone, it is
    the one that trains too."""
    states, meta = checkpoint.load(folder)
    weights = states["modules"]
    if "generator" not in weights and "average" in weights:
        weights["generator"] = weights_of_average(weights["average"])
    return weights, meta


def slim(run: Path, target: Path) -> Path:
    """Write what others need of a GAN's run to begin with it: the averaged generator and the critic of its best
    checkpoint, as float16, its facts and its log. Returns `target`.

    Raises `RunError` when `run` holds no GAN, or `target` exists.
    """
    states, meta = checkpoint.load(run / BEST)
    if not {"average", "critic"} <= set(states["modules"]):
        raise RunError(f"{run} holds no GAN: nothing else needs more than its exported graphs to go on from")
    if target.exists():
        raise RunError(f"{target} exists: remove it first")
    kept = {
        name: {key: tensor.half() if tensor.is_floating_point() else tensor for key, tensor in state.items()}
        for name, state in states["modules"].items()
        if name in ("average", "critic")
    }
    target.mkdir(parents=True)
    checkpoint.save(target / BEST, {"modules": kept}, meta)
    for file in (FACTS_FILE, LOG):
        shutil.copyfile(run / file, target / file)
    return target


def inherit(module: nn.Module, state: Mapping[str, Tensor]) -> int:
    """Copy the tensors of `state` that have a namesake of the same shape in `module`; returns how many."""
    mine = module.state_dict()
    fitting = {name: tensor for name, tensor in state.items() if name in mine and mine[name].shape == tensor.shape}
    module.load_state_dict(mine | fitting)
    return len(fitting)
