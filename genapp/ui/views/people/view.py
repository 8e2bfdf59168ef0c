"""The People view: faces with and without what is asked for, and one person in many looks."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field, StrictBool

from genapp.model.conditions import Contradiction, check_names, drawn
from genapp.model.config import ModelConfig
from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.ui.endpoints import keep
from genapp.ui.endpoints.pictures import Sample
from genapp.ui.server.endpoint import Refused, Reply, Request, endpoint
from genapp.ui.server.opening import Opening
from genapp.ui.server.packing import sheet, to_base64
from genapp.ui.server.points import Name, Seed, Truncation
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View

FACES = Opening(seed=1, count=16, truncation=0.7, tour=())

Wishes = Annotated[dict[Name, StrictBool], Field(max_length=64)]


class People(Sample):
    """A grid of faces, all with these wishes; what is left out is drawn for each as the data has it."""

    wishes: Wishes


class Person(Request):
    """One face: a seed, with wishes."""

    model: Name
    seed: Seed
    truncation: Truncation
    wishes: Wishes


class Kept(Person):
    """A face to save, `enlarge` times as large as the model draws it."""

    enlarge: keep.Enlarge = 1


def takes_orders(config: ModelConfig) -> bool:
    """Whether a model draws faces that can be asked for attributes, and for nothing else."""
    return bool(
        config.task == "faces" and config.sampling and config.attribute_conditions and not config.class_condition
    )


@endpoint(People)
def people(registry: ModelRegistry, request: People) -> Reply:
    """The grid. Raises `Refused("contradiction")` for wishes that never occur together."""
    model = _model(registry, request.model)
    seeds = range(request.seed, request.seed + request.count)
    try:
        images = model.generate(seeds, request.truncation, **request.wishes)
    except Contradiction:
        raise Refused("contradiction") from None
    return {**sheet(images), "provider": model.provider}


@endpoint(Person)
def person(registry: ModelRegistry, request: Person) -> Reply:
    """One sheet: the person, and the same latent with each attribute turned round, as far as that occurs in the data.

    `looks`: what each of these pictures was asked for, name to True or False, all attributes; `turned`: the attribute
    that each but the first turns.
    """
    model = _model(registry, request.model)
    names = model.config.attribute_conditions
    look = _look(model, request)
    row = np.array([1 if look[name] else -1 for name in names])
    looks, turned = [look], []
    for column, name in enumerate(names):
        other = model.joint.turned(row, column) if model.joint else np.where(np.arange(len(row)) == column, -row, row)
        if other is not None:
            looks.append(dict(zip(names, (other > 0).tolist(), strict=True)))
            turned.append(name)
    w = np.repeat(model.truncate(model.latents([request.seed]), request.truncation), len(looks), axis=0)
    images = model.decode(w, **{name: [one[name] for one in looks] for name in names})
    return {**sheet(images), "looks": looks, "turned": turned, "provider": model.provider}


@endpoint(Kept)
def keepperson(registry: ModelRegistry, request: Kept) -> Reply:
    """The person as a PNG that carries its recipe. Raises `Refused("request")` when a side would be too large."""
    model = _model(registry, request.model)
    output = model.config.image
    if request.enlarge > 1 and max(output.height, output.width) * request.enlarge > keep.MAX_SIDE:
        raise Refused("request")
    made = _recipe(model, request, request.enlarge)
    return {
        "file": to_base64(made.to_bytes(model)),
        "name": f"{model.config.name}-{request.seed}.png",
        "type": "image/png",
    }


@endpoint(Person)
def linkperson(registry: ModelRegistry, request: Person) -> Reply:
    """The query that draws this person again: `follow` reads it."""
    model = _model(registry, request.model)
    return {
        "query": keep.checked_query(
            _recipe(model, request).model_copy(update={"model_sha256": model.config.model_sha256})
        )
    }


def _model(registry: ModelRegistry, name: str) -> Model:
    model = registry.model(name)
    if not takes_orders(model.config):
        raise Refused("model")
    return model


def _look(model: Model, request: Person) -> dict[str, bool]:
    """All attributes of a person: as wished, or as the seed draws them."""
    check_names(model.config, request.wishes)
    try:
        found = request.wishes | drawn(model.config, request.wishes, request.seed, model.joint)
    except Contradiction:
        raise Refused("contradiction") from None
    return {name: found.get(name, False) for name in model.config.attribute_conditions}


def _recipe(model: Model, request: Person, enlarge: int = 1) -> Recipe:
    look = _look(model, request)
    fields = {"seed": request.seed, "truncation": request.truncation, "conditions": look}
    return Recipe(model=model.config.name, enlarge=enlarge, **fields)


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that take orders, with what can be asked of each, and what the grid starts from."""
    artists = [describe(entry) | {"looks": entry.config.attribute_conditions} for entry in models]
    return {"artists": artists, "faces": FACES.usual}


def opening(registry: ModelRegistry, models: Entries, start: Opening) -> Reply:
    """The first grid; `start` is of the tab's other models."""
    return {"people": people(registry, People(model=models[0].config.name, wishes={}, **FACES.usual))}


VIEW = View(tabs={"conditional": 3}, fits=takes_orders, uses=(keep,), knows=knows, opening=opening)
