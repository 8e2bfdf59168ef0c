"""Pictures: uint8 (N, H, W, C), drawn in one run, finished and enlarged, saved as PNG, compared pixel by pixel."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from genapp.model.kinds.output import Comparison, Output, Presentation, Tensor, UnreadableError
from genapp.pixels import png
from genapp.pixels.finish import NEUTRAL, finish
from genapp.pixels.resize import upscale

TOLERANT_SHARE = 0.999
"""Of the pixels: so many are at most one grey level apart on another processor or version."""


class ImageOutput(Output):
    """Pictures of one size, grey or RGB."""

    kind: Literal["image"] = "image"
    height: int = Field(gt=0, le=1024)
    width: int = Field(gt=0, le=1024)
    channels: Literal[1, 3]
    name: ClassVar[str] = "image"
    suffix: ClassVar[str] = ".png"
    media_type: ClassVar[str] = "image/png"

    @property
    def shape(self) -> tuple[int, int, int]:
        """(H, W, C)."""
        return self.height, self.width, self.channels

    @property
    def tensor(self) -> Tensor:
        return "tensor(uint8)", self.shape

    @property
    def summary(self) -> str:
        return f"{self.width}x{self.height}x{self.channels}"

    def check(self, rows: np.ndarray) -> np.ndarray:
        """Pictures, where they are uint8 (N, H, W, C) of this size. Raises ValueError for all else."""
        if not isinstance(rows, np.ndarray) or rows.dtype != np.uint8 or rows.shape[1:] != self.shape:
            found = f"{rows.dtype} {rows.shape}" if isinstance(rows, np.ndarray) else f"a {type(rows).__name__}"
            raise ValueError(f"pictures are {found}: give uint8 (N, {self.height}, {self.width}, {self.channels})")
        return rows

    def render(self, rows: np.ndarray, recipe: Presentation) -> np.ndarray:
        """Each picture finished and enlarged as the recipe says, side by side: uint8 (H, W, C)."""
        if recipe.finish != NEUTRAL:
            rows = np.stack([finish(row, recipe.finish) for row in rows])
        if recipe.enlarge > 1:
            rows = np.stack([upscale(row, recipe.enlarge) for row in rows])
        return np.concatenate(rows, axis=1)

    def save(self, content: np.ndarray, text: str | None) -> bytes:
        """A lossless PNG."""
        return png.encode(content, text)

    @classmethod
    def read(cls, data: bytes) -> tuple[np.ndarray, str | None] | None:
        """The pixels uint8 (H, W, C) and the text of a PNG."""
        if not data.startswith(png.SIGNATURE):
            return None
        try:
            return png.decode(data)
        except png.PngError as error:
            raise UnreadableError(str(error)) from error

    def misfit(self, content: np.ndarray, recipe: Presentation) -> str | None:
        """Its size: a stranger's recipe could ask for a huge picture."""
        times = recipe.enlarge
        shape = (self.height * times, self.width * times * recipe.length, self.channels)
        return None if content.shape == shape else f"the picture is {content.shape}, its recipe gives {shape}"

    def compare(self, saved: np.ndarray, drawn: np.ndarray) -> Comparison:
        """Two pictures, uint8 (H, W, C): the share of equal pixels, and the largest difference in grey levels."""
        apart = np.abs(saved.astype(int) - drawn.astype(int)).max(axis=2)
        same, largest = float((apart == 0).mean()), int(apart.max())
        words = f"{same:.3%} of the pixels are the same, the largest difference is {largest} grey levels"
        return Comparison(same, largest, bool((apart <= 1).mean() >= TOLERANT_SHARE), words)

    def describe(self) -> dict[str, Any]:
        """Size and channels."""
        return {"height": self.height, "width": self.width, "channels": self.channels}
