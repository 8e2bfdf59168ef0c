"""The words view: a page of words, and others at a click."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from genapp.limits import Seed
from genapp.picture.recipe import Recipe
from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.view import View


class Spelling(Request):
    """`count` words of the seeds from `seed` on."""

    model: Annotated[str, Field(max_length=64)]
    seed: Seed
    count: Annotated[int, Field(strict=True, ge=1, le=24)]


@endpoint(Spelling)
def spell(registry: ModelRegistry, request: Spelling) -> Reply:
    """The words."""
    model = registry.model(request.model)
    seeds = range(request.seed, request.seed + request.count)
    return {"words": [Recipe(model=request.model, seed=seed).render(model) for seed in seeds]}


VIEW = View(tabs={"models": 1}, fits=lambda config: config.sampling is not None, kind="words")
