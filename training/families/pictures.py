"""What all families of pictures share: their data, the batches of a step, sheets of samples."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from genapp.model.kinds.image import ImageOutput
from genapp.pixels.sheet import contact_sheet
from training.core.device import to_device
from training.core.facts import DataFacts
from training.core.provenance import portable
from training.data.pictures import Pictures, batch_indices, load
from training.data.sources import DataError
from training.families.config import PictureConfig
from training.families.family import Sample


@dataclass(frozen=True)
class PictureBatch:
    """images: uint8 (N, C, H, W). labels: of these pictures, as `Pictures` has them; None where there are none."""

    images: Tensor
    labels: Tensor | None = None


@dataclass(frozen=True)
class PictureData:
    """Training pictures, and those that were held out. labeller: the commands that trained the judge which labelled
    pictures that nobody had; "" for none."""

    pictures: Pictures
    held_out: Pictures
    labeller: str = ""


class OnPictures:
    """Mixed into the families of pictures: batches of `data`, sheets, and no fitting after training."""

    config: PictureConfig
    data: PictureData

    @property
    def data_facts(self) -> DataFacts:
        """See `Family`."""
        sha256, held_out = self.data.pictures.sha256, len(self.data.held_out)
        return DataFacts(name=portable(self.config.data), sha256=sha256, held_out=held_out)

    def batch(self, step: int, seed: int) -> PictureBatch:
        """See `Family`."""
        pictures = self.data.pictures
        rows = np.sort(batch_indices(len(pictures), self.config.batch, step, seed, pictures.weights))
        images = to_device(pictures.images[rows].transpose(0, 3, 1, 2))
        return PictureBatch(images, None if pictures.labels is None else to_device(pictures.labels[rows]))

    def settle(self) -> None:
        """See `Family`."""


def load_pictures(config: PictureConfig, attributes: tuple[str, ...] = ()) -> PictureData:
    """A configuration's pictures, labelled with these attributes where there are any; small sets hold out a tenth.

    Raises `DataError` where there are too few, or the source has no such attributes.
    """
    everything = load(config.data, "train", config.size, config.channels)
    if attributes:
        everything = everything.with_attributes(attributes)
    held_out = min(config.held_out, len(everything) // 10)
    if len(everything) < 2 or held_out == 0:
        raise DataError(f"{config.data} has {len(everything)} readable pictures; at least 10 are needed")
    split = len(everything) - held_out
    return PictureData(everything.part(0, split), everything.part(split, None))


def output_of(config: PictureConfig) -> ImageOutput:
    """What a model of these pictures draws or reads."""
    return ImageOutput(height=config.size, width=config.size, channels=config.channels)


def sheet(images: NDArray[np.uint8], columns: int = 8) -> Sample:
    """uint8 (N, H, W, C) side by side as a PNG picture."""
    pixels = contact_sheet(images, columns)
    file = io.BytesIO()
    Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(file, "PNG")
    return Sample(".png", file.getvalue())
