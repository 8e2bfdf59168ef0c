"""How much a model's samples teach: `python -m benchmarks.student digits-conditional-gan`.

A classifier with the recipe of `digits-judge` is trained on 60,000 samples of the model alone, as many of each class,
and reads real test digits (a classification accuracy score, Ravuri and Vinyals 2019). The result goes into the model's
metrics.json and README.md. Samples and training are kept in runs/student, so that a stopped benchmark goes on.
"""

from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import tyro

import genapp
from genapp.picture.dataset import Order, counts_of, write
from training.core import checkpoint, provenance
from training.core.config import MODELS
from training.data.pictures import load
from training.evaluation.metrics_file import merge_metrics
from training.families.classifier import ClassifierNetworks, logits_of
from training.recipes import MNIST
from training.report.model_card import write_model_card
from training.run.export import load_run

RUNS = Path("runs/student")
JUDGE = "digits-judge"


def main(
    name: tyro.conf.Positional[str],
    count: int = 60_000,
    images: int = 600_000,
    threads: int = 1,
    seed: int = 1_000_000,
    models: Path = MODELS,
    runs: Path = RUNS,
    data: str = MNIST,
) -> None:
    """Train a classifier on samples, read test digits with it, and note how well it does.

    Args:
        name: Of a model that draws digits of a given class.
        count: Samples that it is trained on.
        images: Pictures that it sees, many of them several times.
        threads: Processor threads.
        seed: Of the first sample.
        models: Folder of the model's folder.
        runs: Folder of what is done.
        data: Real digits with a test split.
    """
    model = genapp.load_model(models / name)
    folder = runs / f"{name}-{model.config.model_sha256[:12]}-{count}-{seed}"
    samples, run = folder / "train-00000-of-00001.parquet", folder / "run"
    if not samples.exists():
        for _ in write(model, Order(counts_of(model.config, count, {}), seed), samples, "parquet"):
            pass
    command = [sys.executable, "-m", "training", "train", JUDGE, "--data", str(folder), "--run", str(run)]
    command += ["--images", str(images), "--threads", str(threads)]
    command += ["--resume"] if checkpoint.exists(run / checkpoint.LATEST) else []
    subprocess.run(command, check=True)
    loaded = load_run(run)
    assert isinstance(loaded.networks, ClassifierNetworks)
    test = load(data, "test", model.config.image.width, model.config.image.channels)
    answers = logits_of(loaded.networks.average, test).argmax(1)
    accuracy = float(np.mean(answers == test.given_labels))
    answers = genapp.load_model(JUDGE).classify(np.asarray(test.images))[0].argmax(1)
    judge = float(np.mean(answers == test.given_labels))
    scores = {
        "student_accuracy": {
            "value": accuracy,
            "standard_error": math.sqrt(accuracy * (1 - accuracy) / len(test)),
            "real": judge,
        },
        "counts": {"samples": count, "test": len(test)},
        "truncation": 1.0,
        "seed": seed,
        "images_seen": loaded.images,
        "command": provenance.command(),
        "commit": provenance.commit(),
        "processor": provenance.processor_name(),
    }
    merge_metrics(models / name, "student", scores)
    write_model_card(models / name, test)
    print(f"{name}: {accuracy:.2%} on real test digits; {JUDGE}, which saw real ones, {judge:.2%}")


if __name__ == "__main__":
    tyro.cli(main)
