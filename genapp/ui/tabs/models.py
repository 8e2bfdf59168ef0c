"""The tab for models of anything that has no tab of its own."""

from __future__ import annotations

from genapp.ui.server.opening import DIGITS, opening
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.tabs.tab import Tab, View
from genapp.ui.views.make import view as make

TASKS_WITH_A_TAB = ("digits", "faces")


def tab(registry: ModelRegistry) -> Tab | None:
    """None where there is no such model."""
    entries = registry.models
    models = tuple(entry for entry in entries if entry.config.task not in TASKS_WITH_A_TAB and entry.config.sampling)
    if not models:
        return None

    def warm() -> None:
        for entry in models:
            registry.model(entry.config.name).warm()

    views = (View("make", make.calls),)
    return Tab("models", "pictures", views, models, DIGITS, {}, lambda: opening(registry, models[0], DIGITS), warm)
