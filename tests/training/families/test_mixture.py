"""The mixture that stands for a VAE's prior: fitted, drawn from without any randomness but z's, spread as it should."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.families.mixture import MixtureMapping

WEIGHTS = np.array([0.2, 0.5, 0.3])
MEANS = np.array([[-8.0, 0.0], [0.0, 3.0], [8.0, 0.0]])
COVARIANCES = np.array([[[1.0, 0.9], [0.9, 1.0]], [[0.25, 0.0], [0.0, 4.0]], [[2.0, -1.0], [-1.0, 1.0]]])


def mixture() -> MixtureMapping:
    return MixtureMapping(3, 2).set(WEIGHTS, MEANS, COVARIANCES)


def normal(count: int, dim: int = 3) -> torch.Tensor:
    return torch.from_numpy(np.random.RandomState(0).standard_normal((count, dim)).astype(np.float32))


def test_each_gaussian_has_its_share_place_and_shape() -> None:
    w = mixture()(normal(40_000))
    assert w.shape == (40_000, 1, 2)
    nearest = (w - torch.from_numpy(MEANS).float()).square().sum(2).argmin(1)
    for index in range(3):
        mine = w[nearest == index, 0].numpy()
        assert len(mine) / len(w) == pytest.approx(WEIGHTS[index], abs=0.02)
        assert mine.mean(0) == pytest.approx(MEANS[index], abs=0.1)
        assert np.cov(mine.T) == pytest.approx(COVARIANCES[index], abs=0.25)


def test_truncation_goes_to_the_mean_of_w() -> None:
    mapping = mixture()
    assert mapping.mean.shape == (1, 2)
    assert mapping.mean == pytest.approx(mapping(normal(40_000)).numpy().mean(0), abs=0.1)


def test_extreme_z_still_has_a_gaussian() -> None:
    z = torch.zeros(3, 3)
    z[:, 0] = torch.tensor([-40.0, 0.0, 40.0])
    assert mixture()(z)[:, 0].numpy() == pytest.approx(MEANS)


def test_fit_finds_the_mixture_that_made_the_latents() -> None:
    latents = mixture()(normal(6_000))[:, 0].numpy()
    found = MixtureMapping(3, 2).fit(latents)
    order = found.means[:, 0].argsort()
    assert found.means[order].numpy() == pytest.approx(MEANS, abs=0.2)
    drawn = found(normal(6_000))[:, 0].numpy()
    assert np.cov(drawn.T) == pytest.approx(np.cov(latents.T), abs=1.0)
    assert torch.equal(MixtureMapping(3, 2).fit(latents)(normal(5)), found(normal(5)))


def test_only_what_is_fitted_says_so_and_a_checkpoint_keeps_it() -> None:
    empty, made = MixtureMapping(3, 2), mixture()
    assert not empty.fitted and made.fitted
    empty.load_state_dict(made.state_dict())
    assert empty.fitted and torch.equal(empty(normal(5)), made(normal(5)))
    made.forget()
    assert not made.fitted and empty.fitted
