"""The Map and Draw views' calls, the model card, and which tabs there are."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from genapp.model import library
from genapp.picture.packing import pack
from genapp.shipped import TEST_DIGITS
from genapp.ui import views
from genapp.ui.endpoints import about
from genapp.ui.endpoints.drawings import real_digits
from genapp.ui.locales.words import words
from genapp.ui.server import page
from genapp.ui.server.packing import to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from genapp.ui.views.draw import neighbours
from genapp.ui.views.draw import view as draw
from genapp.ui.views.map import view as map
from tests.ui.replies import caller, picture


@pytest.fixture
def call(registry: ModelRegistry):
    return caller(registry, map, draw, about)


def test_the_map_shows_the_places_where_they_are(call, registry: ModelRegistry) -> None:
    plane = call("plane", model="flat")
    left, bottom, right, top = plane["extent"]
    assert left < 0 < right and bottom < 0 < top
    assert plane["count"] == len(plane["classes"]) == map.TILES**2
    sheet = np.asarray(Image.open(io.BytesIO(__import__("base64").b64decode(plane["png"]))))
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
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    return to_base64(buffer.getvalue())


def test_a_drawing_is_seen_remembered_and_compared(call, registry: ModelRegistry) -> None:
    reply = call("draw", png=_drawing(), variation_seed=1)
    expected = {"seen": 1, "back": 2, "siblings": 8}
    if TEST_DIGITS.exists():
        expected["neighbours"] = 8
    assert reply["parts"] == expected and reply["count"] == sum(expected.values())
    assert reply["models"] == ["coder", "flat"] and {one["recipe"]["model"] for one in reply["pictures"]} == {"flat"}
    assert len(reply["place"]) == 2 and reply["label"]


def test_an_empty_pad_has_no_answer(call) -> None:
    assert call("draw", png=_drawing(ink=0), variation_seed=1)["parts"] is None


def test_drawings_that_are_none_are_refused(call) -> None:
    assert call("draw", png=to_base64(b"x"), variation_seed=1)["error"] == "picture"
    assert call("draw", png="A" * 400_000, variation_seed=1)["error"] == "request"
    buffer = io.BytesIO()
    Image.new("L", (5000, 5000)).save(buffer, "PNG")
    assert call("draw", png=to_base64(buffer.getvalue()), variation_seed=1)["error"] == "picture"


@pytest.mark.skipif(not TEST_DIGITS.exists(), reason="assets/data/mnist is not here")
def test_a_digit_s_nearest_digit_is_itself(registry: ModelRegistry) -> None:
    model, digits = registry.model("coder"), real_digits()
    assert digits.shape == (2000, 28, 28, 1)
    found = neighbours.nearest(model, model.encode(digits[17:18])[0], 3)
    assert np.array_equal(found[0], digits[17])


def test_a_stranger_s_readme_can_do_no_harm() -> None:
    text = "---\nlicense: mit\n---\n# Hi\n<script>bad()</script>\n![spy](http://evil.example/x.png)\n[go](javascript:bad())"
    html = about.harmless_html(text + "\n![ours](samples.png)", samples=b"png")
    assert "<h1>Hi</h1>" in html and 'src="data:image/png;base64,cG5n"' in html and "evil" not in html
    assert "<script" not in html and html.count("<img") == 1
    assert 'href="javascript' not in html and "license" not in html


def test_the_card_tells_where_a_model_comes_from(call) -> None:
    reply = call("about", model="plain")
    assert reply["facts"]["licence"] == "MIT" and "html" in reply
    assert call("about", model="judge")["error"] == "model"


def test_tabs_and_views_follow_the_models(registry: ModelRegistry, tmp_path: Path) -> None:
    shown = tabs(registry)
    assert [(tab.name, [view.name for view in tab.views]) for tab in shown] == [
        ("digits", ["make", "map", "draw"]),
        ("models", ["make"]),
    ]
    assert [entry.config.name for entry in shown[0].models] == ["flat", "plain", "styled"]
    knows = page.start(registry, shown)
    assert knows["tabs"][0]["first"]["grid"]["count"] == 36 and knows["tabs"][1]["first"] is None
    only_clouds = ModelRegistry(library.Library(tuple(e for e in registry.models if e.config.name == "clouds")))
    assert [tab.name for tab in tabs(only_clouds)] == ["models"]
    assert tabs(ModelRegistry(library.Library())) == ()
    assert "none.title" in page.template(())


def test_a_view_is_one_folder(registry: ModelRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that only a test knows is offered, with its call and its words, where it says that it belongs."""
    folder = tmp_path / "clouds_view"
    folder.mkdir()
    (folder / "__init__.py").touch()
    (folder / "en.json").write_text('{"view.clouds_view": "Watch"}', "utf-8")
    (folder / "view.py").write_text(
        "from genapp.ui.endpoints.about import About\n"
        "from genapp.ui.server.endpoint import endpoint\n"
        "from genapp.ui.server.view import View\n"
        "@endpoint(About)\n"
        "def weather(registry, request): return {'model': request.model}\n"
        "knows = lambda registry, models: {'clouds': [entry.config.name for entry in models]}\n"
        "VIEW = View(tabs={'models': 2}, fits=lambda config: config.task == 'clouds', knows=knows)\n"
    )
    monkeypatch.setattr(views, "__path__", [*views.__path__, str(tmp_path)])
    shown = tabs(registry)
    assert [view.name for view in shown[1].views] == ["make", "clouds_view"]
    assert page.start(registry, shown)["tabs"][1]["clouds"] == ["clouds"]
    weather = next(call for call in page.server_functions(registry, shown) if call.__name__ == "weather")
    assert weather({"model": "clouds"})["model"] == "clouds"
    assert words("en")["view.clouds_view"] == "Watch"
