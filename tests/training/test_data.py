"""Pictures from folders and parquet: packed once, converted, and refused with a reason."""

from __future__ import annotations

from pathlib import Path

import datasets
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from tests.training.pictures import make_folder
from training.data import DataError, batch_indices, load


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def save(path: Path, mode: str = "L", size: tuple[int, int] = (12, 12), **options: object) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new(mode, size, 200 if mode == "L" else None).save(path, **options)
    return path


def test_folder_with_subfolders_is_labelled(tmp_path: Path, cache: Path) -> None:
    pictures = load(str(make_folder(tmp_path / "mine", 10)), cache=cache)
    assert pictures.images.shape == (10, 28, 28, 1)
    assert pictures.label_names == ("bars", "blobs")
    assert sorted(pictures.labels) == [0] * 5 + [1] * 5
    # A bar is bright from top to bottom, a blob is not.
    bar, blob = (pictures.images[list(pictures.labels).index(label), :, :, 0] for label in (0, 1))
    assert (bar.max(0) == bar.min(0)).all()
    assert (blob[0] < blob.max()).all()


def test_packing_happens_once_and_again_when_a_file_changes(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "mine"
    save(folder / "a.png")
    first = load(str(folder), cache=cache)
    assert load(str(folder), cache=cache).sha256 == first.sha256
    assert len(list(cache.iterdir())) == 1
    save(folder / "b.png")
    assert len(load(str(folder), cache=cache)) == 2


def test_parquet_in_the_hubs_schema(tmp_path: Path, cache: Path) -> None:
    features = datasets.Features({"image": datasets.Image(), "label": datasets.ClassLabel(names=["dark", "light"])})
    columns = {"image": [Image.new("L", (8, 8), level) for level in (3, 250)], "label": [0, 1]}
    datasets.Dataset.from_dict(columns, features).to_parquet(tmp_path / "test-00000-of-00001.parquet")
    pictures = load(str(tmp_path), "test", cache=cache)
    assert pictures.images[:, 0, 0, 0].tolist() == [3, 250]
    assert pictures.label_names == ("dark", "light")
    with pytest.raises(DataError, match=r"none named train"):
        load(str(tmp_path), "train", cache=cache)


def test_mixed_sizes_name_the_file_and_the_way_out(tmp_path: Path, cache: Path) -> None:
    save(tmp_path / "mine" / "a.png")
    save(tmp_path / "mine" / "b.png", size=(20, 10))
    with pytest.raises(DataError, match=r"b\.png is 20x10.*--size"):
        load(str(tmp_path / "mine"), cache=cache)
    assert load(str(tmp_path / "mine"), size=8, cache=cache).images.shape == (2, 8, 8, 1)


def test_unreadable_pictures_are_skipped_and_counted(tmp_path: Path, cache: Path, capsys: object) -> None:
    folder = tmp_path / "mine"
    good = save(folder / "a.png")
    (folder / "b.png").write_bytes(good.read_bytes()[:40])
    (folder / "c.jpg").write_text("not a picture")
    (folder / "d.png").write_bytes(b"")
    (folder / "notes.txt").write_text("not even named like one")
    pictures = load(str(folder), cache=cache)
    assert (len(pictures), pictures.skipped) == (1, 3)
    assert "3 unreadable pictures skipped" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "message"), [({}, "no pictures"), ({"a.png": b"broken"}, "no readable picture")])
def test_nothing_to_train_on(tmp_path: Path, cache: Path, content: dict[str, bytes], message: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for name, encoded in content.items():
        (folder / name).write_bytes(encoded)
    with pytest.raises(DataError, match=message):
        load(str(folder), cache=cache)


def test_missing_source_and_parquet_without_pictures(tmp_path: Path, cache: Path) -> None:
    with pytest.raises(DataError, match="neither a file, a folder nor a Hub data set"):
        load(str(tmp_path / "gone"), cache=cache)
    pq.write_table(pa.table({"label": [1]}), tmp_path / "train.parquet")
    with pytest.raises(DataError, match="no column of pictures; it has label"):
        load(str(tmp_path / "train.parquet"), cache=cache)
    (tmp_path / "train.parquet").write_bytes(b"garbage")
    with pytest.raises(DataError, match="cannot be read"):
        load(str(tmp_path / "train.parquet"), cache=cache)


def test_a_folder_of_pictures_has_no_test_split(tmp_path: Path, cache: Path) -> None:
    save(tmp_path / "mine" / "a.png")
    with pytest.raises(DataError, match="has no split 'test'"):
        load(str(tmp_path / "mine"), "test", cache=cache)


def test_colours_transparency_and_orientation(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    Image.new("RGBA", (8, 8), (255, 0, 0, 0)).save(folder / "a.png")
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(folder / "b.jpg", quality=100)
    turned = Image.new("RGB", (8, 8))
    turned.paste((0, 0, 255), (0, 0, 8, 4))
    exif = Image.Exif()
    exif[0x0112] = 3
    turned.save(folder / "c.png", exif=exif)
    clear, red, blue = load(str(folder), channels=3, cache=cache).images
    assert (clear == 255).all()
    assert (np.abs(red[4, 4].astype(int) - (255, 0, 0)) < 8).all()
    assert blue[0, 0].tolist() == [0, 0, 0]
    assert blue[7, 0].tolist() == [0, 0, 255]


def test_batches_are_epochs_of_permutations_and_depend_on_the_step_alone() -> None:
    steps = [batch_indices(10, 4, step, seed=1) for step in range(4)]
    for epoch in (steps[:2], steps[2:]):
        assert len(set(np.concatenate(epoch))) == 8
    assert not np.array_equal(steps[0], steps[2])
    assert np.array_equal(batch_indices(10, 4, 3, seed=1), steps[3])
    assert len(batch_indices(3, 8, 0, seed=1)) == 8
