"""`python -m benchmarks.equal_time`, on the logs that are kept and on tiny networks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import equal_time
from benchmarks.equal_time import BASELINE, GAN, GROWN, SMALL
from tests.benchmarks.conftest import ROOT
from training.core import checkpoint
from training.core.facts import read_facts
from training.recipes import FACES_GAN

KEPT = ROOT / equal_time.KEPT


def test_the_kept_scores_follow_from_the_kept_logs_and_can_be_plotted(tmp_path: Path) -> None:
    scores = json.loads((KEPT / "scores.json").read_text("utf-8"))
    names = (GAN, BASELINE, GROWN)
    curves = {name: equal_time.points(KEPT / f"{name}.jsonl", scores["speeds"], name) for name in names}
    found = equal_time.compare(curves, scores["real"])
    assert found["at_equal_time"] == scores["at_equal_time"]
    equal_time.plot(found, scores["threads"], tmp_path / "curves.png")
    with Image.open(tmp_path / "curves.png") as picture:
        assert min(picture.size) > 200


def test_a_run_goes_on_and_another_grows_out_of_it(home: Path, tiny_gan: tuple[str, ...]) -> None:
    flags = (*tiny_gan, "--judge", "None")
    assert equal_time.pictures_a_second(SMALL, 1, 0.001, tiny_gan) > 0
    for images in (16, 16, 24):
        equal_time.train_to(home / "small", SMALL, images, 1, 1000, flags=flags)
    equal_time.train_to(home / "grown", GAN, 40, 1, 1000, home / "small", flags)
    seen = [checkpoint.load(home / run / "latest")[1]["progress"]["images"] for run in ("small", "grown")]
    assert seen == [24, 40]
    start = read_facts(home / "grown").start
    assert start is not None and start.run == "small"


def test_real_pictures_have_a_score(home: Path, tiny_gan: tuple[str, ...]) -> None:
    config = replace(FACES_GAN, data="mine", size=28, channels=1, judge="digits-judge")
    found = equal_time.real_scores(config, count=16)
    assert found["frechet_distance"] > 0 and set(found) == {"frechet_distance", "kernel_distance"}
    with pytest.raises(ValueError, match="no judge"):
        equal_time.real_scores(replace(config, judge=None))
