"""All that decides a picture: to and from JSON, a PNG's text chunk, a URL's query; and does it come out the same."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

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

from genapp import conditions, library, link, png
from genapp.card import Sha256
from genapp.fingerprint import Fingerprint, fingerprint

if TYPE_CHECKING:
    from genapp.model import Model

SCHEMA_VERSION = 1
MAX_TEXT = 1_000_000
TOLERANT_SHARE = 0.999


def _plain(value: Any) -> Any:
    """NumPy's scalars as Python's own."""
    return value.item() if isinstance(value, np.generic) else value


def _label(value: Any) -> Any:
    """A class's label is text; 7 means "7"."""
    value = _plain(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[float, BeforeValidator(_plain), Field(allow_inf_nan=False)]
Seed = Annotated[int, BeforeValidator(_plain), Field(strict=True, ge=0, lt=2**32)]
Wish = Annotated[StrictBool | str, BeforeValidator(_label)]
Verdict = Literal["identical", "within tolerance", "different", "another model"]


class RecipeError(ValueError):
    """A recipe that cannot be read or used; the message says why."""


class Recipe(BaseModel):
    """One picture, decided by a seed or by its latent `w`.

    `Recipe(model="digits-gan", seed=42).render()`. What is saved also keeps the model's sha256 and a fingerprint of the
    machine, so that `verify` can tell what to expect.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    model: Annotated[str, Field(min_length=1, max_length=200)]
    """A shipped name, a folder or a Hub id."""
    model_sha256: Sha256 | None = None
    seed: Seed | None = None
    w: tuple[tuple[Number, ...], ...] | None = None
    """(L, Dw), kept as float32: of a picture that no seed gives, such as a step of a walk. It is already truncated."""
    truncation: Annotated[Number, Field(ge=-2, le=2)] = 1.0
    conditions: dict[str, Wish] = {}
    """A class's label, or True / False of an attribute."""
    edits: dict[str, Number] = {}
    fingerprint: Fingerprint | None = None

    @field_validator("w")
    @classmethod
    def _float32(cls, w: tuple[tuple[float, ...], ...] | None) -> tuple[tuple[float, ...], ...] | None:
        if w is None:
            return None
        if not w or not w[0] or len({len(row) for row in w}) != 1:
            raise ValueError("w needs rows of one length")
        with np.errstate(over="ignore"):
            rounded = np.array(w, np.float32)
        if not np.isfinite(rounded).all():
            raise ValueError("w is too large for float32")
        return tuple(map(tuple, rounded.tolist()))

    @model_validator(mode="after")
    def _one_start(self) -> Recipe:
        if (self.seed is None) == (self.w is None):
            raise ValueError("a recipe has either a seed or w")
        if self.w is not None and self.truncation != 1:
            raise ValueError("w is already truncated: leave truncation at 1")
        return self

    def render(self, model: Model | None = None) -> np.ndarray:
        """Draw the picture, at batch 1.

        Args:
            model: an open model; without one `self.model` is loaded. A page that renders recipes of strangers hands in
                one of its own, as a stranger's name could be any folder or Hub repo.

        Returns:
            uint8 (H, W, C).

        Raises:
            RecipeError: the model has another sha256 than the recipe. ValueError: the model cannot do what is asked.
        """
        model = model or self._load()
        if self.model_sha256 not in (None, model.card.model_sha256):
            raise RecipeError(f"another model: {model.card.name} has changed since this recipe was written")
        conditions.check_names(model.card, self.conditions)
        if self.w is None:
            return model.generate([self.seed], self.truncation, self.edits, **self.conditions)[0]
        w = np.array([self.w], np.float32)
        return model.decode(model.edit(w, self.edits), **self.conditions)[0]

    def sealed(self, model: Model) -> Recipe:
        """This recipe with what the model and this machine add to it: sha256, the class that was drawn, fingerprint.

        A folder's path gives way to the model's name: it means nothing elsewhere and is nobody's business.
        """
        drawn = {} if self.seed is None else conditions.drawn(model.card, self.conditions, self.seed)
        from_hub = library.HUB_ID.match(self.model) and not Path(self.model).is_dir()
        return self.model_copy(
            update={
                "model": self.model if from_hub else model.card.name,
                "model_sha256": model.card.model_sha256,
                "conditions": {**self.conditions, **drawn},
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
        """A URL's query string that draws the same picture; see `genapp.link`."""
        return link.to_query(self.model_dump(exclude_defaults=True))

    @classmethod
    def from_query(cls, query: str) -> Recipe:
        """Read what `to_query` wrote. Raises `RecipeError` with what is wrong."""
        if len(query) > MAX_TEXT:
            raise RecipeError("the link is too long to be a recipe")
        try:
            return cls(**link.from_query(query))
        except ValidationError as error:
            raise _readable(error) from None
        except ValueError as error:
            raise RecipeError(f"the link is not a recipe: {error}") from None

    def png(self, model: Model | None = None) -> bytes:
        """Render, and give a lossless PNG that carries the sealed recipe."""
        model = model or self._load()
        return png.encode(self.render(model), self.sealed(model).to_json())

    def save(self, path: str | Path, model: Model | None = None) -> None:
        """Write `png()` to `path`, which ends in .png."""
        if Path(path).suffix.lower() != ".png":
            raise RecipeError(f"{path}: a picture with its recipe is a PNG; let the name end in .png")
        Path(path).write_bytes(self.png(model))

    @classmethod
    def load(cls, source: str | Path | bytes) -> Recipe:
        """Read a recipe from a PNG that `save` wrote, or from JSON: a file's path, or its content.

        Raises:
            RecipeError: there is no recipe in it, or it cannot be read; then a `PngError` or OSError is its context.
        """
        return _read(source)[0]

    def _load(self, models: Iterable[str | Path] = ()) -> Model:
        from genapp.model import load_model

        return load_model(self.model, models)


@dataclass(frozen=True)
class Verification:
    """What `verify` found.

    Attributes:
        verdict: "identical", "within tolerance", "different" or "another model".
        message: the same for a reader, with what was expected.
        same_pixels: share of pixels that are equal, 0 .. 1; None for another model.
        largest: largest difference in grey levels; None for another model.
    """

    verdict: Verdict
    message: str
    same_pixels: float | None = None
    largest: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the picture is what its recipe says."""
        return self.verdict in ("identical", "within tolerance")


def verify(source: str | Path | bytes, model: Model | None = None, models: Iterable[str | Path] = ()) -> Verification:
    """Draw a saved picture again and compare.

    With the fingerprint of the picture every bit must be the same; on another machine or version at least 99.9 % of the
    pixels must be at most one grey level apart. A model with another sha256 is "another model", and nothing is drawn.

    Args:
        source: a PNG written by `Recipe.save`: its path, or its content.
        model: an open model to draw with, instead of loading the recipe's.
        models: more folders to look for the recipe's model in.

    Raises:
        RecipeError: the file cannot be read or holds no recipe or no picture. ValueError: there is no such model.
    """
    recipe, saved = _read(source)
    if saved is None:
        raise RecipeError("this is a recipe without a picture to compare: give the PNG")
    model = model or recipe._load(models)
    if recipe.model_sha256 != model.card.model_sha256:
        return Verification("another model", f"another model: {model.card.name} is not the one that drew this picture")
    drawn = recipe.render(model)
    if drawn.shape != saved.shape:
        return Verification("different", f"different: the picture is {saved.shape}, its recipe gives {drawn.shape}")
    return compare(saved, drawn, recipe.fingerprint == fingerprint(model))


def compare(saved: np.ndarray, drawn: np.ndarray, same_machine: bool) -> Verification:
    """Judge two pictures, uint8 (H, W, C), by the rules of `verify`."""
    apart = np.abs(saved.astype(int) - drawn.astype(int)).max(axis=2)
    same, largest = float((apart == 0).mean()), int(apart.max())
    if largest == 0:
        return Verification("identical", "identical: every bit is the same", same, largest)
    measured = f"{same:.3%} of the pixels are the same, the largest difference is {largest} grey levels"
    if same_machine:
        return Verification("different", f"different, on the same processor and versions: {measured}", same, largest)
    if (apart <= 1).mean() >= TOLERANT_SHARE:
        message = f"within tolerance, on another processor or version than the picture's: {measured}"
        return Verification("within tolerance", message, same, largest)
    return Verification("different", f"different: {measured}", same, largest)


def _read(source: str | Path | bytes) -> tuple[Recipe, np.ndarray | None]:
    """A recipe and, of a PNG, its pixels uint8 (H, W, C)."""
    if isinstance(source, bytes):
        data = source
    else:
        try:
            data = Path(source).read_bytes()
        except OSError as error:
            raise RecipeError(f"{source} cannot be read: {error.strerror}") from None
    if not data.startswith(png.SIGNATURE):
        try:
            return Recipe.from_json(data[: MAX_TEXT + 1].decode("utf-8")), None
        except UnicodeDecodeError:
            raise RecipeError("this is neither a PNG nor JSON") from None
    try:
        pixels, text = png.decode(data)
    except png.PngError as error:
        raise RecipeError(str(error)) from error
    if text is None:
        raise RecipeError("this PNG carries no recipe: it was not saved by GenApp, or was edited since")
    return Recipe.from_json(text), pixels


def _readable(error: ValidationError) -> RecipeError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if where == "schema_version":
        return RecipeError(f"this recipe is of another version than {SCHEMA_VERSION}: update GenApp to read it")
    return RecipeError(f"not a recipe: {where + ': ' if where else ''}{first['msg']}")
