"""The Write view: a number in one hand, and other hands to choose from."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.picture.writing import MAX_LENGTH, conditions_of, writes
from genapp.ui.endpoints import keep
from genapp.ui.endpoints.pictures import Sample
from genapp.ui.server.endpoint import Refused, Reply, endpoint
from genapp.ui.server.opening import Opening
from genapp.ui.server.packing import sheet, to_base64
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View
from genapp.ui.views.write.hands import Writer, Writing, writer

MAX_HANDS = 8
MAX_WIDTH = 4096
"""Pixels of a row that is saved enlarged."""
TEXT = "2026"
"""What is written first."""


class Hands(Sample):
    """Every label in the hands of `count` seeds from `seed` on."""

    count: Annotated[int, Field(strict=True, ge=1, le=MAX_HANDS)]


class Kept(Writing):
    """A text to save, `enlarge` times as large as the model draws it."""

    enlarge: keep.Enlarge = 1


@endpoint(Writing)
def write(registry: ModelRegistry, request: Writing) -> Reply:
    """A picture for each letter, and what the judge `reads` there, where there is one."""
    scribe = writer(registry, request.model)
    images = scribe.write(scribe.hand(request), scribe.labels(request.text))
    return {**sheet(images), **read(registry, scribe.model, images), "provider": scribe.model.provider}


@endpoint(Hands)
def hands(registry: ModelRegistry, request: Hands) -> Reply:
    """Rows of all labels, a hand each."""
    scribe = writer(registry, request.model)
    seeds = range(request.seed, request.seed + request.count)
    ws = scribe.model.truncate(scribe.model.latents(seeds), request.truncation)
    labels = scribe.condition.labels
    return {**sheet(np.concatenate([scribe.write(w, labels) for w in ws])), "provider": scribe.model.provider}


@endpoint(Kept)
def keepwriting(registry: ModelRegistry, request: Kept) -> Reply:
    """The row as one PNG that carries its recipe. Raises `Refused("request")` beyond 4096 pixels of width."""
    scribe = writer(registry, request.model)
    made = _recipe(scribe, request, request.enlarge)
    if made.length * scribe.model.config.image.width * request.enlarge > MAX_WIDTH:
        raise Refused("request")
    text = "".join(scribe.labels(request.text))
    return {"file": to_base64(made.to_bytes(scribe.model)), "name": f"{request.model}-{text}.png", "type": "image/png"}


@endpoint(Writing)
def linkwriting(registry: ModelRegistry, request: Writing) -> Reply:
    """The query that writes this again: `follow` reads it."""
    scribe = writer(registry, request.model)
    made = _recipe(scribe, request).model_copy(update={"model_sha256": scribe.model.config.model_sha256})
    return {"query": keep.checked_query(made)}


def read(registry: ModelRegistry, model: Model, images: np.ndarray) -> Reply:
    """`reads`: the judge's best label for each picture; nothing where there is no judge for their kind."""
    judge = registry.judge(model.config)
    if judge is None or not judge.config.labels:
        return {}
    return {"reads": [judge.config.labels[int(best)] for best in judge.classify(images)[0].argmax(1)]}


def _recipe(scribe: Writer, request: Writing, enlarge: int = 1) -> Recipe:
    scribe.labels(request.text)  # refuses kindly
    conditions = conditions_of(scribe.model.config, request.text)
    fields = {"model": request.model, "conditions": conditions, "enlarge": enlarge}
    if request.hand.seed is None or (request.second and request.share):
        return Recipe(w=scribe.hand(request).tolist(), **fields)
    return Recipe(seed=request.hand.seed, truncation=request.hand.truncation, **fields)


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that write, what each can write, and the text to begin with."""
    labels = {entry.config.name: list(entry.config.conditions[0].labels) for entry in models}
    return {
        "writers": [describe(entry) for entry in models],
        "labels": labels,
        "words": TEXT,
        "longest": MAX_LENGTH,
    }


def opening(registry: ModelRegistry, models: Entries, start: Opening) -> Reply:
    """The first hands."""
    return {"hands": hands(registry, Hands(model=models[0].config.name, **start.usual))}


VIEW = View(tabs={"conditional": 1}, fits=writes, uses=(keep,), knows=knows, opening=opening)
