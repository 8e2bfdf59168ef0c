"""What the configurations of all families have in common: what to train, on which data, under which name."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from pydantic import TypeAdapter

from training.core.device import Precision
from training.core.provenance import portable

MODELS = Path("assets/models")
"""Where model folders are written to and read from, unless a command says otherwise."""


@dataclass(frozen=True, kw_only=True)
class TrainConfig:
    """One model to train. Each family adds its own fields; every field is a flag of `python -m training train`."""

    family: ClassVar[str]
    """Short name of the family that trains it, as `training/families/build.py` and a run's recipe.json have it."""

    name: str
    """Of the model folder that the run becomes: small letters, digits and hyphens."""
    title: str
    """What people read: in the page, and over the model card."""
    task: str
    """What the model is for, e.g. "digits" or "faces": models of one task are shown together and share judges."""
    licence: str
    """Of the trained weights; what the data allows."""
    data: str
    """A folder, a file or a Hub data set id, whatever the family reads."""
    batch: int = 64
    """Examples a step."""
    held_out: int = 5_000
    """This many training examples, the last ones, are kept out of training (a tenth of a small set): they choose the
    best checkpoint, and test the model where its data has no test split."""
    ema_images: float = 20_000
    """Half-life of the moving average of the weights, in examples. The average is what is exported."""
    precision: Precision = "auto"
    """bfloat16 or float32; auto is what this machine is faster with."""


Config = TypeVar("Config", bound=TrainConfig)


def to_fields(config: TrainConfig) -> dict[str, Any]:
    """A configuration as a run's JSON keeps it, its paths `portable`."""
    fields = dataclasses.asdict(config)
    return {name: portable(value) if isinstance(value, str) else value for name, value in fields.items()}


def from_fields(cls: type[Config], fields: Mapping[str, Any]) -> Config:
    """The configuration that a run's JSON holds. Raises pydantic's ValidationError (a ValueError) for wrong values."""
    return TypeAdapter(cls).validate_python(dict(fields))
