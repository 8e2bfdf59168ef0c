"""What a checkout would have in its own files: a line in each of three tables. Views are found by listing."""

from __future__ import annotations

from pathlib import Path

import genapp.ui.views
from genapp.model.kinds import KINDS

VIEWS = Path(__file__).parent / "views"


def register_kind() -> None:
    """The app's side."""
    KINDS["words"] = "tests.toy_kind.words:WordsOutput"  # genapp/model/kinds/__init__.py
    if str(VIEWS) not in genapp.ui.views.__path__:
        genapp.ui.views.__path__.append(str(VIEWS))


def register_family() -> None:
    """Training's side."""
    from tests.toy_kind.bigrams import BigramConfig
    from training.families.build import FAMILIES, Registered
    from training.recipes import RECIPES

    FAMILIES["bigram"] = Registered("tests.toy_kind.bigrams:BigramConfig", "tests.toy_kind.bigrams:BigramFamily")
    RECIPES["words"] = BigramConfig(name="words", title="Words", task="words", licence="CC0", data="words.txt")


def unregister() -> None:
    """Leave the tables as they were."""
    from training.families.build import FAMILIES
    from training.recipes import RECIPES

    del KINDS["words"], FAMILIES["bigram"], RECIPES["words"]
    genapp.ui.views.__path__.remove(str(VIEWS))
