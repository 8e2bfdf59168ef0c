"""Training data to order: labelled pictures of a model that draws classes on demand, in one file.

Pictures are written as they are drawn, so memory does not grow with their number; the file appears when it is whole.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import numpy as np

from genapp.limits import MAX_SEED
from genapp.model.conditions import ConditionValues
from genapp.model.config import ClassCondition, ModelConfig
from genapp.model.model import Model
from genapp.pixels import png

Kind = Literal["png", "npz", "parquet", "idx"]
SUFFIXES: dict[Kind, str] = {"png": ".zip", "npz": ".npz", "parquet": ".parquet", "idx": ".zip"}
MAX_TOTAL = 10_000_000
AT_ONCE = 50
"""Pictures that are drawn and written between two yields. The page serves other visitors in between."""


@dataclass(frozen=True)
class Order:
    """What a data set holds.

    counts: pictures of each class, in the order of the config's labels; they come in an order that the seed shuffles.
    seed: of the first picture; the next has the next seed.
    """

    counts: tuple[int, ...]
    seed: int = 0
    truncation: float = 1.0

    def __post_init__(self) -> None:
        if min(self.counts, default=0) < 0 or not 1 <= self.total <= MAX_TOTAL:
            raise ValueError(f"{self.total:,} pictures: ask for 1 to {MAX_TOTAL:,}, and for no class less than 0")
        if not 0 <= self.seed <= MAX_SEED + 1 - self.total:
            raise ValueError(f"seed {self.seed}: the seeds of {self.total:,} pictures do not fit into 0 to {MAX_SEED}")

    @property
    def total(self) -> int:
        """Number of pictures."""
        return sum(self.counts)

    @property
    def labels(self) -> np.ndarray:
        """int64 (total,): each picture's class."""
        labels = np.repeat(np.arange(len(self.counts)), self.counts)
        np.random.RandomState(self.seed).shuffle(labels)
        return labels


def ordered_class(config: ModelConfig) -> ClassCondition:
    """The condition that labels a model's pictures. Raises ValueError where it does not have exactly one."""
    if config.class_condition is None or len(config.conditions) != 1:
        raise ValueError(
            f"{config.name} draws no classes on demand: choose a model with one class condition and no other"
        )
    return config.class_condition


def counts_of(config: ModelConfig, total: int, wanted: Mapping[str, int]) -> tuple[int, ...]:
    """How many pictures of each class: those of `wanted`, by label, or else `total`, as evenly as can be.

    Raises ValueError for a label that the model does not know.
    """
    labels = ordered_class(config).labels
    if unknown := sorted(set(wanted) - set(labels)):
        raise ValueError(f"{config.name} knows no {unknown[0]!r}: it draws {', '.join(labels)}")
    if wanted:
        return tuple(wanted.get(label, 0) for label in labels)
    return tuple(total // len(labels) + (index < total % len(labels)) for index in range(len(labels)))


def write(model: Model, order: Order, path: Path, kind: Kind) -> Generator[int, None, None]:
    """Write `path` and yield, again and again, how many pictures are done. Closed before its end, it leaves nothing.

    kind:
        png: a zip of LABEL/NUMBER.png with labels.csv, a row a picture: file, label, seed.
        npz: `images` uint8 (N, H, W), or (N, H, W, 3) in colour; `labels` int64 (N,); `label_names`.
        parquet: columns `image` and `label` that `datasets` reads as Image and ClassLabel.
        idx: a zip of train-images-idx3-ubyte and train-labels-idx1-ubyte, the files of MNIST.

    Raises:
        ValueError: the model draws no classes on demand, the counts are not one for each, `path` is there already, or
            IDX is asked for pictures in colour.
        OSError: the disk is full, or the folder cannot be written to.
    """
    condition = ordered_class(model.config)
    if len(order.counts) != len(condition.labels):
        raise ValueError(f"{len(order.counts)} counts for {len(condition.labels)} classes: give one for each")
    if kind == "idx" and (model.config.image.channels != 1 or len(condition.labels) > 256):
        raise ValueError("IDX files are for grey pictures of at most 256 classes: choose another format")
    if path.exists():
        raise ValueError(f"{path} is there already: choose another name, or remove it")
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    labels = order.labels
    made = DataSet(model.config, condition.labels, labels, order)
    try:
        with _WRITERS[kind](partial, made) as add:
            for start in range(0, order.total, AT_ONCE):
                part = labels[start : start + AT_ONCE]
                seeds = range(order.seed + start, order.seed + start + len(part))
                given: dict[str, ConditionValues] = {condition.name: [condition.labels[label] for label in part]}
                add(start, model.generate(seeds, order.truncation, None, **given))
                yield start + len(part)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


@dataclass(frozen=True)
class DataSet:
    """What a writer knows of its data set: `labels` int64 (N,) are indices of `names`."""

    config: ModelConfig
    names: tuple[str, ...]
    labels: np.ndarray
    order: Order

    @property
    def shape(self) -> tuple[int, ...]:
        """Of all pictures in one array; grey ones have no channels."""
        output = self.config.image
        colour = (output.channels,) if output.channels > 1 else ()
        return (len(self.labels), output.height, output.width, *colour)

    @property
    def about(self) -> str:
        """Where the pictures come from, in a few lines for people."""
        config, order = self.config, self.order
        return (
            f"{order.total:,} synthetic pictures. No person wrote, drew or took them: {config.title} ({config.name}, "
            f"{config.model_sha256[:12]}) did, from seeds {order.seed} to {order.seed + order.total - 1}, truncation "
            f"{order.truncation:g}.\nLabels are the classes that were asked for; a small share of pictures looks like "
            f"another class.\nThe model was trained on {config.provenance.data}; its weights' licence: "
            f"{config.licence}.\n"
        )


Add = Callable[[int, np.ndarray], None]
"""Writes pictures uint8 (n, H, W, C), the first of which has the given number."""


@contextmanager
def _png_zip(path: Path, made: DataSet) -> Generator[Add, None, None]:
    folders = [re.sub(r"[^\w-]+", "_", name) for name in made.names]  # a stranger's label must not leave the archive

    def name(number: int) -> str:
        return f"{folders[made.labels[number]]}/{number:07d}.png"

    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:

        def add(start: int, images: np.ndarray) -> None:
            for number, picture in enumerate(images, start):
                archive.writestr(name(number), png.encode(picture))

        yield add
        with archive.open("labels.csv", "w") as file, io.TextIOWrapper(file, "utf-8", newline="") as text:
            table = csv.writer(text, lineterminator="\n")
            table.writerow(("file", "label", "seed"))
            for number, label in enumerate(made.labels):
                table.writerow((name(number), made.names[label], made.order.seed + number))
        archive.writestr("README.txt", made.about)


@contextmanager
def _npz(path: Path, made: DataSet) -> Generator[Add, None, None]:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with _member(archive, "images.npy") as file:
            header = {"descr": "|u1", "fortran_order": False, "shape": made.shape}
            np.lib.format.write_array_header_2_0(file, header)
            yield lambda _, images: _write_bytes(file, images)
        small = {"labels": made.labels, "label_names": np.array(made.names), "about": np.array(made.about)}
        for name, array in small.items():
            with archive.open(f"{name}.npy", "w") as file:
                np.lib.format.write_array(file, array, allow_pickle=False)


@contextmanager
def _idx(path: Path, made: DataSet) -> Generator[Add, None, None]:
    """The format of LeCun's files: 0, 0, type 8 (uint8), dimensions; each size as a big-endian int32; the values."""

    def header(shape: tuple[int, ...]) -> bytes:
        return bytes((0, 0, 8, len(shape))) + np.array(shape, ">i4").tobytes()

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        with _member(archive, "train-images-idx3-ubyte") as file:
            file.write(header(made.shape))
            yield lambda _, images: _write_bytes(file, images)
        labels = made.labels.astype(np.uint8)
        archive.writestr("train-labels-idx1-ubyte", header(labels.shape) + labels.tobytes())
        archive.writestr("README.txt", made.about)


@contextmanager
def _parquet(path: Path, made: DataSet) -> Generator[Add, None, None]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    features = {"image": {"_type": "Image"}, "label": {"names": list(made.names), "_type": "ClassLabel"}}
    facts = {"huggingface": json.dumps({"info": {"features": features}}), "about": made.about}
    image = pa.struct({"bytes": pa.binary(), "path": pa.string()})
    schema = pa.schema({"image": image, "label": pa.int64()}, metadata=facts)

    with pq.ParquetWriter(path, schema, compression="none") as writer:  # PNGs are compressed already

        def add(start: int, images: np.ndarray) -> None:
            files = [
                {"bytes": png.encode(picture), "path": f"{number:07d}.png"}
                for number, picture in enumerate(images, start)
            ]
            labels = made.labels[start : start + len(images)]
            writer.write_table(pa.table({"image": pa.array(files, image), "label": labels}, schema))

        yield add


def _member(archive: zipfile.ZipFile, name: str) -> AbstractContextManager[IO[bytes]]:
    """A large file of an archive, to write to bit by bit."""
    return archive.open(name, "w", force_zip64=True)


def _write_bytes(file: IO[bytes], images: np.ndarray) -> None:
    file.write(images.tobytes())


_WRITERS: dict[Kind, Callable[[Path, DataSet], AbstractContextManager[Add]]] = {
    "png": _png_zip,
    "npz": _npz,
    "parquet": _parquet,
    "idx": _idx,
}
