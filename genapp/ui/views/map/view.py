"""The Map view: the whole latent plane of a model that needs two numbers only."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Annotated

import numpy as np
from pydantic import Field

from genapp.model.config import ModelConfig
from genapp.model.model import Model
from genapp.ui.endpoints import keep
from genapp.ui.endpoints.pictures import judged
from genapp.ui.server.drawing import made, shown
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.envelope import Name
from genapp.ui.server.packing import sheet
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.view import Entries, View

TILES = 20
"""Digits along each side of the map."""

Coordinate = Annotated[float, Field(ge=-100, le=100)]


class Plane(Request):
    """The map of a model."""

    model: Name


class Place(Request):
    """A place on a model's map."""

    model: Name
    x: Coordinate
    y: Coordinate


def flat(config: ModelConfig) -> bool:
    """Whether a model's latent is a point in the plane."""
    return config.sampling is not None and math.prod(config.latent_space.shape) == 2 and not config.conditions


@endpoint(Plane)
def plane(registry: ModelRegistry, request: Plane) -> Reply:
    """The map as a sheet of 20 x 20 pictures with its `extent` [left, bottom, right, top]; `classes`: what the judge
    reads in each, row by row, where there is a judge."""
    model = _flat_model(registry, request.model)
    return {**_drawn(model, registry.judge(model.config)), "provider": model.provider}


@endpoint(Place)
def place(registry: ModelRegistry, request: Place) -> Reply:
    """The picture at a place, its envelope, and what the judge reads in it."""
    model = _flat_model(registry, request.model)
    w = _w(model, np.array([[request.x, request.y]], np.float32))
    image = model.decode(w)
    judge = registry.judge(model.config)
    reading = judged(judge, image)[0] if judge else {}
    return {**shown(model, image), "picture": made(model, w, private=False)[0], **reading}


@lru_cache(maxsize=4)
def _drawn(model: Model, judge: Model | None) -> Reply:
    left, bottom, right, top = extent(model)
    # Each tile shows the place at its middle; rows run from the top down, as pictures do.
    step = (np.arange(TILES) + 0.5) / TILES
    x, y = np.meshgrid(left + (right - left) * step, top - (top - bottom) * step)
    images = model.decode(_w(model, np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)))
    reply = {**sheet(images), "extent": [left, bottom, right, top]}
    if judge:
        reply["classes"] = judge.classify(images)[0].argmax(axis=1).tolist()
    return reply


def extent(model: Model) -> list[float]:
    """Where the model's own samples fall, all but the outermost hundredth on each side: [left, bottom, right, top]."""
    samples = model.latents(range(1000)).reshape(-1, 2)
    low, high = np.quantile(samples, [0.01, 0.99], axis=0)
    return [round(float(edge), 2) for edge in (*low, *high)]


def _w(model: Model, places: np.ndarray) -> np.ndarray:
    return places.reshape(-1, *model.config.latent_space.shape)


def _flat_model(registry: ModelRegistry, name: str) -> Model:
    if not any(entry.config.name == name and flat(entry.config) for entry in registry.models):
        raise Refused("model")
    return registry.model(name)


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The model that the map is of: the first."""
    return {"flat": [models[0].config.name]}


def warm(registry: ModelRegistry, models: Entries) -> None:
    """Draw the map once, so that no visitor waits for it."""
    plane(registry, Plane(model=models[0].config.name))


VIEW = View(tabs={"digits": 2}, fits=flat, uses=(keep,), knows=knows, warm=warm)
