"""What a decoder's output says of pictures: densities against their definitions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from scipy.fft import dctn
from scipy.stats import norm

from training.data.pixels import to_uint8
from training.networks.likelihoods import SMALLEST_SCALE, Bernoulli, Spectral


def images(count: int, channels: int = 3, side: int = 8) -> torch.Tensor:
    draw = np.random.RandomState(1)
    return torch.from_numpy(draw.randint(0, 256, (count, channels, side, side)).astype(np.uint8))


def test_spectral_likelihood_is_that_of_gaussian_coefficients() -> None:
    spectral, raw = Spectral(8), torch.randn(2, 3, 8, 8)
    spectral.scale.fill_(0.3)
    pictures = spectral.draw(images(2))
    coefficients = dctn((raw - pictures).numpy().astype(float), axes=(2, 3), norm="ortho")
    deviation = 0.3 / np.sqrt(1 + np.hypot(*np.mgrid[:8, :8]))
    density = norm.logpdf(coefficients, scale=deviation).sum((1, 2, 3))
    # A grey level is 1 / 127.5 wide, so this is the density of values 0..256.
    expected = -(density - 3 * 64 * math.log(127.5))
    assert spectral.negative_log_likelihood(raw, pictures).numpy() == pytest.approx(expected, rel=1e-5)


def test_fitted_scale_is_the_likeliest() -> None:
    spectral, raw = Spectral(8), torch.randn(16, 3, 8, 8)
    pictures = spectral.draw(images(16))
    spectral.fit(raw, pictures)
    best = spectral.negative_log_likelihood(raw, pictures).mean()
    fitted = spectral.scale.clone()
    for factor in (0.9, 1.1):
        spectral.scale.copy_(fitted * factor)
        assert spectral.negative_log_likelihood(raw, pictures).mean() > best + 1


def test_perfect_output_has_a_finite_likelihood() -> None:
    spectral = Spectral(8)
    pictures = spectral.clean(images(2, channels=1))
    spectral.fit(pictures, pictures)
    assert spectral.scale.item() == pytest.approx(SMALLEST_SCALE)
    assert np.isfinite(spectral.negative_log_likelihood(pictures, pictures).numpy()).all()


def test_drawn_pictures_are_the_same_bytes_and_never_the_same_twice() -> None:
    spectral, pictures = Spectral(8), images(4)
    drawn = spectral.draw(pictures)
    assert np.array_equal(to_uint8(spectral.mean(drawn)), pictures.permute(0, 2, 3, 1).numpy())
    assert not torch.equal(drawn, spectral.draw(pictures))


def test_bernoulli_likelihood_is_the_cross_entropy() -> None:
    raw = torch.tensor([[[[2.0, -1.0]]]])
    pictures = torch.tensor([[[[1.0, 0.0]]]])
    expected = math.log1p(math.exp(-2)) + math.log1p(math.exp(-1))
    assert Bernoulli().negative_log_likelihood(raw, pictures).item() == pytest.approx(expected, rel=1e-6)
    assert Bernoulli().mean(torch.zeros(1)).item() == 0
