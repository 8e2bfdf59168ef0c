"""Pictures from folders and parquet: packed once, converted, and refused with a reason."""

from __future__ import annotations

import json
from pathlib import Path

import datasets
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from tests.training.pictures import make_folder, make_table
from training.data.pictures import batch_indices, load
from training.data.sources import DataError, SplitError


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


def noise(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    """A picture that does not compress away, so that half of its file is not all of it."""
    return Image.fromarray(np.random.RandomState(0).randint(0, 256, (size[1], size[0], 3), np.uint8)).convert(mode)


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_truncated_files_are_skipped_and_counted(tmp_path: Path, cache: Path, capsys: object) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    kinds = ("png", "jpg", "webp", "gif", "bmp", "tif")
    for suffix in kinds:
        noise().save(folder / f"a.{suffix}")
        whole = (folder / f"a.{suffix}").read_bytes()
        (folder / f"b.{suffix}").write_bytes(whole[: len(whole) // 2])
        (folder / f"c.{suffix}").write_bytes(whole[:20])
    pictures = load(str(folder), channels=3, cache=cache)
    assert (len(pictures), pictures.skipped) == (len(kinds), 2 * len(kinds))
    assert f"12 files or rows skipped, e.g. {folder / 'b.bmp'}" in capsys.readouterr().out


def test_files_that_are_no_pictures_are_skipped_and_counted(tmp_path: Path, cache: Path, capsys: object) -> None:
    folder = tmp_path / "mine"
    save(folder / "a.png")
    (folder / "c.jpg").write_text("not a picture")
    (folder / "d.png").write_bytes(b"")
    (folder / "notes.txt").write_text("not even named like one")
    (folder / "clips").mkdir()
    (folder / "clips" / "film.mp4").write_bytes(b"0000ftypmp42")
    (folder / ".hidden").write_text("of no interest")
    pictures = load(str(folder), cache=cache)
    assert (len(pictures), pictures.skipped, pictures.labels) == (1, 4, None)
    assert "4 files or rows skipped, e.g." in capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["png", "jpg"])
def test_a_picture_of_20000_pixels_is_skipped_and_counted(tmp_path: Path, cache: Path, suffix: str, capsys) -> None:
    folder = tmp_path / "mine"
    save(folder / f"a.{suffix}")
    save(folder / f"b.{suffix}", size=(20_000, 40))
    pictures = load(str(folder), size=8, cache=cache)
    assert (len(pictures), pictures.skipped) == (1, 1)
    assert "20000x40 pixels; at most 16384 a side" in capsys.readouterr().out


def test_unreadable_rows_of_parquet_are_skipped_with_their_labels(tmp_path: Path, cache: Path) -> None:
    good = save(tmp_path / "a.png").read_bytes()
    features = datasets.Features({"image": datasets.Image(), "label": datasets.ClassLabel(names=["x", "y"])})
    cells = [good, b"broken", good[:30], None, good]
    rows = {"image": [cell and {"bytes": cell, "path": None} for cell in cells], "label": [0, 1, 1, 1, 1]}
    datasets.Dataset.from_dict(rows, features).to_parquet(tmp_path / "train.parquet")
    pictures = load(str(tmp_path / "train.parquet"), cache=cache)
    assert (pictures.labels.tolist(), pictures.skipped) == ([0, 1], 3)


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


COLOURS = (
    # (mode, colour, file type, the same as grey, as RGB)
    ("1", 1, "png", 255, (255, 255, 255)),
    ("L", 200, "png", 200, (200, 200, 200)),
    ("I;16", 51_400, "png", 200, (200, 200, 200)),
    ("I;16", 51_400, "tif", 200, (200, 200, 200)),
    ("LA", (0, 0), "png", 255, (255, 255, 255)),
    ("LA", (0, 255), "png", 0, (0, 0, 0)),
    ("RGBA", (255, 0, 0, 0), "png", 255, (255, 255, 255)),
    ("RGBA", (255, 0, 0, 255), "webp", 76, (255, 0, 0)),
    ("RGBA", (0, 0, 0, 51), "png", 204, (204, 204, 204)),
    ("CMYK", (0, 255, 255, 0), "jpg", 76, (254, 0, 0)),
    ("CMYK", (0, 0, 0, 255), "tif", 0, (0, 0, 0)),
    ("YCbCr", (128, 128, 128), "jpg", 128, (128, 128, 128)),
)


@pytest.mark.parametrize("channels", [1, 3])
def test_every_kind_of_colour_becomes_grey_or_rgb(tmp_path: Path, cache: Path, channels: int) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    for index, (mode, colour, suffix, *_) in enumerate(COLOURS):
        options = {"quality": 100, "lossless": True} if suffix in ("jpg", "webp") else {}
        Image.new(mode, (8, 8), colour).save(folder / f"{index:02d}.{suffix}", **options)
    pictures = load(str(folder), channels=channels, cache=cache)
    assert pictures.images.shape == (len(COLOURS), 8, 8, channels)
    for found, (*kind, grey, rgb) in zip(pictures.images, COLOURS, strict=True):
        wanted = [grey] if channels == 1 else rgb
        assert np.abs(found[4, 4].astype(int) - wanted).max() <= 2, kind


def one(path: Path, cache: Path, picture: Image.Image, channels: int | None = None, **options: object) -> np.ndarray:
    """`picture`, written to `path` and read again: uint8 (H, W, C)."""
    path.parent.mkdir()
    picture.save(path, **options)
    (found,) = load(str(path.parent), channels=channels, cache=cache).images
    return found


@pytest.mark.parametrize(("mode", "channels"), [("1", 1), ("L", 1), ("LA", 1), ("I;16", 1), ("P", 3), ("RGBA", 3)])
def test_the_first_picture_says_whether_all_are_grey(tmp_path: Path, cache: Path, mode: str, channels: int) -> None:
    assert one(tmp_path / "mine" / "a.png", cache, Image.new(mode, (8, 8))).shape == (8, 8, channels)


def test_a_palette_with_a_clear_colour_lies_on_white(tmp_path: Path, cache: Path) -> None:
    picture = Image.new("P", (8, 8), 0)
    picture.putpalette([0, 0, 255, 255, 0, 0])
    picture.paste(1, (0, 0, 4, 8))
    found = one(tmp_path / "mine" / "a.gif", cache, picture, 3, transparency=0)
    assert (found[0, 0].tolist(), found[0, 7].tolist()) == ([255, 0, 0], [255, 255, 255])


def test_pictures_of_32_bit_numbers_are_skipped_rather_than_cut_to_white(tmp_path: Path, cache: Path) -> None:
    folder = tmp_path / "mine"
    save(folder / "a.png")
    Image.new("F", (12, 12), 0.5).save(folder / "b.tif")
    Image.new("I", (12, 12), 100_000).save(folder / "c.tif")
    assert load(str(folder), cache=cache).skipped == 2


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp"])
def test_a_camera_held_sideways_gives_an_upright_picture(tmp_path: Path, cache: Path, suffix: str) -> None:
    upright = Image.new("L", (24, 16), 0)
    upright.paste(255, (0, 0, 8, 8))  # the bright corner is at the top left
    turn = Image.Transpose
    # What a camera stores under EXIF's orientations 2 to 8; under 1 it is upright.
    stored = [upright] + [
        upright.transpose(how)
        for how in (
            turn.FLIP_LEFT_RIGHT,
            turn.ROTATE_180,
            turn.FLIP_TOP_BOTTOM,
            turn.TRANSPOSE,
            turn.ROTATE_90,
            turn.TRANSVERSE,
            turn.ROTATE_270,
        )
    ]
    (tmp_path / "mine").mkdir()
    for orientation, picture in enumerate(stored, 1):
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture.save(tmp_path / "mine" / f"{orientation}.{suffix}", exif=exif)
    images = load(str(tmp_path / "mine"), channels=1, cache=cache).images
    assert images.shape == (8, 16, 24, 1)
    assert (images[:, 2, 2] > 240).all()
    assert max(images[:, 2, 20].max(), images[:, 13, 2].max(), images[:, 13, 20].max()) < 15


def test_a_split_that_is_missing_is_told_from_data_that_cannot_be_read(tmp_path: Path, cache: Path) -> None:
    save(tmp_path / "mine" / "a.png")
    with pytest.raises(SplitError):
        load(str(tmp_path / "mine"), "test", cache=cache)
    (tmp_path / "table").mkdir()
    (tmp_path / "table" / "train.parquet").write_bytes(b"garbage")
    with pytest.raises(SplitError):
        load(str(tmp_path / "table"), "test", cache=cache)
    with pytest.raises(DataError) as caught:
        load(str(tmp_path / "table"), "train", cache=cache)
    assert not isinstance(caught.value, SplitError)


def test_batches_are_epochs_of_permutations_and_depend_on_the_step_alone() -> None:
    steps = [batch_indices(10, 4, step, seed=1) for step in range(4)]
    for epoch in (steps[:2], steps[2:]):
        assert len(set(np.concatenate(epoch))) == 8
    assert not np.array_equal(steps[0], steps[2])
    assert np.array_equal(batch_indices(10, 4, 3, seed=1), steps[3])
    assert len(batch_indices(3, 8, 0, seed=1)) == 8


def test_columns_of_truth_values_are_attributes(tmp_path: Path) -> None:
    table = make_table(tmp_path / "table", make_folder(tmp_path / "mine", 8))
    pictures = load(str(table), cache=tmp_path / "cache")
    assert pictures.labels is None and pictures.attribute_names == ("Bars", "Bright")
    assert pictures.attributes.dtype == np.int8
    assert pictures.attributes[:, 0].tolist() == [0, 1, 1, 0, -1, -1, 0, -1]
    assert pictures.part(4, 6).attributes.tolist() == pictures.attributes[4:6].tolist()
    labelled = pictures.with_attributes(("bright", "BARS"))
    assert labelled.labels.dtype == np.float32 and labelled.label_names == ("bright", "BARS")
    assert np.array_equal(labelled.labels, pictures.attributes[:, ::-1])
    (meta,) = (tmp_path / "cache").glob("*/meta.json")
    old = {name: value for name, value in json.loads(meta.read_text("utf-8")).items() if name != "attribute_names"}
    meta.write_text(json.dumps(old), "utf-8")  # as packed before attributes were kept
    again = load(str(table), cache=tmp_path / "cache")
    assert again.sha256 == pictures.sha256 and np.array_equal(again.attributes, pictures.attributes)
