"""What a model is scored on: its samples against real pictures, its reconstructions, a judge's reading.

Beside a score stands, as `real`, the same score of real pictures: a training subset as large as the sample, treated as
if a model had made it. No model needs to do better than that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import genapp
from genapp.model.config import ClassCondition, ModelConfig
from training.data.pictures import CACHE, Pictures
from training.evaluation import detector, identity, metrics
from training.evaluation.feature_cache import features_of, real_features_of
from training.evaluation.features import EFFICIENTNET, Features, load_features, network_of

FACES = "faces"
"""The task whose samples a face detector looks at, too, and whose training shows pictures mirrored as well."""
LOOKED_AT = 1_000
"""Pictures that the face detector looks at, and pairs that the face-recognition network compares."""
CLOSEST = 16
"""Pairs of a sample and the training picture nearest to it that are named."""
_AT_ONCE = 1000  # pictures compared at a time: bounds the memory of float copies


@dataclass(frozen=True)
class Reader:
    """Reads pictures: their `features`, and by a `judge` of ours their classes too."""

    features: Features
    judge: genapp.Model | None = None

    @classmethod
    def load(cls, name: str) -> Reader:
        """Of "efficientnet-lite0", or of a judge's model folder or name. Raises ValueError when it is no judge."""
        if name == EFFICIENTNET:
            return cls(load_features(name))
        judge = genapp.load_model(name)
        if judge.config.role != "judge":
            raise ValueError(f"{judge.config.name} is a {judge.config.role}: scores need the features of a judge")
        return cls(load_features(name), judge)

    @property
    def described(self) -> dict[str, str]:
        """What a number read by it has to name."""
        return {"name": self.features.name, "model_sha256": self.features.sha256, "resize": self.features.resize}


def samples(
    model: genapp.Model, reader: Reader, train: Pictures, test: Pictures, count: int, seed: int, cache: Path = CACHE
) -> dict:
    """Scores of `count` untruncated samples, of seeds `seed` on, against the test pictures.

    In the features of `reader`: Frechet and kernel distance, precision and recall, how well a linear classifier tells
    samples from real pictures, how near they come to training pictures. Shares of classes where the reader knows any;
    for faces, the share in which a detector finds exactly one. `cache` keeps the features of real pictures.
    """
    images = model.generate(seeds=range(seed, seed + count))
    order = np.random.RandomState(seed).permutation(len(train))
    subset, rest = np.sort(order[:count]), np.sort(order[count:])
    reference = real_features_of(reader.features, test.images, "test pictures", cache)
    known = real_features_of(reader.features, train.images, "training pictures", cache)
    features = features_of(reader.features, images, "samples")
    searched, among = known, rest
    if model.config.task == FACES:
        mirrored = real_features_of(reader.features, train.images[:, :, ::-1], "mirrored training pictures", cache)
        searched, among = np.concatenate([known, mirrored]), np.concatenate([rest, len(train) + rest])
    held_out = metrics.nearest_distance(reference, searched).distances
    nearest = metrics.nearest_distance(features, searched)
    ours = _against(features, reference, nearest.distances, held_out, seed)
    real_distances = metrics.nearest_distance(known[subset], searched[among]).distances
    real = _against(known[subset], reference, real_distances, held_out, seed)
    scores: dict[str, Any] = {name: {"value": value, "real": real[name]} for name, value in ours.items()}
    for name in ("frechet_distance", "kernel_distance"):
        scores[name]["less_real"] = ours[name] - real[name]
    spread = scores.pop("kernel_distance_spread")
    scores["kernel_distance"] |= {"spread": spread["value"], "real_spread": spread["real"]}
    closest = np.argsort(nearest.distances, kind="stable")[:CLOSEST]
    scores["closest_to_training"] = [
        {
            "seed": seed + int(i),
            "training_picture": int(nearest.indices[i] % len(train)),
            "mirrored": bool(nearest.indices[i] >= len(train)),
            "distance": nearest.distances[i],
        }
        for i in closest
    ]
    counts = {"samples": count, "reference": len(test), "real": count, "training": len(train)}
    if reader.judge is not None:
        scores["class_shares"] = _class_shares(reader.judge, images, train.images[subset])
    if model.config.task == FACES:
        scores["one_face"] = {
            "value": detector.one_face_share(images[:LOOKED_AT]),
            "real": detector.one_face_share(test.images[:LOOKED_AT]),
            "detector": detector.NAME,
        }
        counts |= {"looked_at": len(images[:LOOKED_AT]), "real_looked_at": len(test.images[:LOOKED_AT])}
    return scores | {"counts": counts, "truncation": 1.0, "network": reader.described}


def requested(
    model: genapp.Model, condition: ClassCondition, judge: genapp.Model, test: Pictures, count: int, seed: int
) -> dict[str, Any]:
    """How often samples are of the class that they were drawn under, as a judge reads them.

    `count` untruncated samples of seeds `seed` on, each class of `condition` in turn; beside it, as `real`, how often
    the judge agrees with the labels of the test pictures.
    """
    classes = np.arange(count) % len(condition.labels)
    values: dict[str, Any] = {condition.name: [condition.labels[label] for label in classes]}
    images = model.generate(range(seed, seed + count), **values)
    right = judge.classify(images)[0].argmax(1) == classes
    by_class = {name: right[classes == label].mean() for label, name in enumerate(condition.labels)}
    share = float(right.mean())
    return {
        "as_asked": {
            "value": share,
            "standard_error": math.sqrt(share * (1 - share) / count),
            "real": _accuracy(judge, test.images, test),
        },
        "as_asked_worst": {"value": min(by_class.values())},
        "as_asked_by_class": by_class,
        "counts": {"samples": count, "real": len(test)},
        "truncation": 1.0,
        "network": network_of(judge),
    }


def _labelled(model_config: ModelConfig, pictures: Pictures) -> dict[str, list[str]]:
    """The conditions under which a model sees `pictures`: their labels, where it takes one."""
    condition = model_config.class_condition
    if condition is None:
        return {}
    return {condition.name: [pictures.label_names[label] for label in pictures.given_labels]}


def inception(
    model: genapp.Model, features: Features, train: Pictures, test: Pictures, count: int, seed: int, cache: Path = CACHE
) -> dict:
    """The Frechet distance in `features` of the standard Inception network (FID): of the pictures that `samples`
    scores, and of as many training pictures."""
    images = model.generate(seeds=range(seed, seed + count))
    subset = np.sort(np.random.RandomState(seed).permutation(len(train))[:count])
    reference = real_features_of(features, test.images, "test pictures", cache)
    ours = metrics.frechet_distance(features_of(features, images, "samples"), reference)
    known = real_features_of(features, train.images[subset], "training pictures", cache)
    real = metrics.frechet_distance(known, reference)
    return {
        "frechet_inception_distance": {"value": ours, "real": real, "less_real": ours - real},
        "counts": {"samples": count, "reference": len(test), "real": count},
        "truncation": 1.0,
        "network": Reader(features).described,
    }


def reconstruction(model: genapp.Model, reader: Reader, test: Pictures) -> dict:
    """How well encoder and generator give back test pictures: error in [0, 1] units of brightness; where there are
    labels, the share whose class the judge still reads rightly; of faces, how like they are to a face-recognition
    network, and how like strangers are."""
    labels = _labelled(model.config, test)
    rebuilt = model.decode(model.encode(test.images, **labels), **labels)
    error = _squared_errors(test.images, rebuilt).mean()
    scores: dict[str, Any] = {
        "mean_squared_error": {"value": error, "real": 0.0},
        # Of the mean error, not the mean of each picture's: one perfect picture would make that infinite.
        "psnr_db": {"value": -10 * math.log10(error) if error > 0 else None, "real": None},
        "counts": {"reconstructed": len(test)},
    }
    if reader.judge is not None and test.labels is not None:
        kept = _accuracy(reader.judge, rebuilt, test)
        scores["class_kept"] = {"value": kept, "real": _accuracy(reader.judge, test.images, test)}
        scores["network"] = reader.described
    if model.config.task == FACES:
        originals, copies = identity.describe(test.images[:LOOKED_AT]), identity.describe(rebuilt[:LOOKED_AT])
        centre = originals.mean(0)
        scores["likeness"] = {"value": identity.likeness(originals, copies, centre).mean(), "network": identity.NAME}
        scores["strangers"] = {"value": identity.likeness(originals, np.roll(originals, 1, axis=0), centre).mean()}
        scores["counts"]["looked_at"] = len(originals)
    return scores


def classification(judge: genapp.Model, test: Pictures) -> dict:
    """How well a judge of classes reads the test pictures: accuracy with its standard error, calibration, what it
    confuses."""
    probabilities, _ = judge.classify(test.images)
    labels, names = np.asarray(test.labels), judge.config.labels
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
        "network": network_of(judge),
    }


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
        "linear_accuracy": metrics.linear_accuracy(features, reference, seed=seed),
        "memorised": metrics.memorised_share(to_training, held_out),
        # Beside it, as data sets hold photographs twice: the nearest percent of test pictures may all be such twins.
        "near_training": metrics.memorised_share(to_training, held_out, percentile=5),
        "median_distance_to_training": float(np.median(to_training)),
    }


def _class_shares(judge: genapp.Model, images: NDArray, real: NDArray) -> dict:
    shares, real_shares = (metrics.class_shares(judge.classify(pictures)[0]) for pictures in (images, real))
    return {
        "value": _by_label(judge.config, shares),
        "minimum": shares.min(),
        "maximum": shares.max(),
        "real": _by_label(judge.config, real_shares),
    }


def _by_label(judge: ModelConfig, shares: NDArray) -> dict[str, float]:
    return dict(zip(judge.labels, shares.tolist(), strict=True))


def _accuracy(judge: genapp.Model, images: NDArray, test: Pictures) -> float:
    return float(np.mean(judge.classify(images)[0].argmax(1) == test.labels))


def _squared_errors(images: NDArray, rebuilt: NDArray) -> NDArray[np.float64]:
    """Mean squared error (N,) of each picture, brightness in [0, 1]."""
    pieces = [
        np.square((images[i : i + _AT_ONCE].astype(np.float32) - rebuilt[i : i + _AT_ONCE]) / 255)
        for i in range(0, len(images), _AT_ONCE)
    ]
    return np.concatenate([piece.mean(axis=(1, 2, 3), dtype=np.float64) for piece in pieces])
