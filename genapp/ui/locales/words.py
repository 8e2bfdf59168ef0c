"""Every word of the page, in every language it speaks.

`locales/en.json` has the words of the frame and those that several views share, `views/NAME/en.json` those of one view.
Visitors' words come first; the field's terms live in the tips. A new language is one more file beside each `en.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from genapp.ui.views import folders

LOCALES = Path(__file__).parent
FIRST = "en"
"""The language of visitors whose own is not here."""


def languages() -> dict[str, str]:
    """Code to the language's own name for itself, `FIRST` first."""
    codes = sorted((path.stem for path in LOCALES.glob("*.json")), key=lambda code: (code != FIRST, code))
    return {code: words(code)["language"] for code in codes}


def words(language: str) -> dict[str, str]:
    """Key to words of one language; `{name}` in them marks what the page fills in.

    Raises ValueError for a key that two files have.
    """
    found: dict[str, str] = {}
    for path in files(language):
        for key, text in json.loads(path.read_text("utf-8")).items():
            if key in found:
                raise ValueError(f"{path} has the key {key}, which another file has too")
            found[key] = text
    return found


def files(language: str) -> Iterator[Path]:
    """The files that hold a language's words: the frame's, and those of each view."""
    yield LOCALES / f"{language}.json"
    yield from (path for folder in folders() if (path := folder / f"{language}.json").is_file())
