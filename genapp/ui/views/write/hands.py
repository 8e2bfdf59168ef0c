"""Hands: a latent of a model that writes any of its labels with it. What the views of digits to order share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model.config import ClassCondition
from genapp.model.model import Model
from genapp.picture.writing import TextError, labels_of, writes
from genapp.ui.server.endpoint import Refused, Request
from genapp.ui.server.points import Name, Plain, Share, latent
from genapp.ui.server.registry import ModelRegistry


class Writing(Request):
    """`text` in a hand, or in one on the way from it to a second: 0 is all the first's, 1 all the second's."""

    model: Name
    text: Annotated[str, Field(max_length=2000)]
    hand: Plain
    second: Plain | None = None
    share: Share = 0.0


@dataclass(frozen=True)
class Writer:
    """A model that writes labels of one letter each."""

    model: Model
    condition: ClassCondition

    def labels(self, text: str) -> tuple[str, ...]:
        """The labels of a text. Raises `Refused` with the code and the values of its `TextError`."""
        try:
            return labels_of(self.model.config, text)
        except TextError as error:
            raise Refused(error.code, **error.values) from None

    def write(self, w: np.ndarray, labels: Iterable[str]) -> np.ndarray:
        """Pictures uint8 (N, H, W, C) of labels, all with the latent `w`, float32 (L, Dw)."""
        labels = list(labels)
        return self.model.decode(np.repeat(w[None], len(labels), axis=0), **{self.condition.name: labels})

    def hand(self, request: Writing) -> np.ndarray:
        """The latent of a request's hand, float32 (L, Dw)."""
        w = latent(self.model, request.hand)
        if request.second is None:
            return w
        other = latent(self.model, request.second)
        return (w + np.float32(request.share) * (other - w)).astype(np.float32)


def writer(registry: ModelRegistry, name: str) -> Writer:
    """That model, open. Raises `Refused("model")` for one that does not write."""
    model = registry.model(name)
    if not writes(model.config):
        raise Refused("model")
    return Writer(model, model.config.conditions[0])
