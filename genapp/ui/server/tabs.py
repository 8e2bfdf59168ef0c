"""The tabs of the page: each gathers the views that belong to it, and those bring their models."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from genapp.model import library
from genapp.model.config import ModelConfig
from genapp.picture.writing import writes
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.opening import Opening
from genapp.ui.server.registry import ModelRegistry, describe
from genapp.ui.server.view import Entries, OfferedView, offered

BEST_FIRST = (
    "faces-gan", "faces-vae", "faces-dcgan",
    "digits-gan", "digits-vae", "digits-dcgan", "digits-vae-2d",
    "digits-conditional-gan", "digits-conditional-vae", "faces-conditional-gan",
)  # fmt: skip
"""The shipped models, of each tab the one that shows best first; other people's follow."""
DIGITS = Opening(seed=401, count=36, truncation=0.8, tour=(48, 122, 30, 36, 62))
"""Every digit turns up in the grid, a little tamer than the training pictures; the tour, with `digits-gan`, passes
a 7, 2, 3, 8 and 0."""
FACES = Opening(seed=1, count=25, truncation=0.7, tour=(10, 15, 21, 2))
"""Of the four faces that the tour passes, each is in the grid too."""
HANDS = Opening(seed=1, count=8, truncation=0.8, tour=())


@dataclass(frozen=True)
class Tab:
    """A tab of the page.

    Attributes:
        name: also the key of its label, `tab.<name>`.
        noun: "digits", "faces" or "pictures": which texts fit.
        fits: whether a model is one of its kind; its views decide whether they have a use for it.
        start: the settings that its grids start from.
    """

    name: str
    noun: str
    fits: Callable[[ModelConfig], bool]
    start: Opening


TABS = (
    Tab("faces", "faces", lambda config: config.task == "faces" and not config.conditions, FACES),
    Tab("digits", "digits", lambda config: config.task == "digits" and not writes(config), DIGITS),
    Tab("conditional", "pictures", lambda config: bool(config.conditions), HANDS),
    Tab("models", "pictures", lambda config: config.task not in ("digits", "faces"), DIGITS),
)


@dataclass(frozen=True)
class OfferedTab:
    """A tab that has something to show: `views`, the first of which is shown first."""

    tab: Tab
    views: tuple[OfferedView, ...]

    @property
    def name(self) -> str:
        return self.tab.name

    @property
    def noun(self) -> str:
        return self.tab.noun

    @cached_property
    def entries(self) -> Entries:
        """All models that its views offer, the one that shows best first."""
        return _sorted({entry.config.name: entry for view in self.views for entry in view.models}.values())

    @property
    def models(self) -> Entries:
        """Those that draw pictures of their own; the first is chosen first."""
        return tuple(entry for entry in self.entries if entry.config.sampling)

    def knows(self, registry: ModelRegistry) -> Reply:
        """What the page's script knows of the tab, and each view of itself.

        Raises ValueError where two views say different things under one name.
        """
        known: Reply = {
            "name": self.name,
            "noun": self.noun,
            "usual": self.tab.start.usual,
            "views": [view.name for view in self.views],
            "models": [describe(entry) for entry in self.models],
            "home": {
                entry.config.name: next(view.name for view in self.views if entry in view.models)
                for entry in self.models
            },
        }
        for one in self.views:
            for name, fact in one.view.knows(registry, one.models).items():
                if known.setdefault(name, fact) != fact:
                    raise ValueError(f"the view {one.name} says something else of {name} than another one does")
        return known

    def opening(self, registry: ModelRegistry) -> Reply | None:
        """The pictures that the page opens with."""
        first = self.views[0]
        return first.view.opening(registry, first.models, self.tab.start)

    def warm(self, registry: ModelRegistry) -> None:
        """Do what would make the first visitor wait."""
        for entry in self.entries:
            registry.model(entry.config.name).warm()
        for one in self.views:
            one.view.warm(registry, one.models)


def tabs(registry: ModelRegistry) -> tuple[OfferedTab, ...]:
    """The tabs that have models which draw pictures of their own."""
    shown = []
    for tab in TABS:
        fitting = _sorted(entry for entry in registry.models if tab.fits(entry.config))
        if any(entry.config.sampling for entry in fitting) and (views := offered(tab.name, fitting)):
            shown.append(OfferedTab(tab, views))
    return tuple(shown)


def _sorted(entries: Iterable[library.Entry]) -> Entries:
    def place(entry: library.Entry) -> tuple[int, str]:
        name = entry.config.name
        return (BEST_FIRST.index(name) if name in BEST_FIRST else len(BEST_FIRST), name)

    return tuple(sorted(entries, key=place))
