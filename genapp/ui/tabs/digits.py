"""The Digits tab: make them, roam their map, draw one."""

from __future__ import annotations

from genapp.model import library
from genapp.picture.writing import writes
from genapp.ui.server.opening import DIGITS, opening
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.tabs.tab import Tab, View
from genapp.ui.views.draw import neighbours
from genapp.ui.views.draw import view as draw
from genapp.ui.views.make import view as make
from genapp.ui.views.map import view as map

ORDER = ("digits-gan", "digits-vae", "digits-dcgan", "digits-vae-2d")
"""The shipped models, the one that shows best first; other people's follow."""


def tab(registry: ModelRegistry) -> Tab | None:
    """None where there is no model of digits."""
    entries = [entry for entry in registry.models if entry.config.task == "digits" and not writes(entry.config)]
    models = tuple(sorted((entry for entry in entries if entry.config.sampling), key=_place))
    if not models:
        return None
    views = [View("make", make.calls)]
    flat = [entry.config.name for entry in models if map.flat(entry)]
    if flat:
        views.append(View("map", map.calls))
    if draw.able(entries):
        views.append(View("draw", draw.calls))
    coders = [describe(entry) for entry in entries if "encoder" in entry.config.graphs]
    extra = {"flat": flat[:1], "coders": coders, "real": neighbours.TEST_DIGITS.exists()}

    def warm() -> None:
        for entry in entries:
            registry.model(entry.config.name).warm()
        for name in flat[:1]:
            map.plane(registry, map.Plane(model=name))
        draw.warm(registry)

    first = models[0]
    return Tab("digits", "digits", tuple(views), models, DIGITS, extra, lambda: opening(registry, first, DIGITS), warm)


def _place(entry: library.Entry) -> tuple[int, str]:
    name = entry.config.name
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)
