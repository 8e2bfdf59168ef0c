"""A model is scored on pictures that its training has not seen."""

from pathlib import Path

import datasets
import numpy as np
import pytest
from PIL import Image

from genapp.model.config import ModelConfig
from tests.folders import make_generator
from training.data.pictures import load
from training.data.sources import DataError
from training.data.splits import splits_of

COUNT = 12


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A folder of parquet with a training split alone, of pictures that know their place."""
    write(tmp_path / "table" / "train-00000-of-00001.parquet", range(COUNT))
    return tmp_path / "table"


def write(path: Path, levels: range) -> None:
    path.parent.mkdir(exist_ok=True)
    features = datasets.Features({"image": datasets.Image()})
    columns = {"image": [Image.new("RGB", (8, 8), (level, 0, 0)) for level in levels]}
    datasets.Dataset.from_dict(columns, features).to_parquet(path)


def card_of(folder: Path, data: Path, held_out: int) -> ModelConfig:
    model_config = ModelConfig.load(make_generator(folder, channels=3))
    sha256 = load(str(data), "train", 8, 3, folder / "cache").sha256
    made = {"data": "data/tiny", "data_sha256": sha256, "held_out": held_out}
    return model_config.model_copy(update={"provenance": model_config.provenance.model_copy(update=made)})


def levels(images: np.ndarray) -> list[int]:
    return images[:, 0, 0, 0].tolist()


def test_without_a_test_split_the_held_out_pictures_are_the_test(tmp_path: Path, table: Path) -> None:
    model_config = card_of(tmp_path / "m", table, held_out=5)
    train, test = splits_of(model_config, str(table), tmp_path / "m" / "cache")
    assert levels(train.images) == list(range(7))
    assert levels(test.images) == list(range(7, 12))
    assert (train.source, test.source) == (f"{table}[0:7]", f"{table}[7:None]")
    assert train.sha256 == test.sha256 == model_config.provenance.data_sha256


def test_a_test_split_goes_before_held_out_pictures(tmp_path: Path, table: Path) -> None:
    write(table / "test-00000-of-00001.parquet", range(100, 103))
    model_config = card_of(tmp_path / "m", table, held_out=5)
    train, test = splits_of(model_config, str(table), tmp_path / "m" / "cache")
    assert len(train) == COUNT
    assert levels(test.images) == [100, 101, 102]


@pytest.mark.parametrize("held_out", [0, COUNT])
def test_pictures_that_training_has_seen_are_no_test(tmp_path: Path, table: Path, held_out: int) -> None:
    model_config = card_of(tmp_path / "m", table, held_out)
    with pytest.raises(DataError, match=r"the config\.json of tiny names no held-out pictures"):
        splits_of(model_config, str(table), tmp_path / "m" / "cache")


def test_other_data_than_the_cards_is_refused(tmp_path: Path, table: Path) -> None:
    model_config = card_of(tmp_path / "m", table, held_out=5)
    write(tmp_path / "other" / "train.parquet", range(1, COUNT))
    with pytest.raises(DataError, match=r"is not what tiny was trained on \(data/tiny\): its sha256 differs"):
        splits_of(model_config, str(tmp_path / "other"), tmp_path / "cache")
