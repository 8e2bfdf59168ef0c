"""Score an exported model folder through the serving engine, and keep the scores in its metrics.json.

    python -m training evaluate digits-gan

What is scored follows from the card alone: a judge's reading of the test pictures; the samples of whatever has a prior;
the reconstructions of whatever has an encoder. Beside a score stands, as `real`, the same score of real pictures: a
training subset as large as the sample, treated as if a model had made it. No model needs to do better than that."""

from __future__ import annotations

import json
import math
import os
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

import genapp
from genapp.card import Card
from genapp.processor import usable_cores
from training import metrics, provenance
from training.data import Pictures

METRICS_FILE = "metrics.json"
_AT_ONCE = 1000  # pictures compared at a time: bounds the memory of float copies


def evaluate(
    folder: Path, train: Pictures, test: Pictures, judge: Path, count: int = 10_000, seed: int = 0, command: str = ""
) -> dict[str, dict]:
    """Score the model in `folder` and merge what was found into its metrics.json.

    Args:
        train, test: real pictures of the model's size; a judge needs the labels of the test pictures.
        judge: folder of the network whose features and classes are used; not looked at when `folder` is a judge itself.
        count: samples, of seeds `seed` to `seed + count - 1`, untruncated; at most as many test pictures are rebuilt.
        seed: decides the samples, the training subset they are compared with, and the subsets of the kernel distance.
        command: what was typed, kept beside the scores.

    Returns:
        "classification" of a judge; "samples" of a model with a prior, "reconstruction" of one with an encoder.

    Raises:
        ValueError: sizes, counts or roles that do not fit; the message says which.
    """
    model = genapp.load_model(str(folder))
    is_judge = model.card.role == "judge"
    reader = model if is_judge else genapp.load_model(str(judge))
    _check(model.card, reader.card, train, test, count)
    found: dict[str, dict] = {}
    if is_judge:
        found["classification"] = classification(model, test)
    if model.card.sampling:
        found["samples"] = samples(model, reader, train, test, count, seed)
    if "encoder" in model.card.graphs:
        found["reconstruction"] = reconstruction(model, reader, test.part(0, count))
    setting = {
        "network": {"name": reader.card.name, "model_sha256": reader.card.model_sha256},
        "pictures": "uint8 {}x{}x{}, neither resized nor re-encoded".format(*test.images.shape[1:]),
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


def samples(model: genapp.Model, judge: genapp.Model, train: Pictures, test: Pictures, count: int, seed: int) -> dict:
    """Scores of `count` untruncated samples against the test pictures, in the features and classes of `judge`."""
    order = np.random.RandomState(seed).permutation(len(train))
    subset, rest = np.sort(order[:count]), np.sort(order[count:])
    probabilities, features = judge.classify(model.generate(seeds=range(seed, seed + count)))
    real_probabilities, real_features = judge.classify(train.images)
    _, reference = judge.classify(test.images)
    held_out = metrics.nearest_distance(reference, real_features).distances
    nearest = metrics.nearest_distance(features, real_features)
    ours = _against(features, reference, nearest.distances, held_out, seed)
    real = _against(
        real_features[subset],
        reference,
        metrics.nearest_distance(real_features[subset], real_features[rest]).distances,
        held_out,
        seed,
    )
    scores: dict[str, Any] = {name: {"value": value, "real": real[name]} for name, value in ours.items()}
    for name in ("frechet_distance", "kernel_distance"):
        scores[name]["less_real"] = ours[name] - real[name]
    spread = scores.pop("kernel_distance_spread")
    scores["kernel_distance"] |= {"spread": spread["value"], "real_spread": spread["real"]}
    closest = np.argsort(nearest.distances, kind="stable")[:8]
    scores["closest_to_training"] = [
        {"seed": seed + int(i), "training_picture": int(nearest.indices[i]), "distance": nearest.distances[i]}
        for i in closest
    ]
    scores["class_shares"] = _shares(judge.card, probabilities) | {
        "real": _shares(judge.card, real_probabilities[subset])["value"]
    }
    scores["counts"] = {"samples": count, "reference": len(test), "real": count, "training": len(train)}
    return scores | {"truncation": 1.0}


def reconstruction(model: genapp.Model, judge: genapp.Model, test: Pictures) -> dict:
    """How well encoder and generator give back test pictures: error in [0, 1] units of brightness, and where there are
    labels, the share whose class the judge still reads rightly."""
    rebuilt = model.decode(model.encode(test.images))
    error = _squared_errors(test.images, rebuilt).mean()
    scores: dict[str, Any] = {
        "mean_squared_error": {"value": error, "real": 0.0},
        # Of the mean error, not the mean of each picture's: one perfect picture would make that infinite.
        "psnr_db": {"value": -10 * math.log10(error) if error > 0 else None, "real": None},
    }
    if test.labels is not None:
        scores["class_kept"] = {"value": _accuracy(judge, rebuilt, test), "real": _accuracy(judge, test.images, test)}
    return scores | {"counts": {"reconstructed": len(test)}}


def classification(judge: genapp.Model, test: Pictures) -> dict:
    """How well a judge reads the test pictures: accuracy with its standard error, calibration, what it confuses."""
    probabilities, _ = judge.classify(test.images)
    labels, names = np.asarray(test.labels), judge.card.labels
    matrix = metrics.confusion(probabilities.argmax(1), labels, len(names))
    accuracy = matrix.trace() / len(test)
    per_class = matrix.diagonal() / np.maximum(matrix.sum(1), 1)
    mistakes = [
        {"true": names[row], "read_as": names[column], "count": int(matrix[row, column])}
        for row, column in zip(*np.nonzero(matrix - np.diag(matrix.diagonal())), strict=True)
    ]
    return {
        "accuracy": {"value": accuracy, "standard_error": math.sqrt(accuracy * (1 - accuracy) / len(test))},
        "accuracy_by_class": dict(zip(names, per_class.tolist(), strict=True)),
        "calibration_error": {"value": metrics.calibration_error(probabilities, labels), "bins": 15},
        "most_confused": sorted(mistakes, key=lambda pair: -pair["count"])[:8],
        "counts": {"pictures": len(test), "misread": int(len(test) - matrix.trace())},
    }


def merge_metrics(folder: Path, key: str, values: dict) -> None:
    """Put `values` under `key` into `folder`'s metrics.json, with the model_sha256 of the weights they hold for.

    Other keys stay, except those measured on other weights: they are no longer true. Numbers are kept to six digits.
    Raises ValueError when the file is not JSON, or a number is not finite.
    """
    path, weights = Path(folder) / METRICS_FILE, Card.load(folder).model_sha256
    kept = {name: block for name, block in read_metrics(folder).items() if block.get("model_sha256") == weights}
    kept[key] = _rounded(values) | {"model_sha256": weights}
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(kept, indent=2, allow_nan=False) + "\n", "utf-8")
    partial.replace(path)


def read_metrics(folder: Path) -> dict[str, dict]:
    """What `folder`'s metrics.json holds; {} without one. Raises ValueError when it is not a JSON object of objects."""
    path = Path(folder) / METRICS_FILE
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON ({error}): delete it and evaluate again") from None
    if not isinstance(content, dict) or not all(isinstance(block, dict) for block in content.values()):
        raise ValueError(f"{path} does not hold scores by name: delete it and evaluate again")
    return content


def _check(card: Card, judge: Card, train: Pictures, test: Pictures, count: int) -> None:
    if judge.role != "judge":
        raise ValueError(f"{judge.name} is a {judge.role}: scores need the features of a judge")
    size = (card.output.height, card.output.width, card.output.channels)
    if judge.output != card.output:
        raise ValueError(f"{judge.name} does not read the pictures of {card.name}, which are {size}")
    for name, pictures in (("training", train), ("test", test)):
        if pictures.images.shape[1:] != size:
            raise ValueError(f"the {name} pictures are {pictures.images.shape[1:]}, those of {card.name} are {size}")
    if card.role == "judge" and test.labels is None:
        raise ValueError(f"{test.source} has no labels: a judge is scored on labelled pictures")
    if card.role != "judge" and not 4 <= count <= len(train) // 2:
        raise ValueError(f"count must be from 4 to {len(train) // 2}, half of the training pictures, not {count}")


def _against(
    features: NDArray, reference: NDArray, to_training: NDArray, held_out: NDArray, seed: int
) -> dict[str, float]:
    kernel, spread = metrics.kernel_distance(features, reference, seed=seed)
    precision, recall = metrics.precision_recall(features, reference)
    return {
        "frechet_distance": metrics.frechet_distance(features, reference),
        "kernel_distance": kernel,
        "kernel_distance_spread": spread,
        "precision": precision,
        "recall": recall,
        "memorised": metrics.memorised_share(to_training, held_out),
        "median_distance_to_training": float(np.median(to_training)),
    }


def _shares(judge: Card, probabilities: NDArray) -> dict:
    shares = metrics.class_shares(probabilities)
    named = dict(zip(judge.labels, shares.tolist(), strict=True))
    return {"value": named, "minimum": shares.min(), "maximum": shares.max()}


def _accuracy(judge: genapp.Model, images: NDArray, test: Pictures) -> float:
    return float(np.mean(judge.classify(images)[0].argmax(1) == test.labels))


def _squared_errors(images: NDArray, rebuilt: NDArray) -> NDArray[np.float64]:
    """Mean squared error (N,) of each picture, brightness in [0, 1]."""
    pieces = [
        np.square((images[i : i + _AT_ONCE].astype(np.float32) - rebuilt[i : i + _AT_ONCE]) / 255)
        for i in range(0, len(images), _AT_ONCE)
    ]
    return np.concatenate([piece.mean(axis=(1, 2, 3), dtype=np.float64) for piece in pieces])


def _named(pictures: Pictures) -> dict[str, str]:
    return {"source": pictures.source, "sha256": pictures.sha256}


def _rounded(value: Any) -> Any:
    """Plain JSON values, floats to six significant digits: more would be noise."""
    if isinstance(value, dict):
        return {str(name): _rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
