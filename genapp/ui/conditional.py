"""The Conditional tab: pictures to order. Digits: a number in one hand, in one's own hand, by the thousand."""

from __future__ import annotations

from genapp import library
from genapp.ui import collect, imitate, neighbours, write
from genapp.ui.opening import Opening
from genapp.ui.shelf import Shelf, describe
from genapp.ui.tabs import Tab, View
from genapp.writing import MAX_LENGTH, writes

ORDER = ("digits-conditional-gan", "digits-conditional-vae")
"""The shipped models, the one that shows best first; other people's follow."""
HANDS = Opening(seed=1, count=write.MAX_HANDS, truncation=0.8, tour=())
TEXT = "2026"


def tab(shelf: Shelf) -> Tab | None:
    """None where there is no model that writes."""
    models = tuple(sorted((entry for entry in shelf.models if writes(entry.card)), key=_place))
    if not models:
        return None
    views = [View("write", write.calls)]
    coders = [describe(entry) for entry in models if imitate.able(entry.card)]
    if coders:
        views.append(View("imitate", imitate.calls))
    views.append(View("collect", collect.calls))
    extra = {
        "words": TEXT,
        "longest": MAX_LENGTH,
        "coders": coders,
        "labels": {entry.card.name: list(entry.card.conditions[0].labels) for entry in models},
        "most": collect.MAX_PICTURES,
        "real": neighbours.TEST_DIGITS.exists(),
    }

    def opening() -> dict:
        first = write.Hands(model=models[0].card.name, **HANDS.usual)
        return {"hands": write.hands(shelf, first)}

    def warm() -> None:
        for entry in models:
            shelf.model(entry.card.name).warm()

    return Tab("conditional", "digits", tuple(views), models, HANDS, extra, opening, warm)


def _place(entry: library.Entry) -> tuple[int, str]:
    name = entry.card.name
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)
