"""The Make view's calls, on real models."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from genapp.latents import walk
from genapp.model.model import load_model
from genapp.picture.packing import pack
from genapp.picture.recipe import Recipe
from genapp.ui.server import drawing
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.make import view as make
from tests.folders import make_generator
from tests.genapp.ui.replies import encoded, picture, pictures, seeds

MODULES = make.VIEW.uses


def test_a_grid_is_what_the_seeds_give(call, registry: ModelRegistry) -> None:
    reply = call("render", pictures=seeds("styled", range(5, 15), truncation=0.7))
    apart = pictures(reply).astype(int) - registry.model("styled").generate(range(5, 15), 0.7)
    assert np.abs(apart).max() <= 1 and (apart == 0).mean() > 0.999
    assert reply["provider"] == "CPU" and reply["ms"] > 0


def test_a_grid_is_asked_for_by_its_first_picture(call) -> None:
    sample = call("sample", picture=picture("styled", seed=5, truncation=0.7), count=10)
    assert np.array_equal(
        pictures(sample), pictures(call("render", pictures=seeds("styled", range(5, 15), truncation=0.7)))
    )
    assert call("sample", picture=picture("styled", seed=2**32 - 5), count=6)["error"] == "request"
    assert call("sample", picture=picture("styled", seed=5), count=0)["error"] == "request"
    assert (
        call(
            "sample",
            picture=call("siblings", picture=picture("styled", seed=1), count=1, variation_seed=2)["pictures"][0],
            count=2,
        )["error"]
        == "request"
    )


def test_recipes_of_any_kind_stand_on_one_sheet(call, registry: ModelRegistry) -> None:
    model = registry.model("styled")
    w = model.latents([4])[0]
    named = [
        {"seed": 3, "truncation": 0.5, "finish": {"contrast": 1.3}},
        {"w": pack(w), "mix": {"seed": 9, "shares": {"all": 0.25}}},
        {"seed": 3, "mix": {"w": pack(w), "shares": {"all": 1.0}}},
        {"w": pack(w)},
    ]
    drawn = pictures(call("render", pictures=[picture("styled", **one) for one in named]))
    for image, recipe in zip(drawn, named, strict=True):
        assert np.abs(image.astype(int) - Recipe(model="styled", **recipe).render(model)).max() <= 1
    assert np.array_equal(drawn[2], drawn[3]) and not np.array_equal(drawn[1], drawn[3])


@pytest.mark.parametrize(
    "bad",
    [
        {"pictures": []},
        {"pictures": seeds("plain", range(65))},
        {"pictures": seeds("plain", [-1])},
        {"pictures": seeds("plain", [2**32])},
        {"pictures": seeds("plain", [True])},
        {"pictures": seeds("plain", [1.5])},
        {"pictures": seeds("plain", [1], truncation=99)},
        {"pictures": seeds("plain", [1], truncation=float("nan"))},
        {"pictures": seeds("plain", [1], glow=1)},
        {"pictures": [picture("plain", seed=1), picture("styled", seed=1)]},
        {"pictures": [{"recipe": {"model": ["plain"], "seed": 1}}]},
        {"pictures": [{"recipe": {"model": "plain", "seed": 1}, "private": "no"}]},
        {"pictures": [picture("plain", seed=1, conditions={"digit": "7"})]},
        {"pictures": seeds("plain", [1]), "extra": 1},
    ],
)
def test_wishes_beyond_the_limits_are_refused(call, bad: dict) -> None:
    assert call("render", **bad)["error"] == "request"


@pytest.mark.parametrize("number", [np.inf, np.nan, 1e30])
def test_latents_out_of_this_world_are_refused(call, registry: ModelRegistry, number: float) -> None:
    w = np.full((1, registry.model("plain").config.latent.width), 1.0, "<f4")
    fine = {"w": pack(w)}
    assert call("render", pictures=[picture("plain", **fine)])["count"] == 1
    layers, _, text = pack(w).partition(".")
    w[0, 0] = number
    bad = f"{layers}.{to_base64(w.tobytes()).replace('+', '-').replace('/', '_').rstrip('=')}"
    assert call("render", pictures=[picture("plain", w=bad)])["error"] == "request"
    mixed = picture("plain", seed=1, mix={"w": bad, "shares": {"all": 0.5}})
    assert call("render", pictures=[mixed])["error"] == "request"
    assert call("render", pictures=[picture("plain", w=text)])["error"] == "request"


@pytest.mark.parametrize("name", ["../../etc", "nobody/none", "judge", "x"])
def test_only_models_on_the_shelf_can_be_named(call, name: str) -> None:
    assert call("render", pictures=seeds(name, [1]))["error"] == "model"


def test_a_model_without_a_prior_is_refused_kindly(call) -> None:
    assert call("render", pictures=seeds("coder", [1]))["error"] == "request"


def test_a_walk_starts_and_ends_at_its_pictures(call, registry: ModelRegistry) -> None:
    reply = call("walk", pictures=seeds("plain", [1, 2], truncation=0.5), steps=7)
    model = registry.model("plain")
    ends = model.truncate(model.latents([1, 2]), 0.5)
    assert np.array_equal(pictures(reply), model.decode(walk.interpolate(model, ends[0], ends[1], 7)))
    assert reply["pictures"][0] == picture("plain", w=pack(ends[0]))


def test_a_walk_is_finished_as_its_end_is_and_private_as_any_of_it(call) -> None:
    stops = [picture("plain", seed=1, private=True), picture("plain", seed=2, finish={"contrast": 1.5})]
    reply = call("walk", pictures=stops, steps=3)
    assert all(step["private"] and step["recipe"]["finish"] == {"contrast": 1.5} for step in reply["pictures"])
    assert np.array_equal(pictures(call("render", pictures=reply["pictures"])), pictures(reply))
    assert "pictures" not in call("walk", pictures=stops, steps=3, recipes=False)


def test_a_walk_through_several_has_no_doubled_frame_and_a_closed_one_returns(call) -> None:
    def frames(closed: bool) -> list[str]:
        reply = call("walk", pictures=seeds("plain", (1, 2, 3)), steps=5, closed=closed)
        return [step["recipe"]["w"] for step in reply["pictures"]]

    assert len(frames(False)) == len(set(frames(False))) == 9
    assert len(frames(True)) == len(set(frames(True))) == 15


def test_long_walks_are_refused(call) -> None:
    assert call("walk", pictures=seeds("plain", range(8)), steps=48)["error"] == "request"
    assert call("walk", pictures=seeds("plain", [1]), steps=5)["error"] == "request"


def test_an_animation_is_the_walk_lossless_enlarged_and_endless(call) -> None:
    walked = {"pictures": seeds("clouds", [1, 2]), "steps": 4}
    frames = pictures(call("walk", **walked))
    reply = call("animate", **walked)
    film = Image.open(io.BytesIO(from_base64(reply["file"])))
    assert film.n_frames == 6 and film.info["loop"] == 0 and film.size == (336, 336)
    for index, frame in enumerate((0, 1, 2, 3, 2, 1)):
        film.seek(index)
        assert np.array_equal(np.asarray(film.convert("RGB"))[::28, ::28], frames[frame])


def test_siblings_are_close_and_repeatable(call, registry: ModelRegistry) -> None:
    asked = {"picture": picture("plain", seed=3), "count": 16}
    first, again, other = (call("siblings", **asked, variation_seed=seed)["pictures"] for seed in (1, 1, 2))
    assert first == again != other
    model = registry.model("plain")
    w = model.latents([3])
    siblings = drawing.near(model, w[0], 16, 1)
    assert first == [picture("plain", w=pack(sibling)) for sibling in siblings]
    strangers = model.latents(range(100, 116))
    assert np.linalg.norm(siblings - w, axis=2).mean() < 0.6 * np.linalg.norm(strangers - w, axis=2).mean()


def test_the_judge_reads(call) -> None:
    (reading,) = call("read", picture=picture("plain", seed=1))["reads"]
    assert reading["label"] in "0123456789" and 10 <= reading["percent"] <= 100 and len(reading["shares"]) == 10
    assert "reads" not in call("read", picture=picture("clouds", seed=1))


@pytest.mark.parametrize("recipe", [{"seed": 11, "truncation": 0.6}, "w"])
def test_a_saved_png_brings_everything_back(call, recipe: object) -> None:
    kept = picture("styled", **recipe) if recipe != "w" else _step(call)
    saved = call("save", picture=kept)
    assert saved["name"].endswith(".png")
    reply = call("reopen", png=saved["file"])
    assert reply == {**kept, "verdict": "identical", "ms": reply["ms"]}


def _step(call) -> dict:
    return call("walk", pictures=seeds("styled", [1, 2]), steps=5)["pictures"][2]


def test_digits_are_saved_large_with_sharp_pixels_and_linked(call, registry: ModelRegistry) -> None:
    saved = call("save", picture=picture("plain", seed=4, enlarge=8))
    image = np.asarray(Image.open(io.BytesIO(from_base64(saved["file"]))))
    assert image.shape == (224, 224) and saved["name"] == "plain-4.png"
    assert np.array_equal(image[3::8, 5::8], registry.model("plain").generate([4])[0, :, :, 0])
    assert call("reopen", png=saved["file"])["recipe"] == {"model": "plain", "seed": 4}  # the page draws it small
    asked = picture("plain", seed=4, truncation=0.5)
    assert call("follow", query=call("link", picture=asked)["query"])["recipe"] == asked["recipe"]


def _plain_png(**text: str) -> str:
    info = PngImagePlugin.PngInfo()
    for key, value in text.items():
        info.add_itxt(key, value)
    return encoded(np.zeros((28, 28), np.uint8), pnginfo=info)


def test_files_that_cannot_be_opened_say_why(call) -> None:
    assert call("reopen", png=_plain_png())["error"] == "recipe"
    assert call("reopen", png=_plain_png(genapp="{"))["error"] == "recipe"
    assert call("reopen", png=_plain_png(genapp='{"model": "plain", "w": [[1, 2]]}'))["error"] == "recipe"
    assert call("reopen", png=to_base64(b"text"))["error"] == "picture"
    assert call("reopen", png=to_base64(b"\x89PNG\r\n\x1a\nbroken"))["error"] == "picture"
    assert call("reopen", png="A" * 3_000_000)["error"] == "request"
    stranger = call("reopen", png=_plain_png(genapp='{"model": "/etc/passwd", "seed": 1}'))
    assert stranger == {"error": "stranger", "model": "/etc/passwd"}


def test_another_version_of_the_model_is_told_apart(call, tmp_path) -> None:
    other = load_model(make_generator(tmp_path / "plain", "plain", size=28, weights_seed=8))
    reply = call("reopen", png=to_base64(Recipe(model="plain", seed=4).to_bytes(other)))
    assert (reply["verdict"], reply["recipe"]["seed"]) == ("another model", 4)
