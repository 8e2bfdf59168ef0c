"""Which tabs and views there are, and what the page knows of them at its start."""

from __future__ import annotations

from pathlib import Path

import pytest

from genapp.model import library
from genapp.ui import views
from genapp.ui.locales.words import words
from genapp.ui.server import page
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs


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
