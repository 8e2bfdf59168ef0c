"""The view that makes faces: a grid of them, and a tray to change, mix, walk, finish, breed and add them up."""

from __future__ import annotations

from genapp.pixels.finish import COLOUR_ONLY, NEUTRAL, RANGES
from genapp.ui.endpoints import blends, films, jobs, keep, mixes, pictures, walks
from genapp.ui.locales.words import FIRST, words
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.opening import opening
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.view import Entries, View


def knows(registry: ModelRegistry, models: Entries) -> Reply:
    """The sliders of the finish, and the directions that each model's faces can be edited along."""
    sliders = [
        {"name": name, "low": low, "high": high, "neutral": getattr(NEUTRAL, name), "colour": name in COLOUR_ONLY}
        for name, (low, high) in RANGES.items()
    ]
    return {
        "sliders": sliders,
        "directions": {entry.config.name: _directions(registry, entry.config.name) for entry in models},
    }


def _directions(registry: ModelRegistry, name: str) -> list[Reply]:
    """Name and useful range of a model's directions: first those that the page has words for, in the words' order."""
    try:
        known = registry.model(name).directions
    except ValueError:  # a broken model must not keep the page from opening: it says so when it is used
        return []
    looks = [key.removeprefix("look.") for key in words(FIRST) if key.startswith("look.")]
    names = [look for look in looks if look in known] + [name for name in known if name not in looks]
    return [{"name": name, "low": known[name].low, "high": known[name].high} for name in names]


VIEW = View(
    tabs={"faces": 1},
    fits=lambda config: config.sampling is not None,
    uses=(pictures, walks, mixes, blends, films, jobs, keep),
    knows=knows,
    opening=opening,
)
