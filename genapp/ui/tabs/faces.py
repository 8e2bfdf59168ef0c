"""The Faces tab: make faces, change, mix, walk, breed, add up; redraw one of a photo; put two models side by side."""

from __future__ import annotations

from typing import Any

from genapp.model import library
from genapp.pixels.finish import COLOUR_ONLY, NEUTRAL, RANGES
from genapp.ui.endpoints import blends, films, mixes
from genapp.ui.locales.text_faces import FACES as WORDS
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.opening import FACES, opening
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.tabs.tab import Tab, View
from genapp.ui.views.make import view as make
from genapp.ui.views.photo import view as photo

ORDER = ("faces-gan", "faces-vae", "faces-dcgan")
"""The shipped models, the one that shows best first; other people's follow."""
LOOKS = tuple(key.removeprefix("look.") for key in WORDS if key.startswith("look."))
"""What faces can look like, what people ask for most first."""


def tab(registry: ModelRegistry) -> Tab | None:
    """None where there is no model of faces that can draw one from a seed."""
    models = tuple(sorted((entry for entry in registry.models if _fits(entry)), key=_place))
    if not models:
        return None
    views = [View("faces", calls)]
    coders = [describe(entry) for entry in models if photo.able(entry.config)]
    if coders:
        views.append(View("photo", photo.calls))
    if len(models) > 1:
        views.append(View("compare", make.calls))
    sliders = [
        {"name": name, "low": low, "high": high, "neutral": getattr(NEUTRAL, name), "colour": name in COLOUR_ONLY}
        for name, (low, high) in RANGES.items()
    ]

    def warm() -> None:
        for entry in models:
            registry.model(entry.config.name).warm()

    first = models[0]
    directions = {entry.config.name: _directions(registry, entry.config.name) for entry in models}
    extra = {"sliders": sliders, "directions": directions, "coders": coders}
    return Tab("faces", "faces", tuple(views), models, FACES, extra, lambda: opening(registry, first, FACES), warm)


def calls(registry: ModelRegistry) -> dict[str, tuple[type[Request], Any]]:
    """The server functions of the first view: name to (request, work)."""
    return {**make.calls(registry), **mixes.calls(registry), **blends.calls(registry), **films.calls(registry)}


def _directions(registry: ModelRegistry, name: str) -> list[Reply]:
    """Name and useful range of what a model's faces can be edited along; what has a word before what has a number."""
    try:
        known = registry.model(name).directions
    except ValueError:  # a broken model must not keep the page from opening: it says so when it is used
        return []
    names = [look for look in LOOKS if look in known] + [name for name in known if name not in LOOKS]
    return [{"name": name, "low": known[name].low, "high": known[name].high} for name in names]


def _fits(entry: library.Entry) -> bool:
    """Faces that can be asked for are another tab's."""
    return entry.config.task == "faces" and entry.config.sampling is not None and not entry.config.conditions


def _place(entry: library.Entry) -> tuple[int, str]:
    name = entry.config.name
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)
