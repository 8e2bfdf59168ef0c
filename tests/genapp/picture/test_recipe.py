from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pydantic import ValidationError

import genapp
from genapp.limits import MAX_ENLARGE
from genapp.model.kinds.image import ImageOutput
from genapp.model.model import Model
from genapp.picture.recipe import Mix, Recipe, RecipeError
from genapp.picture.verify import Verification, judge, verify
from genapp.pixels.finish import NEUTRAL, RANGES, Finish
from tests.folders import make_generator

SHA = "0123456789abcdef" * 4
names = st.text(min_size=1, max_size=12)
finite = st.floats(allow_nan=False, allow_infinity=False)
float32 = st.floats(width=32, allow_nan=False, allow_infinity=False)
latents = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(float32, min_size=width, max_size=width), min_size=1, max_size=3)
)
starts = st.one_of(
    st.fixed_dictionaries({"seed": st.integers(0, 2**32 - 1), "truncation": st.floats(-2, 2)}),
    st.fixed_dictionaries({"w": latents}),
)


shares = st.dictionaries(names, st.floats(0, 1), min_size=1, max_size=3)
finishes = st.builds(Finish, **{name: st.floats(low, high) for name, (low, high) in RANGES.items()})


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    row = draw(st.dictionaries(names, st.lists(names, min_size=2, max_size=6), max_size=1))
    return Recipe(
        model=draw(names),
        model_sha256=draw(st.sampled_from([None, SHA])),
        conditions=draw(st.dictionaries(names, st.booleans() | names, max_size=4).filter(lambda x: not x.keys() & row))
        | row,
        edits=draw(st.dictionaries(names, finite, max_size=4)),
        mix=draw(st.none() | st.builds(lambda start, shared: Mix(**start, shares=shared), starts, shares)),
        finish=draw(st.just(NEUTRAL) | finishes),
        enlarge=draw(st.integers(1, MAX_ENLARGE)),
        **draw(starts),
    )


@given(recipes())
def test_json_round_trip(recipe: Recipe) -> None:
    assert Recipe.from_json(recipe.to_json()) == recipe


@given(recipes())
def test_query_round_trip(recipe: Recipe) -> None:
    query = recipe.to_query()
    assert query.isascii()
    assert Recipe.from_query(query) == recipe


@given(st.text(max_size=200))
def test_any_text_is_a_recipe_or_an_error_that_says_why(text: str) -> None:
    for read in (Recipe.from_json, Recipe.from_query):
        with pytest.raises(RecipeError, match="not a recipe"):
            read(text)


def test_query_is_short_enough_to_read() -> None:
    recipe = Recipe(
        model="digits-gan", seed=42, truncation=0.8, conditions={"digit": 7, "smiling": True, "male": False}
    )
    assert recipe.to_query() == "model=digits-gan&seed=42&truncation=0.8&class.digit=7&with=smiling&without=male"


@pytest.mark.parametrize(
    "query",
    [
        "",
        "model=a",
        "model=a&seed=1&seed2=3",
        "model=a&seed=x",
        "model=a&seed=-1",
        "model=a&seed=4294967296",
        "model=a&seed=1&truncation=nan",
        "model=a&w=1.AAAAA",
        "model=a&w=0.AAAAAA",
        "model=a&w=1.",
        "model=a&w=2.AAAAAA",
        "model=a&w=1.AADAfw",  # NaN
        "model=a&seed=1&edit.smile=inf",
        "model=a&seed=1&sha256=12",
        "model=%ff&seed=1",
        "&".join(f"edit.{n}=1" for n in range(1000)),
    ],
)
def test_damaged_links(query: str) -> None:
    with pytest.raises(RecipeError):
        Recipe.from_query(query)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"seed": 1, "w": [[0.0]]},
        {"seed": -1},
        {"seed": 2**32},
        {"seed": 1.0},
        {"seed": True},
        {"seed": "1"},
        {"seed": 1, "truncation": float("nan")},
        {"seed": 1, "truncation": 3},
        {"seed": 1, "edits": {"smile": float("inf")}},
        {"seed": 1, "conditions": {"digit": 1.5}},
        {"seed": 1, "model": ""},
        {"seed": 1, "surprise": 1},
        {"w": [[0.0], [0.0, 1.0]]},
        {"w": [[]]},
        {"w": [[1e39]]},
        {"w": [[0.0]], "truncation": 0.5},
    ],
)
def test_recipes_that_make_no_sense(fields: dict) -> None:
    with pytest.raises(ValidationError):
        Recipe(**{"model": "a", **fields})


def test_numpys_scalars_are_welcome() -> None:
    recipe = Recipe(model="a", seed=np.int64(3), truncation=np.float32(0.5), conditions={"digit": np.int64(7)})
    assert recipe == Recipe(model="a", seed=3, truncation=0.5, conditions={"digit": "7"})


def test_render_is_generate_at_batch_one(styled: Model) -> None:
    recipe = Recipe(model="styled", seed=5, truncation=0.7, edits={"smile": 1.0})
    np.testing.assert_array_equal(recipe.render(styled), styled.generate([5], 0.7, {"smile": 1.0})[0])


def test_a_latent_is_a_recipe_too(styled: Model, asked: Model) -> None:
    w = styled.latents([3])
    recipe = Recipe(model="styled", w=w[0].tolist(), edits={"age": -1.0})
    again = Recipe.from_query(recipe.to_query())
    np.testing.assert_array_equal(again.render(styled), styled.decode(styled.edit(w, {"age": -1.0}))[0])
    w = asked.latents([3], digit=4)
    recipe = Recipe(model="asked", w=w[0].tolist(), conditions={"digit": 4, "smiling": False})
    np.testing.assert_array_equal(recipe.render(asked), asked.decode(w, digit=4, smiling=False)[0])


def test_render_refuses_conditions_that_the_model_does_not_have(plain: Model) -> None:
    with pytest.raises(ValueError, match="no condition 'seeds'"):
        Recipe(model="plain", seed=1, conditions={"seeds": "2"}).render(plain)


@pytest.mark.parametrize("name", ["plain", "styled"])
def test_png_carries_its_recipe_and_its_exact_pixels(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    model = request.getfixturevalue(name)
    path = tmp_path / "picture.png"
    recipe = Recipe(model=name, seed=11, truncation=0.9)
    recipe.save(path, model)
    with Image.open(path) as image:
        pixels = np.asarray(image)
        assert image.mode == ("L" if name == "plain" else "RGB")
    np.testing.assert_array_equal(pixels.reshape(model.generate(11, 0.9)[0].shape), model.generate(11, 0.9)[0])
    loaded = Recipe.load(path)
    assert loaded == recipe.sealed(model)
    assert loaded.model_sha256 == model.config.model_sha256
    assert loaded.fingerprint.provider == "CPU"
    result = verify(path, model)
    assert (result.verdict, result.ok, result.same, result.largest) == ("identical", True, 1.0, 0)


@pytest.mark.parametrize("start", [{"seed": 8, "truncation": 0.5}, {"w": True}], ids=["seed", "w"])
def test_several_labels_stand_side_by_side_in_one_hand(asked: Model, start: dict, tmp_path: Path) -> None:
    w = asked.truncate(asked.latents([8, 8, 8], digit=["2", "0", "2"]), start.get("truncation", 1))
    if "w" in start:
        w = asked.latents([8, 8, 8], digit="5")
        start = {"w": w[0].tolist()}
    recipe = Recipe(model="asked", conditions={"digit": [2, "0", 2], "smiling": True}, **start)
    expected = np.concatenate(asked.decode(w, digit=["2", "0", "2"], smiling=True), axis=1)
    assert expected.shape == (8, 24, 1)
    np.testing.assert_array_equal(recipe.render(asked), expected)
    path = tmp_path / "row.png"
    recipe.save(path, asked)
    assert Recipe.load(path).conditions == {"digit": ("2", "0", "2"), "smiling": True}
    assert verify(path, asked).verdict == "identical"
    assert Recipe.from_query(recipe.to_query()).conditions == recipe.conditions


def test_wrong_rows(asked: Model) -> None:
    with pytest.raises(ValidationError, match="only one condition"):
        Recipe(model="asked", seed=1, conditions={"digit": ["1", "2"], "other": ["1", "2"]})
    with pytest.raises(ValidationError):
        Recipe(model="asked", seed=1, conditions={"digit": ["1"] * 40})
    with pytest.raises(ValueError, match="digit '11' is unknown"):
        Recipe(model="asked", seed=1, conditions={"digit": ["1", "11"]}).render(asked)


def test_a_drawn_class_is_kept(asked: Model, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Recipe(model="asked", seed=8).save(path, asked)
    kept = Recipe.load(path).conditions
    assert kept.keys() == {"digit"}
    np.testing.assert_array_equal(asked.generate([8], digit=kept["digit"]), asked.generate([8]))


def test_a_folders_path_does_not_travel_with_the_picture(models: Path, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Recipe(model=str(models / "plain"), seed=1).save(path)
    assert str(models).encode() not in path.read_bytes()
    assert Recipe.load(path).model == "plain"
    assert genapp.verify(path, models=[models]).verdict == "identical"


def test_json_file(tmp_path: Path, plain: Model) -> None:
    path = tmp_path / "recipe.json"
    recipe = Recipe(model="plain", seed=3)
    path.write_text(recipe.to_json(), "utf-8")
    assert Recipe.load(path) == recipe
    with pytest.raises(RecipeError, match="without a picture to compare"):
        verify(path, plain)


def _redraw(path: Path, change: callable, text: str | None = None) -> None:
    """Write a PNG again with other pixels, and its recipe or another text."""
    with Image.open(path) as image:
        pixels, kept = np.asarray(image).copy(), image.info["genapp"]
    info = PngImagePlugin.PngInfo()
    info.add_itxt("genapp", text or kept)
    Image.fromarray(change(pixels)).save(path, pnginfo=info)


def _nudged(pixels: np.ndarray) -> np.ndarray:
    pixels[0, 0] += 1 if pixels[0, 0] < 255 else -1
    return pixels


def test_verify_on_the_same_machine_wants_every_bit(plain: Model, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Recipe(model="plain", seed=2).save(path, plain)
    _redraw(path, _nudged)
    result = verify(path, plain)
    assert (result.verdict, result.largest) == ("different", 1)
    assert "same processor" in result.message


def test_verify_of_another_machines_picture_allows_a_grey_level(plain: Model, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    Recipe(model="plain", seed=2).save(path, plain)
    elsewhere = json.loads(Recipe.load(path).to_json())
    elsewhere["fingerprint"]["onnxruntime"] = "1.0.0"
    _redraw(path, _nudged, json.dumps(elsewhere))
    assert verify(path, plain).verdict == "within tolerance"
    _redraw(path, lambda pixels: 255 - pixels)
    assert verify(path, plain).verdict == "different"
    _redraw(path, lambda pixels: np.zeros((9, 9), np.uint8))
    assert verify(path, plain).verdict == "different"


def test_verify_says_when_the_model_is_another(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine", "mine")
    path = tmp_path / "picture.png"
    Recipe(model=str(folder), seed=2).save(path)
    assert verify(path, models=[tmp_path]).ok
    make_generator(folder, "mine", weights_seed=9)
    result = verify(path, models=[tmp_path])
    assert (result.verdict, result.ok, result.largest) == ("another model", False, None)
    with pytest.raises(RecipeError, match="another model"):
        Recipe.load(path).render(genapp.load_model(folder))


def compare(saved: np.ndarray, drawn: np.ndarray, same_machine: bool) -> Verification:
    return judge(ImageOutput(height=100, width=100, channels=3).compare(saved, drawn), same_machine)


def test_tolerance_is_one_grey_level_on_all_but_one_pixel_in_a_thousand() -> None:
    drawn = np.full((100, 100, 3), 100, np.uint8)
    saved = drawn + np.uint8(1)
    assert compare(saved, drawn, same_machine=False).verdict == "within tolerance"
    saved.reshape(-1, 3)[:10, 1] = 200
    assert compare(saved, drawn, same_machine=False).verdict == "within tolerance"
    saved.reshape(-1, 3)[:11, 1] = 200
    assert compare(saved, drawn, same_machine=False).verdict == "different"


def test_files_that_hold_no_recipe(tmp_path: Path) -> None:
    path = tmp_path / "file.png"
    with pytest.raises(RecipeError, match=r"file\.png cannot be read: No such file"):
        Recipe.load(path)
    with pytest.raises(RecipeError, match="cannot be read"):
        Recipe.load(tmp_path)
    Image.new("L", (4, 4)).save(path)
    with pytest.raises(RecipeError, match="carries no recipe"):
        Recipe.load(path)
    with pytest.raises(RecipeError, match="the PNG cannot be read"):
        Recipe.load(path.read_bytes()[:40])
    with pytest.raises(RecipeError, match="neither a PNG nor JSON"):
        Recipe.load(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match="another version"):
        Recipe.load(b'{"schema_version": 3, "model": "a", "seed": 1}')
    with pytest.raises(RecipeError, match="too long"):
        Recipe.load(b" " * 2_000_000)


def test_content_is_as_good_as_a_path(plain: Model) -> None:
    data = Recipe(model="plain", seed=2).to_bytes(plain)
    assert Recipe.load(data).seed == 2
    assert verify(data, plain).verdict == "identical"


def test_save_wants_a_png(tmp_path: Path, plain: Model) -> None:
    with pytest.raises(RecipeError, match=r"end in \.png"):
        Recipe(model="plain", seed=1).save(tmp_path / "picture.jpg", plain)
