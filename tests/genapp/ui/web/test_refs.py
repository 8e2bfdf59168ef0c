"""The types of the page's elements are those of its HTML."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[4] / "scripts/refs.py"


@pytest.fixture(scope="module")
def refs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("refs", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_they_are_written_anew_when_the_html_changes(refs: ModuleType) -> None:
    for path, text in refs.written().items():
        assert path.read_text("utf-8") == text, f"run `python scripts/refs.py`: {path.name} of {path.parent.name}"


def test_what_they_say(refs: ModuleType) -> None:
    html = '<canvas class="x" data-ref="stage"></canvas>\n@seed\n<p>me@home</p><input data-ref="open" type="file">'
    assert refs.interface("Refs", html) == (
        "export interface Refs extends SeedRefs {\n"
        '  stage: HTMLElementTagNameMap["canvas"];\n'
        '  open: HTMLElementTagNameMap["input"];\n'
        "}\n"
    )
