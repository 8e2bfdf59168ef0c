"""Two GANs of faces at equal time, from scratch, and the first of them grown from 32 pixels as well:
`python -m benchmarks.equal_time`.

Training follows from the pictures seen alone, so time is these divided by how many a second a network trains on, which
is measured here first and wants the machine to itself. The runs themselves may then go on beside other work, be stopped
and resumed, and stem from other machines: `assets/equal-time` keeps their logs, and where `runs/equal-time` has none,
the kept one is taken.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import tyro

from training.core import checkpoint, provenance
from training.evaluation.features import load_features
from training.evaluation.metrics import frechet_distance, kernel_distance
from training.families.build import load_data
from training.families.config import GanConfig
from training.recipes import FACES_GAN

RUNS, KEPT = Path("runs/equal-time"), Path("assets/equal-time")
SCORES, PLOT = KEPT / "scores.json", KEPT / "curves.png"
GAN, BASELINE, SMALL, GROWN = "faces-gan", "faces-dcgan", "faces-gan-32", "faces-gan-grown"
FIRST_STAGE = 300_000
"""Pictures that the grown one sees at 32 pixels; they count."""
SCORED = 5_000


def main(hours: float = 3.0, threads: int = 2, score: int = 50_000, train: bool = True, measure: bool = True) -> None:
    """Train all three for `hours`, then write scores and curves of what they have reached.

    Args:
        hours: At the speeds measured here.
        threads: Processor threads.
        score: Pictures between two points of the curves.
        train: Without, the logs are taken as they are.
        measure: Without, the speeds, threads and processor of the kept scores are taken: one clock for logs that
            several machines have written.
    """
    processor = provenance.processor_name()
    if measure:
        speeds = {config: pictures_a_second(config, threads) for config in (SMALL, GAN, BASELINE)}
    else:
        kept = json.loads(SCORES.read_text("utf-8"))
        speeds, threads, processor = kept["speeds"], kept["threads"], kept["processor"]
    clock = {"speeds": speeds, "threads": threads, "processor": processor}
    if train:
        seconds = 3600 * hours
        for name in (GAN, BASELINE):
            train_to(RUNS / name, name, int(seconds * speeds[name]), threads, score)
        train_to(RUNS / SMALL, SMALL, FIRST_STAGE, threads, score)
        rest = int((seconds - FIRST_STAGE / speeds[SMALL]) * speeds[GAN])
        train_to(RUNS / GROWN, GAN, FIRST_STAGE + rest, threads, score, RUNS / SMALL)
    KEPT.mkdir(parents=True, exist_ok=True)
    curves = {}
    for name in (GAN, BASELINE, GROWN):
        log = RUNS / name / checkpoint.LOG
        if log.exists():
            shutil.copyfile(log, KEPT / f"{name}.jsonl")
        curves[name] = points(KEPT / f"{name}.jsonl", speeds, name)
    found = compare(curves, real_scores())
    made = {"command": provenance.command(), "commit": provenance.commit()}
    SCORES.write_text(json.dumps(found | clock | made, indent=1) + "\n", "utf-8")
    plot(found, threads, PLOT)
    print(json.dumps(found["at_equal_time"], indent=1))


def pictures_a_second(config: str, threads: int, minutes: float = 1.0, flags: tuple[str, ...] = ()) -> float:
    """How many pictures a second a fresh network trains on. flags: more of `python -m training train`."""
    with tempfile.TemporaryDirectory() as scratch:
        run = Path(scratch) / config
        command = [sys.executable, "-m", "training", "train", config, "--run", str(run), "--minutes", str(minutes)]
        subprocess.run([*command, "--threads", str(threads), "--judge", "None", *flags], check=True)
        progress = checkpoint.load(run / checkpoint.LATEST)[1]["progress"]
    return progress["images"] / (60 * progress["minutes"])


def train_to(
    run: Path,
    config: str,
    images: int,
    threads: int,
    score: int,
    start: Path | None = None,
    flags: tuple[str, ...] = (),
) -> None:
    """Train a recipe's run to so many pictures, or go on with it. flags: more of `python -m training train`."""
    if checkpoint.exists(run / checkpoint.LATEST):
        if checkpoint.load(run / checkpoint.LATEST)[1]["progress"]["images"] >= images:
            return
        how = ["--resume"]
    else:
        how = ["--start", str(start)] if start else []
    command = [sys.executable, "-m", "training", "train", config, "--run", str(run), "--images", str(images), *how]
    subprocess.run([*command, "--threads", str(threads), "--score-images", str(score), *flags], check=True)


def points(log: Path, speeds: Mapping[str, float], name: str) -> list[dict[str, float]]:
    """The scores that a run logged, by pictures, and by hours at these pictures a second."""
    small, speed = (FIRST_STAGE, speeds[GAN]) if name == GROWN else (0, speeds[name])
    return [
        {
            "images": line["images"],
            "hours": (small / speeds[SMALL] + (line["images"] - small) / speed) / 3600,
            "frechet_distance": line["score"],
            "kernel_distance": line["kernel_distance"],
        }
        for line in map(json.loads, log.read_text("utf-8").splitlines())
    ]


def real_scores(config: GanConfig = FACES_GAN, count: int = SCORED) -> dict[str, float]:
    """What `count` other training pictures score in the curves' place. Raises ValueError without a judge."""
    if config.judge is None:
        raise ValueError(f"{config.name} has no judge whose features pictures are compared in")
    pictures, features = load_data(config).pictures, load_features(config.judge)
    reference, others = (features(np.asarray(pictures.images[start : start + count])) for start in (0, count))
    kernel, _ = kernel_distance(others, reference)
    return {"frechet_distance": frechet_distance(others, reference), "kernel_distance": kernel}


def compare(curves: Mapping[str, list[dict[str, float]]], real: Mapping[str, float]) -> dict:
    """Curves, and the best that each has scored until the hour that all have reached, less real pictures' distances,
    and the GAN's divided by the baseline's."""
    reached = min(curve[-1]["hours"] for curve in curves.values())
    table: dict[str, dict[str, float]] = {}
    for key in real:
        best = {
            name: min(point[key] for point in curve if point["hours"] <= reached) - real[key]
            for name, curve in curves.items()
        }
        table[key] = best | {"ratio": best[GAN] / best[BASELINE]}
    return {
        "at_equal_time": {"hours": reached, "less_real": table},
        "real": dict(real),
        "counts": {"samples": SCORED, "training pictures": SCORED},
        "curves": dict(curves),
    }


def plot(found: dict, threads: int, path: Path) -> None:
    """Frechet and kernel distance, each less that of real pictures, against hours."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 3.6), layout="constrained")
    for axes, key in zip(figure.subplots(1, 2), found["real"], strict=True):
        for name, curve in found["curves"].items():
            distances = [point[key] - found["real"][key] for point in curve]
            axes.plot([point["hours"] for point in curve], distances, marker=".", label=name)
        title = key.replace("_", " ").capitalize() + ", less that of real pictures"
        axes.set(xlabel=f"hours on {threads} threads", title=title, yscale="log")
        axes.grid(alpha=0.3)
        axes.legend()
    figure.savefig(path, dpi=110)


if __name__ == "__main__":
    tyro.cli(main)
