"""Somebody's picture: found, redrawn, and kept private until the person says otherwise."""

from __future__ import annotations

import base64
import logging
import tempfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import genapp
from genapp.model import library
from genapp.photo import face_crop
from genapp.picture.packing import pack
from genapp.pixels.png import decode
from genapp.ui.server import page
from genapp.ui.server.packing import from_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from genapp.ui.views.faces import view as faces
from genapp.ui.views.photo import view as photo
from tests.faces import drawn_face, photograph
from tests.folders import make_generator
from tests.genapp.ui.replies import encoded, picture, pictures

MODULES = (photo, *faces.VIEW.uses)


@pytest.fixture(scope="module")
def registry(face_models: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelRegistry:
    folder = tmp_path_factory.mktemp("photo") / "one"
    make_generator(folder, "grey-faces", size=20, task="faces", encoder=True, family="vae")
    return ModelRegistry(library.find([face_models / "faces-vae", face_models / "faces-gan", folder]))


def _snapshot(*places: tuple[int, int, int, float]) -> np.ndarray:
    """Drawn faces, uint8 (400, 640, 3)."""
    return np.asarray(photograph(*places, size=(640, 400)))


# --- finding ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", [0, -30, 25])
def test_a_face_is_found_where_it_is_and_as_it_leans(call, turn: int) -> None:
    straight = call("findface", picture=encoded(_snapshot((200, 200, 200, 0))))["faces"][0]
    leaning = call("findface", picture=encoded(_snapshot((400, 200, 200, turn)), "JPEG", quality=95))["faces"]
    assert len(leaning) == 1
    found = leaning[0]
    assert abs(found["turn"] - turn) < 8
    assert abs(found["side"] / straight["side"] - 1) < 0.15 and 120 < straight["side"] < 240
    assert np.hypot(found["x"] - 400, found["y"] - 200) < 30


def test_several_faces_are_all_offered_from_left_to_right(call) -> None:
    picture = _snapshot((470, 220, 240, 0), (140, 180, 200, 0))
    found = call("findface", picture=encoded(picture))["faces"]
    assert len(found) == 2 and abs(found[0]["x"] - 140) < 25 and abs(found[1]["x"] - 470) < 25
    assert found[1]["side"] > found[0]["side"]


def test_where_there_is_no_face_it_says_so(call) -> None:
    noise = np.random.RandomState(0).randint(0, 256, (240, 320, 3), np.uint8)
    for image in (noise, noise[:1], np.full((100, 100, 3), 128, np.uint8)):
        assert call("findface", picture=encoded(image)) == {"error": "noface"}


def test_without_dlib_nobody_claims_to_have_looked(call, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError("no dlib")

    monkeypatch.setattr(face_crop, "detector", missing)
    assert call("findface", picture=encoded(_snapshot((200, 200, 200, 0))))["faces"] == []


@pytest.mark.parametrize(
    ("picture", "error"),
    [
        ("", "photo"),
        ("####", "photo"),
        (base64.b64encode(b"GIF89a" + bytes(40)).decode(), "photo"),
        (encoded(np.zeros((641, 20, 3), np.uint8)), "photo"),
        (encoded(np.zeros((64, 64, 3), np.uint8), "JPEG")[:200], "photo"),
        (encoded(np.zeros((64, 64, 3), np.uint8), "BMP"), "photo"),
        ("A" * 2_100_000, "request"),
        (None, "request"),
    ],
)
def test_what_is_no_photo_is_refused(call, picture: object, error: str) -> None:
    for name, more in (("findface", {}), ("encodeface", {"model": "faces-vae"})):
        assert call(name, picture=picture, **more) == {"error": error}


# --- redrawing --------------------------------------------------------------------------------------------------------


def test_a_picture_of_the_models_own_comes_back_as_it_was(call, registry: ModelRegistry) -> None:
    model = registry.model("faces-vae")
    image = model.generate([5], 0.7)[0]
    large = np.asarray(Image.fromarray(image).resize((256, 256), Image.Resampling.LANCZOS))
    reply = call("encodeface", model="faces-vae", picture=encoded(large))
    seen, back = pictures(reply)
    assert np.abs(seen.astype(int) - image).mean() < 2 and np.abs(back.astype(int) - image).mean() < 4
    w = model.encode(seen[None])
    assert reply["picture"] == picture("faces-vae", private=True, w=pack(w[0])) and np.array_equal(
        back, model.decode(w)[0]
    )


def test_grey_models_of_any_size_redraw_too_and_others_do_not(call, registry: ModelRegistry) -> None:
    face = encoded(drawn_face(256))
    reply = call("encodeface", model="grey-faces", picture=face)
    assert (reply["width"], reply["height"], reply["count"]) == (20, 20, 2)
    assert call("encodeface", model="faces-gan", picture=face)["error"] == "model"
    tab = page.start(registry, tabs(registry))["tabs"][0]
    assert [model["name"] for model in tab["coders"]] == ["faces-vae", "grey-faces"]


# --- privacy ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def somebody(call) -> dict:
    """The envelope of somebody's face."""
    return call("encodeface", model="faces-vae", picture=encoded(drawn_face(256)))["picture"]


def _recipe(saved: dict) -> str | None:
    return decode(from_base64(saved["file"]))[1]


def test_a_saved_face_of_somebody_holds_its_latent_only_if_agreed(call, somebody: dict) -> None:
    kept = {"recipe": {**somebody["recipe"], "enlarge": 2}, "private": True}
    alone, whole = call("save", picture=kept), call("save", picture=kept, agreed=True)
    assert _recipe(alone) is None and b"genapp" not in from_base64(alone["file"])
    assert alone["name"] == "faces-vae.png"
    pixels = [decode(from_base64(saved["file"]))[0] for saved in (alone, whole)]
    assert np.array_equal(*pixels) and pixels[0].shape == (128, 128, 3)
    assert call("reopen", png=alone["file"])["error"] == "recipe"
    assert call("reopen", png=whole["file"])["recipe"] == somebody["recipe"]
    assert _recipe(call("save", picture={"recipe": somebody["recipe"]})) is not None


def test_a_link_to_somebodys_face_takes_a_word_of_consent(call, somebody: dict) -> None:
    assert call("link", picture=somebody) == {"error": "private"}
    query = call("link", picture=somebody, agreed=True)["query"]
    assert call("follow", query=query)["recipe"] == somebody["recipe"]


def test_what_is_made_of_somebodys_face_is_private_too(call, somebody: dict) -> None:
    other = picture("faces-vae", seed=3)
    made = [
        *call("walk", pictures=[somebody, other], steps=2)["pictures"],
        *call("siblings", picture=somebody, count=1, variation_seed=1)["pictures"],
        *call("breed", pictures=[other, somebody], mutation=0, count=1, variation_seed=1)["pictures"],
        *call("combine", pictures=[other, other, somebody])["pictures"],
    ]
    assert len(made) == 5 and all(one["private"] for one in made)
    for one in made:
        assert _recipe(call("save", picture=one)) is None
        assert call("link", picture=one)["error"] == "private"
    assert genapp.Recipe.from_json(_recipe(call("save", picture=made[0], agreed=True))).w


def test_no_log_quotes_a_photo_or_a_latent(call, registry: ModelRegistry, somebody: dict, monkeypatch, caplog) -> None:
    secret = somebody["recipe"]["w"]
    caplog.set_level(logging.DEBUG)
    model = registry.model("faces-vae")
    for kind in (RuntimeError, ValueError):

        def quote(*_: object, kind: type[Exception] = kind) -> None:
            raise kind(f"cannot use {secret}")

        for name in ("encode", "decode"):
            monkeypatch.setattr(type(model), name, quote)
        other = picture("faces-vae", seed=1)
        brood = {"pictures": [somebody], "mutation": 0.5, "count": 2, "variation_seed": 1}
        for reply in (
            call("encodeface", model="faces-vae", picture=encoded(drawn_face(64))),
            call("render", pictures=[somebody]),
            call("save", picture=somebody),
            call("walk", pictures=[other, somebody], steps=3),
            call("breed", **brood),
            call("combine", pictures=[other, other, somebody]),
        ):
            assert reply["error"] in ("failed", "request")
    call("render", pictures=[{**somebody, "more": secret}])
    call("render", pictures=[{"recipe": {**somebody["recipe"], "w": secret[:-3] + "!"}, "private": True}])
    call("encodeface", model="faces-vae", picture=secret * 40_000)
    ours = [record for record in caplog.records if record.name.startswith("genapp")]
    assert len(ours) == 15 and "RuntimeError in quote" in caplog.text
    assert secret[:24] not in caplog.text


def test_nothing_is_left_on_the_disk(call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    picture = encoded(_snapshot((200, 200, 200, 0)))
    assert call("findface", picture=picture)["faces"]
    assert call("encodeface", model="faces-vae", picture=picture)["picture"]
    assert list(tmp_path.rglob("*")) == []
