"""The command that scores a model of faces: all that it needs follows from the folder."""

from __future__ import annotations

import json
from pathlib import Path

import datasets
import numpy as np
import pytest
from PIL import Image

from genapp.model.config import ModelConfig
from tests.folders import make_generator
from training.__main__ import evaluate, main
from training.data.pictures import load
from training.evaluation.features import Features
from training.recipes import RECIPES

SIZE = 32
COUNT, HELD_OUT = 60, 12


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a model of faces, made of pictures in data/faces that have no test split."""
    monkeypatch.chdir(tmp_path)  # the cache of pictures and features lies in the working folder
    random = np.random.RandomState(0)
    pictures = [Image.fromarray(random.randint(0, 256, (SIZE, SIZE, 3), np.uint8)) for _ in range(COUNT)]
    Path("data/faces").mkdir(parents=True)
    features = datasets.Features({"image": datasets.Image()})
    datasets.Dataset.from_dict({"image": pictures}, features).to_parquet("data/faces/train-00000.parquet")
    folder = make_generator(tmp_path / "models" / "faces-gan", "faces-gan", size=SIZE, channels=3, task="faces")
    model_config = ModelConfig.load(folder)
    made = {"data": "data/faces", "data_sha256": load("data/faces", "train", SIZE, 3).sha256, "held_out": HELD_OUT}
    model_config.model_copy(update={"provenance": model_config.provenance.model_copy(update=made)}).save(folder)
    return folder.parent


def colours(images: np.ndarray) -> np.ndarray:
    return images.astype(np.float32).mean((1, 2))


def test_faces_are_scored_on_the_held_out_pictures_in_the_features_of_efficientnet(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Its 1,280 columns make matrix roots of many seconds; test_features.py runs the real one.
    monkeypatch.setattr(
        "training.evaluation.scores.load_features", lambda name: Features(name, "0" * 64, "none", colours)
    )
    evaluate("faces-gan", models, threads=1, nearest=Path("pairs.png"))
    scores = json.loads((models / "faces-gan" / "metrics.json").read_text("utf-8"))["samples"]
    assert scores["network"]["name"] == "efficientnet-lite0"
    assert scores["counts"]["samples"] == scores["counts"]["reference"] == HELD_OUT
    assert scores["counts"]["training"] == COUNT - HELD_OUT
    assert scores["one_face"]["real"] == 0
    assert scores["data"]["test"]["source"] == f"data/faces[{COUNT - HELD_OUT}:None]"
    text = (models / "faces-gan" / "README.md").read_text("utf-8")
    assert "These people do not exist" in text
    assert "efficientnet-lite0" in text
    assert (models / "faces-gan" / "samples-0.7.png").exists()
    assert Path("pairs.png").exists()


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_can_be_trained_by_its_name(name: str, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setattr("sys.argv", ["training", "train", name, "--help"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0
    assert "--minutes" in capsys.readouterr().out
