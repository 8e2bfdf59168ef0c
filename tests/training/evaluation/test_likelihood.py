"""The importance-sampled bound against a model whose likelihood is known."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from training.evaluation.likelihood import binarise_once, negative_log_likelihood
from training.families.vae import kl_divergence
from training.networks.hierarchical_vae import HierarchicalVae
from training.networks.likelihoods import Bernoulli


@pytest.fixture
def vae() -> HierarchicalVae:
    return HierarchicalVae(8, 1, "1x2", (8, 8, 8), (2, 1), Bernoulli())


def pictures(count: int) -> np.ndarray:
    return (np.random.RandomState(1).random_sample((count, 1, 8, 8)) < 0.3).astype(np.float32)


def test_independent_pixels_have_their_exact_likelihood(vae: HierarchicalVae) -> None:
    with torch.no_grad():
        vae.output[-2].weight.zero_()
        vae.output[-2].bias.fill_(math.log(0.3 / 0.7))
        for posterior in vae.posteriors:
            posterior.output[-1].weight.zero_()
            posterior.output[-1].bias.zero_()
    sets = pictures(3)
    ones = sets.sum((1, 2, 3))
    exact = -(ones * math.log(0.3) + (64 - ones) * math.log(0.7))
    assert negative_log_likelihood(vae, sets, samples=5) == pytest.approx(exact, rel=1e-5)


def test_bound_tightens_with_samples_and_stays_below_the_elbo(vae: HierarchicalVae) -> None:
    """With a wrong posterior the ELBO is loose; quadrature over the two latents gives the truth."""
    with torch.no_grad():
        vae.merges[0].inject.weight.mul_(8)
    picture = torch.from_numpy(pictures(1))
    grid = torch.linspace(-6, 6, 121)
    w = torch.cartesian_prod(grid, grid)
    with torch.no_grad():
        log_joint = -vae.likelihood.negative_log_likelihood(vae.decode(w[:, None]), picture.expand(len(w), -1, -1, -1))
        log_joint += -w.square().sum(1) / 2 - math.log(2 * math.pi)
        truth = -(torch.logsumexp(log_joint, 0).item() + 2 * math.log(0.1))
        torch.manual_seed(0)
        many = picture.expand(2000, -1, -1, -1)
        raw, _, means, log_stds = vae.infer(vae.evidence(many), vae.noise(2000))
        elbo = vae.likelihood.negative_log_likelihood(raw, many) + kl_divergence(means, log_stds)
    bounds = [negative_log_likelihood(vae, picture.numpy(), samples)[0] for samples in (1000, 20_000)]
    assert bounds[1] == pytest.approx(truth, abs=0.05)
    assert bounds[0] < elbo.mean().item()


def test_interrupted_estimate_goes_on(vae: HierarchicalVae, tmp_path: Path) -> None:
    sets, kept = pictures(4), tmp_path / "kept.npy"
    whole = negative_log_likelihood(vae, sets, 20)
    np.save(kept, np.array([whole[0], np.nan, 7.0, np.nan]))
    resumed = negative_log_likelihood(vae, sets, 20, kept=kept)
    assert resumed.tolist() == [whole[0], whole[1], 7.0, whole[3]]
    assert np.load(kept).tolist() == resumed.tolist()
    with pytest.raises(ValueError, match="delete it"):
        negative_log_likelihood(vae, sets[:2], 20, kept=kept)


def test_binarisation_is_fixed_in_scores_and_fresh_in_training() -> None:
    images = np.full((50, 4, 4, 1), 102, np.uint8)
    assert np.array_equal(binarise_once(images, 3), binarise_once(images, 3))
    assert binarise_once(images).mean() == pytest.approx(0.4, abs=0.06)
    drawn = torch.from_numpy(images.transpose(0, 3, 1, 2).copy())
    assert not torch.equal(Bernoulli().draw(drawn), Bernoulli().draw(drawn))
