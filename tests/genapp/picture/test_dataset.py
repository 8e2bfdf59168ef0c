"""Labelled pictures to order: real files, opened by the libraries that people would open them with."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from pathlib import Path

import datasets
import numpy as np
import pytest
from PIL import Image

from genapp.model.config import ClassCondition
from genapp.model.model import Model
from genapp.picture.dataset import AT_ONCE, SUFFIXES, Kind, Order, counts_of, write
from tests.conftest import open_model
from tests.folders import DIGITS, make_generator
from training.data.pictures import load

DIGIT = ClassCondition(name="digit", labels=DIGITS, graphs=("generator",))
COUNTS = (0, AT_ONCE + 20, 3, 0, 0, 0, 0, 7, 0, 0)


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """Draws digits on demand."""
    return open_model(make_generator(tmp_path_factory.mktemp("models") / "writer", "writer", conditions=(DIGIT,)))


@pytest.fixture(scope="module")
def order() -> Order:
    return Order(COUNTS, seed=40, truncation=0.8)


@pytest.fixture(scope="module")
def files(writer: Model, order: Order, tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Path]:
    """The same order in every format."""
    root = tmp_path_factory.mktemp("made")
    paths = {kind: root / kind / f"digits{suffix}" for kind, suffix in SUFFIXES.items()}
    for kind, path in paths.items():
        done = list(write(writer, order, path, kind))
        assert done == [AT_ONCE, order.total]
        assert [other.name for other in path.parent.iterdir()] == [path.name]
    return paths


def expected(writer: Model, order: Order) -> np.ndarray:
    labels = [DIGITS[label] for label in order.labels]
    return writer.generate(range(order.seed, order.seed + order.total), order.truncation, digit=labels)


def test_an_order_holds_what_was_asked_for_in_a_shuffled_order(order: Order) -> None:
    assert tuple(np.bincount(order.labels, minlength=10)) == COUNTS
    assert not np.array_equal(order.labels, np.sort(order.labels))
    assert np.array_equal(order.labels, Order(COUNTS, seed=40).labels)
    assert not np.array_equal(order.labels, Order(COUNTS, seed=41).labels)


def test_npz(writer: Model, order: Order, files: dict[Kind, Path]) -> None:
    with np.load(files["npz"]) as arrays:
        assert np.array_equal(arrays["images"], expected(writer, order)[..., 0])
        assert np.array_equal(arrays["labels"], order.labels)
        assert tuple(arrays["label_names"]) == DIGITS
        assert "No person wrote" in str(arrays["about"])


def test_png_zip_says_for_each_picture_what_it_is(writer: Model, order: Order, files: dict[Kind, Path]) -> None:
    with zipfile.ZipFile(files["png"]) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("labels.csv"), "utf-8")))
        pictures = [np.asarray(Image.open(archive.open(row["file"]))) for row in rows]
        assert len(archive.namelist()) == order.total + 2
        assert "licence" in archive.read("README.txt").decode()
    assert np.array_equal(np.stack(pictures), expected(writer, order)[..., 0])
    assert [row["label"] for row in rows] == [DIGITS[label] for label in order.labels]
    assert [int(row["seed"]) for row in rows] == list(range(40, 40 + order.total))


def test_parquet_is_a_data_set_with_pictures_and_class_labels(
    writer: Model, order: Order, files: dict[Kind, Path], tmp_path: Path
) -> None:
    table = datasets.load_dataset(
        "parquet", data_files=str(files["parquet"]), split="train", cache_dir=str(tmp_path / "hub")
    )
    assert isinstance(table.features["image"], datasets.Image)
    assert table.features["label"].names == list(DIGITS)
    assert table["label"] == order.labels.tolist()
    assert np.array_equal(np.asarray(table[5]["image"]), expected(writer, order)[5, ..., 0])


@pytest.mark.parametrize("kind", ["parquet", "png"])
def test_our_own_training_reads_it(
    writer: Model, order: Order, files: dict[Kind, Path], kind: Kind, tmp_path: Path
) -> None:
    source = files[kind]
    if kind == "png":
        source = tmp_path / "unpacked"
        zipfile.ZipFile(files[kind]).extractall(source)
    pictures = load(str(source), cache=tmp_path / "cache")
    names = [pictures.label_names[label] for label in pictures.labels]
    assert sorted(names) == sorted(DIGITS[label] for label in order.labels)
    first = next(index for index, name in enumerate(names) if name == "7")
    drawn = expected(writer, order)[order.labels == 7]
    assert np.array_equal(pictures.images[first], drawn[0])


def test_idx_is_what_readers_of_mnist_expect(writer: Model, order: Order, files: dict[Kind, Path]) -> None:
    """Read as by the MNIST loaders of most frameworks: big-endian headers 2051 and 2049."""
    with zipfile.ZipFile(files["idx"]) as archive:
        images, labels = (archive.read(f"train-{name}-ubyte") for name in ("images-idx3", "labels-idx1"))
    assert np.frombuffer(images, ">u4", 4).tolist() == [2051, order.total, 8, 8]
    assert np.frombuffer(labels, ">u4", 2).tolist() == [2049, order.total]
    assert np.array_equal(np.frombuffer(images, np.uint8, offset=16).reshape(-1, 8, 8), expected(writer, order)[..., 0])
    assert np.array_equal(np.frombuffer(labels, np.uint8, offset=8), order.labels)


def test_whoever_stops_leaves_nothing(writer: Model, tmp_path: Path) -> None:
    path = tmp_path / "new" / "digits.npz"
    work = write(writer, Order((1000,) * 10), path, "npz")
    assert [next(work), next(work)] == [AT_ONCE, 2 * AT_ONCE]
    work.close()
    assert list(path.parent.iterdir()) == []


def test_memory_does_not_grow_with_the_number(tmp_path: Path) -> None:
    model = open_model(make_generator(tmp_path / "large", "large", size=64, conditions=(DIGIT,)))
    peaks = []
    for total in (100, 600):
        order = Order(counts_of(model.config, total, {}))
        tracemalloc.start()
        for _ in write(model, order, tmp_path / f"{total}.npz", "npz"):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 500 * 64 * 64 / 10


def test_counts(writer: Model, styled: Model) -> None:
    assert counts_of(writer.config, 23, {}) == (3, 3, 3, 2, 2, 2, 2, 2, 2, 2)
    assert counts_of(writer.config, 23, {"7": 5, "0": 1}) == (1, 0, 0, 0, 0, 0, 0, 5, 0, 0)
    with pytest.raises(ValueError, match="knows no '11': it draws 0, 1"):
        counts_of(writer.config, 10, {"11": 1})
    with pytest.raises(ValueError, match="draws no classes on demand"):
        counts_of(styled.config, 10, {})


@pytest.mark.parametrize("counts", [(0,) * 10, (5, -1), (10_000_001,)])
def test_impossible_counts(counts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ask for 1 to 10,000,000"):
        Order(counts)


def test_wrong_requests(writer: Model, asked: Model, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        Order((5,) * 10, seed=2**32 - 20)
    with pytest.raises(ValueError, match="give one for each"):
        next(write(writer, Order((5,)), tmp_path / "a.npz", "npz"))
    with pytest.raises(ValueError, match="draws no classes"):  # it asks for attributes, too
        next(write(asked, Order((5,) * 10), tmp_path / "a.npz", "npz"))
    (tmp_path / "there.npz").write_bytes(b"precious")
    with pytest.raises(ValueError, match="there already"):
        next(write(writer, Order((5,) * 10), tmp_path / "there.npz", "npz"))
    assert (tmp_path / "there.npz").read_bytes() == b"precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["there.npz"]


def test_idx_is_for_grey_pictures(tmp_path: Path) -> None:
    colour = open_model(make_generator(tmp_path / "colour", "colour", channels=3, conditions=(DIGIT,)))
    with pytest.raises(ValueError, match="grey pictures"):
        next(write(colour, Order((5,) * 10), tmp_path / "a.zip", "idx"))
    list(write(colour, Order((5,) * 10), tmp_path / "a.npz", "npz"))
    with np.load(tmp_path / "a.npz") as arrays:
        assert arrays["images"].shape == (50, 8, 8, 3)


def test_labels_of_strangers_stay_inside_the_archive(tmp_path: Path) -> None:
    odd = ClassCondition(name="kind", labels=("../up", 'a,"b"'), graphs=("generator",))
    model = open_model(make_generator(tmp_path / "odd", "odd", conditions=(odd,)))
    list(write(model, Order((2, 1)), tmp_path / "a.zip", "png"))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert not [name for name in archive.namelist() if ".." in name or name.startswith("/")]
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("labels.csv"), "utf-8")))
        assert {row["label"] for row in rows} == {"../up", 'a,"b"'}
        assert all(row["file"] in archive.namelist() for row in rows)
