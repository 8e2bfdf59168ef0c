"""The ablation behind the recipe `faces-gan`: `python -m benchmarks.ablation` trains each variant and prints a table.

Each variant changes one thing of the first stage (32 pixels) and sees as many pictures. A picture costs about the same
in all of them, so this is equal time, undisturbed by what else the machine does. The score is the
Frechet distance to training pictures in EfficientNet-Lite0 features (5,000 each), the one that picks checkpoints.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import tyro

RUNS = Path("runs/ablation")
PLAIN = ("--penalty-weight", "1")
VARIANTS: dict[str, tuple[str, ...]] = {
    "plain": PLAIN,
    "augment": (*PLAIN, "--augment", "colour", "translation", "cutout"),
    "gamma4": ("--penalty-weight", "4"),
    "gamma025": ("--penalty-weight", "0.25"),
    "rate4": (*PLAIN, "--generator-lr", "4e-3", "--critic-lr", "4e-3"),
    "no-mapping": (*PLAIN, "--mapping-depth", "0"),
    "no-mixing": (*PLAIN, "--style-mixing", "0"),
    "non-saturating": (*PLAIN, "--loss", "non-saturating"),
}


def main(variants: tuple[str, ...] = tuple(VARIANTS), images: int = 40_000, threads: int = 1) -> None:
    """Train what is not there yet and print pictures, minutes and scores.

    Args:
        variants: Which ones; all by default.
        images: Pictures that each sees.
        threads: Processor threads.
    """
    for name in variants:
        run = RUNS / name
        if not run.exists():
            command = [sys.executable, "-m", "training", "train", "faces-gan-32", *VARIANTS[name], "--run", str(run)]
            command += ["--images", str(images), "--threads", str(threads), "--score-images", "20000"]
            subprocess.run(command, check=True)
    print("| variant | pictures | minutes | Frechet distance |\n| --- | --- | --- | --- |")
    for name in variants:
        for line in map(json.loads, (RUNS / name / "log.jsonl").read_text("utf-8").splitlines()):
            print(f"| {name} | {line['images']:,} | {line['minutes']:.1f} | {line['score']:.0f} |")


if __name__ == "__main__":
    tyro.cli(main)
