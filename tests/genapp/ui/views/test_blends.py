"""The calls of blending, on models of cartoon faces: sums and broods of pictures of every kind."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genapp.latents import blending
from genapp.model import library
from genapp.picture.packing import pack, unpack
from genapp.picture.recipe import Recipe
from genapp.ui.locales.words import words
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.faces import view as faces
from tests.genapp.ui.replies import picture, pictures, seeds

MODULES = faces.VIEW.uses


@pytest.fixture(scope="module")
def registry(face_models: Path) -> ModelRegistry:
    return ModelRegistry(library.find([face_models / "faces-vae", face_models / "faces-gan"]))


SEED = {"seed": 1, "truncation": 0.7}
MIXED = {"seed": 2, "mix": {"seed": 3, "shares": {"fine": 1.0}}}
EDITED = {"seed": 4, "edits": {"smiling": 2.0}}


def _latents(registry: ModelRegistry, name: str, *points: dict) -> list[np.ndarray]:
    return [Recipe(model=name, **point).latents(registry.model(name))[0] for point in points]


def test_a_sum_shows_its_parts_and_what_they_make(call, registry: ModelRegistry) -> None:
    model = registry.model("faces-gan")
    reply = call("combine", pictures=[picture("faces-gan", **one) for one in (SEED, MIXED, EDITED)])
    parts = _latents(registry, "faces-gan", SEED, MIXED, EDITED)
    made = blending.combine(model, *parts)
    assert np.array_equal(unpack(reply["pictures"][0]["recipe"]["w"]), made)
    assert np.array_equal(pictures(reply), model.decode(np.stack([*parts, made])))


@pytest.mark.parametrize("name", ["faces-gan", "faces-vae"])
def test_children_come_as_pictures_and_latents_that_can_be_parents(call, registry: ModelRegistry, name: str) -> None:
    model = registry.model(name)
    parents = [SEED, {"w": pack(model.latents([9])[0])}] + ([MIXED, EDITED] if name == "faces-gan" else [])
    asked = [picture(name, **parent) for parent in parents]
    reply = call("breed", pictures=asked, mutation=0.3, count=8, variation_seed=5)
    wanted = blending.breed(model, _latents(registry, name, *parents), 0.3, 8, 5)
    assert reply["count"] == 8
    assert reply["pictures"] == [picture(name, w=pack(w)) for w in wanted]
    assert np.array_equal(pictures(reply), model.decode(wanted))
    drawn = call("render", pictures=reply["pictures"][3:4])
    assert np.abs(pictures(drawn)[0].astype(int) - pictures(reply)[3]).max() <= 1
    grandchildren = call("breed", pictures=reply["pictures"][:2], mutation=0, count=4, variation_seed=1)["pictures"]
    assert len({child["recipe"]["w"] for child in grandchildren}) == 4
    again = call("reopen", png=call("save", picture=grandchildren[0])["file"])
    assert again == {**grandchildren[0], "verdict": "identical", "ms": again["ms"]}


def test_one_parent_without_mutation_is_told_why_not(call) -> None:
    asked = {"pictures": [picture("faces-gan", **SEED)], "count": 2, "variation_seed": 1}
    assert call("breed", **asked, mutation=0)["error"] == "clones" and "error.clones" in words("en")
    assert len(call("breed", **asked, mutation=0.1)["pictures"]) == 2


@pytest.mark.parametrize(
    "bad",
    [
        {"pictures": []},
        {"pictures": seeds("faces-gan", range(5))},
        {"pictures": [picture("faces-gan", seed=1), picture("faces-gan", w="AAAA")]},
        {"pictures": [picture("faces-gan", seed=1), picture("faces-gan", w=pack([[1.0, 2.0]]))]},
        {"pictures": [picture("faces-gan", seed=1), picture("faces-vae", seed=1)]},
        {"pictures": [picture("faces-gan", seed=1), picture("faces-gan", seed=2, edits={"wings": 1})]},
        {"mutation": -0.1},
        {"mutation": float("nan")},
        {"count": 17},
        {"variation_seed": -1},
        {"glow": 1},
    ],
)
def test_broods_beyond_the_limits_are_refused(call, bad: dict) -> None:
    fine = {"pictures": seeds("faces-gan", (1, 2)), "mutation": 0.2, "count": 2, "variation_seed": 1}
    assert "pictures" in call("breed", **fine)
    assert call("breed", **fine | bad)["error"] == "request"


def test_faces_of_another_model_are_refused(call, registry: ModelRegistry) -> None:
    mine, stranger = (
        picture("faces-gan", **SEED),
        picture("faces-gan", w=pack(registry.model("faces-vae").latents(1)[0])),
    )
    assert call("combine", pictures=[mine, stranger, mine])["error"] == "request"
    assert call("breed", pictures=[mine, stranger], mutation=0, count=2, variation_seed=1)["error"] == "request"
    assert call("combine", pictures=[picture("nobody", **SEED)] * 3)["error"] == "model"
