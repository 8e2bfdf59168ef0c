"""Mixing two pictures: what each style range of the second does to the first."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model import mixing
from genapp.ui.server.drawing import shown
from genapp.ui.server.endpoint import Refused, Reply, endpoint
from genapp.ui.server.envelope import Envelope, Several
from genapp.ui.server.registry import ModelRegistry


class Pair(Several):
    """Two pictures of a style model."""

    pictures: Annotated[tuple[Envelope, ...], Field(min_length=2, max_length=2)]


@endpoint(Pair)
def mixes(registry: ModelRegistry, request: Pair) -> Reply:
    """A sheet of both pictures and, in the order of the config's ranges, the first with that range of the second.

    Raises `Refused("styles")` for a model without ranges.
    """
    model = request.model(registry)
    styles = model.config.latent_space.styles
    if not styles:
        raise Refused("styles")
    first, second = request.latents(registry)
    ws = [first, second, *(mixing.mix(model.config, first, second, {name: 1.0}) for name in styles)]
    return {**shown(model, model.decode(np.stack(ws))), "styles": list(styles)}
