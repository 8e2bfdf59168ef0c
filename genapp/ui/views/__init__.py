"""The views of the page, a folder each; `genapp.ui.server.view` says what is in one."""

from __future__ import annotations

from pathlib import Path


def folders() -> list[Path]:
    """The folders of all views, by name."""
    return sorted(
        (file.parent for place in __path__ for file in Path(place).glob("*/view.py")), key=lambda one: one.name
    )


def folder_of(name: str) -> Path:
    """The folder of one view."""
    return next(folder for folder in folders() if folder.name == name)
