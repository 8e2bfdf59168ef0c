"""Faces to order, on a model of cartoon faces: conditions, one person in many looks, what never occurs, keeping."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from genapp.model import library
from genapp.model.conditions import Contradiction
from genapp.picture.recipe import Recipe
from genapp.ui.server.packing import from_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from genapp.ui.views.people import view as people
from tests.faces import LOOKS
from tests.genapp.ui.replies import picture, pictures

MODULES = (people, *people.VIEW.uses)

ARTIST = "faces-conditional-gan"


@pytest.fixture(scope="module")
def registry(face_models: Path) -> ModelRegistry:
    return ModelRegistry(library.find([face_models / ARTIST, face_models / "faces-gan"]))


def _asked(seed: int, **conditions: object) -> dict:
    return picture(ARTIST, seed=seed, truncation=0.7, conditions=conditions)


def test_the_view_shows_up_with_a_model_that_takes_orders(registry: ModelRegistry) -> None:
    tab = next(tab for tab in tabs(registry) if tab.name == "conditional")
    knows = tab.knows(registry)
    assert knows["views"] == ["people"] and knows["home"] == {ARTIST: "people"}
    assert knows["artists"][0]["looks"] == LOOKS
    assert tab.opening(registry)["people"]["count"] == 16
    only = ModelRegistry(library.Library(tuple(entry for entry in registry.models if entry.config.name == "faces-gan")))
    assert "conditional" not in [tab.name for tab in tabs(only)]


def test_a_grid_is_what_the_model_draws_when_asked(call, registry: ModelRegistry) -> None:
    conditions = {"smiling": True, "blond_hair": False}
    drawn = pictures(call("render", pictures=[_asked(seed, **conditions) for seed in range(3, 9)]))
    assert np.abs(drawn.astype(int) - registry.model(ARTIST).generate(range(3, 9), 0.7, **conditions)).max() <= 1
    assert not np.array_equal(drawn, pictures(call("render", pictures=[_asked(seed) for seed in range(3, 9)])))


def test_a_person_is_the_grids_and_each_other_picture_turns_one_thing(call) -> None:
    for seed in range(8):
        reply = call("looks", picture=_asked(seed, smiling=True))
        images, people = pictures(reply), reply["pictures"]
        looks = [person["recipe"]["conditions"] for person in people]
        assert np.array_equal(images[:1], pictures(call("render", pictures=[_asked(seed, smiling=True)])))
        assert looks[0]["smiling"] and reply["count"] == len(looks) == 1 + len(reply["turned"])
        for look, name in zip(looks[1:], reply["turned"], strict=True):
            assert look[name] != looks[0][name] and set(look) == set(LOOKS)
            assert not (look["black_hair"] and look["blond_hair"])  # another colour takes the first one's place
        assert all(person == _asked(seed, **look) for person, look in zip(people, looks, strict=True))
        again = call("looks", picture=people[1])
        assert np.array_equal(pictures(again)[0], images[1]) and again["pictures"][0] == people[1]


def test_what_nobody_looks_like_is_refused_kindly(call, registry: ModelRegistry) -> None:
    both = {"black_hair": True, "blond_hair": True}
    assert call("render", pictures=[_asked(1, **both)])["error"] == "contradiction"
    for name in ("looks", "save", "link"):
        assert call(name, picture=_asked(1, **both))["error"] == "contradiction"
    with pytest.raises(Contradiction, match="black_hair and blond_hair: leave one of them open"):
        registry.model(ARTIST).generate([1], **both)


@pytest.mark.parametrize("bad", [_asked(1, wings=True), _asked(1, smiling=1), _asked(1, smiling="yes"), {}])
def test_wrong_requests_are_refused(call, bad: dict) -> None:
    assert call("looks", picture=bad)["error"] == "request"
    assert call("looks", picture=picture("faces-gan", seed=1))["error"] == "model"


def test_a_person_is_kept_with_all_of_the_look(call) -> None:
    asked = _asked(5, smiling=True)
    shown = call("looks", picture=asked)
    saved = call("save", picture={"recipe": {**asked["recipe"], "enlarge": 4}})
    assert saved["name"] == f"{ARTIST}-5.png"
    data = from_base64(saved["file"])
    assert Image.open(io.BytesIO(data)).size == (256, 256)
    person = shown["pictures"][0]["recipe"]
    assert Recipe.load(data).conditions == person["conditions"]
    for back in (call("reopen", png=saved["file"]), call("follow", query=call("link", picture=asked)["query"])):
        assert (back["recipe"], back["verdict"]) == (person, "identical")
    assert np.array_equal(pictures(call("looks", picture={"recipe": person}))[0], pictures(shown)[0])
    assert call("save", picture={"recipe": {**person, "enlarge": 17}})["error"] == "request"
