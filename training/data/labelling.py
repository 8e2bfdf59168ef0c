"""Says of pictures that nobody has labelled what a judge of attributes sees in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

import genapp
from training.data.conditioning import half_of, joint_table
from training.data.pictures import Pictures
from training.data.sources import DataError

_AT_ONCE = 256


def label_the_rest(pictures: Pictures, labeller: genapp.Model) -> Pictures:
    """The same pictures (`Pictures.with_attributes`), where labels are unknown with those that `labeller` gives.

    A judge's probabilities are not frequencies. So a threshold is chosen for each attribute, at which the labeller says
    yes as often as people did of the second half of the labelled pictures (`conditioning.half_of`); it was trained on
    the first half. A picture that would get a combination of attributes that no labelled picture has keeps its labels
    as they are.

    Raises `DataError` where the labeller does not know an attribute, is made for another size, or nothing is labelled.
    """
    labels = np.asarray(pictures.labels)
    missing = [name for name in pictures.label_names if name not in labeller.config.attributes]
    if missing:
        knows = ", ".join(labeller.config.attributes) or "no attributes"
        raise DataError(f"the labeller {labeller.config.name} does not know {missing[0]!r}; it knows {knows}")
    size = labeller.config.image
    if pictures.images.shape[1:] != (size.height, size.width, size.channels):
        shape = "x".join(map(str, pictures.images.shape[1:]))
        raise DataError(f"the labeller {labeller.config.name} does not read pictures of {shape}")
    compared = (labels != 0).all(1) & (half_of(labels, "second") > 0)
    if not compared.any():
        raise DataError(f"{pictures.source}: too few pictures say for all of {', '.join(pictures.label_names)}")
    unknown = (labels == 0).any(1)
    columns = [labeller.config.attributes.index(name) for name in pictures.label_names]

    def probabilities(which: NDArray[np.bool_]) -> NDArray[np.float32]:
        rows = np.flatnonzero(which)
        parts = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
        found = [labeller.classify(np.asarray(pictures.images[part]))[0][:, columns] for part in parts]
        return np.concatenate(found) if found else np.zeros((0, len(columns)), np.float32)

    limits = as_often(probabilities(compared), labels[compared] > 0)
    filled = labels.copy()
    filled[unknown] = completed(labels[unknown], probabilities(unknown) > limits, joint_table(labels).rows)
    print(f"{labeller.config.name} labels {(filled != labels).any(1).sum():,} of {unknown.sum():,} pictures")
    return replace(pictures, labels=filled)


def as_often(probabilities: NDArray[np.float32], truth: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Float64 (K,): above these, probabilities (N, K) are as many as are true."""
    shares = truth.mean(0)
    return np.array([np.quantile(column, 1 - share) for column, share in zip(probabilities.T, shares, strict=True)])


def completed(labels: NDArray[np.float32], reads: NDArray[np.bool_], possible: NDArray[np.int8]) -> NDArray[np.float32]:
    """`labels` (N, K) of -1, 0 and 1 with `reads` (N, K) where they are 0, but only in rows that are then `possible`
    (M, K) ones."""
    filled = np.where(labels == 0, np.where(reads, 1, -1), labels).astype(np.float32)
    known = {row.tobytes() for row in possible.astype(np.float32)}
    fits = np.array([row.tobytes() in known for row in filled], bool)
    return np.where(fits[:, None], filled, labels)
