"""Which pictures a model folder may be scored on: those that its training has not seen."""

from __future__ import annotations

from pathlib import Path

from genapp.model.config import Card
from training.data.pictures import CACHE, DataError, Pictures, SplitError, load


def splits_of(card: Card, data: str, cache: Path = CACHE) -> tuple[Pictures, Pictures]:
    """(training pictures, test pictures) of `data` in the size of a model.

    Where the data has no test split, the pictures that were held out of training are the test pictures.
    Raises `DataError` when it is not what the card was trained on, or when training has seen all of it.
    """
    made = card.provenance
    everything = load(data, "train", card.output.width, card.output.channels, cache)
    if everything.sha256 != made.data_sha256:
        raise DataError(f"{data} is not what {card.name} was trained on ({made.data}): its sha256 differs")
    try:
        return everything, load(data, "test", card.output.width, card.output.channels, cache)
    except SplitError as error:
        if not 0 < made.held_out < len(everything):
            raise DataError(f"{error}; and the card of {card.name} names no held-out pictures to use instead") from None
    split = len(everything) - made.held_out
    return everything.part(0, split), everything.part(split, None)
