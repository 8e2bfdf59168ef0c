"""Nothing on the page is left untranslated, and nothing is said that text.py does not know."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from genapp.ui.locales.text import LANGUAGES, TEXT
from genapp.ui.server.page import VIEWS, WEB

NAMES = {"GenApp", "python app.py --models FOLDER", "GAN", "VAE", "DCGAN"}
"""What is the same in every language."""


def test_every_language_says_everything() -> None:
    for language in LANGUAGES:
        assert TEXT[language].keys() == TEXT["en"].keys()
        assert all(words.strip() for words in TEXT[language].values())


@pytest.mark.parametrize("key", sorted(TEXT["en"]))
def test_a_translation_fills_in_the_same_values_and_is_one(key: str) -> None:
    english, chinese = TEXT["en"][key], TEXT["zh"][key]
    assert set(re.findall(r"{(\w+)}", english)) == set(re.findall(r"{(\w+)}", chinese))
    assert re.search(r"[\u4e00-\u9fff]", chinese) or key == "to.language" or english in NAMES


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.keys: set[str] = set()
        self.bare: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("data-t", "data-t-label", "data-t-tip"):
                self.keys.add(value or "")
            assert name not in ("title", "alt", "placeholder", "aria-label"), f"say {value!r} in text.py"

    def handle_data(self, data: str) -> None:
        if re.search(r"[A-Za-z]", data) and not data.strip().startswith("@"):
            self.bare.append(data.strip())


@pytest.mark.parametrize("path", sorted([*WEB.rglob("*.html"), *VIEWS.rglob("*.html")]), ids=lambda path: path.name)
def test_html_holds_keys_and_no_words(path) -> None:
    reader = _Words()
    reader.feed(path.read_text("utf-8"))
    assert set(reader.bare) <= NAMES
    for noun in ("digits", "faces", "pictures"):
        assert {key.replace("@noun", noun) for key in reader.keys} <= TEXT["en"].keys()


def test_every_key_is_used_and_every_used_key_exists() -> None:
    paths = [path for folder in (WEB, VIEWS) for kind in ("js", "html") for path in folder.rglob(f"*.{kind}")]
    sources = "\n".join(path.read_text("utf-8") for path in paths)
    quoted = {key for key in re.findall(r'["`]([a-z]+(?:\.[a-z]+)*)["`]', sources) if key in TEXT["en"]}
    starts = tuple(re.findall(r"`([a-z]+\.(?:[a-z]+\.)?)\$\{", sources))
    ends = tuple(start.replace("@noun", "") for start in re.findall(r'"([a-z.]+\.@noun)"', sources))
    unused = {key for key in TEXT["en"] if key not in quoted and not key.startswith(starts + ends)}
    assert not unused
    said = re.findall(r'\b(?:t|say|label|toast)\((?:[\w.]+, )?"([a-z]+(?:\.[a-z]+)*)"', sources)
    assert said and set(said) <= TEXT["en"].keys()


@pytest.mark.parametrize("code", ["busy", "request", "model", "recipe", "stranger", "picture", "large", "failed"])
def test_every_refusal_has_its_words(code: str) -> None:
    assert f"error.{code}" in TEXT["en"]
