from __future__ import annotations

import numpy as np
import pytest

from genapp.latents import walk
from genapp.model.model import Model


def test_with_a_mapping_the_way_is_straight(styled: Model) -> None:
    a, b = styled.latents([1, 2])
    way = walk.interpolate(styled, a, b, 5)
    assert (way.shape, way.dtype) == ((5, 3, 8), np.float32)
    np.testing.assert_allclose(way, np.linspace(a, b, 5), atol=1e-6)


def test_without_one_the_way_keeps_to_the_sphere(plain: Model) -> None:
    a, b = plain.latents([1, 2])
    way = walk.interpolate(plain, a, b, 9)
    np.testing.assert_allclose(way[[0, -1]], [a, b], atol=1e-6)
    lengths = np.linalg.norm(way, axis=(1, 2))
    np.testing.assert_allclose(lengths, np.linspace(np.linalg.norm(a), np.linalg.norm(b), 9), rtol=1e-5)
    steps = np.linalg.norm(np.diff(way / lengths[:, None, None], axis=0), axis=(1, 2))
    np.testing.assert_allclose(steps, steps[0], rtol=1e-4)


def test_an_autoencoder_has_no_sphere(coder: Model) -> None:
    a, b = np.full((1, 6), 1, np.float32), np.full((1, 6), 3, np.float32)
    np.testing.assert_allclose(walk.interpolate(coder, a, b, 3)[1], (a + b) / 2)


@pytest.mark.parametrize(("a", "b"), [(0.0, 1.0), (1.0, 1.0), (1.0, -1.0), (0.0, 0.0)])
def test_ends_on_one_line_give_no_nan(plain: Model, a: float, b: float) -> None:
    ends = [np.full((1, 6), value, np.float32) for value in (a, b)]
    np.testing.assert_allclose(walk.interpolate(plain, *ends, 5), np.linspace(*ends, 5), atol=1e-6)


def test_a_loop_comes_back_without_a_halt(styled: Model) -> None:
    ws = list(styled.latents(range(3)))
    way = walk.loop(styled, ws, 4)
    assert way.shape == (12, 3, 8)
    np.testing.assert_allclose(way[[0, 4, 8]], ws, atol=1e-6)
    gaps = np.abs(np.diff(np.concatenate([way, way[:1]]), axis=0)).max(axis=(1, 2))
    assert (gaps > 0).all()


def test_what_makes_no_way(plain: Model) -> None:
    a, b = plain.latents([1, 2])
    for steps in (1, 1001):
        with pytest.raises(ValueError, match="steps"):
            walk.interpolate(plain, a, b, steps)
    with pytest.raises(ValueError, match="at least two"):
        walk.loop(plain, [a], 3)
    with pytest.raises(ValueError, match="steps"):
        walk.loop(plain, [a, b], 0)
    with pytest.raises(ValueError, match=r"give \(1, 6\)"):
        walk.interpolate(plain, a[0], b[0], 3)
