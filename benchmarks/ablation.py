"""The ablation behind the recipe `faces-gan`: `python -m benchmarks.ablation` trains each variant and prints a table.

The first variants change one thing each of `faces-gan-32` at a learning rate of 2e-3; the others look for
the rate with a penalty weight of 0.25. All see as many pictures. A picture costs about the same in all of them, so this
is equal time, undisturbed by what else the machine does. The score is the Frechet distance to training pictures in
EfficientNet-Lite0 features (5,000 each), the one that picks checkpoints.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import tyro

from training.core import checkpoint

RUNS = Path("runs/ablation")
PLAIN = {"penalty-weight": "1", "generator-lr": "2e-3", "critic-lr": "2e-3"}
LIGHT = PLAIN | {"penalty-weight": "0.25"}
VARIANTS: dict[str, dict[str, str]] = {
    "plain": PLAIN,
    "augment": PLAIN | {"augment": "colour translation cutout"},
    "gamma4": PLAIN | {"penalty-weight": "4"},
    "gamma025": LIGHT,
    "no-mapping": PLAIN | {"mapping-depth": "0"},
    "no-mixing": PLAIN | {"style-mixing": "0"},
    "non-saturating": PLAIN | {"loss": "non-saturating"},
    "rate4": PLAIN | {"generator-lr": "4e-3", "critic-lr": "4e-3"},
    "gamma025-rate4": LIGHT | {"generator-lr": "4e-3", "critic-lr": "4e-3"},
    "gamma025-rate8": LIGHT | {"generator-lr": "8e-3", "critic-lr": "8e-3"},
    "gamma025-rate16": LIGHT | {"generator-lr": "16e-3", "critic-lr": "16e-3"},
    "gamma006-rate8": LIGHT | {"generator-lr": "8e-3", "critic-lr": "8e-3", "penalty-weight": "0.06"},
    "gamma006-rate16": LIGHT | {"generator-lr": "16e-3", "critic-lr": "16e-3", "penalty-weight": "0.06"},
}


def main(
    variants: tuple[str, ...] = tuple(VARIANTS),
    images: int = 40_000,
    threads: int = 1,
    runs: Path = RUNS,
    flags: tuple[str, ...] = (),
) -> None:
    """Train what is not there yet and print pictures, minutes and scores.

    Args:
        variants: Which ones; all by default.
        images: Pictures that each sees.
        threads: Processor threads.
        runs: Folder of the runs.
        flags: More flags of `python -m training train`, for all variants.
    """
    for name in variants:
        run = runs / name
        if not run.exists():
            changed = [word for flag, value in VARIANTS[name].items() for word in (f"--{flag}", *value.split())]
            command = [sys.executable, "-m", "training", "train", "faces-gan-32", *changed, "--run", str(run)]
            command += ["--images", str(images), "--threads", str(threads), "--score-images", "20000", *flags]
            subprocess.run(command, check=True)
    print("| variant | pictures | minutes | Frechet distance |\n| --- | --- | --- | --- |")
    for name in variants:
        for line in map(json.loads, (runs / name / checkpoint.LOG).read_text("utf-8").splitlines()):
            print(f"| {name} | {line['images']:,} | {line['minutes']:.1f} | {line['score']:.0f} |")


if __name__ == "__main__":
    tyro.cli(main)
