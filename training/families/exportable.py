"""What a family hands to the export: graphs to trace, how to try them, and what the model folder says of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from torch import nn

from genapp.model.conditions import JointTable
from genapp.model.config import ClassCondition, Condition, GraphRole, Latent
from genapp.model.kinds.output import Output

Draw = Callable[[np.random.RandomState, int], np.ndarray]
"""Draws N examples of one input of a graph."""


@dataclass(frozen=True)
class GraphSource:
    """What to trace: a module, its inputs by name and in order, each with how to draw examples of it, and the names of
    its outputs."""

    module: nn.Module
    inputs: dict[str, Draw]
    outputs: tuple[str, ...]

    def examples(self, count: int) -> dict[str, np.ndarray]:
        """`count` rows of each input, the same ones at every call."""
        random = np.random.RandomState(count)
        return {name: draw(random, count) for name, draw in self.inputs.items()}


@dataclass(frozen=True)
class Exportable:
    """All that the model folder says of the networks; see `genapp.model.config.ModelConfig`."""

    family: str
    output: Output
    graphs: dict[GraphRole, GraphSource]
    latent: Latent | None = None
    mean: np.ndarray | None = None
    """Of the latents, float32 (L, Dw); None of judges."""
    sampling: Literal["normal"] | None = None
    """None for models without a prior to draw from."""
    conditions: tuple[Condition, ...] = ()
    joint: JointTable | None = None
    labels: tuple[str, ...] = ()
    """Of a judge of classes: their names."""
    attributes: tuple[str, ...] = ()
    """Of a judge of attributes: their names."""
    critic: str = ""
    """The run of a GAN whose critic compared rebuilt pictures."""
    labeller: str = ""
    """Commands that trained the judge whose labels were learned from."""


@dataclass(frozen=True)
class Addition:
    """Graphs that become part of a model folder that is there already."""

    model: str
    """Name of that folder."""
    graphs: dict[GraphRole, GraphSource]
    check: Callable[[Path], None]
    """Raises `RunError` unless the folder given is the one that the graphs were trained for."""


def normal(*shape: int) -> Draw:
    """Standard normal float32 (N, *shape)."""
    return lambda random, count: random.standard_normal((count, *shape)).astype(np.float32)


def condition_inputs(conditions: Sequence[Condition]) -> dict[str, Draw]:
    """The inputs that conditions add to those of a graph: `label` int64 (N,), or `attributes` float32 (N, K)."""
    if not conditions:
        return {}
    first, width = conditions[0], len(conditions)
    if isinstance(first, ClassCondition):
        classes = len(first.labels)
        return {"label": lambda random, count: random.randint(classes, size=count)}
    return {"attributes": lambda random, count: random.randint(-1, 2, (count, width)).astype(np.float32)}
