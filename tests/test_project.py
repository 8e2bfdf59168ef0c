"""The package says what requirements.txt says, and the documents point to what there is."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from genapp import shipped

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def _required(path: Path) -> set[str]:
    """The lines of a requirements file, without those of files that it includes."""
    lines = (line.strip().replace('"', "'") for line in path.read_text("utf-8").splitlines())
    return {line for line in lines if line and line[0] not in "#-"}


def test_the_app_needs_what_requirements_txt_names_but_torch() -> None:
    required = _required(ROOT / "requirements.txt")
    torch = {line for line in required if line.startswith("torch==")}
    assert len(torch) == 1
    assert set(PROJECT["project"]["dependencies"]) == required - torch
    extras = PROJECT["project"]["optional-dependencies"]
    assert set(extras["train"]) == _required(ROOT / "training" / "requirements.txt") | torch
    assert set(extras["test"]) == _required(ROOT / "tests" / "requirements.txt") | {"genapp[train]"}


def test_a_space_runs_the_gradio_that_is_required() -> None:
    header = (ROOT / "README.md").read_text("utf-8").split("---\n")[1]
    (version,) = re.findall(r"^sdk_version: (\S+)$", header, re.MULTILINE)
    (required,) = (line for line in _required(ROOT / "requirements.txt") if line.startswith("gradio"))
    assert f"gradio=={version.rpartition('.')[0]}.*" == required


def test_the_package_holds_what_comes_with_a_checkout() -> None:
    included = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    for source, target in included.items():
        assert (ROOT / source).exists()
        assert target == f"genapp/{source}"
    for path in (shipped.MODELS, shipped.TEST_DIGITS):
        assert path.relative_to(ROOT).as_posix() in included


def test_what_comes_with_a_package_is_inside_it_or_beside_it(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    assert shipped.assets(tmp_path / "genapp") == tmp_path / "assets"
    (tmp_path / "genapp" / "assets").mkdir(parents=True)
    assert shipped.assets(tmp_path / "genapp") == tmp_path / "genapp" / "assets"


def _prose(path: Path) -> str:
    return re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)


def _anchors(path: Path) -> set[str]:
    """As GitHub makes them of headings."""
    headings = re.findall(r"^#+ (.*)$", _prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_documents_point_to_what_there_is(document: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", _prose(document)):
        if link.startswith(("https://", "http://")):
            continue
        file, _, anchor = link.partition("#")
        target = document.parent / file if file else document
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_the_readme_imports_what_there_is() -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    compile(code, "README.md", "exec")
    known: dict[str, object] = {}
    exec("\n".join(line for line in code.splitlines() if line.startswith(("import ", "from "))), known)
    assert all(hasattr(known["genapp"], name) for name in re.findall(r"\bgenapp\.(\w+)", code))
    assert hasattr(known["blending"], "breed")


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150
