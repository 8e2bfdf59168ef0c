"""Mixing two pictures: what each style range of the second does to the first."""

from __future__ import annotations

import numpy as np

from genapp.model import mixing
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.packing import sheet
from genapp.ui.server.points import Name, Plain, latent
from genapp.ui.server.registry import ModelRegistry


class Pair(Request):
    """Two pictures of a style model."""

    model: Name
    first: Plain
    second: Plain

    @property
    def confidential(self) -> bool:
        return self.first.private or self.second.private


@endpoint(Pair)
def mixes(registry: ModelRegistry, request: Pair) -> Reply:
    """A sheet of both pictures and, in the order of the card's ranges, the first with that range of the second.

    Raises `Refused("styles")` for a model without ranges.
    """
    model = registry.model(request.model)
    styles = model.config.latent.styles
    if not styles:
        raise Refused("styles")
    first, second = latent(model, request.first), latent(model, request.second)
    ws = [first, second, *(mixing.mix(model.config, first, second, {name: 1.0}) for name in styles)]
    return {**sheet(model.decode(np.stack(ws))), "styles": list(styles), "provider": model.provider}
