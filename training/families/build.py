"""Which loop-ready family trains a recipe, and on which pictures."""

from __future__ import annotations

from dataclasses import replace

import genapp
from training.core.config import (
    AttributesRecipe,
    AutoencoderRecipe,
    ClassifierRecipe,
    EncoderRecipe,
    GanRecipe,
    Recipe,
    VaeRecipe,
)
from training.data.conditioning import half_of, weights_of
from training.data.labelling import label_the_rest
from training.data.pictures import DataError, Pictures, load
from training.run.loop import Family


def pictures_for(recipe: Recipe) -> tuple[Pictures, Pictures]:
    """(training pictures, held-out pictures) of a recipe's data; small sets keep out a tenth.

    Raises `DataError` where there are too few, or a labeller has nothing to say of them.
    """
    everything = load(recipe.data, "train", recipe.size, recipe.channels)
    if attributes := getattr(recipe, "attributes", ()):
        everything = everything.asked_by(attributes)
    elif getattr(recipe, "labeller", ""):
        raise DataError(f"the labeller {recipe.labeller} says which attributes pictures have: give --attributes too")
    held_out = min(recipe.held_out, len(everything) // 10)
    if len(everything) < 2 or held_out == 0:
        raise DataError(f"{recipe.data} has {len(everything)} readable pictures; at least 10 are needed")
    pictures, test = everything.part(0, len(everything) - held_out), everything.part(len(everything) - held_out, None)
    if isinstance(recipe, AttributesRecipe):
        return replace(pictures, weights=half_of(pictures.labels, recipe.half)), test
    if attributes:
        if recipe.labeller:
            pictures = label_the_rest(pictures, genapp.load_model(recipe.labeller))
        return replace(pictures, weights=weights_of(pictures.labels)), test
    return pictures, test


def build(recipe: Recipe, pictures: Pictures, held_out: Pictures) -> Family:
    """A fresh, seeded family for `recipe`. Each kind is imported only when it is asked for."""
    match recipe:
        case GanRecipe():
            from training.families.gan import GanFamily

            return GanFamily(recipe, pictures, held_out)
        case ClassifierRecipe():
            from training.families.classifier import ClassifierFamily

            return ClassifierFamily(recipe, pictures, held_out)
        case AttributesRecipe():
            from training.families.attributes import AttributesFamily

            return AttributesFamily(recipe, pictures, held_out)
        case EncoderRecipe():
            from training.families.encoder import EncoderFamily

            return EncoderFamily(recipe, pictures, held_out)
        case VaeRecipe():
            from training.families.vae import VaeFamily

            return VaeFamily(recipe, pictures, held_out)
        case AutoencoderRecipe():
            from training.families.autoencoder import AutoencoderFamily

            return AutoencoderFamily(recipe, pictures, held_out)
    raise TypeError(f"no family trains a {type(recipe).__name__}")
