"""The pictures a page opens with, so that nobody ever sees an empty one."""

from __future__ import annotations

from dataclasses import dataclass

from genapp.model import engine, library
from genapp.ui.endpoints.pictures import Sample, sample
from genapp.ui.endpoints.walks import Stroll, walk
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.points import Point
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


def opening(registry: ModelRegistry, models: tuple[library.Entry, ...], chosen: Opening) -> Reply:
    """A first grid and a first walk in a circle of the first model, and `asked`, the request of that walk."""
    name = models[0].config.name
    points = tuple(Point(seed=seed, truncation=chosen.truncation) for seed in chosen.tour)
    tour = Stroll(model=name, points=points, steps=STEPS, closed=True, latents=False)
    walked = walk(registry, tour)
    with engine.stopwatch() as watch:  # after the walk, which found the graphs cold
        drawn = sample(registry, Sample(model=name, **chosen.usual))
    asked = tour.model_dump(exclude_defaults=True, exclude={"latents"})
    return {"grid": {**drawn, "ms": watch.milliseconds}, "tour": walked, "asked": asked}
