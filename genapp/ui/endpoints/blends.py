"""Blending faces: sums of three, and children of up to four."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.latents import blending
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.packing import pack, sheet
from genapp.ui.server.points import Name, Point, Seed, Share, edited
from genapp.ui.server.registry import ModelRegistry

MAX_COUNT = 16


class Sum(Request):
    """`first` - `minus` + `plus`."""

    model: Name
    first: Point
    minus: Point
    plus: Point

    @property
    def confidential(self) -> bool:
        return any(point.of_somebody for point in (self.first, self.minus, self.plus))


class Brood(Request):
    """`count` children of some parents; `variation_seed` decides which."""

    model: Name
    parents: Annotated[tuple[Point, ...], Field(min_length=1, max_length=blending.MAX_PARENTS)]
    mutation: Share
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    variation_seed: Seed

    @property
    def confidential(self) -> bool:
        return any(parent.of_somebody for parent in self.parents)


@endpoint(Sum)
def combine(registry: ModelRegistry, request: Sum) -> Reply:
    """A sheet of the first, the second, the third and what they make; `ws` has the latent of the last."""
    model = registry.model(request.model)
    ws = [edited(model, point) for point in (request.first, request.minus, request.plus)]
    made = blending.combine(model, *ws)
    return {**sheet(model.decode(np.stack([*ws, made]))), "ws": pack(made[None]), "provider": model.provider}


@endpoint(Brood)
def breed(registry: ModelRegistry, request: Brood) -> Reply:
    """A sheet of children, and their latents. Raises `Refused("clones")` for one parent without mutation."""
    if len(request.parents) == 1 and request.mutation == 0:
        raise Refused("clones")
    model = registry.model(request.model)
    parents = [edited(model, point) for point in request.parents]
    ws = blending.breed(model, parents, request.mutation, request.count, request.variation_seed)
    return {**sheet(model.decode(ws)), "ws": pack(ws), "provider": model.provider}
