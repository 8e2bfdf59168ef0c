"""Tables of pictures from anywhere `datasets` can read, and the decoding of one picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff")
LARGEST_SIDE = 16_384
"""Pixels. Larger pictures are skipped: decoding one could take gigabytes."""


class DataError(ValueError):
    """Pictures that cannot be used; the message names the file and says what to do."""


class SplitError(DataError):
    """The source has no split of that name."""


@dataclass(frozen=True)
class Table:
    """A `datasets` table, and which of its columns are used for what. label: None where there are no classes."""

    rows: Any
    image: str
    label: str | None
    label_names: list[str]
    attributes: list[str]


def open_table(source: str, split: str) -> Table:
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
    return Table(table, images[0], classes[0] if classes else None, names, attributes)


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


def other_files(source: Path) -> list[Path]:
    """What else lies in a folder of pictures, but for hidden files."""
    if not source.is_dir() or any(source.glob("*.parquet")):
        return []
    files = (path for path in source.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in files if path.suffix.lower() not in PICTURE_SUFFIXES)


def rows_of(table: Table) -> Iterator[tuple[str, bytes, int | None, list[int]]]:
    """(name, encoded picture, class, truth values) of each row."""
    for index, row in enumerate(table.rows):
        cell = row[table.image] or {}
        encoded = cell.get("bytes")
        if encoded is None and cell.get("path"):
            encoded = Path(cell["path"]).read_bytes()
        truth = [0 if row[name] is None else 1 if row[name] else -1 for name in table.attributes]
        yield cell.get("path") or f"row {index}", encoded or b"", row[table.label] if table.label else None, truth


def decode(encoded: bytes, size: int | None, channels: int | None) -> np.ndarray:
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
