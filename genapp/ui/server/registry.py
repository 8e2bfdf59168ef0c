"""The models that this page offers. A browser names them; it can never make the server open anything else."""

from __future__ import annotations

import math

from genapp.model import library
from genapp.model.config import ModelConfig
from genapp.model.model import Model, load_model
from genapp.ui.server.endpoint import Gate, Refused, Reply
from genapp.ui.server.jobs import Jobs


class ModelRegistry:
    """Opens the found `models` by name, when they are first asked for.

    `gate` is the line before them: every call takes its turn there, and so do `jobs`, a few pictures at a time.
    """

    def __init__(self, found: library.Library, gate: Gate | None = None) -> None:
        self.models, self.judges, self.problems = found.models, found.judges, found.problems
        self.gate = gate or Gate()
        self.jobs = Jobs()
        self._entries = {entry.config.name: entry for entry in found.models}
        self._open: dict[str, Model] = {}

    def model(self, name: str) -> Model:
        """The model of that name, open. Raises `Refused("model")` where none was found."""
        if name not in self._open:
            if name not in self._entries:
                raise Refused("model")
            self._open[name] = load_model(self._entries[name].folder)
        return self._open[name]

    def judge(self, config: ModelConfig) -> Model | None:
        """The judge that knows the class of pictures like a model's: same task, same size."""
        for entry in self.judges:
            if (
                not entry.config.attributes
                and entry.config.task == config.task
                and entry.config.output == config.output
            ):
                return load_model(entry.folder)
        return None


def describe(entry: library.Entry) -> Reply:
    """What the page's script needs to know of a model to offer it."""
    config = entry.config
    return {
        "name": config.name,
        "title": config.title,
        "family": config.family,
        **config.output.describe(),
        "version": config.model_sha256[:7],
        "samples": config.sampling is not None,
        "encodes": "encoder" in config.graphs,
        "numbers": math.prod(config.latent_space.shape),
        "styles": list(config.latent_space.styles),
    }
