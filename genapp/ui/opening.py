"""The pictures a page opens with, so that nobody ever sees an empty one."""

from __future__ import annotations

from genapp import engine
from genapp.library import Entry
from genapp.ui.calls import Reply
from genapp.ui.make import Point, Sample, Walk, sample, walking
from genapp.ui.shelf import Shelf

SEED = 7
COUNT = 36
TRUNCATION = 0.8
TOUR = (3, 14, 15, 92, 65)
STEPS = 12


def opening(shelf: Shelf, entry: Entry) -> Reply:
    """A first grid, and a first walk in a circle, of a model."""
    name = entry.card.name
    grid = Sample(model=name, seed=SEED, count=COUNT, truncation=TRUNCATION)
    points = tuple(Point(seed=seed, truncation=TRUNCATION) for seed in TOUR)
    tour = Walk(model=name, points=points, steps=STEPS, closed=True, latents=False)
    with engine.stopwatch() as watch:
        drawn = sample(shelf, grid)
    reply = {"grid": {**drawn, "ms": watch.milliseconds}, "tour": walking(shelf, tour)}
    return {
        **reply,
        "asked": {"grid": grid.model_dump(), "tour": tour.model_dump(exclude_none=True, exclude={"latents"})},
    }
