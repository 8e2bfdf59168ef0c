"""The People view: faces with and without what is asked for, and one person in many looks."""

from __future__ import annotations

import numpy as np

from genapp.model.config import ModelConfig
from genapp.ui.endpoints import keep, pictures
from genapp.ui.server.drawing import drawn, shown
from genapp.ui.server.endpoint import Refused, Reply, endpoint
from genapp.ui.server.envelope import One, written
from genapp.ui.server.opening import Opening, grid
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View

FACES = Opening(seed=1, count=16, truncation=0.7, tour=())


def takes_orders(config: ModelConfig) -> bool:
    """Whether a model draws faces that can be asked for attributes, and for nothing else."""
    return bool(
        config.task == "faces" and config.sampling and config.attribute_conditions and not config.class_condition
    )


@endpoint(One)
def looks(registry: ModelRegistry, request: One) -> Reply:
    """A sheet of a person and of the same latent with each attribute turned round, as far as that occurs in the data.

    `pictures` are their envelopes, all attributes told; `turned`: the attribute that each but the first turns.
    """
    model, recipe = request.model(registry), request.picture.recipe
    if not takes_orders(model.config):
        raise Refused("model")
    names = model.config.attribute_conditions
    asked = recipe.drawn_conditions(model)
    row = np.array([1 if asked.get(name) else -1 for name in names])
    rows, turned = [row], []
    for column, name in enumerate(names):
        other = model.joint.turned(row, column) if model.joint else np.where(np.arange(len(row)) == column, -row, row)
        if other is not None:
            rows.append(other)
            turned.append(name)
    people = [
        recipe.model_copy(update={"conditions": dict(zip(names, (row > 0).tolist(), strict=True))}) for row in rows
    ]
    envelopes = [written(person, request.confidential) for person in people]
    return {**shown(model, drawn(model, people)), "pictures": envelopes, "turned": turned}


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that take orders, with what can be asked of each, and what the grid starts from."""
    artists = [describe(entry) | {"looks": entry.config.attribute_conditions} for entry in models]
    return {"artists": artists, "faces": FACES.usual}


def opening(registry: ModelRegistry, models: Entries, start: Opening) -> Reply:
    """The first grid; `start` is of the tab's other models."""
    return {"people": grid(registry, models[0].config.name, FACES)}


VIEW = View(tabs={"conditional": 3}, fits=takes_orders, uses=(pictures, keep), knows=knows, opening=opening)
