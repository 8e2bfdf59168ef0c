"""The Write view: a number in one hand, and other hands to choose from.

A hand is a latent of a model that writes any of its labels with it; a text is a row of labels.
"""

from __future__ import annotations

from genapp.picture.writing import letters, writes
from genapp.ui.endpoints import keep, pictures
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.opening import Opening, grid
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, View

TEXT = "2026"
"""What is written first."""


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The models that write, what each can write, and the text to begin with."""
    return {
        "writers": [describe(entry) for entry in models],
        "labels": {entry.config.name: list(letters(entry.config).labels) for entry in models},
        "condition": {entry.config.name: letters(entry.config).name for entry in models},
        "words": TEXT,
    }


def opening(registry: ModelRegistry, models: Entries, start: Opening) -> Reply:
    """The first hands: rows of all labels."""
    config = models[0].config
    condition = letters(config)
    return {"hands": grid(registry, config.name, start, **{condition.name: condition.labels})}


VIEW = View(tabs={"conditional": 1}, fits=writes, uses=(pictures, keep), knows=knows, opening=opening)
