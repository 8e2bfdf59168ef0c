"""Pictures of a model: any number of recipes on one sheet, a picture's siblings, and what the judge reads in it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field, model_validator

from genapp.limits import MAX_SEED, Seed
from genapp.model.model import Model
from genapp.ui.server.drawing import drawn, made, near, shown
from genapp.ui.server.endpoint import Reply, endpoint
from genapp.ui.server.envelope import Envelope, One, Several
from genapp.ui.server.limits import MAX_DRAWN, MAX_PICTURES
from genapp.ui.server.registry import ModelRegistry


class Render(Several):
    """Pictures to draw."""

    pictures: Annotated[tuple[Envelope, ...], Field(min_length=1, max_length=MAX_PICTURES)]

    @model_validator(mode="after")
    def _few(self) -> Render:
        if sum(picture.recipe.length for picture in self.pictures) > MAX_DRAWN:
            raise ValueError("too many pictures")
        return self


class Sample(One):
    """A picture of a seed, and those of the next seeds: `count` in all."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_PICTURES)]

    @model_validator(mode="after")
    def _of_seeds(self) -> Sample:
        recipe = self.picture.recipe
        if recipe.seed is None or recipe.seed + self.count - 1 > MAX_SEED or self.count * recipe.length > MAX_DRAWN:
            raise ValueError("no seeds, or too many")
        return self


class Near(One):
    """`count` siblings of a picture; `variation_seed` decides which."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_PICTURES)]
    variation_seed: Seed


@endpoint(Render)
def render(registry: ModelRegistry, request: Render) -> Reply:
    """A sheet of what the recipes give, not enlarged; a recipe of several labels gives a picture for each."""
    model = request.model(registry)
    return shown(model, drawn(model, [picture.recipe for picture in request.pictures]))


@endpoint(Sample)
def sample(registry: ModelRegistry, request: Sample) -> Reply:
    """A sheet of a picture and those of the next seeds, all else the same; not enlarged."""
    model, first = request.model(registry), request.picture.recipe
    seeds = range(first.seed or 0, (first.seed or 0) + request.count)
    return shown(model, drawn(model, [first.model_copy(update={"seed": seed}) for seed in seeds]))


@endpoint(Near)
def siblings(registry: ModelRegistry, request: Near) -> Reply:
    """A sheet of pictures close to one, and their envelopes."""
    model = request.model(registry)
    ws = near(model, request.latent(registry), request.count, request.variation_seed)
    return {**shown(model, model.decode(ws)), "pictures": made(model, ws, request.confidential)}


@endpoint(One)
def read(registry: ModelRegistry, request: One) -> Reply:
    """`reads`: what the judge reads in each of the pictures; nothing where there is no judge for their kind."""
    model = request.model(registry)
    judge = registry.judge(model.config)
    return {"reads": judged(judge, request.picture.recipe.draw(model))} if judge else {}


def judged(judge: Model, images: np.ndarray) -> list[Reply]:
    """The judge's view of pictures, uint8 (N, H, W, C): of each the best label, its percentage, every label's share."""
    readings = []
    for shares in judge.classify(images)[0]:
        best = int(shares.argmax())
        readings.append(
            {
                "label": judge.config.labels[best] if judge.config.labels else str(best),
                "percent": round(100 * float(shares[best])),
                "shares": [round(float(share), 3) for share in shares],
            }
        )
    return readings
