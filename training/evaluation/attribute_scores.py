"""Scores of attributes: how well their judge reads real faces, and whether a conditional model draws what it is given.

The judge was trained on other people's labels than it is measured on, and no generator was trained with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import genapp
from training.data.pictures import Pictures
from training.evaluation.features import network_of
from training.evaluation.metrics import balanced_accuracy

PER_SIDE = 1_000
"""Samples with an attribute, and as many without it."""


def reads(judge: genapp.Model, images: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which of its attributes a judge sees in uint8 (N, H, W, C): bool (N, K)."""
    return judge.classify(images)[0] > 0.5


def attribute_reading(judge: genapp.Model, test: Pictures) -> dict:
    """How well a judge of attributes reads test pictures: of each the mean of its accuracies with it and without."""
    labelled = test.with_attributes(judge.config.attributes)
    by_attribute = _accuracies(judge, labelled)
    return {
        "balanced_accuracy": {"value": float(np.mean(list(by_attribute.values())))},
        "balanced_accuracy_worst": {"value": min(by_attribute.values())},
        "balanced_accuracy_by_attribute": by_attribute,
        "counts": {"labelled pictures": int((np.asarray(labelled.labels) != 0).any(1).sum())},
        "network": network_of(judge),
    }


def requested_attributes(
    model: genapp.Model, judge: genapp.Model, test: Pictures, seed: int, count: int = PER_SIDE
) -> dict:
    """Whether untruncated samples have the attributes they were drawn under, one by one.

    Of each attribute that the judge knows, `count` samples with it and as many without, of the same seeds, all else
    free. `as_asked_balanced` is the judge's balanced agreement with the attributes given, beside (`real`) its balanced
    accuracy on the labelled test pictures; `as_asked_share` is the one divided by the other. `leakage`: by how much
    setting one attribute changes the share of each other one, and how much that share differs between labelled test
    pictures with and without the first.
    """
    names = [name for name in model.config.attribute_conditions if name in judge.config.attributes]
    columns = [judge.config.attributes.index(name) for name in names]
    seeds = range(seed, seed + count)
    labelled = test.with_attributes(judge.config.attributes)
    real = _accuracies(judge, labelled)
    labels = labelled.given_labels
    truth = labels[(labels != 0).all(axis=1)] > 0
    agreement, leakage = {}, {}
    for name, column in zip(names, columns, strict=True):
        seen = {}
        for value in (True, False):
            conditions: dict[str, Any] = {name: value}
            seen[value] = reads(judge, model.generate(seeds, **conditions))
        agreement[name] = float(seen[True][:, column].mean() + 1 - seen[False][:, column].mean()) / 2
        moved = seen[True].mean(0) - seen[False].mean(0)
        in_data = truth[truth[:, column]].mean(0) - truth[~truth[:, column]].mean(0)
        leakage[name] = {
            other: {"value": float(moved[at]), "real": float(in_data[at])}
            for other, at in zip(names, columns, strict=True)
            if other != name
        }
    shares = {name: agreement[name] / real[name] for name in names}
    pairs = [pair for row in leakage.values() for pair in row.values()]
    return {
        "as_asked_balanced": {
            "value": float(np.mean(list(agreement.values()))),
            "real": float(np.mean([real[n] for n in names])),
        },
        "as_asked_share": {"value": float(np.mean(list(shares.values())))},
        "as_asked_share_worst": {"value": min(shares.values())},
        "leakage_beyond_data": {"value": float(np.mean([abs(pair["value"] - pair["real"]) for pair in pairs]))},
        "by_attribute": {
            name: {"agreement": agreement[name], "real": real[name], "share": shares[name]} for name in names
        },
        "leakage": leakage,
        "counts": {"with": count, "without": count, "labelled pictures": len(truth)},
        "truncation": 1.0,
        "network": network_of(judge),
    }


def _accuracies(judge: genapp.Model, labelled: Pictures) -> dict[str, float]:
    found = balanced_accuracy(reads(judge, np.asarray(labelled.images)), np.asarray(labelled.labels))
    return dict(zip(judge.config.attributes, found.tolist(), strict=True))
