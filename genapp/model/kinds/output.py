"""What every kind of output can do; `image.py` is the example."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np
from pydantic import BaseModel, ConfigDict

from genapp.pixels.finish import Finish

if TYPE_CHECKING:
    from genapp.model.engine import Graph

Tensor = tuple[str, tuple[int | None, ...]]
"""Of a graph's side: ONNX type, and shape without the free first dimension N; None is a size that is free."""
Content = Any
"""What a person sees or hears of one recipe, as the kind keeps it: of a picture uint8 (H, W, C)."""


class Presentation(Protocol):
    """What a kind reads of a recipe. One that cannot finish or enlarge what it gives raises ValueError if asked to."""

    @property
    def length(self) -> int:
        """How many rows belong together."""

    @property
    def finish(self) -> Finish: ...

    @property
    def enlarge(self) -> int: ...


@dataclass(frozen=True)
class Comparison:
    """How a saved content differs from the one drawn again.

    Attributes:
        same: share of its parts (pixels, letters, ...) that are equal, 0 .. 1.
        largest: largest difference of a part, in the kind's own units; 0 where nothing differs.
        tolerable: whether another processor or version explains it.
        words: the same for a reader.
    """

    same: float
    largest: int
    tolerable: bool
    words: str


class Output(BaseModel, ABC):
    """What a generator gives, and how it is run, shown, saved and compared. Frozen: it is part of a model's config."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: ClassVar[str]
    """Name of the tensor of rows: the generator gives it, an encoder, critic and classifier take it."""
    suffix: ClassVar[str]
    """Of the files that `save` writes, e.g. ".png"."""
    media_type: ClassVar[str]

    @property
    @abstractmethod
    def tensor(self) -> Tensor:
        """Type and shape of that tensor."""

    @property
    @abstractmethod
    def summary(self) -> str:
        """Its size in a word, e.g. "28x28x1"."""

    def generator_signature(self, inputs: Mapping[str, Tensor]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Inputs and outputs of the generator graph, given those that latent and conditions make. Kinds whose graph
        makes one step of many add what they carry from step to step."""
        return dict(inputs), {self.name: self.tensor}

    def run(self, graph: Graph, inputs: Mapping[str, np.ndarray]) -> np.ndarray:
        """Rows (N, ...) of `tensor`, of latents and conditions with N rows: one run of the graph, or a loop of runs."""
        return graph.run(inputs)[self.name]

    @abstractmethod
    def check(self, rows: np.ndarray) -> np.ndarray:
        """`rows`, where they are N of `tensor`. Raises ValueError that says what they are and should be."""

    @abstractmethod
    def render(self, rows: np.ndarray, recipe: Presentation) -> Content:
        """What a person sees or hears of a recipe's rows (N, ...)."""

    @abstractmethod
    def save(self, content: Content, text: str | None) -> bytes:
        """A file of a content that carries `text`, its recipe."""

    @classmethod
    @abstractmethod
    def read(cls, data: bytes) -> tuple[Content, str | None] | None:
        """The content and the text that `save` put into a file; None for a file of another kind.

        Raises:
            UnreadableError: it is of this kind, and damaged or too large.
        """

    @abstractmethod
    def misfit(self, content: Content, recipe: Presentation) -> str | None:
        """Why a content cannot be what `recipe` draws, found out without drawing; None where it can."""

    @abstractmethod
    def compare(self, saved: Content, drawn: Content) -> Comparison:
        """How much two contents of one size differ."""

    @abstractmethod
    def describe(self) -> dict[str, Any]:
        """What the page's script wants to know of it."""


class UnreadableError(OSError):
    """A file of a kind that is damaged or too large; the message says which."""
