"""The pictures a page opens with, so that nobody ever sees an empty one."""

from __future__ import annotations

from dataclasses import dataclass

from genapp.model import engine, library
from genapp.picture.recipe import Recipe
from genapp.ui.endpoints.pictures import Sample, sample
from genapp.ui.endpoints.walks import Stroll, walk
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.envelope import Envelope, written
from genapp.ui.server.registry import ModelRegistry

STEPS = 12


@dataclass(frozen=True)
class Opening:
    """What a tab starts from: the grid's first seed, its count and truncation; the seeds that a first walk passes."""

    seed: int
    count: int
    truncation: float
    tour: tuple[int, ...]

    @property
    def usual(self) -> Reply:
        """What the page's script wants to know of it."""
        return {"seed": self.seed, "count": self.count, "truncation": self.truncation}


def grid(registry: ModelRegistry, model: str, start: Opening, **conditions: str | tuple[str, ...]) -> Reply:
    """A first grid of a model: the pictures of the start's seeds."""
    first = Recipe(model=model, seed=start.seed, truncation=start.truncation, conditions=conditions)
    return sample(registry, Sample(picture=Envelope(recipe=first), count=start.count))


def opening(registry: ModelRegistry, models: tuple[library.Entry, ...], start: Opening) -> Reply:
    """A first grid and a first walk in a circle of the first model, and `asked`, the request of that walk."""
    name = models[0].config.name
    recipes = [Recipe(model=name, seed=seed, truncation=start.truncation) for seed in start.tour]
    stops = tuple(Envelope(recipe=recipe) for recipe in recipes)
    tour = Stroll(pictures=stops, steps=STEPS, closed=True, recipes=False)
    walked = walk(registry, tour)
    with engine.stopwatch() as watch:  # after the walk, which found the graphs cold
        drawn = grid(registry, name, start)
    asked = {"pictures": [written(stop.recipe, stop.private) for stop in stops], "steps": STEPS, "closed": True}
    return {"grid": {**drawn, "ms": watch.milliseconds}, "tour": walked, "asked": asked}
