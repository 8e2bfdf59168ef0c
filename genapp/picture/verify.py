"""Does a saved picture's recipe give the same picture here?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from genapp.model.kinds.output import Comparison
from genapp.picture.fingerprint import fingerprint
from genapp.picture.recipe import RecipeError, read

if TYPE_CHECKING:
    from genapp.model.model import Model

Verdict = Literal["identical", "within tolerance", "different", "another model"]


@dataclass(frozen=True)
class Verification:
    """What `verify` found.

    Attributes:
        verdict: "identical", "within tolerance", "different" or "another model".
        message: the same for a reader, with what was expected.
        same: share of pixels, or of another kind's parts, that are equal, 0 .. 1; None where nothing was drawn.
        largest: largest difference, of pictures in grey levels; None likewise.
    """

    verdict: Verdict
    message: str
    same: float | None = None
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
    recipe, saved = read(source)
    if saved is None:
        raise RecipeError("this is a recipe without a picture to compare: give the PNG")
    model = model or recipe.load_model(models)
    if recipe.model_sha256 != model.config.model_sha256:
        return Verification(
            "another model", f"another model: {model.config.name} is not the one that drew this picture"
        )
    output = model.config.output
    if reason := output.misfit(saved, recipe):  # found out before a stranger's recipe could ask for a huge one
        return Verification("different", f"different: {reason}")
    comparison = output.compare(saved, recipe.render(model))
    return judge(comparison, recipe.fingerprint == fingerprint(model))


def judge(comparison: Comparison, same_machine: bool) -> Verification:
    """What a comparison means, by the rules of `verify`."""
    same, largest, measured = comparison.same, comparison.largest, comparison.words
    if largest == 0:
        return Verification("identical", "identical: every bit is the same", same, largest)
    if same_machine:
        return Verification("different", f"different, on the same processor and versions: {measured}", same, largest)
    if comparison.tolerable:
        message = f"within tolerance, on another processor or version than the picture's: {measured}"
        return Verification("within tolerance", message, same, largest)
    return Verification("different", f"different: {measured}", same, largest)
