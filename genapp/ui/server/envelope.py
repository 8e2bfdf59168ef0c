"""Pictures as the page and the server name them to each other: a recipe, and whether it is somebody's own."""

from __future__ import annotations

from typing import Annotated, ClassVar

import numpy as np
from pydantic import Field, StrictBool, model_validator

from genapp.limits import MAX_LATENT
from genapp.model.model import Model
from genapp.picture.packing import unpack
from genapp.picture.recipe import Recipe
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.limits import MAX_EDIT, MAX_STEPS, MAX_STOPS
from genapp.ui.server.registry import ModelRegistry

Name = Annotated[str, Field(max_length=64)]


class Envelope(Request):
    """A picture: its recipe, in an envelope that says whether it may leave the page.

    `private`: it, or something that it took from another picture, was made from somebody's photograph, so that the
    recipe leaves the page only if that person agrees.
    """

    recipe: Recipe
    private: StrictBool = False

    @model_validator(mode="after")
    def _within_limits(self) -> Envelope:
        mix = self.recipe.mix
        for w in (self.recipe.w, mix.w if mix else None):
            if w is not None and np.abs(unpack(w)).max() > MAX_LATENT:
                raise ValueError("a latent out of this world")
        if any(abs(amount) > MAX_EDIT for amount in self.recipe.edits.values()):
            raise ValueError("an edit out of this world")
        return self

    @property
    def confidential(self) -> bool:
        return self.private


class One(Request):
    """A request about one picture."""

    picture: Envelope

    @property
    def confidential(self) -> bool:
        return self.picture.private

    def model(self, registry: ModelRegistry) -> Model:
        """The picture's model, open. Raises `Refused("model")`."""
        return registry.model(self.picture.recipe.model)

    def latent(self, registry: ModelRegistry) -> np.ndarray:
        """The picture's latent as it is drawn, float32 (L, Dw)."""
        return latent(self.model(registry), self.picture)


class Several(Request):
    """A request about pictures of one model."""

    pictures: tuple[Envelope, ...]

    @model_validator(mode="after")
    def _one_model(self) -> Several:
        if len({picture.recipe.model for picture in self.pictures}) != 1:
            raise ValueError("pictures of several models")
        return self

    @property
    def confidential(self) -> bool:
        return any(picture.private for picture in self.pictures)

    def model(self, registry: ModelRegistry) -> Model:
        """The pictures' model, open. Raises `Refused("model")`."""
        return registry.model(self.pictures[0].recipe.model)

    def latents(self, registry: ModelRegistry) -> list[np.ndarray]:
        """The latents of the pictures as they are drawn, each float32 (L, Dw)."""
        model = self.model(registry)
        return [latent(model, picture) for picture in self.pictures]


class Walk(Several):
    """A way through pictures, back to the first where `closed`; all of it is finished as the last one is."""

    pictures: Annotated[tuple[Envelope, ...], Field(min_length=2, max_length=MAX_STOPS)]
    steps: Annotated[int, Field(strict=True, ge=2, le=MAX_STEPS)]
    closed: StrictBool = False
    most_frames: ClassVar[int]
    """Of all steps together; each kind of walk has its own."""

    @model_validator(mode="after")
    def _short(self) -> Walk:
        if len(self.pictures) * self.steps > self.most_frames:
            raise ValueError("too many frames")
        return self


def latent(model: Model, picture: Envelope) -> np.ndarray:
    """The latent that is drawn: truncated, mixed and edited, float32 (L, Dw).

    Raises ValueError for a recipe that the model cannot follow, or of a row of pictures.
    """
    ws = picture.recipe.latents(model)
    if len(ws) != 1:
        raise ValueError("a row of pictures where one is needed")
    return ws[0]


def written(recipe: Recipe, private: bool) -> Reply:
    """The JSON of an envelope."""
    return {"recipe": recipe.model_dump(mode="json", exclude_defaults=True), "private": private}
