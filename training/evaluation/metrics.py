"""Scores of generated pictures, as pure functions of features (N, F) and probabilities (N, K).

No score means anything without the network that gave the features and the sample counts: print them beside it
(`evaluate.py` does). Arithmetic is float64; distance matrices are made in chunks, so 10,000 against 60,000 rows needs
about 100 MB beside the features."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torchmetrics.functional.classification import multiclass_calibration_error
from torchmetrics.image.fid import FrechetInceptionDistance
from torchmetrics.image.kid import poly_mmd

_DECAY = 0.1  # of the linear classifier's weights: with it 3,000 rows of 1,280 columns are not learned by heart
_CHUNK_ELEMENTS = 4_000_000  # of one piece of a distance matrix: 32 MB in float64


class Nearest(NamedTuple):
    """Of every row the nearest reference row: Euclidean distances float64 (N,), reference rows' indices int64 (N,)."""

    distances: NDArray[np.float64]
    indices: NDArray[np.int64]


class _Identity(torch.nn.Module):
    """What torchmetrics takes for a feature network where the features are already there."""

    def __init__(self, num_features: int) -> None:
        super().__init__()
        self.num_features = num_features

    def forward(self, features: Tensor) -> Tensor:
        return features


def frechet_distance(features: NDArray, reference: NDArray) -> float:
    """Frechet distance of the two Gaussians fitted to features (N, F) and reference (M, F), float32 or float64.

    |mu_1 - mu_2|^2 + tr(S_1 + S_2 - 2 (S_1 S_2)^(1/2)), unbiased covariances (Heusel et al. 2017, "GANs trained by a
    two time-scale update rule"). It is biased upwards at finite counts, so compare equal counts only.
    Raises ValueError for shapes that do not fit, fewer than two rows, or values that are not finite.
    """
    ours, theirs = _pair(features, reference, least=2)
    metric = FrechetInceptionDistance(_Identity(ours.shape[1]))
    # One shift for both leaves the distance as it is and keeps `sum of squares - n mean^2` from cancelling.
    middle = theirs.mean(0)
    metric.update(theirs - middle, real=True)
    metric.update(ours - middle, real=False)
    return max(0.0, metric.compute().item())  # rounding may give -1e-12 for equal sets


def kernel_distance(
    features: NDArray, reference: NDArray, subsets: int = 100, subset_size: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """Kernel distance (KID): mean and standard deviation over random subsets of the unbiased squared MMD.

    k(x, y) = (x.y / F + 1)^3; E k(x, x') + E k(y, y') - 2 E k(x, y), diagonals left out (Binkowski et al. 2018,
    "Demystifying MMD GANs"). Unlike the Frechet distance it does not depend on the count and may be slightly negative.
    Subsets are drawn without replacement by `seed`; `subset_size` is cut to the smaller set. Raises ValueError as
    `frechet_distance` does.
    """
    ours, theirs = _pair(features, reference, least=2)
    size = min(subset_size, len(ours), len(theirs))
    random = np.random.RandomState(seed)
    scores = [
        poly_mmd(theirs[random.permutation(len(theirs))[:size]], ours[random.permutation(len(ours))[:size]]).item()
        for _ in range(subsets)
    ]
    return float(np.mean(scores)), float(np.std(scores))


def precision_recall(features: NDArray, reference: NDArray, k: int = 3) -> tuple[float, float]:
    """How much of `features` looks real, how much of the real they reach (Kynkaanniemi et al. 2019, "Improved precision
    and recall metric for assessing generative models").

    A set's manifold is the union of balls around its rows, each reaching to the row's k-th nearest other row. Precision
    is the share of `features` inside the manifold of `reference`, recall the share of `reference` inside that of
    `features`. Both in [0, 1]. Raises ValueError as `frechet_distance` does, and for k rows or fewer.
    """
    ours, theirs = _pair(features, reference, least=k + 1)
    precision = _share_inside(ours, theirs, _radii(theirs, k))
    recall = _share_inside(theirs, ours, _radii(ours, k))
    return precision, recall


def nearest_distance(features: NDArray, reference: NDArray) -> Nearest:
    """For every row of features (N, F) the nearest row of reference (M, F).

    The search is float32; the distance to the row found is then taken again in float64, so that a copy has distance 0.
    Raises ValueError as `frechet_distance` does.
    """
    ours, theirs = _pair(features, reference, least=1)
    middle = theirs.mean(0)
    queries, rows = (ours - middle).float(), (theirs - middle).float()
    squares = rows.square().sum(1)
    # |a - b|^2 = |a|^2 - 2 a.b + |b|^2, and |a|^2 does not change which b is nearest.
    indices = _by_chunks(queries, rows, lambda piece: (squares - 2 * (piece @ rows.T)).argmin(1), torch.int64)
    distances = (ours - theirs[indices]).square().sum(1).sqrt()
    return Nearest(distances.numpy(), indices.numpy())


def memorised_share(distances: NDArray, held_out: NDArray, percentile: float = 1.0) -> float:
    """Share in [0, 1] of pictures suspiciously near to a training picture; chance alone gives about `percentile` / 100.

    Near means nearer than the given percentile of `held_out`. Both are distances (N,) to the nearest training picture,
    of generated and of held-out real pictures (the test of Meehan et al. 2020, "A non-parametric test to detect
    data-copying in generative models", at one quantile).
    Raises ValueError when one of them is empty.
    """
    if not len(distances) or not len(held_out):
        raise ValueError("memorised_share needs at least one distance of each kind")
    return float(np.mean(np.asarray(distances) < np.percentile(held_out, percentile)))


def linear_accuracy(features: NDArray, reference: NDArray, seed: int = 0) -> float:
    """Share in [0, 1] of held-out rows that a linear classifier rightly calls `features` or `reference`; 0.5 is chance.

    The two-sample test of Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests": a logistic regression
    fitted to half of either set and tested on the other halves, which `seed` draws. Columns are standardised by the
    fitted half; the larger set is cut to the size of the smaller. Raises ValueError as `frechet_distance` does, and for
    fewer than four rows.
    """
    ours, theirs = _pair(features, reference, least=4)
    random = np.random.RandomState(seed)
    size = min(len(ours), len(theirs))
    half = size // 2
    ours, theirs = (rows[random.permutation(len(rows))[:size]] for rows in (ours, theirs))
    fitted, tested = torch.cat([ours[:half], theirs[:half]]), torch.cat([ours[half:], theirs[half:]])
    deviation, mean = torch.std_mean(fitted, dim=0)
    deviation[deviation == 0] = 1
    signs = torch.ones(2 * half, dtype=torch.float64)
    signs[half:] = -1
    weight, bias = _logistic_regression((fitted - mean) / deviation, signs)
    called = ((tested - mean) / deviation) @ weight + bias > 0
    return (called == (torch.arange(len(tested)) < size - half)).double().mean().item()


def class_shares(probabilities: NDArray) -> NDArray[np.float64]:
    """Shares (K,) of rows whose most probable class is k, from probabilities (N, K); they add up to 1."""
    probabilities = np.asarray(probabilities)
    if probabilities.ndim != 2 or not len(probabilities):
        raise ValueError(f"class_shares needs probabilities (N, K) with N > 0, not {probabilities.shape}")
    counts = np.bincount(probabilities.argmax(1), minlength=probabilities.shape[1])
    return counts / len(probabilities)


def calibration_error(probabilities: NDArray, labels: NDArray, bins: int = 15) -> float:
    """Expected calibration error in [0, 1] of probabilities (N, K) against labels int64 (N,): the mean over equal bins
    of confidence of |accuracy - confidence|, weighted by count (Guo et al. 2017, "On calibration of modern neural
    networks")."""
    scores, targets = torch.from_numpy(np.array(probabilities)), torch.from_numpy(np.array(labels))
    return multiclass_calibration_error(scores, targets, num_classes=scores.shape[1], n_bins=bins).item()


def confusion(predicted: NDArray, labels: NDArray, classes: int) -> NDArray[np.int64]:
    """Confusion matrix int64 (K, K): row the true class, column the predicted one."""
    return np.bincount(np.asarray(labels) * classes + predicted, minlength=classes * classes).reshape(classes, classes)


def balanced_accuracy(reads: NDArray[np.bool_], truth: NDArray) -> NDArray[np.float64]:
    """Of each of K questions, float64 (K,): the mean of how often yes and how often no are read rightly.

    reads: (N, K). truth: (N, K), above 0 is yes, below is no, 0 is not known and does not count.
    """
    sides = [
        np.where(side.any(0), (right & side).sum(0) / np.maximum(side.sum(0), 1), np.nan)
        for side, right in ((truth > 0, reads), (truth < 0, ~reads))
    ]
    return np.mean(sides, axis=0)


def _logistic_regression(rows: Tensor, signs: Tensor) -> tuple[Tensor, Tensor]:
    """Weight (F,) and bias () that minimise mean log(1 + exp(-sign score)) + `_DECAY` / 2 |weight|^2, by L-BFGS; rows
    float64 (N, F), signs -1 or 1 (N,)."""
    weight = torch.zeros(rows.shape[1], dtype=rows.dtype, requires_grad=True)
    bias = torch.zeros((), dtype=rows.dtype, requires_grad=True)
    optimizer = torch.optim.LBFGS([weight, bias], max_iter=200, tolerance_change=1e-7, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        optimizer.zero_grad()
        value = (
            torch.nn.functional.softplus(-signs * (rows @ weight + bias)).mean() + _DECAY / 2 * weight.square().sum()
        )
        value.backward()
        return value

    optimizer.step(loss)
    return weight.detach(), bias.detach()


def _pair(features: NDArray, reference: NDArray, least: int) -> tuple[Tensor, Tensor]:
    ours, theirs = (torch.from_numpy(np.array(rows, np.float64)) for rows in (features, reference))
    for name, rows in (("features", ours), ("reference", theirs)):
        if rows.ndim != 2 or len(rows) < least:
            raise ValueError(f"{name} must be (N, F) with N >= {least}, not {tuple(rows.shape)}")
        if not torch.isfinite(rows).all():
            raise ValueError(f"{name} has values that are not finite: check the network and its input")
    if ours.shape[1] != theirs.shape[1]:
        raise ValueError(
            f"features have {ours.shape[1]} columns, reference {theirs.shape[1]}: use one network for both"
        )
    return ours, theirs


def _by_chunks(rows: Tensor, against: Tensor, score: Callable[[Tensor], Tensor], dtype: torch.dtype) -> Tensor:
    """`score` of each piece of `rows` that is small enough to be compared with all of `against`, put together.

    The result has its place from the start: small ones kept between large temporaries tear the heap into gigabytes.
    """
    result = torch.empty(len(rows), dtype=dtype)
    size = max(1, _CHUNK_ELEMENTS // len(against))
    for piece, place in zip(rows.split(size), result.split(size), strict=True):
        place.copy_(score(piece))
    return result


def _radii(rows: Tensor, k: int) -> Tensor:
    """Distance to the k-th nearest other row; the nearest of all is the row itself."""
    return _by_chunks(rows, rows, lambda piece: torch.cdist(piece, rows).kthvalue(k + 1, dim=1).values, rows.dtype)


def _share_inside(rows: Tensor, centres: Tensor, radii: Tensor) -> float:
    inside = _by_chunks(rows, centres, lambda piece: (torch.cdist(piece, centres) <= radii).any(1), torch.bool)
    return inside.double().mean().item()
