"""The families by name, and how one is made from a configuration or from a run.

A new family is a configuration class, a family class (see `family.FamilyClass`) and one line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

from training.core.checkpoint import RunError
from training.core.config import TrainConfig, from_fields
from training.families.family import Family, FamilyClass, Networks


@dataclass(frozen=True)
class Registered:
    """Where a family's two classes are, as "module:class"; they are imported when they are needed."""

    config: str
    family: str


FAMILIES: dict[str, Registered] = {
    "gan": Registered("training.families.config:GanConfig", "training.families.gan:GanFamily"),
    "vae": Registered("training.families.config:VaeConfig", "training.families.vae:VaeFamily"),
    "autoencoder": Registered(
        "training.families.config:AutoencoderConfig", "training.families.autoencoder:AutoencoderFamily"
    ),
    "classifier": Registered(
        "training.families.config:ClassifierConfig", "training.families.classifier:ClassifierFamily"
    ),
    "attributes": Registered(
        "training.families.config:AttributesConfig", "training.families.attributes:AttributesFamily"
    ),
    "encoder": Registered("training.families.config:EncoderConfig", "training.families.encoder:EncoderFamily"),
}


def load_data(config: TrainConfig) -> Any:
    """The data that the family of `config` trains on. Raises `DataError` where it is of no use."""
    return _family_class(config.family).load(config)


def build(config: TrainConfig, data: Any = None) -> Family[Any]:
    """A fresh, seeded family for a configuration, on `data` or else on what `load_data` gives."""
    return _family_class(config.family)(config, load_data(config) if data is None else data)


def restore(family: str, recipe: Mapping[str, Any], meaning: Mapping[str, Any]) -> Networks:
    """Untrained networks of a run, from its recipe and its meaning (`core.facts.Facts`), without its data.

    Raises `RunError` for an unknown family, and pydantic's ValidationError for a recipe that does not fit.
    """
    config = from_fields(cast(type[TrainConfig], _found(_registered(family).config)), recipe)
    return _family_class(family).restore(config, meaning)


def _registered(family: str) -> Registered:
    if family not in FAMILIES:
        raise RunError(f"there is no family {family!r}; known are {', '.join(FAMILIES)}")
    return FAMILIES[family]


def _family_class(family: str) -> FamilyClass:
    return cast(FamilyClass, _found(_registered(family).family))


def _found(place: str) -> Any:
    module, name = place.split(":")
    return getattr(import_module(module), name)
