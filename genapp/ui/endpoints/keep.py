"""Keeping pictures: PNGs and links that carry their recipe, and the way back from them. Nothing is kept here."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from genapp.model.kinds.output import UnreadableError
from genapp.model.model import Model
from genapp.picture import verify
from genapp.picture.recipe import Recipe, RecipeError
from genapp.pixels import png
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.points import One, Point, edited, point_of, recipe_of
from genapp.ui.server.registry import ModelRegistry

MAX_PNG = 2_000_000
MAX_SIDE = 1024
"""Of a picture that is saved enlarged."""
MAX_LINK = 60_000

Enlarge = Annotated[int, Field(strict=True, ge=1, le=32)]


class Share(One):
    """One picture whose recipe is wanted; of one made from a photograph that takes the person's word, `agreed`."""

    agreed: bool = False

    @property
    def with_recipe(self) -> bool:
        """Whether its recipe may leave the page."""
        return self.agreed or not self.point.of_somebody


class Keep(Share):
    """One picture to save, `enlarge` times as large as the model draws it."""

    enlarge: Enlarge = 1


class File(Request):
    """A PNG, base64."""

    png: Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]


class Link(Request):
    """The part of a link that is a recipe's query."""

    query: Annotated[str, Field(max_length=MAX_LINK)]


@endpoint(Keep)
def save(registry: ModelRegistry, request: Keep) -> Reply:
    """A PNG that carries its recipe; one made from a photograph does so only where that is agreed.

    Raises `Refused("request")` when a side would be over 1024 pixels.
    """
    model = registry.model(request.model)
    output = model.config.image
    if request.enlarge > 1 and max(output.height, output.width) * request.enlarge > MAX_SIDE:
        raise Refused("request")
    made = recipe_of(model, request, request.enlarge)
    if not request.with_recipe:
        bare = png.encode(made.render(model))
        return {"file": to_base64(bare), "name": f"{model.config.name}.png", "type": "image/png"}
    words = [model.config.name, *(str(seed) for seed in (made.seed, made.mix and made.mix.seed) if seed is not None)]
    return {"file": to_base64(made.to_bytes(model)), "name": f"{'-'.join(words)}.png", "type": "image/png"}


@endpoint(File)
def open(registry: ModelRegistry, request: File) -> Reply:
    """What a saved PNG says: model, point, conditions and finish, and whether that draws the same picture again here.

    It is read in memory and kept nowhere.
    """
    data = from_base64(request.png)
    if not data.startswith(png.SIGNATURE):
        raise Refused("picture")
    try:
        made = Recipe.load(data)
    except RecipeError as error:
        raise Refused("picture" if isinstance(error.__cause__, UnreadableError) else "recipe") from None
    return _back(registry, made, lambda model: verify.verify(data, model).verdict)


@endpoint(Share)
def link(registry: ModelRegistry, request: Share) -> Reply:
    """The query that draws this picture again: `follow` reads it.

    Raises `Refused("private")` for a picture made from a photograph, where that is not agreed.
    """
    if not request.with_recipe:
        raise Refused("private")
    model = registry.model(request.model)
    made = recipe_of(model, request).model_copy(update={"model_sha256": model.config.model_sha256})
    return {"query": checked_query(made)}


def checked_query(made: Recipe) -> str:
    """A recipe's query. Raises `Refused("link.long")` beyond 60,000 letters."""
    query = made.to_query()
    if len(query) > MAX_LINK:
        raise Refused("link.long")
    return query


@endpoint(Link)
def follow(registry: ModelRegistry, request: Link) -> Reply:
    """What a link says: its model, point, conditions and finish, and whether it was made with this very model."""
    try:
        made = Recipe.from_query(request.query)
    except RecipeError:
        raise Refused("link") from None

    def verdict(model: Model) -> str:
        return "identical" if made.model_sha256 in (None, model.config.model_sha256) else "another model"

    return _back(registry, made, verdict)


def _back(registry: ModelRegistry, made: Recipe, verdict: Callable[[Model], str]) -> Reply:
    try:
        model = registry.model(made.model)
    except Refused:
        raise Refused("stranger", model=made.model[:64]) from None
    try:
        found = verdict(model)
        point = point_of(made)
        edited(model, Point.model_validate(point))  # does this model have such a latent?
    except (ValueError, Refused):
        raise Refused("recipe") from None
    return {
        "model": model.config.name,
        "point": point,
        "conditions": made.conditions,
        "finish": dataclasses.asdict(made.finish),
        "verdict": found,
        "enlarge": made.enlarge,
    }
