"""How far a picture travels through the code: `python -m benchmarks.moves`.

Counts, for one click on New digits and for one on Save, the functions of `genapp` that the server enters, the files
they are in, and the moves: each time the next function entered is in another file. Fewer mean less to hold in mind.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import genapp
from genapp.model import library
from genapp.ui.server.endpoint import Reply, endpoints_of, served
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs

PACKAGE = str(Path(genapp.__file__).parent)
MODEL = "digits-gan"
COUNT = 36


@dataclass(frozen=True)
class Way:
    """What one call of the page went through. `moves` counts changes of file, from one entered function to the next."""

    functions: int
    files: int
    moves: int


def way_of(call: Callable[[], Any]) -> Way:
    """Run `call` in a thread of its own, as the server does, and count."""
    entered: list[CodeType] = []

    def watch(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(PACKAGE):
            entered.append(frame.f_code)

    def watched() -> None:
        sys.setprofile(watch)
        try:
            call()
        finally:
            sys.setprofile(None)

    thread = threading.Thread(target=watched)
    thread.start()
    thread.join()
    files = [code.co_filename for code in entered]
    moves = sum(one != other for one, other in pairwise(files))
    return Way(len(set(entered)), len(set(files)), moves)


def page_calls(registry: ModelRegistry) -> dict[str, Callable[[Any], Reply]]:
    """The page's calls by name, as a browser reaches them."""
    modules = (module for tab in tabs(registry) for view in tab.views for module in view.modules)
    return {name: served(endpoint, registry) for name, endpoint in endpoints_of(modules).items()}


def measure() -> dict[str, Way]:
    """The ways of a grid of `COUNT` digits and of one that is saved, both for the second time."""
    call = page_calls(ModelRegistry(library.shipped()))
    picture = {"recipe": {"model": MODEL, "seed": 401, "truncation": 0.8}}

    def sample() -> None:
        assert "error" not in call["sample"]({"picture": picture, "count": COUNT})

    def save() -> None:
        assert "error" not in call["save"]({"picture": picture})

    for warm in (sample, save):
        warm()
    return {"sample": way_of(sample), "save": way_of(save)}


def main() -> None:
    """Print a line for each."""
    print(f"{'':8}{'functions':>10}{'files':>8}{'moves':>8}")
    for name, way in measure().items():
        print(f"{name:8}{way.functions:>10}{way.files:>8}{way.moves:>8}")


if __name__ == "__main__":
    main()
