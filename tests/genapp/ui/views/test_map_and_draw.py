"""The Map and Draw views' calls."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from genapp.picture.packing import pack
from genapp.ui.endpoints.drawings import real_digits
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.views.draw import neighbours
from genapp.ui.views.draw import view as draw
from genapp.ui.views.map import view as map
from tests.genapp.ui.replies import encoded, picture

MODULES = (map, draw)


def test_the_map_shows_the_places_where_they_are(call, registry: ModelRegistry) -> None:
    plane = call("plane", model="flat")
    left, bottom, right, top = plane["extent"]
    assert left < 0 < right and bottom < 0 < top
    assert plane["count"] == len(plane["classes"]) == map.TILES**2
    sheet = np.asarray(Image.open(io.BytesIO(from_base64(plane["png"]))))
    x, y = left + (right - left) * 2.5 / map.TILES, top - (top - bottom) * 4.5 / map.TILES
    tile = sheet[4 * 28 : 5 * 28, 2 * 28 : 3 * 28]
    there = registry.model("flat").decode(np.array([[[x, y]]], np.float32))[0, :, :, 0]
    assert np.abs(tile.astype(int) - there).max() <= 1


def test_a_place_is_drawn_read_and_can_be_kept(call) -> None:
    reply = call("place", model="flat", x=0.5, y=-1.25)
    assert reply["label"] and reply["count"] == 1
    assert reply["picture"] == picture("flat", w=pack([[0.5, -1.25]]))


def test_only_flat_models_have_a_map(call) -> None:
    assert call("plane", model="plain")["error"] == "model"
    assert call("place", model="coder", x=0, y=0)["error"] == "model"
    assert call("place", model="flat", x=1e9, y=0)["error"] == "request"


def _drawing(ink: int = 255) -> str:
    image = np.zeros((280, 280), np.uint8)
    image[60:220, 130:160] = ink
    return encoded(image)


def test_a_drawing_is_seen_remembered_and_compared(call, registry: ModelRegistry) -> None:
    reply = call("draw", png=_drawing(), variation_seed=1)
    expected = {"seen": 1, "back": 2, "siblings": 8, "neighbours": 8}
    assert reply["parts"] == expected and reply["count"] == sum(expected.values())
    assert reply["models"] == ["coder", "flat"] and {one["recipe"]["model"] for one in reply["pictures"]} == {"flat"}
    assert len(reply["place"]) == 2 and reply["label"]


def test_an_empty_pad_has_no_answer(call) -> None:
    assert call("draw", png=_drawing(ink=0), variation_seed=1)["parts"] is None


def test_drawings_that_are_none_are_refused(call) -> None:
    assert call("draw", png=to_base64(b"x"), variation_seed=1)["error"] == "picture"
    assert call("draw", png="A" * 400_000, variation_seed=1)["error"] == "request"
    assert call("draw", png=encoded(np.zeros((5000, 5000), np.uint8)), variation_seed=1)["error"] == "picture"


def test_a_digit_s_nearest_digit_is_itself(registry: ModelRegistry) -> None:
    model, digits = registry.model("coder"), real_digits()
    assert digits.shape == (2000, 28, 28, 1)
    found = neighbours.nearest(model, model.encode(digits[17:18])[0], 3)
    assert np.array_equal(found[0], digits[17])
