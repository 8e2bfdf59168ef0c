"""Every model in assets/models keeps its card's word on this machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from genapp.model import library
from genapp.model.conditions import drawn
from genapp.model.config import ModelConfig
from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.picture.verify import verify
from tests.conftest import open_model

DIGITS = {"digits-gan", "digits-dcgan", "digits-vae", "digits-vae-2d", "digits-autoencoder"}
TO_ORDER = {"digits-conditional-gan", "digits-conditional-vae"}
FOLDERS = sorted(path.parent for path in library.SHIPPED.glob("*/config.json"))
GENERATORS = [folder for folder in FOLDERS if ModelConfig.load(folder).role == "generator"]
SAMPLING = [folder for folder in GENERATORS if ModelConfig.load(folder).sampling]
JUDGES = [folder for folder in FOLDERS if folder not in GENERATORS]
MAX_BYTES_OF_ALL_DIGITS = 15_000_000
MAX_BYTES_OF_A_FACES_FOLDER = 25_000_000
GRAPHS = r"(mapping|generator|encoder|critic|classifier)\.onnx"
TENSORS = r"(latents|attributes)\.safetensors"
MODEL_FILES = re.compile(
    rf"{GRAPHS}|{TENSORS}|config\.json|metrics\.json|README\.md|samples(-(0\.7|asked|directions|encoded))?\.png"
)


def _of(folders: list[Path]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("folder", folders, ids=lambda folder: folder.name)


each = _of(FOLDERS)


def test_all_are_there_and_none_is_broken() -> None:
    found = library.shipped()
    assert found.problems == ()
    assert {entry.config.name for entry in found.models} >= DIGITS | TO_ORDER
    assert {entry.config.name for entry in found.judges} >= {"digits-judge", "faces-judge"}


def test_folders_stay_small() -> None:
    sizes = {folder: sum(path.stat().st_size for path in folder.rglob("*")) for folder in FOLDERS}
    faces = {folder.name: size for folder, size in sizes.items() if ModelConfig.load(folder).task == "faces"}
    assert all(size < MAX_BYTES_OF_A_FACES_FOLDER for size in faces.values()), faces
    digits = [size for folder, size in sizes.items() if folder.name in DIGITS | {"digits-judge"}]
    assert len(digits) == 6 and sum(digits) < MAX_BYTES_OF_ALL_DIGITS


@each
def test_a_folder_is_a_hub_repo_of_the_contracts_files(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    assert all(MODEL_FILES.fullmatch(name) for name in names)
    assert {"config.json", "metrics.json", "README.md"} <= names
    assert json.loads((folder / "metrics.json").read_text("utf-8"))
    assert (folder / "README.md").read_text("utf-8").startswith("---\n")
    with Image.open(folder / "samples.png") as image:
        image.verify()


@each
def test_a_card_says_how_to_make_the_model_again(folder: Path) -> None:
    config = ModelConfig.load(folder)
    assert config.name == folder.name
    assert re.fullmatch(r"[0-9a-f]{40}", config.provenance.commit)
    assert config.provenance.command.startswith("python -m training train ")
    assert config.provenance.images_seen > 0
    assert config.licence


@pytest.fixture(scope="module")
def opened() -> dict[Path, Model]:
    return {folder: open_model(folder) for folder in FOLDERS}


@_of(JUDGES)
def test_a_judge_has_an_opinion_on_each_label(folder: Path, opened: dict[Path, Model]) -> None:
    model = opened[folder]
    probabilities, _ = model.classify(np.zeros((3, *_picture(model.config)), np.uint8))
    assert probabilities.shape == (3, len(model.config.labels or model.config.attributes))


@_of(GENERATORS)
def test_every_graph_runs_as_the_card_says(folder: Path, opened: dict[Path, Model]) -> None:
    model = opened[folder]
    model.warm()
    w = model.latents(range(3)) if model.config.sampling else np.zeros((3, *model.mean.shape), np.float32)
    asked = _asked(model)
    pictures = model.decode(w, **asked)
    assert (pictures.shape, pictures.dtype) == ((3, *_picture(model.config)), np.uint8)
    if "encoder" in model.config.graphs:
        assert model.encode(pictures, **asked).shape == w.shape


@_of(JUDGES)
def test_a_judge_reads_a_picture_alone_as_in_a_batch(folder: Path, opened: dict[Path, Model]) -> None:
    model = opened[folder]
    images = np.random.RandomState(0).randint(0, 256, (21, *_picture(model.config)), np.uint8)
    together, alone = model.classify(images)[0], np.concatenate([model.classify(i[None])[0] for i in images])
    np.testing.assert_allclose(together, alone, atol=1e-5)


@_of(GENERATORS)
def test_a_picture_is_the_same_alone_and_in_a_batch(folder: Path, opened: dict[Path, Model]) -> None:
    model = opened[folder]
    w = model.latents(range(85)) if model.config.sampling else _encoded(model)
    asked = _asked(model)
    together = model.decode(w, **asked).astype(int)
    alone = np.concatenate([model.decode(row[None], **asked) for row in w]).astype(int)
    assert np.abs(together - alone).max() <= 1
    assert (together == alone).mean() >= 0.999


@_of(SAMPLING)
def test_pictures_vary_and_truncation_tames_them(folder: Path, opened: dict[Path, Model]) -> None:
    model = opened[folder]
    asked = _asked(model)
    spread = [model.generate(range(64), psi, **asked).astype(float).std(axis=0).mean() for psi in (1.0, 0.5, 0.0)]
    assert spread[0] > spread[1] > spread[2] == 0
    assert spread[0] > 5


@_of(SAMPLING)
def test_a_saved_picture_verifies(folder: Path, opened: dict[Path, Model], tmp_path: Path) -> None:
    model = opened[folder]
    path = tmp_path / "picture.png"
    Recipe(model=model.config.name, seed=7, truncation=0.8).save(path)
    assert verify(path).verdict == "identical"


def _asked(model: Model) -> dict[str, str | bool]:
    """One class or one set of attributes for all: what a seed draws for itself."""
    return drawn(model.config, {}, 0, model.joint)


def _picture(config: ModelConfig) -> tuple[int, int, int]:
    return config.image.height, config.image.width, config.image.channels


def _encoded(model: Model) -> np.ndarray:
    return model.encode(np.random.RandomState(0).randint(0, 256, (85, *_picture(model.config)), np.uint8))
