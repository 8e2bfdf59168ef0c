"""`python -m benchmarks.student`, with few samples and a short training."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks import student
from tests.benchmarks.conftest import ROOT

NAME = "digits-conditional-gan"


@pytest.mark.slow
def test_the_score_of_a_student_goes_into_metrics_and_card(home: Path, capsys) -> None:
    shutil.copytree(ROOT / "assets" / "models" / NAME, home / "models" / NAME)
    data = str(ROOT / "assets" / "data" / "mnist")
    student.main(NAME, count=200, images=1280, seed=7, models=home / "models", runs=home / "runs", data=data)
    found = json.loads((home / "models" / NAME / "metrics.json").read_text("utf-8"))["student"]
    assert found["counts"] == {"samples": 200, "test": 10_000}
    assert found["images_seen"] == 1280
    # A tenth would be chance; 20 steps on 200 samples do better, and worse than a judge that has seen real digits.
    assert 0.15 < found["student_accuracy"]["value"] < found["student_accuracy"]["real"]
    assert found["student_accuracy"]["real"] > 0.99
    assert "on real test digits" in capsys.readouterr().out
    assert "student" in (home / "models" / NAME / "README.md").read_text("utf-8").lower()
