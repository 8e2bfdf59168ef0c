"""The pictures a page opens with, so that nobody ever sees an empty one."""

from __future__ import annotations

from genapp import engine
from genapp.library import Entry
from genapp.ui.calls import Reply
from genapp.ui.make import Point, Sample, Walk, sample, walking
from genapp.ui.shelf import Shelf

USUAL = {"seed": 395, "count": 36, "truncation": 0.8}
"""What a tab's grid starts from: a seed under which every digit turns up, a little tamer than the training pictures."""
TOUR = (15, 704, 212, 898, 408)
"""With `digits-gan`: a 7, 2, 3, 8 and 0."""
STEPS = 12


def opening(shelf: Shelf, entry: Entry) -> Reply:
    """A first grid and a first walk in a circle of a model, and `asked`, the request of that walk."""
    name = entry.card.name
    points = tuple(Point(seed=seed, truncation=USUAL["truncation"]) for seed in TOUR)
    tour = Walk(model=name, points=points, steps=STEPS, closed=True, latents=False)
    walked = walking(shelf, tour)
    with engine.stopwatch() as watch:  # after the walk, which found the graphs cold
        drawn = sample(shelf, Sample(model=name, **USUAL))
    asked = tour.model_dump(exclude_none=True, exclude={"latents"})
    return {"grid": {**drawn, "ms": watch.milliseconds}, "tour": walked, "asked": asked}
