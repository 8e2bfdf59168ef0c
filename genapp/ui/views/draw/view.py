"""The Draw view: what the models make of a visitor's own digit."""

from __future__ import annotations

import math

import numpy as np

from genapp.limits import Seed
from genapp.model.config import ModelConfig
from genapp.model.model import Model
from genapp.shipped import TEST_DIGITS
from genapp.ui.endpoints import drawings
from genapp.ui.endpoints.drawings import DIGIT, Png, seen
from genapp.ui.endpoints.normalise import SIZE
from genapp.ui.endpoints.pictures import judged
from genapp.ui.server.drawing import made, near
from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.packing import sheet
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View
from genapp.ui.views.draw import neighbours

COUNT = 8


class Drawing(Request):
    """A drawing; `variation_seed` decides which siblings it gets."""

    png: Png
    variation_seed: Seed


@endpoint(Drawing)
def draw(registry: ModelRegistry, request: Drawing) -> Reply:
    """One sheet: what the models see, their reconstructions, siblings, the nearest real digits; `parts` says how many.

    An empty drawing has no `parts`.
    """
    image = seen(request.png)
    if image is None:
        return {"parts": None}
    models = encoders(registry)
    latents = {model.config.name: model.encode(image)[0] for model in models}
    back = [model.decode(latents[model.config.name][None]) for model in models]
    parts = {"seen": 1, "back": len(back)}
    images = [image, *back]
    reply: Reply = {"models": list(latents)}
    teller = _teller(models)
    if teller:
        w = latents[teller.config.name]
        ws = near(teller, w, COUNT, request.variation_seed)
        parts |= {"siblings": COUNT}
        images.append(teller.decode(ws))
        reply["pictures"] = made(teller, ws, private=False)
    if models and TEST_DIGITS.exists():
        finder = _finder(models)
        parts |= {"neighbours": COUNT}
        images.append(neighbours.nearest(finder, latents[finder.config.name], COUNT))
    for model in models:
        if latents[model.config.name].size == 2:
            reply["place"] = [float(number) for number in latents[model.config.name].ravel()]
    judge = registry.judge(models[0].config) if models else None
    if judge:
        reply |= judged(judge, image)[0]
    provider = models[0].provider if models else ""
    return {**sheet(np.concatenate(images)), **reply, "parts": parts, "provider": provider}


def able(config: ModelConfig) -> bool:
    """Whether a model can take a digit without being told which it is."""
    takes = "encoder" in config.graphs and not config.conditions
    return takes and config.task == "digits" and config.output == DIGIT


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that take drawings, and whether there are real digits to lend."""
    return {"coders": [describe(entry) for entry in models], "real": TEST_DIGITS.exists()}


def warm(registry: ModelRegistry, models: Entries) -> None:
    """Encode the real digits, so that no visitor waits for it."""
    if TEST_DIGITS.exists():
        finder = _finder(encoders(registry))
        neighbours.nearest(finder, finder.encode(np.zeros((1, SIZE, SIZE, 1), np.uint8))[0], 1)


def _teller(models: list[Model]) -> Model | None:
    """The model that tells siblings: the first that also knows how digits are spread."""
    return next((model for model in models if model.config.sampling), None)


def _finder(models: list[Model]) -> Model:
    """The model that finds neighbours: a plain autoencoder where there is one.

    Its latents keep distances: 86 % of the eight real digits nearest to a real one are of its class, against 53 % with
    the hierarchical VAE, whose many latents are mostly fine detail.
    """
    return next((model for model in models if model.config.sampling is None), models[0])


def encoders(registry: ModelRegistry) -> list[Model]:
    """The models that take a digit, open; the one with most numbers to remember it by first."""
    configs = [entry.config for entry in registry.models if able(entry.config)]
    configs.sort(key=lambda config: (-math.prod(config.latent_space.shape), config.name))
    return [registry.model(config.name) for config in configs]


VIEW = View(tabs={"digits": 3}, fits=able, uses=(drawings,), knows=knows, warm=warm)
