"""Which loop-ready family trains a recipe, and on which pictures."""

from __future__ import annotations

from dataclasses import replace

import genapp
from training.core.config import (
    AttributesConfig,
    AutoencoderConfig,
    ClassifierConfig,
    EncoderConfig,
    GanConfig,
    TrainConfig,
    VaeConfig,
)
from training.data.conditioning import half_of, weights_of
from training.data.labelling import label_the_rest
from training.data.pictures import DataError, Pictures, load
from training.run.loop import Family


def pictures_for(config: TrainConfig) -> tuple[Pictures, Pictures]:
    """(training pictures, held-out pictures) of a recipe's data; small sets keep out a tenth.

    Raises `DataError` where there are too few, or a labeller has nothing to say of them.
    """
    everything = load(config.data, "train", config.size, config.channels)
    if attributes := getattr(config, "attributes", ()):
        everything = everything.asked_by(attributes)
    elif getattr(config, "labeller", ""):
        raise DataError(f"the labeller {config.labeller} says which attributes pictures have: give --attributes too")
    held_out = min(config.held_out, len(everything) // 10)
    if len(everything) < 2 or held_out == 0:
        raise DataError(f"{config.data} has {len(everything)} readable pictures; at least 10 are needed")
    pictures, test = everything.part(0, len(everything) - held_out), everything.part(len(everything) - held_out, None)
    if isinstance(config, AttributesConfig):
        return replace(pictures, weights=half_of(pictures.labels, config.half)), test
    if attributes:
        if config.labeller:
            pictures = label_the_rest(pictures, genapp.load_model(config.labeller))
        return replace(pictures, weights=weights_of(pictures.labels)), test
    return pictures, test


def build(config: TrainConfig, pictures: Pictures, held_out: Pictures) -> Family:
    """A fresh, seeded family for `recipe`. Each kind is imported only when it is asked for."""
    match config:
        case GanConfig():
            from training.families.gan import GanFamily

            return GanFamily(config, pictures, held_out)
        case ClassifierConfig():
            from training.families.classifier import ClassifierFamily

            return ClassifierFamily(config, pictures, held_out)
        case AttributesConfig():
            from training.families.attributes import AttributesFamily

            return AttributesFamily(config, pictures, held_out)
        case EncoderConfig():
            from training.families.encoder import EncoderFamily

            return EncoderFamily(config, pictures, held_out)
        case VaeConfig():
            from training.families.vae import VaeFamily

            return VaeFamily(config, pictures, held_out)
        case AutoencoderConfig():
            from training.families.autoencoder import AutoencoderFamily

            return AutoencoderFamily(config, pictures, held_out)
    raise TypeError(f"no family trains a {type(config).__name__}")
