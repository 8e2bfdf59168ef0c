"""Two GANs of faces at equal time, from scratch, side by side: `python -m benchmarks.equal_time --minutes 180`.

They take turns on the same threads, a slice of minutes each, so that whatever else the machine does meets both alike.
The first one starts at 32 pixels and grows; the minutes of that stage count. Stop it at any time: it goes on where it
was. At the end it writes the curves of both to `assets/equal_time.json` and draws them in `assets/equal_time.png`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tyro

from training import checkpoint, provenance
from training.families import pictures_for
from training.features import load_features
from training.metrics import frechet_distance, kernel_distance
from training.recipes import RECIPES

RUNS = Path("runs/equal-time")
CURVE, PLOT = Path("assets/equal_time.json"), Path("assets/equal_time.png")
SCORED = 5_000


@dataclass(frozen=True)
class Stage:
    """A run, and the minute at which it is over; it begins with the weights of the run before it."""

    recipe: str
    until: float


def main(
    minutes: float = 180, grow: float = 30, slice_minutes: float = 15, threads: int = 2, score: int = 50_000
) -> None:
    """Train both to `minutes`, then write the curves.

    Args:
        minutes: Of training steps, for each of the two.
        grow: Of these, at 32 pixels.
        slice_minutes: After so many the other one has its turn.
        threads: Processor threads.
        score: Pictures between two points of the curves.
    """
    rivals = {
        "faces-gan": (Stage("faces-gan-32", grow), Stage("faces-gan", minutes)),
        "faces-dcgan": (Stage("faces-dcgan", minutes),),
    }
    target = 0.0
    while target < minutes:
        target = min(target + slice_minutes, minutes)
        for stages in rivals.values():
            train_until(target, stages, threads, score)
    found = curves(rivals, threads)
    CURVE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    plot(found, PLOT)
    print(CURVE, PLOT)


def train_until(target: float, stages: tuple[Stage, ...], threads: int, score: int) -> None:
    """Train the stage that `target` falls into up to there, after finishing those before it."""
    before: Path | None = None
    for stage in stages:
        run, end = RUNS / stage.recipe, min(target, stage.until)
        if minutes_of(run) < end:
            command = [sys.executable, "-m", "training", "train", stage.recipe, "--run", str(run)]
            command += ["--minutes", f"{end:g}", "--threads", str(threads), "--score-images", str(score)]
            if checkpoint.exists(run / checkpoint.LATEST):
                command += ["--resume"]
            elif before is not None:
                command += ["--start", str(before)]
            subprocess.run(command, check=True)
        if target <= stage.until:
            return
        before = run


def minutes_of(run: Path) -> float:
    """How long a run has trained, the run that it began with included; 0 for none."""
    if not checkpoint.exists(run / checkpoint.LATEST):
        return 0.0
    return checkpoint.load(run / checkpoint.LATEST)[1]["progress"]["minutes"]


def curves(rivals: dict[str, tuple[Stage, ...]], threads: int) -> dict:
    """Both curves at full size, and what as many other training pictures score at the same counts."""
    pictures, _ = pictures_for(RECIPES["faces-gan"])
    features = load_features(RECIPES["faces-gan"].judge)
    reference, others = (features(np.asarray(pictures.images[start : start + SCORED])) for start in (0, SCORED))
    kernel, _ = kernel_distance(others, reference)
    return {
        "network": {"name": features.name, "sha256": features.sha256, "resize": features.resize},
        "counts": {"samples": SCORED, "training pictures": SCORED},
        "real": {"frechet_distance": frechet_distance(others, reference), "kernel_distance": kernel},
        "curves": {name: points(RUNS / stages[-1].recipe) for name, stages in rivals.items()},
        "threads": threads,
        "processor": provenance.processor_name(),
        "command": provenance.command(),
        "commit": provenance.commit(),
    }


def points(run: Path) -> list[dict[str, float]]:
    """The scores that a run logged, by minutes and pictures."""
    lines = [json.loads(line) for line in (run / checkpoint.LOG).read_text("utf-8").splitlines()]
    return [
        {
            "hours": round(line["minutes"] / 60, 3),
            "images": line["images"],
            "frechet_distance": line["score"],
            "kernel_distance": line["kernel_distance"],
        }
        for line in lines
    ]


def plot(found: dict, path: Path) -> None:
    """Frechet and kernel distance, each less that of real pictures, against hours."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    for axes, key in zip(figure.subplots(1, 2), ("frechet_distance", "kernel_distance"), strict=True):
        for name, curve in found["curves"].items():
            distances = [point[key] - found["real"][key] for point in curve]
            axes.plot([point["hours"] for point in curve], distances, marker=".", label=name)
        axes.set(xlabel="hours on two threads", title=key.replace("_", " ").capitalize() + ", less real", yscale="log")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    tyro.cli(main)
