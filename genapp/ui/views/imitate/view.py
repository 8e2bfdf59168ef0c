"""The Imitate view: a visitor draws one digit, and a model writes the others like it."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field

from genapp.model.config import ModelConfig
from genapp.picture.writing import writes
from genapp.ui.server.endpoint import Refused, Reply, Request
from genapp.ui.server.packing import from_base64, grey, pack, sheet
from genapp.ui.server.points import Name
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.draw import view as draw
from genapp.ui.views.draw.normalise import normalise
from genapp.ui.views.draw.view import MAX_PNG, MAX_SIDE
from genapp.ui.views.make.view import judged
from genapp.ui.views.write.hands import writer


class Imitation(Request):
    """A drawing as a PNG (base64), ink bright on dark; `label` says what it is, or leaves it to the judge."""

    model: Name
    png: Annotated[str, Field(max_length=MAX_PNG * 4 // 3 + 4)]
    label: Annotated[str, Field(max_length=1)] | None = None


def calls(registry: ModelRegistry) -> dict[str, tuple[type[Request], Any]]:
    """The server functions of this view: name to (request, work)."""
    return {
        "imitate": (Imitation, lambda request: imitate(registry, request)),
        "digit": (draw.ConditionValue, lambda request: draw.digit(request)),
    }


def able(config: ModelConfig) -> bool:
    """Whether a model can: it writes, and takes a picture of MNIST's size."""
    return writes(config) and "encoder" in config.graphs and config.output == draw.DIGIT


def imitate(registry: ModelRegistry, request: Imitation) -> Reply:
    """One sheet: what the model sees, how it remembers that, every label in that hand; and the hand's latent `w`.

    An empty drawing has no `w`. Raises `Refused("which")` when nobody says what it is and there is no judge.
    """
    scribe = writer(registry, request.model)
    if not able(scribe.model.config):
        raise Refused("model")
    seen = normalise(grey(from_base64(request.png), MAX_SIDE))
    if seen is None:
        return {"w": None}
    image = seen[None, :, :, None]
    judge = registry.judge(scribe.model.config)
    reading = judged(judge, image) if judge else {}
    label = request.label or reading.get("label")
    if label not in scribe.condition.labels:
        raise Refused("which")
    w = scribe.model.encode(image, **{scribe.condition.name: label})[0]
    images = [image, scribe.write(w, [label]), scribe.write(w, scribe.condition.labels)]
    return {
        **sheet(np.concatenate(images)),
        "w": pack(w[None])[0],
        "label": label,
        "percent": reading.get("percent"),
        "guessed": request.label is None,
        "provider": scribe.model.provider,
    }
