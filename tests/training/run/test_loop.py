"""The loop: exact resume after SIGKILL, refusals, NaN, budgets."""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.training.pictures import make_folder, small_recipe
from training.core import checkpoint
from training.core.config import TrainConfig
from training.families.build import build
from training.recipes import RECIPES
from training.run import loop
from training.run.loop import Budget, NonFinite, train


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path / "mine")


def run(config: TrainConfig, folder: Path, images: int, resume: bool = False) -> loop.Progress:
    budget = Budget(images=images, threads=1, checkpoint_minutes=0.0, score_images=16)
    return train(build(config), folder, budget, resume)


def log(folder: Path) -> list[dict]:
    """What was logged, less the clock."""
    lines = (folder / "log.jsonl").read_text("utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key != "minutes"} for line in lines]


def start(data: Path, home: Path, folder: str, *flags: str) -> subprocess.Popen:
    """A small run in a process of its own, with a checkpoint after every step."""
    command = [sys.executable, "-m", "training", "train", "digits-autoencoder", "--data", str(data)]
    command += ["--run", folder, "--threads", "1", "--batch", "8", "--layout", "1x8", "--widths", "16", "16", "8"]
    command += ["--checkpoint-minutes", "0", "--score-images", "1000000", *flags]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3]), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def in_this_process(data: Path, folder: Path, images: int, resume: bool = False) -> loop.Progress:
    """What `start` trains."""
    small = {"batch": 8, "layout": "1x8", "widths": (16, 16, 8)}
    config = replace(RECIPES["digits-autoencoder"], data=str(data), **small)
    return train(build(config), folder, Budget(images=images, threads=1, score_images=1_000_000), resume)


def wait_for(running: subprocess.Popen, folder: Path) -> None:
    """Until a checkpoint of a second step is there."""
    deadline = time.monotonic() + 100
    while images_of(folder) <= 8:
        assert running.poll() is None and time.monotonic() < deadline, "no checkpoint was written"
        time.sleep(0.05)


def images_of(folder: Path) -> int:
    """Pictures that a checkpoint has seen; 0 without one, and while it is being replaced. `checkpoint.load` would mend
    what a running process has not finished."""
    try:
        return json.loads((folder / "state.json").read_text("utf-8"))["meta"]["progress"]["images"]
    except (OSError, ValueError):
        return 0


@pytest.mark.parametrize("name", ["digits-gan", "digits-vae"])
def test_resumed_run_repeats_the_losses_of_one_left_alone(data: Path, name: str, tmp_path: Path) -> None:
    config = small_recipe(name, data)
    run(config, tmp_path / "whole", 64)
    run(config, tmp_path / "parts", 24)
    run(config, tmp_path / "parts", 64, resume=True)
    whole, parts = ({line["images"]: line for line in log(tmp_path / folder)} for folder in ("whole", "parts"))
    # The second line of `parts` averages fewer steps, for the process began anew in its middle.
    for images in (16, 48, 64):
        assert whole[images] == parts[images]
    assert set(parts) - set(whole) == {24}
    ours, theirs = (checkpoint.load(tmp_path / folder / "latest")[0]["modules"] for folder in ("whole", "parts"))
    for network, state in ours.items():
        for key, tensor in state.items():
            assert torch.equal(tensor, theirs[network][key]), f"{network} {key}"


@pytest.mark.slow
def test_killed_process_resumes_to_the_same_weights(data: Path, tmp_path: Path) -> None:
    killed = start(data, tmp_path, "killed", "--images", "1000000")
    wait_for(killed, tmp_path / "killed" / "latest")
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    seen = checkpoint.load(tmp_path / "killed" / "latest")[1]["progress"]["images"]
    in_this_process(data, tmp_path / "killed", seen + 80, resume=True)
    in_this_process(data, tmp_path / "whole", seen + 80)
    (ours, our_meta), (theirs, their_meta) = (
        checkpoint.load(tmp_path / name / "latest") for name in ("killed", "whole")
    )
    assert our_meta["progress"]["images"] == their_meta["progress"]["images"] == seen + 80
    for key, tensor in ours["modules"]["average"].items():
        assert torch.equal(tensor, theirs["modules"]["average"][key]), key


def test_another_run_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    config = small_recipe("digits-autoencoder", data)
    run(config, tmp_path / "run", 8)
    with pytest.raises(checkpoint.RunError, match="--resume"):
        run(config, tmp_path / "run", 8)
    with pytest.raises(checkpoint.RunError, match=r"another .*layout"):
        run(small_recipe("digits-vae-2d", data), tmp_path / "run", 8, resume=True)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    with pytest.raises(checkpoint.RunError, match="not empty"):
        run(config, tmp_path / "full", 8)
    with pytest.raises(checkpoint.RunError, match="--images or --minutes"):
        Budget()


def test_a_run_from_before_a_field_resumes_with_its_default(data: Path, tmp_path: Path) -> None:
    config = small_recipe("digits-autoencoder", data)
    run(config, tmp_path / "run", 8)
    path = tmp_path / "run" / "latest" / "state.json"
    stored = json.loads(path.read_text("utf-8"))
    assert stored["meta"]["recipe"].pop("flips") is False
    path.write_text(json.dumps(stored), "utf-8")
    with pytest.raises(checkpoint.RunError, match="another flips"):
        run(replace(config, flips=True), tmp_path / "run", 16, resume=True)
    assert run(config, tmp_path / "run", 16, resume=True).images == 16


@pytest.mark.slow
def test_terminated_process_saves_first_and_resumes(data: Path, tmp_path: Path) -> None:
    running = start(data, tmp_path, "run", "--images", "1000000")
    wait_for(running, tmp_path / "run" / "latest")
    running.terminate()
    assert running.wait(60) == 0
    facts = json.loads((tmp_path / "run" / "recipe.json").read_text("utf-8"))
    assert facts["command"].startswith("python -m training train digits-autoencoder ")
    assert facts["command"].endswith("--images 1000000")
    seen = checkpoint.load(tmp_path / "run" / "latest")[1]["progress"]["images"]
    assert seen > 0
    in_this_process(data, tmp_path / "run", seen + 8, resume=True)
    assert [line["images"] for line in log(tmp_path / "run")] == [seen + 8]


def test_nan_stops_with_step_and_tensor(data: Path, tmp_path: Path) -> None:
    config = small_recipe("digits-autoencoder", data)
    family = build(config)
    with torch.no_grad():
        family.net.start[0, 0] = math.nan
    with pytest.raises(NonFinite, match=r"step 0: .* weight of autoencoder\.start"):
        train(family, tmp_path / "run", Budget(images=8, threads=1))
    assert not checkpoint.exists(tmp_path / "run" / "latest")


def test_samples_scores_and_best_checkpoint(data: Path, tmp_path: Path) -> None:
    config = small_recipe("digits-autoencoder", data)
    progress = run(config, tmp_path / "run", 48)
    scores = {line["images"]: line["score"] for line in log(tmp_path / "run")}
    assert progress.best == min(scores.values())
    assert checkpoint.load(tmp_path / "run" / "best")[1]["progress"]["images"] == min(scores, key=scores.get)
    assert len(list((tmp_path / "run" / "samples").glob("*.png"))) == 3


def test_a_checkpoint_survives_a_kill_between_its_renames(tmp_path: Path) -> None:
    states = {"modules": {"net": {"weight": torch.arange(3.0)}}, "optimizers": {"adam": {"state": {0: {"step": 2}}}}}
    checkpoint.save(tmp_path / "latest", states, {"images": 5})
    (tmp_path / "latest").rename(tmp_path / "latest.old")
    assert checkpoint.exists(tmp_path / "latest")
    loaded, meta = checkpoint.load(tmp_path / "latest")
    assert meta == {"images": 5}
    assert loaded["optimizers"]["adam"]["state"] == {0: {"step": 2}}
    assert np.array_equal(loaded["modules"]["net"]["weight"], [0, 1, 2])
