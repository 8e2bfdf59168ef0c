"""Fixtures that every test may use: small model folders, and an environment without GenApp's settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from genapp.model.config import AttributeCondition, ClassCondition
from genapp.model.engine import Settings
from genapp.model.model import Model
from tests.faces import make_face_artist, make_face_gan, make_face_vae
from tests.folders import DIGITS, make_generator, make_judge

# The cores may be busy with something else: how long an example takes says nothing.
settings.register_profile("genapp", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("genapp")

DIGIT = ClassCondition(name="digit", labels=DIGITS, graphs=("mapping", "generator"))
SMILING = AttributeCondition(name="smiling", graphs=("generator",))
MALE = AttributeCondition(name="male", graphs=("generator",))


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GENAPP_PROVIDER", raising=False)
    monkeypatch.delenv("GENAPP_THREADS", raising=False)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of model folders, one of each shape; do not write into it."""
    root = tmp_path_factory.mktemp("models")
    make_generator(root / "plain", "plain", critic=True)
    make_generator(root / "styled", "styled", mapping=True, layers=3, channels=3, directions=("smile", "age"))
    make_generator(root / "coder", "coder", sampling=None, encoder=True, family="autoencoder")
    make_generator(
        root / "asked", "asked", mapping=True, layers=2, conditions=(DIGIT, SMILING, MALE), family="conditional-gan"
    )
    make_judge(root / "judge", "judge")
    return root


def open_model(folder: Path) -> Model:
    """A folder's model on one CPU thread, opened anew."""
    return Model(folder, Settings("cpu", 1))


@pytest.fixture(scope="session")
def plain(models: Path) -> Model:
    """w is z, one channel; with a critic."""
    return open_model(models / "plain")


@pytest.fixture(scope="session")
def styled(models: Path) -> Model:
    """A mapping, three layers, three channels, directions "smile" and "age"."""
    return open_model(models / "styled")


@pytest.fixture(scope="session")
def coder(models: Path) -> Model:
    """An autoencoder: no prior, an encoder."""
    return open_model(models / "coder")


@pytest.fixture(scope="session")
def asked(models: Path) -> Model:
    """A class "digit" and attributes "smiling" and "male"."""
    return open_model(models / "asked")


@pytest.fixture(scope="session")
def judge(models: Path) -> Model:
    """A classifier of ten digits."""
    return open_model(models / "judge")


@pytest.fixture(scope="session")
def face_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models of cartoon faces, named like the shipped ones; do not write into it."""
    root = tmp_path_factory.mktemp("faces")
    make_face_gan(root / "faces-gan")
    make_face_vae(root / "faces-vae")
    make_face_artist(root / "faces-conditional-gan")
    return root


@pytest.fixture(scope="session")
def face_gan(face_models: Path) -> Model:
    """Six layers of style, directions "smiling" and "pca-1"."""
    return open_model(face_models / "faces-gan")


@pytest.fixture(scope="session")
def face_vae(face_models: Path) -> Model:
    """One latent and an encoder."""
    return open_model(face_models / "faces-vae")


@pytest.fixture(scope="session")
def face_artist(face_models: Path) -> Model:
    """Draws faces with the attributes `LOOKS`."""
    return open_model(face_models / "faces-conditional-gan")
