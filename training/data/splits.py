"""Which pictures a model folder may be scored on: those that its training has not seen."""

from __future__ import annotations

from pathlib import Path

from genapp.model.config import ModelConfig
from training.data.pictures import CACHE, Pictures, load
from training.data.sources import DataError, SplitError


def splits_of(model_config: ModelConfig, data: str, cache: Path = CACHE) -> tuple[Pictures, Pictures]:
    """(training pictures, test pictures) of `data` in the size of a model.

    Where the data has no test split, the pictures that were held out of training are the test pictures.
    Raises `DataError` when it is not what the model was trained on, or when training has seen all of it.
    """
    made = model_config.provenance
    everything = load(data, "train", model_config.image.width, model_config.image.channels, cache)
    if everything.sha256 != made.data_sha256:
        raise DataError(f"{data} is not what {model_config.name} was trained on ({made.data}): its sha256 differs")
    try:
        return everything, load(data, "test", model_config.image.width, model_config.image.channels, cache)
    except SplitError as error:
        if not 0 < made.held_out < len(everything):
            raise DataError(
                f"{error}; and the config.json of {model_config.name} names no held-out pictures to use instead"
            ) from None
    split = len(everything) - made.held_out
    return everything.part(0, split), everything.part(split, None)
