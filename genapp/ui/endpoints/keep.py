"""Keeping pictures: PNGs and links that carry their recipe, and the way back from them. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field, StrictBool

from genapp.model.kinds.image import ImageOutput
from genapp.model.kinds.output import UnreadableError
from genapp.model.model import Model
from genapp.picture import verify
from genapp.picture.recipe import Recipe, RecipeError
from genapp.pixels.png import SIGNATURE
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.envelope import Envelope, One, written
from genapp.ui.server.limits import MAX_LINK, MAX_PNG, MAX_SIDE, MAX_WIDTH
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.registry import ModelRegistry


class Keep(One):
    """A picture whose recipe is wanted; of a private one that takes the person's word, `agreed`."""

    agreed: StrictBool = False

    @property
    def with_recipe(self) -> bool:
        """Whether its recipe may leave the page."""
        return self.agreed or not self.picture.private


class File(Request):
    """A PNG, base64."""

    png: Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]


class Link(Request):
    """The part of a link that is a recipe's query."""

    query: Annotated[str, Field(max_length=MAX_LINK)]


@endpoint(Keep)
def save(registry: ModelRegistry, request: Keep) -> Reply:
    """A PNG that carries its recipe; one made from a photograph does so only where that is agreed.

    Raises `Refused("request")` for an enlarged picture with a side over 1024 pixels, or a row over 4096.
    """
    model, recipe = request.model(registry), request.picture.recipe
    output = model.config.output
    if isinstance(output, ImageOutput) and recipe.enlarge > 1:
        height, width = output.height * recipe.enlarge, output.width * recipe.enlarge
        if max(height, width) > MAX_SIDE or width * recipe.length > MAX_WIDTH:
            raise Refused("request")
    if request.with_recipe:
        data, name = recipe.to_bytes(model), _name(recipe)
    else:
        data, name = output.save(recipe.render(model), None), recipe.model
    return {"file": to_base64(data), "name": name + output.suffix, "type": output.media_type}


def _name(recipe: Recipe) -> str:
    """A file's: the model's name with the text that is written, or else with the seeds."""
    text = "".join("".join(asked) for asked in recipe.conditions.values() if not isinstance(asked, bool))
    seeds = [recipe.seed, recipe.mix.seed if recipe.mix else None]
    words = [text] if text.isalnum() else [str(seed) for seed in seeds if seed is not None]
    return "-".join([recipe.model, *words])


@endpoint(Keep)
def link(registry: ModelRegistry, request: Keep) -> Reply:
    """The query that draws this picture again: `follow` reads it.

    Raises `Refused("private")` for a picture made from a photograph, where that is not agreed, and
    `Refused("link.long")` beyond 60,000 letters.
    """
    if not request.with_recipe:
        raise Refused("private")
    query = request.picture.recipe.sealed(request.model(registry)).to_query()
    if len(query) > MAX_LINK:
        raise Refused("link.long")
    return {"query": query}


@endpoint(File)
def reopen(registry: ModelRegistry, request: File) -> Reply:
    """The picture that a saved PNG holds, and whether its recipe draws the same again here.

    It is read in memory and kept nowhere.
    """
    data = from_base64(request.png)
    if not data.startswith(SIGNATURE):
        raise Refused("picture")
    try:
        recipe = Recipe.load(data)
    except RecipeError as error:
        raise Refused("picture" if isinstance(error.__cause__, UnreadableError) else "recipe") from None
    return _back(registry, recipe, lambda model: verify.verify(data, model).verdict)


@endpoint(Link)
def follow(registry: ModelRegistry, request: Link) -> Reply:
    """The picture that a link holds, and whether it was made with this very model."""
    try:
        recipe = Recipe.from_query(request.query)
    except RecipeError:
        raise Refused("link") from None

    def verdict(model: Model) -> str:
        return "identical" if recipe.model_sha256 in (None, model.config.model_sha256) else "another model"

    return _back(registry, recipe, verdict)


def _back(registry: ModelRegistry, recipe: Recipe, verdict: Callable[[Model], str]) -> Reply:
    """A recipe on its way into the page: of the model that is here, at the size that the model draws."""
    try:
        model = registry.model(recipe.model)
    except Refused:
        raise Refused("stranger", model=recipe.model[:64]) from None
    here = {"model": model.config.name, "model_sha256": None, "fingerprint": None, "enlarge": 1}
    try:
        found = verdict(model)
        picture = Envelope(recipe=recipe.model_copy(update=here))
        picture.recipe.draw(model)
    except ValueError:
        raise Refused("recipe") from None
    return {**written(picture.recipe, picture.private), "verdict": found}
