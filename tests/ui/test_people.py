"""Faces to order, on a model of cartoon faces: wishes, one person in many looks, what never occurs, what is kept."""

from __future__ import annotations

import io

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
from tests.faces import LOOKS, make_face_artist, make_face_gan
from tests.ui.replies import caller, pictures

ARTIST = "faces-conditional-gan"


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> ModelRegistry:
    folder = tmp_path_factory.mktemp("artists")
    make_face_artist(folder / "artist", ARTIST)
    make_face_gan(folder / "gan", "faces-gan")
    return ModelRegistry(library.find([folder]))


@pytest.fixture
def call(registry: ModelRegistry):
    call = caller(registry, people, *people.VIEW.uses)
    return lambda name, **json: call(name, **({"model": ARTIST, "truncation": 0.7} | json))


def test_the_view_shows_up_with_a_model_that_takes_orders(registry: ModelRegistry) -> None:
    tab = next(tab for tab in tabs(registry) if tab.name == "conditional")
    knows = tab.knows(registry)
    assert knows["views"] == ["people"] and knows["home"] == {ARTIST: "people"}
    assert knows["artists"][0]["looks"] == LOOKS
    assert tab.opening(registry)["people"]["count"] == 16
    only = ModelRegistry(library.Library(tuple(entry for entry in registry.models if entry.config.name == "faces-gan")))
    assert "conditional" not in [tab.name for tab in tabs(only)]


def test_a_grid_is_what_the_model_draws_when_asked(call, registry: ModelRegistry) -> None:
    wishes = {"smiling": True, "blond_hair": False}
    drawn = pictures(call("people", seed=3, count=6, wishes=wishes))
    assert np.array_equal(drawn, registry.model(ARTIST).generate(range(3, 9), 0.7, **wishes))
    assert not np.array_equal(drawn, pictures(call("people", seed=3, count=6, wishes={})))


def test_a_person_is_the_grids_and_each_other_picture_turns_one_thing(call) -> None:
    for seed in range(8):
        reply = call("person", seed=seed, wishes={"smiling": True})
        images, looks = pictures(reply), reply["looks"]
        assert np.array_equal(images[:1], pictures(call("people", seed=seed, count=1, wishes={"smiling": True})))
        assert looks[0]["smiling"] and reply["count"] == len(looks) == 1 + len(reply["turned"])
        for look, name in zip(looks[1:], reply["turned"], strict=True):
            assert look[name] != looks[0][name] and set(look) == set(LOOKS)
            assert not (look["black_hair"] and look["blond_hair"])  # another colour takes the first one's place
        again = call("person", seed=seed, wishes=looks[1])
        assert np.array_equal(pictures(again)[0], images[1]) and again["looks"][0] == looks[1]


def test_what_nobody_looks_like_is_refused_kindly(call, registry: ModelRegistry) -> None:
    both = {"black_hair": True, "blond_hair": True}
    assert call("people", seed=1, count=4, wishes=both)["error"] == "contradiction"
    for name in ("person", "keepperson", "linkperson"):
        assert call(name, seed=1, wishes=both)["error"] == "contradiction"
    with pytest.raises(Contradiction, match="black_hair and blond_hair: leave one of them open"):
        registry.model(ARTIST).generate([1], **both)


@pytest.mark.parametrize("bad", [{"wishes": {"wings": True}}, {"wishes": {"smiling": 1}}, {"model": "faces-gan"}, {}])
def test_wrong_requests_are_refused(call, bad: dict) -> None:
    reply = call("person", **({"seed": 1, "wishes": {}} | bad if bad else {"seed": 1}))
    assert reply["error"] == ("model" if "model" in bad else "request")


def test_a_person_is_kept_with_all_of_the_look(call, registry: ModelRegistry) -> None:
    request = {"seed": 5, "wishes": {"smiling": True}}
    shown = call("person", **request)
    saved = call("keepperson", **request, enlarge=4)
    assert saved["name"] == f"{ARTIST}-5.png"
    data = from_base64(saved["file"])
    assert Image.open(io.BytesIO(data)).size == (256, 256)
    assert Recipe.load(data).conditions == shown["looks"][0]
    back = caller(registry, *people.VIEW.uses)("open", png=saved["file"])
    assert (back["conditions"], back["verdict"]) == (shown["looks"][0], "identical")
    again = call(
        "person", seed=back["point"]["seed"], truncation=back["point"]["truncation"], wishes=back["conditions"]
    )
    assert np.array_equal(pictures(again)[0], pictures(shown)[0])
    assert call("keepperson", **request, enlarge=17)["error"] == "request"
    assert "with=smiling" in call("linkperson", **request)["query"]
