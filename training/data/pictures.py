"""Pictures from anywhere `datasets` can read, packed once into a flat uint8 file that the loops memory-map."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

CACHE = Path("cache")
PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
LARGEST_SIDE = 16_384
"""Pixels. Larger pictures are skipped: decoding one could take gigabytes."""


class DataError(ValueError):
    """Pictures that cannot be used; the message names the file and says what to do."""


class SplitError(DataError):
    """The source has no split of that name."""


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
    What cannot be read, or has a side over `LARGEST_SIDE`, is skipped and counted. Raises `DataError`, and `SplitError`
    (a `DataError`) where the source has other splits only.
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
    table = _open(source, split)
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    partial.mkdir(parents=True)
    try:
        with open(partial / "images.u8", "wb") as file:
            for name, encoded, label, truth in _rows(table):
                try:
                    picture = _decode(encoded, size, channels or (shape[2] if shape else None))
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
        skipped.extend(f"{path}: not named like a picture" for path in _others(Path(source)))
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


@dataclass(frozen=True)
class _Table:
    """A `datasets` table, and which of its columns are used for what. label: None where there are no classes."""

    rows: Any
    image: str
    label: str | None
    label_names: list[str]
    attributes: list[str]


def _open(source: str, split: str) -> _Table:
    """The `datasets` table behind `source`."""
    import datasets

    datasets.disable_progress_bars()
    path = Path(source)
    try:
        if split != "train" and (path.is_file() or (path.is_dir() and not list(path.glob("*.parquet")))):
            raise SplitError(
                f"{source} has no split '{split}': only Hub data sets and folders of parquet files have several"
            )
        if path.is_file():
            table = datasets.load_dataset("parquet", data_files=str(path), split="train")
        elif path.is_dir():
            table = _open_folder(datasets, path, split)
        elif source.count("/") == 1 and not source.startswith((".", "/")):
            table = datasets.load_dataset(source, split=split)
        else:
            raise DataError(f"{source} is neither a file, a folder nor a Hub data set id (owner/name)")
    except DataError:
        raise
    except Exception as error:  # datasets raises dozens of kinds; each means that the source cannot be read
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        if reason.startswith("Unknown split"):
            raise SplitError(f"{source} has no split '{split}': {reason}") from error
        raise DataError(f"{source} cannot be read as pictures: {reason}") from error
    images = [name for name, kind in table.features.items() if isinstance(kind, datasets.Image)]
    if not images:
        raise DataError(f"{source} has no column of pictures; it has {', '.join(table.column_names)}")
    classes = [name for name, kind in table.features.items() if isinstance(kind, datasets.ClassLabel)]
    names = table.features[classes[0]].names if classes else []
    attributes = [name for name, kind in table.features.items() if kind == datasets.Value("bool")]
    table = table.cast_column(images[0], datasets.Image(decode=False))
    return _Table(table, images[0], classes[0] if classes else None, names, attributes)


def _open_folder(datasets: Any, path: Path, split: str) -> Any:
    """The table of a folder: of its parquet files of a split, or of all pictures below it. datasets: the package."""
    parquet = sorted(path.glob("*.parquet"))
    if parquet:
        mine = [file for file in parquet if file.name.startswith(split)]
        if not mine:
            raise SplitError(f"{path} has parquet files, but none named {split}*.parquet")
        return datasets.load_dataset("parquet", data_files=[str(file) for file in mine], split="train")
    files = sorted(file for file in path.rglob("*") if file.suffix.lower() in PICTURE_SUFFIXES)
    if not files:
        raise DataError(f"{path} has no pictures ({', '.join(PICTURE_SUFFIXES)}) and no parquet files")
    parents = sorted({file.parent.relative_to(path).as_posix() for file in files})
    columns: dict[str, list] = {"image": [{"path": str(file), "bytes": None} for file in files]}
    features = {"image": datasets.Image(decode=False)}
    if len(parents) > 1:
        columns["label"] = [parents.index(file.parent.relative_to(path).as_posix()) for file in files]
        features["label"] = datasets.ClassLabel(names=parents)
    return datasets.Dataset.from_dict(columns, features=datasets.Features(features))


def _others(source: Path) -> list[Path]:
    """What else lies in a folder of pictures, but for hidden files."""
    if not source.is_dir() or any(source.glob("*.parquet")):
        return []
    files = (path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in files if path.suffix.lower() not in PICTURE_SUFFIXES)


def _rows(table: _Table) -> Iterator[tuple[str, bytes, int | None, list[int]]]:
    """(name, encoded picture, class, truth values) of each row."""
    for index, row in enumerate(table.rows):
        cell = row[table.image] or {}
        encoded = cell.get("bytes")
        if encoded is None and cell.get("path"):
            encoded = Path(cell["path"]).read_bytes()
        truth = [0 if row[name] is None else 1 if row[name] else -1 for name in table.attributes]
        yield cell.get("path") or f"row {index}", encoded or b"", row[table.label] if table.label else None, truth


def _decode(encoded: bytes, size: int | None, channels: int | None) -> np.ndarray:
    """uint8 (H, W, C) of one encoded picture: upright, on white where transparent, cropped and resized to `size`.

    Raises ValueError or OSError for what cannot be read (Pillow's errors are of these kinds).
    """
    with Image.open(io.BytesIO(encoded)) as opened:
        picture: Image.Image = opened
        if max(picture.size) > LARGEST_SIDE:
            raise ValueError(f"{picture.size[0]}x{picture.size[1]} pixels; at most {LARGEST_SIDE} a side are read")
        if picture.mode in ("I", "F"):
            raise ValueError(f"its pixels are 32-bit numbers (mode {picture.mode}), of which none is known to be white")
        picture.load()
        picture = ImageOps.exif_transpose(picture)
        grey = channels == 1 or (channels is None and picture.mode in ("1", "L", "LA", "I;16", "I;16B"))
        if picture.mode.startswith("I;16"):  # convert() would cut everything above 255
            picture = Image.fromarray((np.asarray(picture, np.uint16) // 257).astype(np.uint8))
        if "A" in picture.getbands() or "transparency" in picture.info:
            picture = picture.convert("RGBA")
            picture = Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)
        picture = picture.convert("L" if grey else "RGB")
        if size is not None and picture.size != (size, size):
            picture = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS)
        pixels = np.asarray(picture, np.uint8)
    return pixels[..., None] if pixels.ndim == 2 else pixels


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
