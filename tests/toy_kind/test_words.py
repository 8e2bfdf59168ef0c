"""A kind and a family that nobody foresaw: trained, exported, served, kept, verified and shown, by new files and three
lines (`register.py`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

import genapp
from genapp.__main__ import main
from genapp.model import library
from genapp.model.kinds.output import UnreadableError
from genapp.ui.locales.words import words
from genapp.ui.server import page
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from tests.toy_kind.conftest import LEARNED


def test_the_loop_of_runs_spells_what_was_learned(model: genapp.Model) -> None:
    letters = model.generate(range(200))
    assert (letters.shape, letters.dtype) == ((200, 3), np.int64)
    spelled = [genapp.Recipe(model="words", seed=seed).render(model) for seed in range(200)]
    seen = {pair for word in LEARNED.split() for pair in (word[:2], word[1:])}
    pairs = [pair for word in spelled for pair in (word[:2], word[1:])]
    assert sum(pair in seen for pair in pairs) / len(pairs) > 0.9
    assert len(set(spelled)) > 10


def test_a_seed_spells_the_same_alone_and_among_others(model: genapp.Model) -> None:
    together = model.generate(range(70))
    assert np.array_equal(together[33:34], model.generate(33))
    assert np.array_equal(model.decode(model.truncate(model.latents([5]), 0)), model.generate([9], truncation=0))


def test_a_recipe_is_kept_in_a_text_file_and_verified(model: genapp.Model, models: Path, tmp_path: Path) -> None:
    recipe = genapp.Recipe(model="words", seed=12)
    path = tmp_path / "word.txt"
    recipe.save(path, model)
    assert recipe.render(model) in path.read_text("utf-8")
    assert genapp.Recipe.load(path).seed == 12
    assert genapp.verify(path, models=[models]).verdict == "identical"
    path.write_text(path.read_text("utf-8").replace(recipe.render(model), "zzz", 1), "utf-8")
    assert genapp.verify(path, models=[models]).verdict == "different"
    path.write_text("genapp-words\n")
    with pytest.raises(genapp.picture.recipe.RecipeError, match="cut off") as caught:
        genapp.Recipe.load(path)
    assert isinstance(caught.value.__cause__, UnreadableError)
    with pytest.raises(ValueError, match=r"end in \.txt"):
        recipe.save(tmp_path / "word.png", model)


def test_what_is_no_picture_is_not_enlarged(model: genapp.Model) -> None:
    with pytest.raises(ValueError, match="neither finished nor enlarged"):
        genapp.Recipe(model="words", seed=1, enlarge=2).render(model)


def test_links_and_the_command_line_know_it(model: genapp.Model, models: Path, tmp_path: Path, capsys) -> None:
    recipe = genapp.Recipe(model="words", w=model.latents([3])[0])
    assert genapp.Recipe.from_query(recipe.to_query()).render(model) == recipe.render(model)
    assert main(["list", "--models", str(models)]) == 0
    assert "3 letters" in capsys.readouterr().out
    assert main(["generate", "words", "--count", "2", "--out", str(tmp_path), "--models", str(models)]) == 0
    assert len(list(tmp_path.glob("words-*.txt"))) == 2


def test_a_page_offers_it_in_a_view_of_its_own(models: Path) -> None:
    registry = ModelRegistry(library.find([models]))
    (tab,) = tabs(registry)
    assert [view.name for view in tab.views] == ["words"]
    spell = next(call for call in page.server_functions(registry, (tab,)) if call.__name__ == "spell")
    assert len(spell({"model": "words", "seed": 0, "count": 4})["words"]) == 4
    assert spell({"model": "words", "seed": 0, "count": 99}) == {"error": "request"}
    assert 'data-view="words"' in page.template((tab,))
    assert words("zh")["words.fresh"] == "换一批单词"


def test_views_of_pictures_do_not_see_it(models: Path, tmp_path: Path) -> None:
    shutil.copytree(models / "words", tmp_path / "models" / "words")
    registry = ModelRegistry(library.find([tmp_path / "models", library.SHIPPED]))
    for tab in tabs(registry):
        for view in tab.views:
            assert (view.name == "words") == ("words" in [entry.config.name for entry in view.models])
