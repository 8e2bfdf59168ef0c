"""The log-likelihood of a VAE of binarised digits by importance sampling, in torch and float32, from the checkpoint.

    log p(x) >= log 1/K sum_k p(x | w_k) p(w_k) / q(w_k | x),   w_k ~ q(. | x)

which rises to log p(x) with K (Burda et al. 2016, IWAE). Every picture has a seed of its own, and finished ones are
kept in the run's folder, so that an interrupted estimate goes on where it was.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from training.data.pictures import Pictures
from training.networks.hierarchical_vae import HierarchicalVae

AT_ONCE = 128
"""Samples in one pass: their activations stay in the processor's cache."""
KEEP_EVERY = 100


def binarise_once(images: np.ndarray, seed: int = 0) -> np.ndarray:
    """float32 (N, 1, H, W) of 0 and 1 from uint8 (N, H, W, 1): the fixed binarisation that scores are given on."""
    draw = np.random.RandomState(seed).random_sample(images.shape)
    return (draw * 255 < images).astype(np.float32).transpose(0, 3, 1, 2)


def negative_log_likelihood(
    vae: HierarchicalVae,
    pictures: np.ndarray,
    samples: int,
    seed: int = 0,
    kept: Path | None = None,
    labels: np.ndarray | None = None,
) -> np.ndarray:
    """Upper bounds of -log p(x) in nats, float64 (N,), or of -log p(x | label) with `labels` int64 (N,).

    pictures: float32 (N, 1, H, W) of 0 and 1. samples: K, importance samples a picture.
    kept: file of the finished values (.npy); NaN marks what is left to do. It must belong to these weights and
    pictures.
    """
    values = np.load(kept) if kept is not None and kept.exists() else np.full(len(pictures), np.nan)
    if len(values) != len(pictures):
        raise ValueError(f"{kept} holds {len(values)} values for {len(pictures)} pictures: delete it")
    left = np.flatnonzero(np.isnan(values))
    for done, index in enumerate(tqdm(left, desc=f"{samples} samples", unit="picture", mininterval=5.0)):
        torch.manual_seed(seed * 1_000_003 + int(index))
        picture = torch.from_numpy(pictures[index : index + 1])
        label = None if labels is None else torch.from_numpy(labels[index : index + 1])
        values[index] = _bound(vae, picture, samples, label)
        if kept is not None and (done % KEEP_EVERY == KEEP_EVERY - 1 or done == len(left) - 1):
            np.save(kept, values)
    return values


@torch.inference_mode()
def _bound(vae: HierarchicalVae, picture: Tensor, samples: int, label: Tensor | None) -> float:
    evidence = vae.evidence(picture, label)
    parts = []
    for start in range(0, samples, AT_ONCE):
        count = min(AT_ONCE, samples - start)
        noise = vae.noise(count)
        seen = [tensor.expand(count, -1, -1, -1) for tensor in evidence]
        labels = None if label is None else label.expand(count)
        raw, latents, _, log_stds = vae.infer(seen, noise, labels)
        log_weight = -vae.likelihood.negative_log_likelihood(raw, picture.expand(count, -1, -1, -1))
        for eps, draw, log_std in zip(latents, noise, log_stds, strict=True):
            log_weight += ((draw.square() - eps.square()) / 2 + log_std).flatten(1).sum(1)
        parts.append(log_weight.double())
    return math.log(samples) - torch.logsumexp(torch.cat(parts), 0).item()


def estimate(
    vae: HierarchicalVae, test: Pictures, run: Path, plan: dict[int, int], images_seen: int, seed: int = 0
) -> dict:
    """Scores for metrics.json: for each (samples -> how many of the first test pictures) the mean and its standard
    error.

    run: folder that keeps unfinished values, by the checkpoint's `images_seen`.
    """
    pictures = binarise_once(np.asarray(test.images), seed)
    labels = np.asarray(test.labels) if vae.conditional else None
    bounds = {}
    for samples, count in plan.items():
        kept = run / f"likelihood-{images_seen}-{samples}-{count}-{seed}.npy"
        first = None if labels is None else labels[:count]
        values = negative_log_likelihood(vae, pictures[:count], samples, seed, kept, first)
        bounds[str(samples)] = {
            "nats": values.mean(),
            "standard_error": values.std(ddof=1) / math.sqrt(len(values)),
            "importance_samples": samples,
            "pictures": len(values),
        }
    return {"bounds": bounds, "binarisation_seed": seed, "seed": seed, "precision": "float32"}
