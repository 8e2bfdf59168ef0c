"""All that decides a picture, or what else a model gives: to and from JSON, a saved file, a link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import numpy as np
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    field_validator,
    model_validator,
)

from genapp.limits import MAX_ROW, MAX_TEXT, Enlarge, Number, Seed, Truncation, plain
from genapp.model import conditions, library, mixing
from genapp.model.config import Sha256
from genapp.model.kinds import output_classes
from genapp.model.kinds.output import Content, UnreadableError
from genapp.picture import query as queries
from genapp.picture.fingerprint import Fingerprint, fingerprint
from genapp.picture.packing import PackedLatent, unpack
from genapp.pixels.finish import NEUTRAL, Finish

if TYPE_CHECKING:
    from genapp.model.model import Model

SCHEMA_VERSION: Final = 2
"""Version 1 wrote latents as nested lists, and mixed in seeds only; it is read as well."""


def _label(value: Any) -> Any:
    """A class's label is text; 7 means "7"."""
    value = plain(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Value = Annotated[StrictBool | str, BeforeValidator(_label)]
Row = Annotated[tuple[Annotated[str, BeforeValidator(_label)], ...], Field(min_length=2, max_length=MAX_ROW)]
Conditions = Mapping[str, Value | Row]


class RecipeError(ValueError):
    """A recipe that cannot be read or used; the message says why."""


class Mix(BaseModel):
    """What a recipe mixes in: the picture of another seed or latent, by `shares` of the model's style ranges."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: Seed | None = None
    w: PackedLatent | None = None
    """Already truncated."""
    truncation: Truncation = 1.0
    shares: Mapping[str, Annotated[Number, Field(ge=0, le=1)]] = Field(min_length=1)
    """Name of a range of layers, or `mixing.WHOLE`, to 0 (all of the first picture) .. 1 (all of the second); ranges
    that are not named stay the first's."""

    @model_validator(mode="after")
    def _one_start(self) -> Mix:
        _check_start(self.seed, self.w, self.truncation, "a mix")
        return self


class Recipe(BaseModel):
    """One picture, decided by a seed or by its latent `w`.

    `Recipe(model="digits-gan", seed=42).render()`. What is saved also keeps the model's sha256 and a fingerprint of the
    machine, so that `genapp.verify` can tell what to expect.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1, 2] = SCHEMA_VERSION
    model: Annotated[str, Field(min_length=1, max_length=200)]
    """A shipped name, a folder or a Hub id."""
    model_sha256: Sha256 | None = None
    seed: Seed | None = None
    w: PackedLatent | None = None
    """Of a picture that no seed gives, such as a step of a walk: float32 (L, Dw), already truncated; an array or nested
    lists are packed, see `genapp.picture.packing`."""
    truncation: Truncation = 1.0
    mix: Mix | None = None
    """Styles of another picture."""
    conditions: Conditions = {}
    """A class's label, or True / False of an attribute. Several labels are drawn side by side, from the same latent."""
    edits: Mapping[str, Number] = {}
    finish: Finish = NEUTRAL
    enlarge: Enlarge = 1
    """The picture is so many times as wide and high as the model draws it; see `genapp.pixels.resize`."""
    fingerprint: Fingerprint | None = None

    @field_validator("schema_version")
    @classmethod
    def _newest(cls, _: int) -> int:
        return SCHEMA_VERSION  # what version 1 wrote has been understood by now

    @model_validator(mode="after")
    def _one_start(self) -> Recipe:
        _check_start(self.seed, self.w, self.truncation, "a recipe")
        if sum(isinstance(value, tuple) for value in self.conditions.values()) > 1:
            raise ValueError("only one condition can have several labels")
        return self

    @property
    def length(self) -> int:
        """How many pictures stand side by side in it."""
        return next((len(value) for value in self.conditions.values() if isinstance(value, tuple)), 1)

    def render(self, model: Model | None = None) -> Content:
        """Draw the picture, alone: drawn, finished, enlarged.

        Args:
            model: an open model; without one `self.model` is loaded. A page that renders recipes of strangers hands in
                one of its own, as a stranger's name could be any folder or Hub repo.

        Returns:
            Of a picture uint8 (H, W, C); W is that of all where several labels are drawn side by side. Of another kind
            of output what its module says.

        Raises:
            RecipeError: the model has another sha256 than the recipe. ValueError: the model cannot draw it.
        """
        model = model or self.load_model()
        if self.model_sha256 not in (None, model.sha256):
            raise RecipeError(f"another model: {model.config.name} has changed since this recipe was written")
        return model.config.output.render(self.draw(model), self)

    def draw(self, model: Model) -> np.ndarray:
        """What the model gives, pictures not yet finished or enlarged: uint8 (N, H, W, C), N = `length`.

        Raises:
            ValueError: the model cannot draw it.
        """
        return model.decode(self.latents(model), **self.drawn_conditions(model))

    def latents(self, model: Model) -> np.ndarray:
        """The latents that are decoded: truncated, mixed and edited, float32 (N, L, Dw), N = `length`."""
        given = self.drawn_conditions(model)
        w = self._start(model, self, given)
        if self.mix is not None:
            w = mixing.mix(model.config, w, self._start(model, self.mix, given), self.mix.shares)
        return model.edit(w, self.edits)

    def drawn_conditions(self, model: Model) -> Conditions:
        """The conditions, with what the seed draws for those that are left open."""
        if not self.conditions and not model.config.conditions:
            return {}
        conditions.check_names(model.config, self.conditions)
        drawn = {} if self.seed is None else conditions.drawn(model.config, self.conditions, self.seed, model.joint)
        return {**self.conditions, **drawn}

    def sealed(self, model: Model) -> Recipe:
        """This recipe with what the model and this machine add to it: sha256, the class that was drawn, fingerprint.

        A folder's path gives way to the model's name: it means nothing elsewhere and is nobody's business.
        """
        from_hub = library.HUB_ID.match(self.model) and not Path(self.model).is_dir()
        return self.model_copy(
            update={
                "model": self.model if from_hub else model.config.name,
                "model_sha256": model.sha256,
                "conditions": self.drawn_conditions(model),
                "fingerprint": fingerprint(model),
            }
        )

    def to_json(self) -> str:
        """One line of JSON, with nothing that is at its default but the version."""
        kept = self.model_dump(mode="json", exclude_defaults=True)
        return json.dumps({"schema_version": SCHEMA_VERSION, **kept}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Recipe:
        """Read what `to_json` wrote. Raises `RecipeError` with what is wrong."""
        if len(text) > MAX_TEXT:
            raise RecipeError("the file is too long to be a recipe")
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise _readable(error) from None

    def to_query(self) -> str:
        """A link's query string that draws the same picture; see `genapp.picture.query`."""
        return queries.to_query(self.model_dump(exclude_defaults=True))

    @classmethod
    def from_query(cls, query: str) -> Recipe:
        """Read what `to_query` wrote. Raises `RecipeError` with what is wrong."""
        if len(query) > MAX_TEXT:
            raise RecipeError("the link is too long to be a recipe")
        try:
            return cls(**queries.from_query(query))
        except ValidationError as error:
            raise _readable(error) from None
        except ValueError as error:
            raise RecipeError(f"the link is not a recipe: {error}") from None

    def to_bytes(self, model: Model | None = None) -> bytes:
        """Render, and give a file that carries the sealed recipe: of a picture a lossless PNG."""
        model = model or self.load_model()
        return model.config.output.save(self.render(model), self.sealed(model).to_json())

    def save(self, path: str | Path, model: Model | None = None) -> None:
        """Write `to_bytes()` to `path`, whose name ends as the kind wants: in .png for a picture."""
        model = model or self.load_model()
        suffix = model.config.output.suffix
        if Path(path).suffix.lower() != suffix:
            raise RecipeError(f"{path}: this and its recipe are one file; let its name end in {suffix}")
        Path(path).write_bytes(self.to_bytes(model))

    @classmethod
    def load(cls, source: str | Path | bytes) -> Recipe:
        """Read a recipe from a PNG that `save` wrote, or from JSON: a file's path, or its content.

        Raises:
            RecipeError: there is no recipe in it, or it cannot be read; then a `PngError` or OSError is its context.
        """
        return read(source)[0]

    def _start(self, model: Model, start: Recipe | Mix, given: Conditions) -> np.ndarray:
        """Truncated latents of a seed, or a packed one, float32 (N, L, Dw)."""
        if start.w is not None:
            return np.repeat(unpack(start.w)[None], self.length, axis=0)
        assert start.seed is not None  # the models' validators see to it
        return model.truncate(model.latents([start.seed] * self.length, **given), start.truncation)

    def load_model(self, models: Iterable[str | Path] = ()) -> Model:
        """The model that the recipe names, from `models` or where `genapp.load_model` looks."""
        from genapp.model.model import load_model

        return load_model(self.model, models)


def read(source: str | Path | bytes) -> tuple[Recipe, Content | None]:
    """A recipe and, of a file that `Recipe.save` wrote, its content: of a PNG the pixels uint8 (H, W, C); None of JSON.

    Raises as `Recipe.load` does.
    """
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise RecipeError(f"{source} cannot be read: {error.strerror}") from None
    for output in output_classes():
        try:
            found = output.read(data)
        except UnreadableError as error:
            raise RecipeError(str(error)) from error
        if found is not None:
            content, text = found
            if text is None:
                raise RecipeError(
                    f"this {output.suffix[1:].upper()} carries no recipe: GenApp did not save it, or it was edited"
                )
            return Recipe.from_json(text), content
    try:
        return Recipe.from_json(data[: MAX_TEXT + 1].decode("utf-8")), None
    except UnicodeDecodeError:
        raise RecipeError("this is neither a PNG nor JSON") from None


def _check_start(seed: int | None, w: str | None, truncation: float, what: str) -> None:
    if (seed is None) == (w is None):
        raise ValueError(f"{what} has either a seed or w")
    if w is not None and truncation != 1:
        raise ValueError("w is already truncated: leave truncation at 1")


def _readable(error: ValidationError) -> RecipeError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if where == "schema_version":
        return RecipeError(f"this recipe is of another version than {SCHEMA_VERSION}: update GenApp to read it")
    return RecipeError(f"not a recipe: {where + ': ' if where else ''}{first['msg']}")
