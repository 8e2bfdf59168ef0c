"""The pictures a page opens with, so that nobody ever sees an empty one."""

from __future__ import annotations

from dataclasses import dataclass

from genapp.model import engine, library
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.points import Point
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.make.view import Sample, Stroll, sample, walking

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


DIGITS = Opening(seed=401, count=36, truncation=0.8, tour=(48, 122, 30, 36, 62))
"""Every digit turns up in the grid, a little tamer than the training pictures; the tour, with `digits-gan`, passes
a 7, 2, 3, 8 and 0."""
FACES = Opening(seed=1, count=25, truncation=0.7, tour=(10, 15, 21, 2))
"""Of the four faces that the tour passes, each is in the grid too."""


def opening(registry: ModelRegistry, entry: library.Entry, chosen: Opening) -> Reply:
    """A first grid and a first walk in a circle of a model, and `asked`, the request of that walk."""
    name = entry.config.name
    points = tuple(Point(seed=seed, truncation=chosen.truncation) for seed in chosen.tour)
    tour = Stroll(model=name, points=points, steps=STEPS, closed=True, latents=False)
    walked = walking(registry, tour)
    with engine.stopwatch() as watch:  # after the walk, which found the graphs cold
        drawn = sample(registry, Sample(model=name, **chosen.usual))
    asked = tour.model_dump(exclude_defaults=True, exclude={"latents"})
    return {"grid": {**drawn, "ms": watch.milliseconds}, "tour": walked, "asked": asked}
