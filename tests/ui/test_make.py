"""The Make view's calls, on real models."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from genapp.latents import walk
from genapp.model.model import load_model
from genapp.picture.recipe import Recipe
from genapp.ui.server import points
from genapp.ui.server.packing import from_base64, pack, to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.make import view as make
from tests.folders import make_generator
from tests.ui.replies import caller, pictures


@pytest.fixture
def call(registry: ModelRegistry):
    return caller(registry, *make.VIEW.uses)


def test_a_grid_is_what_the_seeds_give(call, registry: ModelRegistry) -> None:
    reply = call("sample", model="styled", seed=5, count=10, truncation=0.7)
    assert np.array_equal(pictures(reply), registry.model("styled").generate(range(5, 15), 0.7))
    assert reply["provider"] == "CPU" and reply["ms"] > 0


@pytest.mark.parametrize(
    "bad",
    [
        {"count": 65},
        {"count": 0},
        {"count": 9.5},
        {"seed": -1},
        {"seed": 2**32},
        {"seed": True},
        {"truncation": 99},
        {"truncation": float("nan")},
        {"extra": 1},
        {"model": ["plain"]},
    ],
)
def test_wishes_beyond_the_limits_are_refused(call, bad: dict) -> None:
    assert call("sample", **{"model": "plain", "seed": 1, "count": 9, "truncation": 1.0, **bad})["error"] == "request"


@pytest.mark.parametrize("name", ["../../etc", "nobody/none", "judge", ""])
def test_only_models_on_the_shelf_can_be_named(call, name: str) -> None:
    assert call("sample", model=name, seed=1, count=9, truncation=1.0)["error"] == "model"


def test_a_model_without_a_prior_is_refused_kindly(call) -> None:
    assert call("sample", model="coder", seed=1, count=4, truncation=1.0)["error"] == "request"


def test_a_walk_starts_and_ends_at_itspictures(call, registry: ModelRegistry) -> None:
    points = [{"seed": 1, "truncation": 0.5}, {"seed": 2, "truncation": 0.5}]
    reply = call("walk", model="plain", points=points, steps=7)
    model = registry.model("plain")
    ends = model.truncate(model.latents([1, 2]), 0.5)
    assert np.array_equal(pictures(reply), model.decode(walk.interpolate(model, ends[0], ends[1], 7)))
    assert reply["ws"][0] == pack(ends[:1])[0]


def test_a_walk_through_several_has_no_doubled_frame_and_a_closed_one_returns(call) -> None:
    points = [{"seed": seed} for seed in (1, 2, 3)]
    open_ws = call("walk", model="plain", points=points, steps=5)["ws"]
    assert len(open_ws) == len(set(open_ws)) == 9
    closed_ws = call("walk", model="plain", points=points, steps=5, closed=True)["ws"]
    assert len(closed_ws) == len(set(closed_ws)) == 15


def test_long_walks_are_refused(call) -> None:
    points = [{"seed": seed} for seed in range(8)]
    assert call("walk", model="plain", points=points, steps=48)["error"] == "request"
    assert call("walk", model="plain", points=points[:1], steps=5)["error"] == "request"


def test_an_animation_is_the_walk_lossless_enlarged_and_endless(call) -> None:
    walked = {"model": "clouds", "points": [{"seed": 1}, {"seed": 2}], "steps": 4}
    frames = pictures(call("walk", **walked))
    reply = call("animate", **walked)
    film = Image.open(io.BytesIO(from_base64(reply["file"])))
    assert film.n_frames == 6 and film.info["loop"] == 0 and film.size == (336, 336)
    for index, frame in enumerate((0, 1, 2, 3, 2, 1)):
        film.seek(index)
        assert np.array_equal(np.asarray(film.convert("RGB"))[::28, ::28], frames[frame])


def test_siblings_are_close_and_repeatable(call, registry: ModelRegistry) -> None:
    asked = {"model": "plain", "point": {"seed": 3}, "count": 16}
    first, again, other = (
        call("siblings", **asked, variation_seed=1),
        call("siblings", **asked, variation_seed=1),
        call("siblings", **asked, variation_seed=2),
    )
    assert first["ws"] == again["ws"] != other["ws"]
    model = registry.model("plain")
    w = model.latents([3])
    siblings = points.near(model, w[0], 16, 1)
    strangers = model.latents(range(100, 116))
    assert np.linalg.norm(siblings - w, axis=2).mean() < 0.6 * np.linalg.norm(strangers - w, axis=2).mean()


def test_the_judge_reads(call) -> None:
    reply = call("read", model="plain", point={"seed": 1})
    assert reply["label"] in "0123456789" and 10 <= reply["percent"] <= 100 and len(reply["shares"]) == 10
    assert "label" not in call("read", model="clouds", point={"seed": 1})


@pytest.mark.parametrize("point", [{"seed": 11, "truncation": 0.6}, "w"])
def test_a_saved_png_brings_everything_back(call, registry: ModelRegistry, point: object) -> None:
    if point == "w":
        point = {"w": call("walk", model="styled", points=[{"seed": 1}, {"seed": 2}], steps=5)["ws"][2]}
    saved = call("save", model="styled", point=point)
    assert saved["name"].endswith(".png")
    reply = call("open", png=saved["file"])
    assert (reply["model"], reply["point"], reply["verdict"]) == ("styled", point, "identical")


def test_digits_are_saved_large_with_sharp_pixels_and_linked(call, registry: ModelRegistry) -> None:
    saved = call("save", model="plain", point={"seed": 4}, enlarge=8)
    picture = np.asarray(Image.open(io.BytesIO(from_base64(saved["file"]))))
    assert picture.shape == (224, 224)
    assert np.array_equal(picture[3::8, 5::8], registry.model("plain").generate([4])[0, :, :, 0])
    assert call("open", png=saved["file"])["enlarge"] == 8
    query = call("link", model="plain", point={"seed": 4, "truncation": 0.5})["query"]
    assert call("follow", query=query)["point"] == {"seed": 4, "truncation": 0.5}


def _plain_png(**text: str) -> str:
    info = PngImagePlugin.PngInfo()
    for key, value in text.items():
        info.add_itxt(key, value)
    buffer = io.BytesIO()
    Image.new("L", (28, 28)).save(buffer, "PNG", pnginfo=info)
    return to_base64(buffer.getvalue())


def test_files_that_cannot_be_opened_say_why(call) -> None:
    assert call("open", png=_plain_png())["error"] == "recipe"
    assert call("open", png=_plain_png(genapp="{"))["error"] == "recipe"
    assert call("open", png=_plain_png(genapp='{"model": "plain", "w": [[1, 2]]}'))["error"] == "recipe"
    assert call("open", png=to_base64(b"text"))["error"] == "picture"
    assert call("open", png=to_base64(b"\x89PNG\r\n\x1a\nbroken"))["error"] == "picture"
    assert call("open", png="A" * 3_000_000)["error"] == "request"
    stranger = call("open", png=_plain_png(genapp='{"model": "/etc/passwd", "seed": 1}'))
    assert stranger == {"error": "stranger", "model": "/etc/passwd"}


def test_another_version_of_the_model_is_told_apart(call, tmp_path) -> None:
    other = load_model(make_generator(tmp_path / "plain", "plain", size=28, weights_seed=8))
    reply = call("open", png=to_base64(Recipe(model="plain", seed=4).to_bytes(other)))
    assert (reply["verdict"], reply["point"]["seed"]) == ("another model", 4)
