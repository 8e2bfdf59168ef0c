"""Nothing on the page is left untranslated, and nothing is said that the words' files do not know."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from genapp.ui import views
from genapp.ui.locales.words import LOCALES, files, languages, words

WEB, VIEWS = LOCALES.parent / "web", LOCALES.parent / "views"
ENGLISH = words("en")
OTHERS = [code for code in languages() if code != "en"]
NAMES = {"GenApp", "python app.py --models FOLDER", "GAN", "VAE", "DCGAN"}
"""What is the same in every language."""


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything_in_files_beside_the_english_ones(language: str) -> None:
    assert list(files(language)) == [path.with_name(f"{language}.json") for path in files("en")]
    for path in files("en"):
        here, there = (json.loads(one.read_text("utf-8")) for one in (path, path.with_name(f"{language}.json")))
        assert here.keys() == there.keys(), path


def test_no_words_are_empty_and_no_folder_of_words_is_left_out() -> None:
    known = {path for language in languages() for path in files(language)}
    assert known == {path for folder in (LOCALES, VIEWS) for path in folder.rglob("*.json")}
    assert all(text.strip() for language in languages() for text in words(language).values())


def test_a_key_has_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "twice").mkdir()
    (tmp_path / "twice" / "view.py").touch()
    (tmp_path / "twice" / "en.json").write_text('{"undo": "Back"}', "utf-8")
    monkeypatch.setattr(views, "__path__", [*views.__path__, str(tmp_path)])
    with pytest.raises(ValueError, match="undo"):
        words("en")


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_a_translation_fills_in_the_same_values_and_is_one(key: str) -> None:
    english, chinese = ENGLISH[key], words("zh")[key]
    assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", chinese))
    assert re.search(r"[\u4e00-\u9fff]", chinese) or english in NAMES


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("data-t", "data-t-label", "data-t-tip"):
                self.keys.add(value or "")
            assert name not in ("title", "alt", "placeholder", "aria-label"), f"say {value!r} in a file of words"

    def handle_data(self, data: str) -> None:
        if re.search(r"[A-Za-z]", data) and not data.strip().startswith("@"):
            self.bare.append(data.strip())


@pytest.mark.parametrize("path", sorted([*WEB.rglob("*.html"), *VIEWS.rglob("*.html")]), ids=lambda path: path.name)
def test_html_holds_keys_and_no_words(path: Path) -> None:
    reader = _Words()
    reader.feed(path.read_text("utf-8"))
    assert set(reader.bare) <= NAMES
    for noun in ("digits", "faces", "pictures"):
        assert {key.replace("@noun", noun) for key in reader.keys} <= ENGLISH.keys()


def test_every_key_is_used_and_every_used_key_exists() -> None:
    paths = [path for folder in (WEB, VIEWS) for kind in ("js", "html") for path in folder.rglob(f"*.{kind}")]
    sources = "\n".join(path.read_text("utf-8") for path in paths)
    quoted = {key for key in re.findall(r'["`]([a-z]+(?:\.[a-z]+)*)["`]', sources) if key in ENGLISH}
    starts = tuple(re.findall(r"`([a-z]+\.(?:[a-z]+\.)?)\$\{", sources))
    ends = tuple(start.replace("@noun", "") for start in re.findall(r'"([a-z.]+\.@noun)"', sources))
    unused = {key for key in ENGLISH if key not in quoted and not key.startswith(starts + ends)}
    assert unused <= {"language"}  # the languages' names for themselves come to the page apart
    said = re.findall(r'\b(?:t|say|label|toast)\((?:[\w.]+, )?"([a-z]+(?:\.[a-z]+)*)"', sources)
    assert said and set(said) <= ENGLISH.keys()


@pytest.mark.parametrize("code", ["busy", "request", "model", "recipe", "stranger", "picture", "large", "failed"])
def test_every_refusal_has_its_words(code: str) -> None:
    assert f"error.{code}" in ENGLISH
