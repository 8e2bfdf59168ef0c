"""Finishing: neutral changes nothing, every slider does what it says, and a recipe keeps it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import genapp
from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.pixels import png
from genapp.pixels.finish import COLOUR_ONLY, NEUTRAL, RANGES, Finish, finish
from genapp.pixels.resize import upscale

finishes = st.builds(Finish, **{name: st.floats(low, high) for name, (low, high) in RANGES.items()})
LUMA = np.array([0.299, 0.587, 0.114])


def _picture(channels: int = 3, size: int = 24) -> np.ndarray:
    """A soft picture with some of everything, away from black and white."""
    y, x = np.mgrid[:size, :size] / size
    layers = [100 + 50 * np.sin(5 * x), 110 + 40 * np.cos(6 * y), 90 + 50 * np.sin(4 * (x + y))]
    return np.stack(layers[:channels], axis=2).astype(np.uint8)


def _roughness(picture: np.ndarray) -> float:
    return np.abs(np.diff(picture.astype(float), axis=1)).mean()


@given(finishes, st.sampled_from([1, 3]))
def test_shape_and_type_stay_and_the_picture_is_not_touched(wanted: Finish, channels: int) -> None:
    picture = _picture(channels)
    before = picture.copy()
    done = finish(picture, wanted)
    assert done.shape == picture.shape and done.dtype == np.uint8
    assert np.array_equal(picture, before)
    assert np.array_equal(done, finish(picture, wanted))


def test_neutral_is_the_very_picture() -> None:
    picture = _picture()
    assert finish(picture, NEUTRAL) is picture
    almost = replace(NEUTRAL, warmth=1e-9)
    assert np.array_equal(finish(picture, almost), picture)  # the whole chain, and nothing lost on the way


def test_brightness_and_contrast() -> None:
    picture = _picture()
    darker, brighter = (finish(picture, Finish(brightness=factor)).mean() for factor in (0.7, 1.3))
    assert darker == pytest.approx(0.7 * picture.mean(), abs=1) and brighter == pytest.approx(
        1.3 * picture.mean(), abs=1
    )
    flat, strong = (finish(picture, Finish(contrast=factor)).std() for factor in (0.5, 1.5))
    assert flat < picture.std() < strong


def test_saturation_leads_from_grey_to_vivid() -> None:
    picture = _picture()
    grey = finish(picture, Finish(saturation=0)).astype(int)
    assert np.ptp(grey, axis=2).max() == 0
    assert (
        np.ptp(finish(picture, Finish(saturation=2)).astype(int), axis=2).mean() > 1.5 * np.ptp(picture, axis=2).mean()
    )


@pytest.mark.parametrize("warmth", [-1, -0.4, 0.4, 1])
def test_warmth_moves_red_and_blue_and_leaves_the_brightness_of_grey(warmth: float) -> None:
    levels = np.full((4, 4, 3), 120, np.uint8)
    red, _, blue = finish(levels, Finish(warmth=warmth))[0, 0].astype(int)
    assert np.sign(red - blue) == np.sign(warmth)
    assert finish(levels, Finish(warmth=warmth))[0, 0] @ LUMA == pytest.approx(120, abs=1)


def test_sharpness_sharpens_edges_and_leaves_plains_alone() -> None:
    picture = np.full((16, 16, 3), 80, np.uint8)
    picture[:, 7:9] = (110, 140, 160)
    picture[:, 9:] = 170
    for wanted in (Finish(sharpen=1), Finish(edges=0.5)):
        done = finish(picture, wanted)
        assert _roughness(done) > _roughness(picture)
        assert np.array_equal(done[:, :4], picture[:, :4])
    assert _roughness(finish(picture, Finish(sharpen=2))) > _roughness(finish(picture, Finish(sharpen=0.5)))


def test_grey_pictures_have_no_colour_to_finish() -> None:
    picture = _picture(1)
    for name in COLOUR_ONLY:
        assert np.array_equal(finish(picture, replace(NEUTRAL, **{name: RANGES[name][1]})), picture)
    assert not np.array_equal(finish(picture, Finish(contrast=1.5)), picture)


@pytest.mark.parametrize("name", RANGES)
def test_ranges_are_kept(name: str) -> None:
    low, high = RANGES[name]
    for value in (low - 0.01, high + 0.01, float("nan"), float("inf"), "much", None):
        with pytest.raises(ValueError, match=f"{name} is .*: give a number from"):
            Finish(**{name: value})
    assert low <= getattr(NEUTRAL, name) <= high


def test_what_is_no_picture_is_refused() -> None:
    for picture in (_picture().astype(float), _picture()[..., :2], _picture()[0]):
        with pytest.raises(ValueError, match="give uint8"):
            finish(picture, NEUTRAL)


@given(finishes)
def test_a_recipe_keeps_a_finish(wanted: Finish) -> None:
    recipe = Recipe(model="a", seed=1, finish=wanted)
    assert Recipe.from_json(recipe.to_json()) == recipe == Recipe.from_query(recipe.to_query())


def test_recipes_without_a_finish_stay_as_they_were() -> None:
    text = '{"schema_version": 1, "model": "a", "seed": 1}'
    assert Recipe.from_json(text).finish == NEUTRAL
    assert "finish" not in Recipe.from_json(text).to_json()


@pytest.mark.parametrize("bad", [{"sharpen": 9}, {"glow": 1}, {"sharpen": "x"}, 3])
def test_a_finish_that_makes_no_sense(bad: object) -> None:
    with pytest.raises(ValueError, match="finish"):
        Recipe(model="a", seed=1, finish=bad)


def test_a_saved_picture_is_finished_enlarged_and_verified(styled: Model, tmp_path: Path) -> None:
    wanted = Finish(warmth=0.5, sharpen=1.2, contrast=1.2)
    recipe = Recipe(model="styled", seed=3, finish=wanted, enlarge=4)
    plain = styled.generate([3])[0]
    assert np.array_equal(recipe.render(styled), upscale(finish(plain, wanted), 4))
    recipe.save(tmp_path / "a.png", styled)
    assert genapp.verify(tmp_path / "a.png", styled).verdict == "identical"
    assert Recipe.load(tmp_path / "a.png").finish == wanted


def test_a_recipe_for_a_huge_picture_is_found_out_before_it_is_drawn(styled: Model, tmp_path: Path) -> None:
    small = Recipe(model="styled", seed=3)
    text = small.sealed(styled).to_json().replace('"seed"', '"enlarge": 32, "seed"')
    (tmp_path / "a.png").write_bytes(png.encode(small.render(styled), text))
    found = genapp.verify(tmp_path / "a.png", styled)
    assert found.verdict == "different" and "256" in found.message


def test_photographs_are_enlarged_smoothly_and_small_pictures_keep_their_pixels() -> None:
    for channels, size in ((1, 28), (1, 48), (3, 24)):
        art = _picture(channels, size)
        assert np.array_equal(upscale(art, 3)[1::3, 1::3], art)
    for channels, size in ((1, 64), (3, 32), (3, 64)):
        photo = _picture(channels, size)
        large = upscale(photo, 4)
        assert large.shape == (4 * size, 4 * size, channels)
        assert _roughness(large) < 0.4 * _roughness(photo)  # no steps
        back = Image.fromarray(large.squeeze()).resize((size, size), Image.Resampling.BOX)
        assert np.abs(np.asarray(back).reshape(photo.shape).astype(int) - photo).max() <= 4
    with pytest.raises(ValueError, match="times"):
        upscale(_picture(3, 64), 1000)
