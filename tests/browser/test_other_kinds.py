"""The toy kind in the real page, in Chromium: its view comes with its folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

import genapp
from tests.browser.conftest import serve
from tests.browser.look import ref, view
from tests.toy_kind.conftest import model, models, registered

__all__ = ["model", "models", "registered"]  # fixtures


def test_words_are_spelled_in_a_view_of_their_own(
    visit: Callable[..., Page],
    model: genapp.Model,
    models: Path,
    tmp_path: Path,
) -> None:
    spelled = [genapp.Recipe(model="words", seed=seed).render(model) for seed in range(12)]
    with serve(models, tmp_path, ("-m", "tests.toy_kind.app")) as running:
        page = visit("#models-words", at=running.url)
        words = view(page, "words")
        expect(ref(words, "page")).to_have_text(" ".join(spelled[:6]))
        ref(words, "fresh").click()
        expect(ref(words, "page")).to_have_text(" ".join(spelled[6:]))
