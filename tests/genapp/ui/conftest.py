"""A folder of small real models, as the page would find them, and calls to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from genapp.model import library
from genapp.ui.server.registry import ModelRegistry
from tests.folders import make_generator, make_judge
from tests.genapp.ui.replies import caller


@pytest.fixture(scope="session")
def shelf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    make_generator(folder / "plain", "plain", size=28)
    make_generator(folder / "styled", "styled", size=28, mapping=True, layers=3, weights_seed=5)
    make_generator(folder / "flat", "flat", size=28, dim=2, encoder=True, family="vae")
    make_generator(folder / "coder", "coder", size=28, sampling=None, encoder=True, family="autoencoder")
    make_generator(folder / "clouds", "clouds", size=12, channels=3, task="clouds")
    make_judge(folder / "judge", "judge", size=28)
    return folder


@pytest.fixture(scope="session")
def registry(shelf_folder: Path) -> ModelRegistry:
    found = library.find([shelf_folder])
    assert not found.problems
    return ModelRegistry(found)


@pytest.fixture
def call(request: pytest.FixtureRequest, registry: ModelRegistry) -> Callable[..., dict]:
    """`call(name, **json)`: an endpoint of the file's `MODULES`, on its `registry`."""
    return caller(registry, *request.module.MODULES)
