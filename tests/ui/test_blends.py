"""The calls of blending, on models of cartoon faces: sums and broods of pictures of every kind."""

from __future__ import annotations

import numpy as np
import pytest

from genapp.latents import blending
from genapp.model import library
from genapp.ui.locales.words import words
from genapp.ui.server.packing import pack, unpack
from genapp.ui.server.points import Point, edited
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.faces import view as faces
from tests.faces import make_face_gan, make_face_vae
from tests.ui.replies import caller, pictures


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> ModelRegistry:
    folder = tmp_path_factory.mktemp("faces")
    make_face_vae(folder / "a-vae", "faces-vae")
    make_face_gan(folder / "b-gan", "faces-gan")
    return ModelRegistry(library.find([folder]))


@pytest.fixture
def call(registry: ModelRegistry):
    return caller(registry, *faces.VIEW.uses)


SEED = {"seed": 1, "truncation": 0.7}
MIXED = {"seed": 2, "mix": {"seed": 3, "shares": {"fine": 1.0}}}
EDITED = {"seed": 4, "edits": {"smiling": 2.0}}


def _latents(registry: ModelRegistry, name: str, *points: dict) -> list[np.ndarray]:
    return [edited(registry.model(name), Point(**point)) for point in points]


def test_a_sum_shows_its_parts_and_what_they_make(call, registry: ModelRegistry) -> None:
    model = registry.model("faces-gan")
    reply = call("combine", model="faces-gan", first=SEED, minus=MIXED, plus=EDITED)
    parts = _latents(registry, "faces-gan", SEED, MIXED, EDITED)
    made = blending.combine(model, *parts)
    assert np.array_equal(unpack(reply["ws"][0], model.config), made)
    assert np.array_equal(pictures(reply), model.decode(np.stack([*parts, made])))


@pytest.mark.parametrize("name", ["faces-gan", "faces-vae"])
def test_children_come_as_pictures_and_latents_that_can_be_parents(call, registry: ModelRegistry, name: str) -> None:
    model = registry.model(name)
    parents = [SEED, {"w": pack(model.latents([9]))[0]}] + ([MIXED, EDITED] if name == "faces-gan" else [])
    reply = call("breed", model=name, parents=parents, mutation=0.3, count=8, variation_seed=5)
    wanted = blending.breed(model, _latents(registry, name, *parents), 0.3, 8, 5)
    assert reply["count"] == 8 and reply["ws"] == pack(wanted)
    assert np.array_equal(pictures(reply), model.decode(wanted))
    drawn = call("picture", model=name, point={"w": reply["ws"][3]})
    assert np.abs(pictures(drawn)[0].astype(int) - pictures(reply)[3]).max() <= 1
    grandchildren = call(
        "breed", model=name, parents=[{"w": w} for w in reply["ws"][:2]], mutation=0, count=4, variation_seed=1
    )
    assert len(set(grandchildren["ws"])) == 4
    again = call("open", png=call("save", model=name, point={"w": grandchildren["ws"][0]})["file"])
    assert (again["point"], again["verdict"]) == ({"w": grandchildren["ws"][0]}, "identical")


def test_one_parent_without_mutation_is_told_why_not(call) -> None:
    asked = {"model": "faces-gan", "parents": [SEED], "count": 2, "variation_seed": 1}
    assert call("breed", **asked, mutation=0)["error"] == "clones" and "error.clones" in words("en")
    assert len(call("breed", **asked, mutation=0.1)["ws"]) == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"parents": []},
        {"parents": [{"seed": seed} for seed in range(5)]},
        {"parents": [{"seed": 1}, {"w": "AAAA"}]},
        {"parents": [{"seed": 1}, {"seed": 2, "edits": {"wings": 1}}]},
        {"mutation": -0.1},
        {"mutation": float("nan")},
        {"count": 17},
        {"variation_seed": -1},
        {"glow": 1},
    ],
)
def test_broods_beyond_the_limits_are_refused(call, bad: dict) -> None:
    fine = {
        "model": "faces-gan",
        "parents": [{"seed": 1}, {"seed": 2}],
        "mutation": 0.2,
        "count": 2,
        "variation_seed": 1,
    }
    assert "ws" in call("breed", **fine)
    assert call("breed", **fine | bad)["error"] == "request"


def test_faces_of_another_model_are_refused(call, registry: ModelRegistry) -> None:
    stranger = {"w": pack(registry.model("faces-vae").latents([1]))[0]}
    assert call("combine", model="faces-gan", first=SEED, minus=stranger, plus=SEED)["error"] == "request"
    assert (
        call("breed", model="faces-gan", parents=[SEED, stranger], mutation=0, count=2, variation_seed=1)["error"]
        == "request"
    )
    assert call("combine", model="nobody", first=SEED, minus=SEED, plus=SEED)["error"] == "model"
