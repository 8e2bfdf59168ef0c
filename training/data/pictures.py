"""Pictures from anywhere `datasets` can read, packed once into a flat uint8 file that the loops memory-map."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, UnidentifiedImageError

from training.data.sources import DataError, decode, open_table, other_files, rows_of

CACHE = Path("cache")


@dataclass(frozen=True)
class Pictures:
    """Pictures of one size.

    images: uint8 (N, H, W, C), C is 1 or 3; a memory map.
    labels: int64 (N,), or None where the source has none; label_names says what they mean. After `with_attributes`,
        float32 (N, K): for each attribute of label_names -1 without, 1 with, 0 unknown.
    attributes: int8 (N, A) likewise, of all the columns of truth values that the source has, or None.
    sha256: of the packed pictures and labels, whatever the source's file format was.
    skipped: how many pictures could not be read, and files of a folder that are not named like pictures.
    """

    images: np.ndarray
    labels: np.ndarray | None
    label_names: tuple[str, ...]
    sha256: str
    source: str
    skipped: int = 0
    attributes: np.ndarray | None = None
    attribute_names: tuple[str, ...] = ()
    weights: np.ndarray | None = None
    """How often each is to be seen in training, float64 (N,), all relative to each other; None: all alike."""

    def __len__(self) -> int:
        return len(self.images)

    @property
    def given_labels(self) -> np.ndarray:
        """`labels`. Raises `DataError` where there are none."""
        if self.labels is None:
            raise DataError(f"{self.source} has no labels")
        return np.asarray(self.labels)

    def part(self, start: int | None, stop: int | None) -> Pictures:
        """The pictures of a slice; the sha256 stays that of the whole."""
        labels = None if self.labels is None else self.labels[start:stop]
        attributes = None if self.attributes is None else self.attributes[start:stop]
        weights = None if self.weights is None else self.weights[start:stop]
        return replace(
            self,
            images=self.images[start:stop],
            labels=labels,
            attributes=attributes,
            weights=weights,
            source=f"{self.source}[{start}:{stop}]",
        )

    def with_attributes(self, names: tuple[str, ...]) -> Pictures:
        """The same pictures, labelled with these attributes, whether capital or not.

        Raises `DataError` where the source has no such column.
        """
        known = {name.lower(): column for column, name in enumerate(self.attribute_names)}
        missing = [name for name in names if name.lower() not in known]
        if missing:
            has = ", ".join(self.attribute_names) or "none"
            raise DataError(f"{self.source} has no column of truth values {missing[0]!r}; it has {has}")
        columns = [known[name.lower()] for name in names]
        attributes = np.empty((len(self), 0)) if self.attributes is None else self.attributes
        return replace(self, labels=attributes[:, columns].astype(np.float32), label_names=names)


def load(
    source: str, split: str = "train", size: int | None = None, channels: int | None = None, cache: Path = CACHE
) -> Pictures:
    """Pictures of `source`: a folder of parquet files, a parquet file, a folder of pictures (subfolders are labels), or
    a Hub data set id.

    size: side in pixels to which pictures are centre-cropped and resized; None asks for pictures of one size already.
    channels: 1 (grey) or 3 (RGB); None takes what the first picture has.
    What cannot be read, or is larger than `sources.LARGEST_SIDE`, is skipped and counted. Raises `DataError`, and
    `SplitError` (a `DataError`) where the source has other splits only.
    """
    if channels not in (None, 1, 3):
        raise DataError(f"channels must be 1 (grey) or 3 (RGB), not {channels}")
    folder = cache / hashlib.sha256(repr((_identity(source), split, size, channels)).encode()).hexdigest()[:16]
    meta = _packed(folder) or _pack(source, split, size, channels, folder)
    images = np.memmap(folder / "images.u8", np.dtype(np.uint8), "r", shape=tuple(meta["shape"]))
    labels = np.load(folder / "labels.npy") if meta["labelled"] else None
    names = tuple(meta["attribute_names"])
    attributes = np.load(folder / "attributes.npy") if names else None
    return Pictures(
        images, labels, tuple(meta["label_names"]), meta["sha256"], source, meta["skipped"], attributes, names
    )


def _packed(folder: Path) -> dict[str, Any] | None:
    """What a packed folder says of itself; None for none, or for one of before attributes were kept."""
    path = folder / "meta.json"
    meta = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return meta if "attribute_names" in meta else None


def class_labels(pictures: Pictures) -> np.ndarray:
    """int64 (N,): the class of every picture. Raises `DataError` where one has none."""
    if pictures.labels is None or len(pictures.label_names) < 2:
        raise DataError(
            f"{pictures.source} has no labels to ask for: it needs a column of classes, or a subfolder for each class"
        )
    if np.min(pictures.labels) < 0:
        raise DataError(f"{pictures.source} has pictures without a label: each needs one")
    return np.asarray(pictures.labels)


def _identity(source: str) -> object:
    """Changes when the files behind `source` change."""
    path = Path(source)
    if not path.exists():
        return source
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
    return [str(path.resolve()), *((str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files)]


def _pack(source: str, split: str, size: int | None, channels: int | None, folder: Path) -> dict[str, Any]:
    """Write what `load` reads, and return its meta.json."""
    digest = hashlib.sha256()
    labels: list[int] = []
    shape: tuple[int, ...] | None = None
    skipped: list[str] = []
    truths: list[list[int]] = []
    table = open_table(source, split)
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    partial.mkdir(parents=True)
    try:
        with open(partial / "images.u8", "wb") as file:
            for name, encoded, label, truth in rows_of(table):
                try:
                    picture = decode(encoded, size, channels or (shape[2] if shape else None))
                except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
                    skipped.append(f"{name}: {error}")
                    continue
                shape = shape or picture.shape
                if picture.shape != shape:
                    raise DataError(
                        f"{name} is {picture.shape[1]}x{picture.shape[0]} pixels, the ones before it "
                        f"{shape[1]}x{shape[0]}: give --size to crop and resize them all"
                    )
                file.write(picture.tobytes())
                digest.update(picture.tobytes())
                if table.label:
                    labels.append(-1 if label is None else int(label))
                truths.append(truth)
        if shape is None:
            detail = f"; the first: {skipped[0]}" if skipped else ""
            raise DataError(f"{source} has no readable picture in split '{split}'{detail}")
        if table.label:
            packed = np.asarray(labels, np.int64)
            digest.update(packed.tobytes())
            np.save(partial / "labels.npy", packed)
        if table.attributes:
            np.save(partial / "attributes.npy", np.asarray(truths, np.int8))
        count = (partial / "images.u8").stat().st_size // int(np.prod(shape))
        skipped.extend(f"{path}: not named like a picture" for path in other_files(Path(source)))
        meta = {
            "source": source,
            "split": split,
            "shape": [count, *shape],
            "labelled": table.label is not None,
            "label_names": table.label_names,
            "attribute_names": table.attributes,
            "sha256": digest.hexdigest(),
            "skipped": len(skipped),
            "skipped_files": skipped[:20],
        }
        (partial / "meta.json").write_text(json.dumps(meta, indent=1), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    if skipped:
        print(f"{source}: {len(skipped)} files or rows skipped, e.g. {skipped[0]}")
    return meta


def batch_indices(count: int, batch: int, step: int, seed: int, weights: np.ndarray | None = None) -> np.ndarray:
    """int64 (batch,): which pictures step `step` sees. Each epoch is a permutation of its own, or with `weights` each
    batch a draw of its own; the seed alone decides, so that a resumed run sees what an uninterrupted one would."""
    if weights is not None:
        return np.random.default_rng((seed, step)).choice(count, batch, p=weights / weights.sum())
    if batch > count:
        return np.random.default_rng((seed, step)).integers(0, count, batch)
    epoch, place = divmod(step, count // batch)
    return _permutation(count, epoch, seed)[place * batch : (place + 1) * batch]


@lru_cache(maxsize=1)
def _permutation(count: int, epoch: int, seed: int) -> np.ndarray:
    return np.random.default_rng((seed, epoch)).permutation(count)
