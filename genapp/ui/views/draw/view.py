"""The Draw view: what the models make of a visitor's own digit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from genapp.model import library
from genapp.model.config import ModelConfig
from genapp.model.kinds.image import ImageOutput
from genapp.model.model import Model
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.packing import from_base64, grey, pack, sheet
from genapp.ui.server.points import Seed, near
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.draw import neighbours
from genapp.ui.views.draw.normalise import SIZE, normalise
from genapp.ui.views.make.view import judged

MAX_PNG = 200_000
MAX_SIDE = 560
COUNT = 8
DIGIT = ImageOutput(height=SIZE, width=SIZE, channels=1)


class Drawing(Request):
    """A drawing as a PNG (base64), ink bright on dark; `variation_seed` decides which siblings it gets."""

    png: Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]
    variation_seed: Seed


class ConditionValue(Request):
    """A real digit, please: any of them, `variation_seed` decides."""

    variation_seed: Seed


def calls(registry: ModelRegistry) -> dict[str, tuple[type[Request], Any]]:
    """The server functions of this view: name to (request, work)."""
    return {
        "draw": (Drawing, lambda request: answer(registry, request)),
        "digit": (ConditionValue, lambda request: digit(request)),
    }


def digit(request: ConditionValue) -> Reply:
    """Somebody's real digit."""
    digits = neighbours.real_digits()
    return sheet(digits[request.variation_seed % len(digits)][None])


def answer(registry: ModelRegistry, request: Drawing) -> Reply:
    """One sheet: what the models see, their reconstructions, siblings, the nearest real digits; `parts` says how many.

    An empty drawing has no `parts`.
    """
    seen = normalise(grey(from_base64(request.png), MAX_SIDE))
    if seen is None:
        return {"parts": None}
    image = seen[None, :, :, None]
    models = encoders(registry)
    latents = {model.config.name: model.encode(image)[0] for model in models}
    back = [model.decode(latents[model.config.name][None]) for model in models]
    parts = {"seen": 1, "back": len(back)}
    images, reply = [image, *back], {"models": list(latents)}
    teller = _teller(models)
    if teller:
        w = latents[teller.config.name]
        ws = near(teller, w, COUNT, request.variation_seed)
        parts |= {"siblings": COUNT}
        images.append(teller.decode(ws))
        reply |= {"model": teller.config.name, "ws": pack(ws)}
    if models and neighbours.TEST_DIGITS.exists():
        finder = _finder(models)
        parts |= {"neighbours": COUNT}
        images.append(neighbours.nearest(finder, latents[finder.config.name], COUNT))
    for model in models:
        if latents[model.config.name].size == 2:
            reply["place"] = [float(number) for number in latents[model.config.name].ravel()]
    judge = registry.judge(models[0].config) if models else None
    if judge:
        reply |= judged(judge, image)
    provider = models[0].provider if models else ""
    return {**sheet(np.concatenate(images)), **reply, "parts": parts, "provider": provider}


def able(entries: Iterable[library.Entry]) -> list[ModelConfig]:
    """The cards of models that can take a digit, the one with most numbers to remember it by first."""
    cards = [entry.config for entry in entries if "encoder" in entry.config.graphs and not entry.config.conditions]
    fitting = [config for config in cards if config.task == "digits" and config.output == DIGIT]
    return sorted(fitting, key=lambda config: (-config.latent.layers * config.latent.width, config.name))


def warm(registry: ModelRegistry) -> None:
    """Encode the real digits, so that no visitor waits for it."""
    models = encoders(registry)
    if models and neighbours.TEST_DIGITS.exists():
        finder = _finder(models)
        neighbours.nearest(finder, finder.encode(np.zeros((1, SIZE, SIZE, 1), np.uint8))[0], 1)


def _teller(models: list[Model]) -> Model | None:
    """The model that tells siblings: the first that also knows how digits are spread."""
    return next((model for model in models if model.config.sampling), None)


def _finder(models: list[Model]) -> Model:
    """The model that finds neighbours: a plain autoencoder where there is one.

    Its latents keep distances: 86 % of the eight real digits nearest to a real one are of its class, against 53 % with
    the ladder VAE, whose many latents are mostly fine detail.
    """
    return next((model for model in models if model.config.sampling is None), models[0])


def encoders(registry: ModelRegistry) -> list[Model]:
    """Those models, open."""
    return [registry.model(config.name) for config in able(registry.models)]
