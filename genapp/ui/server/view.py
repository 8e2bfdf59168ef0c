"""What a view is: one folder in `genapp/ui/views`, found by listing.

The folder holds `view.py` with a `VIEW` and the view's own endpoints, its page (`view.html`, `view.js`, perhaps
`view.css`), and its words in each language (`en.json`, `zh.json`). Nothing else names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from genapp.model import library
from genapp.model.config import ModelConfig
from genapp.ui.server.endpoint import Reply
from genapp.ui.server.opening import Opening
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views import folders

Entries = tuple[library.Entry, ...]


def _nothing(registry: ModelRegistry, models: Entries) -> Reply:
    return {}


def _no_opening(registry: ModelRegistry, models: Entries, start: Opening) -> Reply | None:
    return None


def _no_wait(registry: ModelRegistry, models: Entries) -> None:
    return None


@dataclass(frozen=True)
class View:
    """One way to play, as its folder describes it.

    Attributes:
        tabs: the tabs it belongs to, and its place among the views of each.
        fits: whether it has a use for a model of its tab. Where no model fits, it is not shown.
        kind: of the output that it shows, as configs name it (`genapp.model.kinds`).
        fewest: models that it needs.
        uses: modules with endpoints that it calls beside its own.
        knows: what its script wants to know, which the page finds in the tab: of the models that fit.
        opening: the pictures that the page opens with where this view comes first; runs before the first visitor comes.
        warm: does in the background, once the page is open, what would make the first visitor of the view wait.
    """

    tabs: Mapping[str, int]
    fits: Callable[[ModelConfig], bool]
    kind: str = "image"
    fewest: int = 1
    uses: tuple[ModuleType, ...] = ()
    knows: Callable[[ModelRegistry, Entries], Reply] = _nothing
    opening: Callable[[ModelRegistry, Entries, Opening], Reply | None] = _no_opening
    warm: Callable[[ModelRegistry, Entries], None] = _no_wait


@dataclass(frozen=True)
class OfferedView:
    """A view that some models fit. `name` is its folder's, and the key of its label is `view.<name>`.

    `modules` have its endpoints, its own and those that it shares.
    """

    name: str
    view: View
    modules: tuple[ModuleType, ...]
    models: Entries


def offered(tab: str, models: Entries) -> tuple[OfferedView, ...]:
    """The views of a tab that some of these models fit, in order."""
    here = []
    for name, module in found().items():
        view: View = module.VIEW
        fitting = tuple(entry for entry in models if entry.config.output.kind == view.kind and view.fits(entry.config))
        if tab in view.tabs and len(fitting) >= view.fewest:
            here.append(OfferedView(name, view, (module, *view.uses), fitting))
    return tuple(sorted(here, key=lambda one: one.view.tabs[tab]))


def found() -> dict[str, ModuleType]:
    """The `view` module of each view, by the name of its folder."""
    return {folder.name: import_module(f"genapp.ui.views.{folder.name}.view") for folder in folders()}
