"""All that decides a picture: to and from JSON, a PNG's text chunk, a URL's query; and does it come out the same."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import parse_qsl, urlencode

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError, model_validator

from genapp.card import Sha256

if TYPE_CHECKING:
    from genapp.model import Model

SCHEMA_VERSION = 1
PNG_KEY = "genapp"
MAX_TEXT = 1_000_000
MAX_PIXELS = 4096 * 4096
TOLERANT_SHARE = 0.999

Number = Annotated[float, Field(allow_inf_nan=False)]
Verdict = Literal["identical", "within tolerance", "different", "another model"]


class RecipeError(ValueError):
    """A recipe that cannot be read or used; the message says why."""


class Fingerprint(BaseModel):
    """What a picture's last bits depend on besides its recipe."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    onnxruntime: str
    provider: str
    processor: str
    pillow: str


class Recipe(BaseModel):
    """One picture, decided by a seed or by its latent `w`.

    `Recipe(model="digits-gan", seed=42).render()`. What is saved also keeps the model's sha256 and a fingerprint of the
    machine, so that `verify` can tell what to expect.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal[1] = SCHEMA_VERSION
    model: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
    model_sha256: Sha256 | None = None
    seed: Annotated[StrictInt, Field(ge=0, lt=2**32)] | None = None
    w: tuple[tuple[Number, ...], ...] | None = None
    """(L, Dw), float32: of a picture that no seed gives, such as a step of a walk. It is already truncated."""
    truncation: Annotated[Number, Field(ge=-2, le=2)] = 1.0
    conditions: dict[str, StrictBool | StrictInt | str] = {}
    edits: dict[str, Number] = {}
    fingerprint: Fingerprint | None = None

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
        if self.w is None:
            return model.generate([self.seed], self.truncation, self.edits, **self.conditions)[0]
        w = np.array([self.w], np.float32)
        return model.decode(model.edit(w, self.edits), **self.conditions)[0]

    def sealed(self, model: Model) -> Recipe:
        """This recipe with all that the model and this machine add to it: sha256, drawn class, fingerprint."""
        drawn = {}
        if self.seed is not None and model.card.conditions:
            from genapp import conditions

            drawn = conditions.drawn(model.card, self.conditions, self.seed)
        return self.model_copy(
            update={
                "model_sha256": model.card.model_sha256,
                "conditions": {**drawn, **self.conditions},
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
            raise RecipeError("the recipe is too long")
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            raise _readable(error) from None

    def to_query(self) -> str:
        """A URL's query string, e.g. "model=digits-gan&seed=42". It leaves out the fingerprint, which draws nothing."""
        pairs: list[tuple[str, str]] = [("model", self.model)]
        if self.seed is not None:
            pairs.append(("seed", str(self.seed)))
        if self.w is not None:
            pairs.append(("w", _pack(self.w)))
        if self.truncation != 1:
            pairs.append(("truncation", repr(self.truncation)))
        pairs += [(f"condition.{name}", json.dumps(value)) for name, value in self.conditions.items()]
        pairs += [(f"edit.{name}", repr(amount)) for name, amount in self.edits.items()]
        if self.model_sha256:
            pairs.append(("sha256", self.model_sha256))
        return urlencode(pairs)

    @classmethod
    def from_query(cls, query: str) -> Recipe:
        """Read what `to_query` wrote. Raises `RecipeError` with what is wrong."""
        if len(query) > MAX_TEXT:
            raise RecipeError("the recipe is too long")
        fields: dict[str, Any] = {"conditions": {}, "edits": {}}
        try:
            for key, value in parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict"):
                group, _, name = key.partition(".")
                if group == "condition":
                    fields["conditions"][name] = json.loads(value)
                elif group == "edit":
                    fields["edits"][name] = float(value)
                elif key in ("model", "sha256"):
                    fields[{"sha256": "model_sha256"}.get(key, key)] = value
                elif key == "seed":
                    fields["seed"] = int(value)
                elif key == "truncation":
                    fields["truncation"] = float(value)
                elif key == "w":
                    fields["w"] = _unpack(value)
                else:
                    raise RecipeError(f"the link has an unknown part: {key[:40]!r}")
            return cls(**fields)
        except ValidationError as error:
            raise _readable(error) from None
        except RecipeError:
            raise
        except ValueError as error:
            raise RecipeError(f"the link is damaged: {error}") from None

    def png(self, model: Model | None = None) -> bytes:
        """Render, and give a lossless PNG that carries the sealed recipe."""
        from PIL import Image, PngImagePlugin

        model = model or self._load()
        picture = self.render(model)
        info = PngImagePlugin.PngInfo()
        info.add_itxt(PNG_KEY, self.sealed(model).to_json())
        buffer = io.BytesIO()
        Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture).save(buffer, "PNG", pnginfo=info)
        return buffer.getvalue()

    def save(self, path: str | Path, model: Model | None = None) -> None:
        """Write `png()` to `path`, which ends in .png."""
        if Path(path).suffix.lower() != ".png":
            raise RecipeError(f"{path}: a picture with its recipe is a PNG; let the name end in .png")
        Path(path).write_bytes(self.png(model))

    @classmethod
    def load(cls, path: str | Path) -> Recipe:
        """Read a recipe from a PNG that `save` wrote, or from a JSON file. Raises `RecipeError`."""
        return _read(Path(path))[0]

    def _load(self) -> Model:
        from genapp.model import load_model

        return load_model(self.model)


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


def verify(path: str | Path, model: Model | None = None) -> Verification:
    """Draw a saved picture again and compare.

    With the fingerprint of the picture every bit must be the same; on another machine or version at least 99.9 % of the
    pixels must be at most one grey level apart. A model with another sha256 is "another model", and nothing is drawn.

    Args:
        path: a PNG written by `Recipe.save`.
        model: an open model to draw with, instead of loading the recipe's.

    Raises:
        RecipeError: the file cannot be read or holds no recipe or no picture. ValueError: there is no such model.
    """
    recipe, saved = _read(Path(path))
    if saved is None:
        raise RecipeError(f"{path} holds a recipe but no picture to compare: give the PNG")
    model = model or recipe._load()
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


def fingerprint(model: Model) -> Fingerprint:
    """Of this machine, as `model` runs on it."""
    import onnxruntime
    import PIL

    from genapp import processor

    on_cpu = model.provider == "CPU"
    return Fingerprint(
        onnxruntime=onnxruntime.__version__,
        provider=model.provider,
        processor=processor.processor_features() if on_cpu else processor.nvidia_gpu() or "unknown",
        pillow=PIL.__version__,
    )


def _read(path: Path) -> tuple[Recipe, np.ndarray | None]:
    """A file's recipe and, of a PNG, its pixels uint8 (H, W, C)."""
    from PIL import Image

    try:
        with open(path, "rb") as file:
            if file.read(8) != b"\x89PNG\r\n\x1a\n":
                file.seek(0)
                return Recipe.from_json(file.read(MAX_TEXT + 1).decode("utf-8")), None
        with Image.open(path, formats=["PNG"]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise RecipeError(f"{path} is too large: {image.width} x {image.height}")
            text = image.info.get(PNG_KEY)
            if not isinstance(text, str):
                raise RecipeError(f"{path} carries no recipe: it was not saved by GenApp, or was edited since")
            pixels = np.asarray(image.convert("L" if image.mode == "L" else "RGB"))
    except UnicodeDecodeError:
        raise RecipeError(f"{path} is neither a PNG nor JSON") from None
    except (OSError, SyntaxError) as error:
        if isinstance(error, RecipeError):
            raise
        raise RecipeError(f"{path} cannot be read: {error}") from None
    return Recipe.from_json(text), pixels[..., None] if pixels.ndim == 2 else pixels


def _pack(w: tuple[tuple[float, ...], ...]) -> str:
    """float32 rows as "<L>.<base64url>"."""
    array = np.array(w, "<f4")
    return f"{len(array)}.{base64.urlsafe_b64encode(array.tobytes()).decode().rstrip('=')}"


def _unpack(text: str) -> list[list[float]]:
    layers, _, packed = text.partition(".")
    data = base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
    if not layers.isdecimal() or not 0 < int(layers) <= 1024 or len(data) == 0 or len(data) % (4 * int(layers)):
        raise RecipeError("the link's latent is damaged")
    return np.frombuffer(data, "<f4").reshape(int(layers), -1).tolist()


def _readable(error: ValidationError) -> RecipeError:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return RecipeError(f"not a recipe: {where + ': ' if where else ''}{first['msg']}")
