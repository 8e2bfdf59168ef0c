"""Words of three letters: the graph gives the odds of the next letter, and a loop spells."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from genapp.model.kinds.output import Comparison, Output, Presentation, Tensor, UnreadableError
from genapp.pixels.finish import NEUTRAL

if TYPE_CHECKING:
    from genapp.model.engine import Graph

LETTERS = "abcdefghijklmnopqrstuvwxyz"
HEADER = "genapp-words"


class WordsOutput(Output):
    """Words of `length` letters a to z, int64 (N, length) of 0 .. 25; several rows are words of one line."""

    kind: Literal["words"] = "words"
    length: int = Field(ge=1, le=8)
    name: ClassVar[str] = "letters"
    suffix: ClassVar[str] = ".txt"
    media_type: ClassVar[str] = "text/plain"

    @property
    def tensor(self) -> Tensor:
        return "tensor(int64)", (self.length,)

    @property
    def summary(self) -> str:
        return f"{self.length} letters"

    def generator_signature(self, inputs: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """One step: the letter before (26 at the start of a word) to the odds of each letter after it."""
        taken = {name: tensor for name, tensor in inputs.items() if name != "w"}  # the loop reads it, not the graph
        return {**taken, "before": ("tensor(int64)", ())}, {"odds": ("tensor(float)", (len(LETTERS),))}

    def run(self, graph: Graph, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
        """Spell letter by letter: each number of w, normally distributed, decides one letter by its quantile."""
        quantiles = np.vectorize(lambda x: 0.5 * (1 + math.erf(x / math.sqrt(2))))(inputs["w"][:, 0])
        before = np.full(len(quantiles), len(LETTERS), np.int64)
        letters = []
        for place in range(self.length):
            odds = graph.run({**inputs, "before": before})["odds"]
            steps = np.cumsum(odds / odds.sum(1, keepdims=True), axis=1)
            before = np.minimum((steps < quantiles[:, place, None]).sum(1), len(LETTERS) - 1).astype(np.int64)
            letters.append(before)
        return np.stack(letters, axis=1)

    def check(self, rows: np.ndarray) -> np.ndarray:
        if not isinstance(rows, np.ndarray) or rows.dtype != np.int64 or rows.shape[1:] != (self.length,):
            raise ValueError(f"words are int64 (N, {self.length})")
        return rows

    def render(self, rows: np.ndarray, recipe: Presentation) -> str:
        if recipe.finish != NEUTRAL or recipe.enlarge > 1:
            raise ValueError("words are neither finished nor enlarged")
        return " ".join("".join(LETTERS[letter] for letter in row) for row in rows)

    def save(self, content: str, text: str | None) -> bytes:
        return f"{HEADER}\n{content}\n{text or ''}\n".encode()

    @classmethod
    def read(cls, data: bytes) -> tuple[str, str | None] | None:
        if not data.startswith(HEADER.encode()):
            return None
        lines = data.decode("utf-8", "replace").split("\n")
        if len(lines) < 3:
            raise UnreadableError("the words are cut off")
        return lines[1], lines[2] or None

    def misfit(self, content: str, recipe: Presentation) -> str | None:
        letters = recipe.length * (self.length + 1) - 1
        return None if len(content) == letters else f"it has {len(content)} letters, its recipe gives {letters}"

    def compare(self, saved: str, drawn: str) -> Comparison:
        same = sum(a == b for a, b in zip(saved, drawn, strict=True)) / len(drawn)
        return Comparison(same, int(saved != drawn), False, f"{same:.0%} of the letters are the same")

    def describe(self) -> dict[str, Any]:
        return {"letters": self.length}
