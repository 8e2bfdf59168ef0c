"""Style mixing: ranges of layers change hands, and a recipe of two seeds gives the picture again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import genapp
from genapp.model.config import ClassCondition, Latent
from genapp.model.mixing import WHOLE, mix
from genapp.model.model import Model
from genapp.picture.recipe import Recipe, RecipeError
from tests.conftest import open_model
from tests.folders import DIGITS, make_generator


def test_layers_change_hands(face_gan: Model) -> None:
    first, second = face_gan.latents([1, 2])
    mixed = mix(face_gan.config, first, second, {"coarse": 1, "fine": 0.25})
    assert np.array_equal(mixed[0:2], second[0:2])
    assert np.array_equal(mixed[2:4], first[2:4])
    assert np.allclose(mixed[4:6], 0.75 * first[4:6] + 0.25 * second[4:6])
    assert mixed.dtype == np.float32
    assert np.array_equal(mix(face_gan.config, first, second, dict.fromkeys(face_gan.config.latent.styles, 1)), second)
    assert np.array_equal(mix(face_gan.config, first, second, {"middle": 0}), first)


def test_many_at_once(face_gan: Model) -> None:
    first, second = face_gan.latents([1, 2, 3]), face_gan.latents([4, 5, 6])
    mixed = mix(face_gan.config, first, second, {"middle": 0.5})
    assert np.array_equal(mixed[1], mix(face_gan.config, first[1], second[1], {"middle": 0.5}))


def test_the_average_is_a_face_and_not_a_blank(face_gan: Model) -> None:
    average = face_gan.generate([1], truncation=0)[0]
    assert average.std() > 20
    assert np.array_equal(average, face_gan.generate([2], truncation=0)[0])


@pytest.mark.parametrize("shares", [{"hair": 1}, {"fine": 1.5}, {"fine": -0.1}, {"fine": float("nan")}])
def test_shares_that_make_no_sense(face_gan: Model, shares: dict[str, float]) -> None:
    first, second = face_gan.latents([1, 2])
    with pytest.raises(ValueError, match=r"no style range|share of fine"):
        mix(face_gan.config, first, second, shares)


def test_a_model_without_styles_says_so(face_vae: Model) -> None:
    first, second = face_vae.latents([1, 2])
    with pytest.raises(ValueError, match="it has none"):
        mix(face_vae.config, first, second, {"fine": 1})
    with pytest.raises(ValueError, match="it has none"):
        Recipe(model="faces-vae", seed=1, mix={"seed": 2, "shares": {"fine": 1}}).render(face_vae)


def test_a_recipe_of_two_seeds_is_short_and_comes_back(face_gan: Model, tmp_path: Path) -> None:
    recipe = Recipe(
        model="faces-gan",
        seed=7,
        truncation=0.7,
        mix={"seed": 9, "truncation": 0.5, "shares": {"coarse": 1, "fine": 0.5}},
    )
    first = face_gan.truncate(face_gan.latents([7]), 0.7)
    second = face_gan.truncate(face_gan.latents([9]), 0.5)
    expected = face_gan.decode(mix(face_gan.config, first, second, {"coarse": 1, "fine": 0.5}))[0]
    assert np.array_equal(recipe.render(face_gan), expected)
    assert len(recipe.to_query()) < 100
    assert Recipe.from_json(recipe.to_json()) == recipe == Recipe.from_query(recipe.to_query())
    recipe.save(tmp_path / "mix.png", face_gan)
    assert genapp.verify(tmp_path / "mix.png", face_gan).verdict == "identical"


def test_a_drawn_class_is_the_same_for_both(tmp_path: Path) -> None:
    digit = ClassCondition(name="digit", labels=DIGITS, graphs=("mapping", "generator"))
    folder = make_generator(tmp_path / "asked", "asked", mapping=True, layers=2, conditions=(digit,))
    model = open_model(folder)
    latent = model.config.latent
    styles = Latent(dim=latent.dim, layers=2, width=latent.width, styles={"fine": (1, 2)})
    model.config = model.config.model_copy(update={"latent": styles})
    recipe = Recipe(model="asked", seed=5, mix={"seed": 6, "shares": {"fine": 1}})
    drawn = recipe.sealed(model).conditions["digit"]
    w = mix(model.config, model.latents([5], digit=drawn), model.latents([6], digit=drawn), {"fine": 1})
    assert np.array_equal(recipe.render(model), model.decode(w, digit=drawn)[0])


@pytest.mark.parametrize(
    "fields",
    [
        {"seed": 1, "mix": {"seed": 1, "w": [[0.0]], "shares": {"fine": 1}}},
        {"seed": 1, "mix": {"w": [[0.0]], "truncation": 0.5, "shares": {"fine": 1}}},
        {"seed": 1, "mix": {"seed": 1, "shares": {}}},
        {"seed": 1, "mix": {"seed": -1, "shares": {"fine": 1}}},
        {"seed": 1, "mix": {"seed": 1, "shares": {"fine": 2}}},
        {"seed": 1, "mix": {"shares": {"fine": 1}}},
        {"seed": 1, "enlarge": 0},
        {"seed": 1, "enlarge": 33},
        {"seed": 1, "enlarge": 2.0},
    ],
)
def test_recipes_that_make_no_sense(fields: dict) -> None:
    with pytest.raises(ValueError):
        Recipe(model="a", **fields)


@pytest.mark.parametrize("query", ["model=a&seed=1&mix.fine=1", "model=a&seed=1&mix=x", "model=a&seed=1&mix=2"])
def test_damaged_links(query: str) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_query(query)


def test_the_second_picture_may_be_a_latent_and_the_first_too(face_gan: Model) -> None:
    first, second = face_gan.latents([1, 2])
    shares = {"coarse": 1.0, "fine": 0.5}
    recipe = Recipe(model="faces-gan", w=first, mix={"w": second, "shares": shares})
    assert np.array_equal(recipe.latents(face_gan)[0], mix(face_gan.config, first, second, shares))
    assert Recipe.from_json(recipe.to_json()) == recipe == Recipe.from_query(recipe.to_query())


def test_all_layers_can_be_mixed_by_any_model(face_vae: Model) -> None:
    first, second = face_vae.latents([1, 2])
    assert np.allclose(mix(face_vae.config, first, second, {WHOLE: 0.25}), 0.75 * first + 0.25 * second)
    recipe = Recipe(model="faces-vae", seed=1, mix={"seed": 2, "shares": {WHOLE: 1}})
    assert np.array_equal(recipe.render(face_vae), face_vae.decode(second[None])[0])
