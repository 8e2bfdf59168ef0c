"""A family of text is two classes and a line in the registry: the loop and a run's facts take it as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from tests.training.run.letters import LettersConfig, LettersNetworks
from training.core import checkpoint
from training.core.checkpoint import RunError
from training.core.facts import read_facts
from training.families import build
from training.families.build import Registered
from training.run.export import load_run
from training.run.loop import Budget, Progress, train


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LettersConfig:
    here = "tests.training.run.letters"
    monkeypatch.setitem(build.FAMILIES, "letters", Registered(f"{here}:LettersConfig", f"{here}:LettersFamily"))
    (tmp_path / "words.txt").write_text("aba\nabc\ncab\n" * 4, "utf-8")
    return LettersConfig(
        name="letters", title="Letters", task="words", licence="MIT", data=str(tmp_path / "words.txt"), batch=4
    )


def run(config: LettersConfig, folder: Path, examples: int, resume: bool = False) -> Progress:
    return train(build.build(config), folder, Budget(images=examples, threads=1, score_images=40), resume)


def test_it_learns_shows_text_and_describes_itself(config: LettersConfig, tmp_path: Path) -> None:
    assert run(config, tmp_path / "run", 400).images == 400
    shown = sorted((tmp_path / "run" / "samples").iterdir())
    assert {path.suffix for path in shown} == {".txt"} and len(shown) == 10
    assert shown[-1].read_text("utf-8").split()[0] == "ab"
    lines = [json.loads(line) for line in (tmp_path / "run" / checkpoint.LOG).read_text("utf-8").splitlines()]
    assert lines[-1]["score"] < lines[0]["score"]
    facts = read_facts(tmp_path / "run")
    assert (facts.family, facts.meaning, facts.data.name) == ("letters", {"letters": "abc"}, "words.txt")
    assert facts.recipe["data"] == "words.txt", "no path of this machine"


def test_it_resumes_exactly_and_is_opened_without_its_data(config: LettersConfig, tmp_path: Path) -> None:
    run(config, tmp_path / "whole", 80)
    run(config, tmp_path / "parts", 36)
    run(config, tmp_path / "parts", 80, resume=True)
    Path(config.data).unlink()
    tables = []
    for name in ("whole", "parts"):
        loaded = load_run(tmp_path / name, "latest")
        assert isinstance(loaded.networks, LettersNetworks) and loaded.networks.letters == "abc"
        tables.append(loaded.networks.table.weight)
    assert torch.equal(*tables)


def test_other_data_and_an_unknown_family_are_refused(config: LettersConfig, tmp_path: Path) -> None:
    run(config, tmp_path / "run", 8)
    Path(config.data).write_text("aba\nabc\nbab\n", "utf-8")
    with pytest.raises(RunError, match="begun with another data"):
        run(config, tmp_path / "run", 16, resume=True)
    facts = json.loads((tmp_path / "run" / "recipe.json").read_text("utf-8"))
    (tmp_path / "run" / "recipe.json").write_text(json.dumps(facts | {"family": "verses"}), "utf-8")
    with pytest.raises(RunError, match="no family 'verses'; known are gan, vae"):
        load_run(tmp_path / "run")
