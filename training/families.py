"""Which loop-ready family trains a recipe, and on which pictures."""

from __future__ import annotations

from dataclasses import replace

from .asking import half_of, weights_of
from .data import DataError, Pictures, load
from .loop import Family
from .recipes import (
    AttributesRecipe,
    AutoencoderRecipe,
    ClassifierRecipe,
    EncoderRecipe,
    GanRecipe,
    Recipe,
    VaeRecipe,
)


def pictures_for(recipe: Recipe) -> tuple[Pictures, Pictures]:
    """(training pictures, held-out pictures) of a recipe's data; small sets keep out a tenth."""
    everything = load(recipe.data, "train", recipe.size, recipe.channels)
    if attributes := getattr(recipe, "attributes", ()):
        everything = everything.asked_by(attributes)
        half = recipe.half if isinstance(recipe, AttributesRecipe) else None
        weights = half_of(everything.labels, half) if half else weights_of(everything.labels)
        everything = replace(everything, weights=weights)
    held_out = min(recipe.held_out, len(everything) // 10)
    if len(everything) < 2 or held_out == 0:
        raise DataError(f"{recipe.data} has {len(everything)} readable pictures; at least 10 are needed")
    return everything.part(0, len(everything) - held_out), everything.part(len(everything) - held_out, None)


def build(recipe: Recipe, pictures: Pictures, held_out: Pictures) -> Family:
    """A fresh, seeded family for `recipe`. Each kind is imported only when it is asked for."""
    match recipe:
        case GanRecipe():
            from .gan import GanFamily

            return GanFamily(recipe, pictures, held_out)
        case ClassifierRecipe():
            from .classifier import ClassifierFamily

            return ClassifierFamily(recipe, pictures, held_out)
        case AttributesRecipe():
            from .attributes import AttributesFamily

            return AttributesFamily(recipe, pictures, held_out)
        case EncoderRecipe():
            from .encoder import EncoderFamily

            return EncoderFamily(recipe, pictures, held_out)
        case VaeRecipe():
            from .vae import VaeFamily

            return VaeFamily(recipe, pictures, held_out)
        case AutoencoderRecipe():
            from .autoencoder import AutoencoderFamily

            return AutoencoderFamily(recipe, pictures, held_out)
    raise TypeError(f"no family trains a {type(recipe).__name__}")
