"""Score an exported model folder through the serving engine, and keep the scores in its metrics.json.

    python -m training evaluate digits-gan
    python -m training evaluate faces-gan --data data/celeba

What is scored follows from config.json alone: a judge's reading of the test pictures; the samples of whatever has a
prior; the reconstructions of whatever has an encoder. `scores.py` says how."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image

import genapp
from genapp.model.config import ModelConfig
from genapp.model.hardware import usable_cores
from genapp.pixels.sheet import contact_sheet, enlarge
from training.core import provenance
from training.data.pictures import CACHE, Pictures
from training.evaluation import scores
from training.evaluation.attribute_scores import PER_SIDE, attribute_reading, requested_attributes
from training.evaluation.features import EFFICIENTNET, Features
from training.evaluation.metrics_file import Kind, merge_metrics
from training.evaluation.scores import Reader

MOST_SAMPLES = 10_000
JUDGES = {"digits": "digits-judge"}
"""The judge of a task's models; all others are read by EfficientNet-Lite0."""
ATTRIBUTE_JUDGES = {"faces": "faces-judge"}
"""The judge of a task's attributes."""


def judge_for(model_config: ModelConfig, models: Path, name: str | None = None) -> str:
    """What `Reader.load` takes for a model: the network called `name`, or else its task's own. A judge reads itself."""
    name = name or (model_config.name if model_config.role == "judge" else JUDGES.get(model_config.task, EFFICIENTNET))
    return str(models / name) if (models / name).is_dir() else name


def attribute_judge_for(model_config: ModelConfig, models: Path) -> genapp.Model | None:
    """The judge of a conditional model's attributes, beside it or shipped; None for other models.

    Raises ValueError where a model's attributes have no judge.
    """
    name = ATTRIBUTE_JUDGES.get(model_config.task)
    if name is None or not model_config.attribute_conditions:
        return None
    return genapp.load_model(str(models / name) if (models / name).is_dir() else name)


def evaluate(
    folder: Path,
    train: Pictures,
    test: Pictures,
    reader: Reader,
    count: int | None = None,
    seed: int = 0,
    command: str = "",
    inception: Features | None = None,
    nearest: Path | None = None,
    cache: Path = CACHE,
    attribute_judge: genapp.Model | None = None,
    only: Kind | None = None,
) -> dict[str, dict]:
    """Score the model in `folder` and merge what was found into its metrics.json.

    Args:
        train, test: real pictures of the model's size; a judge needs the labels of the test pictures.
        reader: gives the features and classes; of a judge's folder, that judge.
        count: samples, of seeds `seed` to `seed + count - 1`, untruncated; at most as many test pictures are rebuilt.
            None: as many as there are test pictures, but no more than 10,000.
        seed: decides the samples, the training subset they are compared with, and the subsets of the kernel distance.
        command: what was typed, kept beside the scores.
        inception: the standard FID's network; None leaves that score out.
        nearest: picture file to write with the samples that are nearest to training pictures, each beside its own.
        cache: keeps features of real pictures.
        attribute_judge: reads the attributes of what a conditional model draws.
        only: the one kind of scores to take; the others stay as they are.

    Returns:
        "classification" of a judge; "samples" (and "inception") of a model with a prior, "requested" of one that can be
        conditioned on what a judge knows, "reconstruction" of one with an encoder.

    Raises:
        ValueError: sizes, counts or roles that do not fit; the message says which.
    """
    model = genapp.load_model(str(folder))
    count = min(MOST_SAMPLES, len(test)) if count is None else count
    _check(model.config, reader, train, test, count)
    if only not in (None, "samples") and (nearest or inception):
        raise ValueError(
            f"the nearest pairs and the standard FID are scores of samples: leave them out with only {only}"
        )
    if nearest is not None:
        _check_nearest(model.config, nearest, folder)
    found: dict[str, dict] = {}

    def wanted(kind: Kind) -> bool:
        return only in (None, kind)

    if model.config.role == "judge" and wanted("classification"):
        found["classification"] = (attribute_reading if model.config.attributes else scores.classification)(model, test)
    if model.config.sampling and wanted("samples"):
        found["samples"] = scores.samples(model, reader, train, test, count, seed, cache)
        if nearest is not None:
            write_nearest(model, train, found["samples"]["closest_to_training"], nearest)
        if inception is not None:
            found["inception"] = scores.inception(model, inception, train, test, count, seed, cache)
    condition = model.config.class_condition
    class_judge = (
        reader.judge if condition and reader.judge and condition.labels == reader.judge.config.labels else None
    )
    if condition and class_judge and wanted("requested"):
        found["requested"] = scores.requested(model, condition, class_judge, test, count, seed)
    if attribute_judge is not None and wanted("requested"):
        found["requested"] = requested_attributes(model, attribute_judge, test, seed, min(PER_SIDE, count))
    if "encoder" in model.config.graphs and wanted("reconstruction"):
        found["reconstruction"] = scores.reconstruction(model, reader, test.part(0, count))
    if only and not found:
        raise ValueError(f"{model.config.name} has no scores of the kind {only}")
    setting = {
        "pictures": "uint8 {}x{}x{}, not re-encoded".format(*test.images.shape[1:]),
        "data": {"train": _named(train), "test": _named(test)},
        "seed": seed,
        "command": command,
        "commit": provenance.commit(),
        "processor": provenance.processor_name(),
        "cores": usable_cores(),
        "provider": model.provider,
        "onnxruntime": onnxruntime.__version__,
        "torchmetrics": version("torchmetrics"),
    }
    for key, values in found.items():
        merge_metrics(folder, key, values | setting)
    return found


def write_nearest(model: genapp.Model, train: Pictures, closest: list[dict], path: Path) -> None:
    """Write a sheet of the samples nearest to training pictures, each at the left of its own, the nearest first.

    closest: entries of "closest_to_training". The sheet shows training pictures: it is for a look, not for publishing.
    """
    drawn = model.generate(seeds=[pair["seed"] for pair in closest])
    known = np.stack([train.images[pair["training_picture"]][:, :: -1 if pair["mirrored"] else 1] for pair in closest])
    pairs = np.stack([drawn, known], axis=1).reshape(-1, *drawn.shape[1:])
    sheet = contact_sheet(enlarge(pairs, max(1, 128 // model.config.image.width)), columns=8)
    Image.fromarray(sheet[..., 0] if sheet.shape[-1] == 1 else sheet).save(path)


def _check(model_config: ModelConfig, reader: Reader, train: Pictures, test: Pictures, count: int) -> None:
    size = (model_config.image.height, model_config.image.width, model_config.image.channels)
    if reader.judge is not None and reader.judge.config.output != model_config.output:
        raise ValueError(f"{reader.features.name} does not read the pictures of {model_config.name}, which are {size}")
    for name, pictures in (("training", train), ("test", test)):
        if pictures.images.shape[1:] != size:
            raise ValueError(
                f"the {name} pictures are {pictures.images.shape[1:]}, those of {model_config.name} are {size}"
            )
    if model_config.role == "judge" and not model_config.attributes and test.labels is None:
        raise ValueError(f"{test.source} has no labels: a judge is scored on labelled pictures")
    if model_config.role != "judge" and not 4 <= count <= len(train) // 2:
        raise ValueError(f"count must be from 4 to {len(train) // 2}, half of the training pictures, not {count}")


def _check_nearest(model_config: ModelConfig, nearest: Path, folder: Path) -> None:
    if not model_config.sampling:
        raise ValueError(f"{model_config.name} draws no samples: there are no nearest pairs to show")
    if folder.resolve() in nearest.resolve().parents:
        raise ValueError(f"{nearest} is inside the model folder, which gets published: choose another place")
    if not nearest.parent.is_dir():
        raise ValueError(f"there is no folder {nearest.parent} to write {nearest.name} into")
    if nearest.suffix.lower() not in (".png", ".jpg", ".webp"):
        raise ValueError(f"{nearest} must end in .png, .jpg or .webp")


def _named(pictures: Pictures) -> dict[str, str]:
    return {"source": pictures.source, "sha256": pictures.sha256}
