"""Blending faces: sums of three, and children of up to four."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.latents import blending
from genapp.limits import Seed
from genapp.ui.server.drawing import made, shown
from genapp.ui.server.endpoint import Refused, Reply, endpoint
from genapp.ui.server.envelope import Envelope, Several
from genapp.ui.server.limits import MAX_CHILDREN
from genapp.ui.server.registry import ModelRegistry


class Sum(Several):
    """The first picture - the second + the third."""

    pictures: Annotated[tuple[Envelope, ...], Field(min_length=3, max_length=3)]


class Brood(Several):
    """`count` children of some parents; `variation_seed` decides which."""

    pictures: Annotated[tuple[Envelope, ...], Field(min_length=1, max_length=blending.MAX_PARENTS)]
    mutation: Annotated[float, Field(ge=0, le=1)]
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_CHILDREN)]
    variation_seed: Seed


@endpoint(Sum)
def combine(registry: ModelRegistry, request: Sum) -> Reply:
    """A sheet of the first, the second, the third and what they make; `pictures` has the envelope of the last."""
    model, ws = request.model(registry), request.latents(registry)
    sum_of_them = blending.combine(model, *ws)
    images = model.decode(np.stack([*ws, sum_of_them]))
    return {**shown(model, images), "pictures": made(model, [sum_of_them], request.confidential)}


@endpoint(Brood)
def breed(registry: ModelRegistry, request: Brood) -> Reply:
    """A sheet of children, and their envelopes. Raises `Refused("clones")` for one parent without mutation."""
    if len(request.pictures) == 1 and request.mutation == 0:
        raise Refused("clones")
    model, parents = request.model(registry), request.latents(registry)
    ws = blending.breed(model, parents, request.mutation, request.count, request.variation_seed)
    return {**shown(model, model.decode(ws)), "pictures": made(model, ws, request.confidential)}
