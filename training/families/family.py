"""What a family of models is to the training loop and to the export. `build.py` lists the families.

A family decides what an example is, which examples a step sees and what is done with them. Its networks alone, with
what is known of their meaning, are enough for an export: `Networks` are made from a run, without any data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from torch import nn
from torch.optim import Optimizer

from training.core.config import TrainConfig
from training.core.facts import DataFacts
from training.families.exportable import Addition, Exportable

Batch = TypeVar("Batch")


@dataclass(frozen=True)
class Sample:
    """What a family shows of its progress: the content of a file, e.g. a PNG picture, and the file's suffix."""

    suffix: str
    content: bytes


class Networks(Protocol):
    """The networks of a configuration and what they mean."""

    @property
    def config(self) -> TrainConfig: ...

    @property
    def modules(self) -> Mapping[str, nn.Module]:
        """All networks by name, averages included; their state is what a checkpoint keeps."""

    def describe(self) -> dict[str, Any]:
        """What a network means beyond its configuration, e.g. the names of classes, as JSON values. `restore` of the
        family's class makes the same networks again from the configuration and this."""

    def exportable(self) -> Exportable | Addition:
        """The averaged networks as graphs of a model folder. Raises `RunError` for weights that cannot be exported."""


class Family(Networks, Protocol[Batch]):
    """Networks that learn from data."""

    @property
    def optimizers(self) -> Mapping[str, Optimizer]:
        """All optimisers by name; their state is checkpointed too."""

    @property
    def data_facts(self) -> DataFacts:
        """Which examples it learns from."""

    def batch(self, step: int, seed: int) -> Batch:
        """The examples of step `step`: the same ones for the same arguments, so that a resumed run repeats them."""

    def step(self, batch: Batch, step: int) -> dict[str, float]:
        """One training step; returns the losses by name. Everything random in it is drawn from torch's generator."""

    def settle(self) -> None:
        """Fit what is fitted to the weights after training, e.g. a mixture, before a checkpoint that may be exported.
        May take minutes, but no time where it is done already."""

    def score(self) -> dict[str, float]:
        """Held-out scores by name; the smallest `"score"` picks the best checkpoint. Empty where nothing is scored."""

    def samples(self) -> Sample:
        """What the averaged networks make of fixed latents or examples."""


class FamilyClass(Protocol):
    """The class of a family, as `build.py` calls it."""

    def load(self, config: Any) -> Any:
        """The data of a configuration, whatever the family takes it to be. Raises `DataError` where it is of no use."""

    def __call__(self, config: Any, data: Any) -> Family[Any]:
        """A fresh family, seeded, on the data that `load` gave."""

    def restore(self, config: Any, meaning: Mapping[str, Any]) -> Networks:
        """Untrained networks of a configuration that mean what `describe` said, without any data."""
