"""The toy kind and its family in the project's tables, and a model of them, trained and exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import genapp
from tests.toy_kind.register import register_family, register_kind, unregister

LEARNED = "cat car can cap bat bar ban bad tap tan tar rat ran rap nab pan pat par"


@pytest.fixture(scope="module")
def registered() -> Iterator[None]:
    register_kind()
    register_family()
    yield
    unregister()


@pytest.fixture(scope="module")
def models(registered: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the model `words`."""
    from training.families.build import build
    from training.recipes import RECIPES
    from training.run.export import export
    from training.run.loop import Budget, train

    root = tmp_path_factory.mktemp("words")
    data = root / "words.txt"
    data.write_text(LEARNED.replace(" ", "\n"))
    family = build(replace(RECIPES["words"], data=str(data), batch=32))
    train(family, root / "run", Budget(images=32 * 60, threads=1))
    data.unlink()  # a run describes its model
    export(root / "run", root / "models")
    return root / "models"


@pytest.fixture(scope="module")
def model(models: Path) -> genapp.Model:
    return genapp.load_model(models / "words")
