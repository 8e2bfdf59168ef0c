"""The Imitate view: a visitor draws one digit, and a model writes the others like it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model.config import ModelConfig
from genapp.picture.writing import writes
from genapp.shipped import TEST_DIGITS
from genapp.ui.endpoints import drawings
from genapp.ui.endpoints.drawings import DIGIT, Png, seen
from genapp.ui.endpoints.pictures import judged
from genapp.ui.server.drawing import made, shown
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.envelope import Name
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View


class Imitation(Request):
    """A drawing; `label` says what it is, or leaves it to the judge."""

    model: Name
    png: Png
    label: Annotated[str, Field(max_length=1)] | None = None


def able(config: ModelConfig) -> bool:
    """Whether a model can: it writes, and takes a picture of MNIST's size."""
    return writes(config) and "encoder" in config.graphs and config.output == DIGIT


@endpoint(Imitation)
def imitate(registry: ModelRegistry, request: Imitation) -> Reply:
    """One sheet: what the model sees, how it remembers that, every label in that hand; and the `hand`, an envelope of a
    recipe that leaves the label open.

    An empty drawing has no `hand`. Raises `Refused("which")` when nobody says what it is and there is no judge.
    """
    model = registry.model(request.model)
    condition = model.config.class_condition
    if condition is None or not able(model.config):
        raise Refused("model")
    image = seen(request.png)
    if image is None:
        return {"hand": None}
    judge = registry.judge(model.config)
    reading = judged(judge, image)[0] if judge else {}
    label = request.label or reading.get("label")
    if label not in condition.labels:
        raise Refused("which")
    w = model.encode(image, **{condition.name: label})
    written = [label, *condition.labels]
    images = model.decode(np.repeat(w, len(written), axis=0), **{condition.name: written})
    return {
        **shown(model, np.concatenate([image, images])),
        "hand": made(model, w, private=False)[0],
        "label": label,
        "percent": reading.get("percent"),
        "guessed": request.label is None,
    }


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that take drawings, and whether there are real digits to lend."""
    return {"coders": [describe(entry) for entry in models], "real": TEST_DIGITS.exists()}


VIEW = View(tabs={"conditional": 2}, fits=able, uses=(drawings,), knows=knows)
