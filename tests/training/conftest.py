"""What all tests of training share."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

import genapp
from tests.training.pictures import TinyBackbone, make_folder, make_table, small_recipe
from training.families.build import build
from training.recipes import RECIPES
from training.run.export import export
from training.run.loop import Budget, train
from training.run.warm_start import slim


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Small tensors on several threads are slower, and the cores may be busy."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(autouse=True)
def seeded() -> None:
    """Each test draws the same numbers, whatever ran before it."""
    torch.manual_seed(0)


@pytest.fixture(autouse=True, scope="session")
def tiny_backbone() -> Iterator[None]:
    """Judges of attributes begin with a network that is trained and exported in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("training.networks.efficientnet.load_efficientnet", lambda: (TinyBackbone(), "0" * 64))
        yield


class Made:
    """Small runs of the shipped recipes, and what is exported from them: made when a test asks for it, and once.

    root: a folder with `data/mine` and `data/table`, `runs` and `models`, and what recipes expect in `assets/weights`.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.data = root, root / "data" / "mine"
        make_table(root / "data" / "table", make_folder(self.data))

    def run(self, name: str) -> Path:
        """The run of a recipe's two steps."""
        folder = self.root / "runs" / name
        if not folder.exists():
            config = small_recipe(name, self.data)
            self._give(getattr(config, "gan", "") or getattr(config, "critic", ""))
            with contextlib.chdir(self.root):
                train(build(config), folder, Budget(images=16, threads=1))
        return folder

    def folder(self, name: str) -> Path:
        """The model folder of a recipe; an encoder's is that of its generator."""
        config = small_recipe(name, self.data)
        folder = self.root / "models" / getattr(config, "model", name)
        wanted = folder / "encoder.onnx" if hasattr(config, "model") else folder
        if not wanted.exists():
            run = self.run(name)
            if hasattr(config, "model"):
                self.folder(config.model)
            export(run, self.root / "models")
        return folder

    def model(self, name: str) -> genapp.Model:
        """The served model of a recipe."""
        return genapp.load_model(self.folder(name))

    def _give(self, weights: str) -> None:
        """Put what `slim` keeps of `faces-gan` where recipes expect it."""
        if weights == RECIPES["faces-encoder"].gan and not (self.root / weights).exists():
            slim(self.run("faces-gan"), self.root / weights)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Small runs and model folders; do not write into them."""
    return Made(tmp_path_factory.mktemp("made"))
