from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import huggingface_hub
import pytest

import genapp
from genapp.model import library
from genapp.model.config import ConfigError
from tests.folders import make_generator


def test_find_tells_generators_from_judges(models: Path) -> None:
    found = library.find([models])
    assert [entry.config.name for entry in found.models] == ["asked", "coder", "plain", "styled"]
    assert [entry.config.name for entry in found.judges] == ["judge"]
    assert found.problems == ()


def test_find_takes_a_model_folder_itself(models: Path) -> None:
    assert [entry.folder for entry in library.find([models / "plain"]).models] == [models / "plain"]


def test_a_broken_folder_is_reported_and_spoils_nothing(tmp_path: Path) -> None:
    make_generator(tmp_path / "good", "good")
    make_generator(tmp_path / "no-card", "no-card")
    (tmp_path / "no-card" / "config.json").unlink()
    make_generator(tmp_path / "bad-card", "bad-card")
    (tmp_path / "bad-card" / "config.json").write_text("{", "utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "file.txt").write_text("", "utf-8")
    found = library.find([tmp_path])
    assert [entry.config.name for entry in found.models] == ["good"]
    assert [problem.folder.name for problem in found.problems] == ["bad-card", "no-card"]
    assert all("config.json" in problem.message for problem in found.problems)


@pytest.mark.parametrize("source", ["nowhere", "../..//", "a b/c"])
def test_a_source_that_does_not_exist_is_a_problem(source: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (problem,) = library.find([tmp_path / source]).problems
    assert str(tmp_path) in problem.message


def test_the_first_of_two_models_with_one_name_wins(tmp_path: Path) -> None:
    make_generator(tmp_path / "a" / "x", "same")
    make_generator(tmp_path / "b" / "y", "same")
    found = library.find([tmp_path / "a", tmp_path / "b", tmp_path / "a"])
    assert [entry.folder for entry in found.models] == [tmp_path / "a" / "x"]
    (problem,) = found.problems
    assert "is named same too" in problem.message


def test_resolve_knows_names_and_folders(models: Path) -> None:
    assert library.resolve("styled", [models]) == models / "styled"
    assert library.resolve("judge", [models]) == models / "judge"
    assert library.resolve(models / "plain") == models / "plain"


def test_resolve_lists_what_there_is(models: Path) -> None:
    with pytest.raises(ValueError, match=r"no model 'stiled': give a name \(asked, coder, plain, styled, .*judge"):
        library.resolve("stiled", [models])


def test_resolve_says_why_a_broken_model_cannot_be_had(tmp_path: Path) -> None:
    folder = make_generator(tmp_path / "mine", "mine")
    (folder / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ConfigError, match=r"mine/config\.json"):
        library.resolve("mine", [tmp_path])


def test_a_hub_id_is_downloaded_without_pickles(models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked = []

    def download(repo_id: str, *, allow_patterns: list[str]) -> str:
        asked.append((repo_id, allow_patterns))
        return str(models / "plain")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    monkeypatch.chdir(tmp_path)
    assert genapp.load_model("someone/their-digits").generate([0]).shape == (1, 8, 8, 1)
    assert [entry.config.name for entry in library.find(["someone/their-digits"]).models] == ["plain"]
    assert {repo for repo, _ in asked} == {"someone/their-digits"}
    for patterns in (patterns for _, patterns in asked):
        wanted = [
            "config.json",
            "generator.onnx",
            "mapping.onnx",
            "latents.safetensors",
            "attributes.safetensors",
            "README.md",
            "samples-asked.png",
        ]
        unwanted = [
            "model.pkl",
            "pytorch_model.bin",
            "weights.pt",
            "run.py",
            "model.safetensors",
            "generator.onnx.data",
        ]
        assert all(any(fnmatch(name, pattern) for pattern in patterns) for name in wanted)
        assert not any(fnmatch(name, pattern) for name in unwanted for pattern in patterns)


def test_a_recipe_of_a_hub_model_keeps_its_id(models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(huggingface_hub, "snapshot_download", lambda *args, **options: str(models / "plain"))
    monkeypatch.chdir(tmp_path)
    genapp.Recipe(model="someone/their-digits", seed=1).save("picture.png")
    assert genapp.Recipe.load("picture.png").model == "someone/their-digits"
    assert genapp.verify("picture.png").verdict == "identical"


def test_a_failing_download_is_a_problem_with_its_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def download(*args: object, **options: object) -> str:
        raise OSError("no route to the Hub\nlong story")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=r"someone/gone cannot be fetched from the Hub: no route to the Hub$"):
        genapp.load_model("someone/gone")
    (problem,) = library.find(["someone/gone"]).problems
    assert "no route" in problem.message
