"""Pictures of a model: a grid from seeds, a single one, its siblings, and what the judge reads in it."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model.model import Model
from genapp.pixels.finish import NEUTRAL
from genapp.ui.server.endpoint import Reply, Request, endpoint
from genapp.ui.server.packing import pack, sheet
from genapp.ui.server.points import MAX_SEED, Name, One, Seed, Truncation, edited, finished, near
from genapp.ui.server.registry import ModelRegistry

MAX_COUNT = 64


class Sample(Request):
    """`count` pictures of the seeds from `seed` on."""

    model: Name
    seed: Annotated[int, Field(strict=True, ge=0, le=MAX_SEED - MAX_COUNT)]
    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    truncation: Truncation


class Near(One):
    """`count` siblings of a picture; `variation_seed` decides which."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_COUNT)]
    variation_seed: Seed


@endpoint(Sample)
def sample(registry: ModelRegistry, request: Sample) -> Reply:
    """A grid's pictures."""
    model = registry.model(request.model)
    images = model.generate(range(request.seed, request.seed + request.count), request.truncation)
    return {**sheet(images), "provider": model.provider}


@endpoint(One)
def picture(registry: ModelRegistry, request: One) -> Reply:
    """One picture; where it is finished, the second of the sheet is what it was before."""
    model = registry.model(request.model)
    images = model.decode(edited(model, request.point)[None])
    if request.finish != NEUTRAL:
        images = np.concatenate([finished(images, request.finish), images])
    return {**sheet(images), "provider": model.provider}


@endpoint(Near)
def siblings(registry: ModelRegistry, request: Near) -> Reply:
    """Pictures close to one, and their latents."""
    model = registry.model(request.model)
    ws = near(model, edited(model, request.point), request.count, request.variation_seed)
    return {**sheet(model.decode(ws)), "ws": pack(ws), "provider": model.provider}


@endpoint(One)
def read(registry: ModelRegistry, request: One) -> Reply:
    """What the judge reads in a picture; nothing where there is no judge for its kind."""
    model = registry.model(request.model)
    judge = registry.judge(model.config)
    return judged(judge, model.decode(edited(model, request.point)[None])) if judge else {}


def judged(judge: Model, images: np.ndarray) -> Reply:
    """The judge's view of the first picture: the best label, its percentage, and every label's share."""
    shares = judge.classify(images)[0][0]
    best = int(shares.argmax())
    return {
        "label": judge.config.labels[best] if judge.config.labels else str(best),
        "percent": round(100 * float(shares[best])),
        "shares": [round(float(share), 3) for share in shares],
    }
