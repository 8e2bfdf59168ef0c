"""What a tab is. A new one is one more file with a function like `digits.tab`, listed in page.TABS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from genapp.model import library
from genapp.ui.server.endpoint import Reply, Request
from genapp.ui.server.opening import Opening
from genapp.ui.server.registry import ModelRegistry


@dataclass(frozen=True)
class View:
    """One way to play inside a tab: `static/<name>.html`, and `static/<name>.js` with a function `<name>View`.

    Attributes:
        name: also the key of its label, `view.<name>`.
        calls: its server functions, name to (request, work).
    """

    name: str
    calls: Callable[[ModelRegistry], dict[str, tuple[type[Request], Any]]]


@dataclass(frozen=True)
class Tab:
    """A tab of the page.

    Attributes:
        name: also the key of its label, `tab.<name>`.
        noun: "digits", "faces" or "pictures": which texts fit.
        views: the first is shown first.
        models: what its first view offers; the first is chosen first.
        start: the settings that its grids start from.
        extra: more that its script wants to know.
        opening: makes the pictures that the page opens with; runs before the first visitor comes.
        warm: does in the background, once the page is open, what would make the first visitor of a view wait.
    """

    name: str
    noun: str
    views: tuple[View, ...]
    models: tuple[library.Entry, ...]
    start: Opening
    extra: Reply
    opening: Callable[[], Reply]
    warm: Callable[[], None]
