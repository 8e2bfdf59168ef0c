"""A drawing becomes what MNIST would have made of it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from genapp.ui.endpoints.drawings import real_digits
from genapp.ui.endpoints.normalise import normalise


def _bar(height: int, width: int, top: int, left: int, side: int = 280) -> np.ndarray:
    drawing = np.zeros((side, side), np.uint8)
    drawing[top : top + height, left : left + width] = 255
    return drawing


def test_no_ink_is_no_digit() -> None:
    assert normalise(np.zeros((280, 280), np.uint8)) is None
    assert normalise(np.full((280, 280), 10, np.uint8)) is None


@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 79), st.integers(0, 79))
def test_ink_fills_twenty_pixels_and_sits_in_the_middle(height: int, width: int, top: int, left: int) -> None:
    picture = normalise(_bar(height, width, top, left))
    assert picture.shape == (28, 28) and picture.dtype == np.uint8
    rows, columns = (np.flatnonzero(picture.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20
    mass = picture.astype(float) / picture.sum()
    assert abs(mass.sum(axis=1) @ np.arange(28) - 14) <= 0.51
    assert abs(mass.sum(axis=0) @ np.arange(28) - 14) <= 0.51


@given(st.integers(0, 79), st.integers(0, 79))
def test_where_one_draws_does_not_matter(top: int, left: int) -> None:
    assert np.array_equal(normalise(_bar(160, 60, top, left)), normalise(_bar(160, 60, 0, 0)))


def test_real_digits_stay_what_they_are() -> None:
    digits = real_digits()[:200, :, :, 0]
    large = [np.asarray(Image.fromarray(digit).resize((280, 280), Image.Resampling.BICUBIC)) for digit in digits]
    back = np.stack([normalise(drawing) for drawing in large])
    apart = np.abs(back.astype(int) - digits).mean(axis=(1, 2))
    assert np.median(apart) < 6  # of 255, where half a pixel off makes 15
