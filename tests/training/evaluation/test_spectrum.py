"""Power spectra of samples against those of real pictures."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluation.spectrum import power, spectrum_ratio

SIDE = 32


def noise(count: int, seed: int, scale: float = 10.0) -> np.ndarray:
    draw = np.random.RandomState(seed)
    return (128 + scale * draw.standard_normal((count, SIDE, SIDE, 1))).round().astype(np.uint8)


def test_white_noise_has_the_same_power_everywhere_and_its_variance() -> None:
    found = power(noise(400, 0))
    away = found[4:-4, 4:-4]  # from the brightness, which the window spreads
    assert away.mean() == pytest.approx(100 + 1 / 12, rel=0.02)
    assert away.std() < 0.2 * away.mean()


def test_equal_pictures_have_equal_power_and_contrast_counts_squared() -> None:
    real = noise(300, 0)
    same = spectrum_ratio(noise(300, 1), real)
    assert same.radial.shape == (24,)
    low, high = same.range(SIDE)
    assert low > 0.85 and high < 1.15 and 0.8 < same.corner < 1.2
    assert spectrum_ratio(noise(300, 1, 20.0), real).radial[5:] == pytest.approx(np.full(19, 4.0), rel=0.25)


def test_a_chequerboard_is_at_the_corner_and_blur_is_missing_at_large_radii() -> None:
    real = noise(300, 0)
    board = 4 * (1 - 2 * (np.indices((SIDE, SIDE)).sum(0) % 2))[..., None]
    found = spectrum_ratio((noise(300, 1) + board).astype(np.uint8), real)
    assert found.corner > 5 and found.range(SIDE)[1] < 1.2
    rough = noise(300, 1).astype(float)
    blurred = ((rough + np.roll(rough, 1, 1) + np.roll(rough, 1, 2) + np.roll(rough, (1, 1), (1, 2))) / 4).round()
    low, high = spectrum_ratio(blurred.astype(np.uint8), real).range(SIDE)
    assert low < 0.3 and high < 1.2


def test_pictures_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="32 pixels a side, real pictures 16"):
        spectrum_ratio(noise(2, 0), noise(2, 0)[:, :16, :16])
    with pytest.raises(ValueError, match="only square"):
        power(noise(2, 0)[:, :16])
