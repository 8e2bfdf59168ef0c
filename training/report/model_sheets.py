"""Sheets of pictures that a model folder shows of its model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

import genapp
from genapp.model.config import ClassCondition, ModelConfig
from genapp.pixels.sheet import contact_sheet, enlarge
from training.data.pictures import Pictures
from training.report import model_card_texts as texts

SAMPLES_FILE = "samples.png"
TRUNCATION = 0.7
TRUNCATED_FILE = f"samples-{TRUNCATION}.png"
ASKED_FILE = "samples-asked.png"
_SHOWN = 64
_PAIRS = 4
DIRECTIONS_FILE = "samples-directions.png"
ENCODED_FILE = "samples-encoded.png"
_EDITED, _AMOUNTS = 2, 7
_JUDGED = 1_000
_COLUMNS = 16
_SIDE = 64
"""Pixels that a picture of a sheet has at least, about: smaller ones are enlarged to be looked at."""


@dataclass(frozen=True)
class Sheet:
    """Pictures uint8 (N, H, W, C) that go into `file` of the folder; `caption` says what they are."""

    file: str
    caption: str
    images: np.ndarray
    columns: int = _COLUMNS


def write_sheets(folder: Path, sheets: Sequence[Sheet]) -> None:
    """Write `sheets` into a model folder, in place of those that it has."""
    for file in (SAMPLES_FILE, TRUNCATED_FILE, ASKED_FILE, DIRECTIONS_FILE, ENCODED_FILE):
        (folder / file).unlink(missing_ok=True)
    for sheet in sheets:
        images = np.asarray(sheet.images)
        pixels = contact_sheet(enlarge(images, max(1, _SIDE // images.shape[2])), sheet.columns)
        Image.fromarray(pixels[..., 0] if pixels.shape[-1] == 1 else pixels).save(folder / sheet.file, optimize=True)


def sheets_of(model: genapp.Model, test: Pictures) -> list[Sheet]:
    """What there is to show of a model; nothing is selected.

    Samples of whatever has a prior, what a judge misreads, what an autoencoder makes of test pictures; see
    `texts.STAND_INS` for those that must not be shown.
    """
    if model.config.role == "judge":
        return _surest(model) if model.config.attributes else _misread(model, test)
    return _sampled(model) if model.config.sampling else _rebuilt(model, test)


def _misread(judge: genapp.Model, test: Pictures) -> list[Sheet]:
    wrong = np.flatnonzero(judge.classify(test.images)[0].argmax(1) != test.labels)
    images = test.images[wrong[:_SHOWN]]
    caption = f"Test pictures that it reads wrongly: {len(images)} of {len(wrong)}, {len(test):,} were shown to it"
    return [Sheet(SAMPLES_FILE, caption, images)] if len(wrong) else []


def _surest(judge: genapp.Model) -> list[Sheet]:
    generator = _stand_in(judge)
    if generator is None:
        return []
    images = generator.generate(range(_JUDGED))
    best = np.argsort(-judge.classify(images)[0], axis=0, kind="stable")[:_COLUMNS]
    caption = (
        f"Of {_JUDGED} samples of {generator.config.name}, seeds from 0 on, untruncated, those that it is surest of: a "
        f"row each for {', '.join(judge.config.attributes)}"
    )
    return [Sheet(SAMPLES_FILE, caption, images[best.T.ravel()])]


def _stand_in(model: genapp.Model) -> genapp.Model | None:
    """The generator beside a model whose samples are shown in place of test pictures of people."""
    beside = model.folder.parent / texts.STAND_INS[model.config.task]
    if not beside.is_dir() or ModelConfig.load(beside).output != model.config.output:
        return None
    return genapp.load_model(str(beside))


def _sampled(model: genapp.Model) -> list[Sheet]:
    if condition := model.config.class_condition:
        return [_asked(model, condition)]
    seeds = range(_SHOWN)
    shown = f"seeds 0 to {_SHOWN - 1}"
    every = f"Samples of {shown}, untruncated and not selected"
    sheets = [Sheet(SAMPLES_FILE, every, model.generate(seeds, truncation=1.0))]
    if model.config.image.channels == 3:  # of photographs, truncation makes other pictures; of strokes hardly so
        typical = f"The same {shown} at truncation {TRUNCATION}, not selected either: more typical, less varied"
        sheets.append(Sheet(TRUNCATED_FILE, typical, model.generate(seeds, truncation=TRUNCATION)))
    if attributes := model.config.attribute_conditions:
        sheets.append(_with_and_without(model, attributes))
    if "encoder" in model.config.graphs and model.config.task == "faces":
        sheets.append(_copied(model))
    if model.directions:
        sheets.append(_edited(model))
    return sheets


def _copied(model: genapp.Model) -> Sheet:
    seeds = range(_SHOWN, _SHOWN + _SHOWN // 2)
    originals = model.generate(seeds)
    caption = f"Samples of seeds {seeds[0]} to {seeds[-1]}, untruncated, each row above what its encoder makes of them"
    return Sheet(ENCODED_FILE, caption, _interleaved(originals, model.decode(model.encode(originals)), _COLUMNS))


def _edited(model: genapp.Model) -> Sheet:
    w = model.truncate(model.latents(range(_EDITED)), TRUNCATION)
    rows = [
        model.edit(w[[face]], {name: amount})
        for name, direction in model.directions.items()
        for face in range(_EDITED)
        for amount in np.linspace(direction.low, direction.high, _AMOUNTS)
    ]
    caption = (
        f"A direction a row, from one end of its range to the other: {', '.join(model.directions)}. Seeds 0 and 1 at "
        f"truncation {TRUNCATION}, not selected"
    )
    return Sheet(DIRECTIONS_FILE, caption, model.decode(np.concatenate(rows)), _EDITED * _AMOUNTS)


def _with_and_without(model: genapp.Model, attributes: tuple[str, ...]) -> Sheet:
    wanted: list[dict[str, Any]] = [{name: value} for value in (False, True) for name in attributes]
    pairs = [model.generate(range(_PAIRS), **conditions) for conditions in wanted]
    images = np.stack(pairs).reshape(2, len(attributes), _PAIRS, *pairs[0].shape[1:]).transpose(2, 0, 1, 3, 4, 5)
    caption = (
        f"Asked for without (upper row) and with (lower row) {', '.join(attributes)}, all else free: seeds 0 to "
        f"{_PAIRS - 1}, a pair of rows each, untruncated and not selected"
    )
    return Sheet(ASKED_FILE, caption, images.reshape(-1, *images.shape[3:]), len(attributes))


def _asked(model: genapp.Model, condition: ClassCondition) -> Sheet:
    columns = len(condition.labels)
    rows = range(max(2, _SHOWN // columns))
    seeds = [seed for seed in rows for _ in range(columns)]
    wanted: dict[str, Any] = {condition.name: list(condition.labels) * len(rows)}
    images = model.generate(seeds, **wanted)
    caption = f"A seed a row, from 0 to {rows[-1]}, a {condition.name} a column: untruncated and not selected"
    return Sheet(SAMPLES_FILE, caption, images, columns)


def _rebuilt(model: genapp.Model, test: Pictures) -> list[Sheet]:
    if model.config.task not in texts.STAND_INS:
        originals = test.images[: _SHOWN // 2]
        shown = f"The first {len(originals)} test pictures"
    else:
        generator = _stand_in(model)
        if generator is None:
            return []
        originals = generator.generate(range(_SHOWN // 2))
        shown = f"Samples of {generator.config.name}, seeds 0 to {len(originals) - 1}"
    images = _interleaved(originals, model.decode(model.encode(originals)), _COLUMNS)
    return [Sheet(SAMPLES_FILE, f"{shown}, each row above its reconstructions", images)]


def _interleaved(above: np.ndarray, below: np.ndarray, columns: int) -> np.ndarray:
    """Rows of `columns` pictures of `above`, each followed by the row of `below` that belongs to it."""
    rows = [part[i : i + columns] for i in range(0, len(above), columns) for part in (above, below)]
    return np.concatenate(rows)
