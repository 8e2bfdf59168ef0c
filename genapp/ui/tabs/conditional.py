"""The Conditional tab: pictures to order. Digits: a number in one hand, in one's own hand, by the thousand. Faces: with
and without what is asked for."""

from __future__ import annotations

from genapp.model import library
from genapp.picture.writing import MAX_LENGTH, writes
from genapp.ui.server.opening import FACES, Opening
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.tabs.tab import Tab, View
from genapp.ui.views.collect import view as collect
from genapp.ui.views.draw import neighbours
from genapp.ui.views.imitate import view as imitate
from genapp.ui.views.people import view as people
from genapp.ui.views.write import view as write

ORDER = ("digits-conditional-gan", "digits-conditional-vae", "faces-conditional-gan")
"""The shipped models, the one that shows best first; other people's follow."""
CALLS = {"write": write.calls, "imitate": imitate.calls, "people": people.calls, "collect": collect.calls}
HANDS = Opening(seed=1, count=write.MAX_HANDS, truncation=0.8, tour=())
TEXT = "2026"


def tab(registry: ModelRegistry) -> Tab | None:
    """None where there is no model that takes orders."""
    writers = tuple(sorted((entry for entry in registry.models if writes(entry.config)), key=_place))
    artists = tuple(sorted((entry for entry in registry.models if people.takes_orders(entry.config)), key=_place))
    if not writers and not artists:
        return None
    coders = [describe(entry) for entry in writers if imitate.able(entry.config)]
    offered = {"write": writers, "imitate": coders, "people": artists, "collect": writers}
    views = tuple(View(name, CALLS[name]) for name, models in offered.items() if models)
    extra = {
        "writers": [describe(entry) for entry in writers],
        "artists": [describe(entry) | {"looks": entry.config.attribute_conditions} for entry in artists],
        "home": {entry.config.name: "people" for entry in artists},
        "faces": FACES.usual | {"count": 16},
        "words": TEXT,
        "longest": MAX_LENGTH,
        "coders": coders,
        "labels": {entry.config.name: list(entry.config.conditions[0].labels) for entry in writers},
        "most": collect.MAX_PICTURES,
        "real": neighbours.TEST_DIGITS.exists(),
    }

    def opening() -> dict:
        if not writers:
            first = people.People(model=artists[0].config.name, wishes={}, **extra["faces"])
            return {"people": people.people(registry, first)}
        return {"hands": write.hands(registry, write.Hands(model=writers[0].config.name, **HANDS.usual))}

    def warm() -> None:
        for entry in (*writers, *artists):
            registry.model(entry.config.name).warm()

    noun = "digits" if writers else "faces"
    return Tab("conditional", noun, views, (*writers, *artists), HANDS, extra, opening, warm)


def _place(entry: library.Entry) -> tuple[int, str]:
    name = entry.config.name
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)
