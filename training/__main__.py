"""Train on pictures, export a model folder, score it:

python -m training train digits-gan --minutes 30 --threads 2
python -m training export runs/digits-gan
python -m training evaluate digits-gan

Faces can be edited once `python -m training directions faces-gan` has found out how, before they are scored.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import tyro
from tyro.conf import Positional

from genapp.model.config import ModelConfig
from training.core.config import MODELS, TrainConfig
from training.core.device import Device
from training.evaluation.metrics_file import Kind
from training.recipes import MNIST, RECIPES

if TYPE_CHECKING:
    AnyConfig = TrainConfig
else:
    AnyConfig = tyro.extras.subcommand_type_from_defaults(RECIPES, prefix_names=False)


def train(
    config: AnyConfig,
    run: Path | None = None,
    images: int | None = None,
    minutes: float | None = None,
    threads: int = 2,
    device: Device = "auto",
    resume: bool = False,
    start: Path | None = None,
    seed: int = 0,
    checkpoint_minutes: float = 3.0,
    score_images: int = 50_000,
) -> None:
    """Train a recipe; every field of it can be changed by a flag.

    Args:
        config: What to train.
        run: Folder of checkpoints, samples and the log; runs/NAME by default.
        images: Stop after this many pictures.
        minutes: Stop after this many minutes of training steps.
        threads: Processor threads.
        device: Where to train; auto takes a GPU where there is a usable one.
        resume: Go on with the run that the folder holds.
        start: Run, or slim run, whose weights to begin with, as far as they fit: that of a smaller size grows.
        seed: Of everything random.
        checkpoint_minutes: Minutes between checkpoints.
        score_images: Pictures between entries of the log, each with a sample sheet and held-out scores.
    """
    from training.core.device import choose_device
    from training.families.build import build
    from training.run import loop

    choose_device(device)
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    budget = loop.Budget(images, minutes, threads, checkpoint_minutes, score_images)
    progress = loop.train(build(config), run or Path("runs") / config.name, budget, resume, seed, stop, start)
    if stop.is_set():
        print("stopped; --resume goes on")
    print(f"{progress.images} pictures in {progress.minutes:.1f} minutes; best at {progress.best_images}")


def export(run: Positional[Path], models: Path = MODELS, checkpoint: str = "best") -> None:
    """Write a run's best checkpoint as a model folder, once ONNX Runtime draws what torch does.

    Args:
        run: Folder that `train` wrote, or that `slim` made of it.
        models: Folder of model folders.
        checkpoint: best or latest.
    """
    from training.run.export import export as export_run

    print(export_run(run, models, checkpoint))


def slim(run: Positional[Path], target: Positional[Path]) -> None:
    """Write a GAN's run without what only resuming needs, small enough to be handed on: `train --start` begins with it.

    Args:
        run: Folder that `train` wrote.
        target: New folder.
    """
    from training.run.warm_start import slim as slim_run

    print(slim_run(run, target))


def evaluate(
    name: Positional[str],
    models: Path = MODELS,
    data: str | None = None,
    judge: str | None = None,
    count: int | None = None,
    seed: int = 0,
    threads: int = 2,
    inception: bool = False,
    nearest: Path | None = None,
    only: Kind | None = None,
) -> None:
    """Score a model folder through the serving engine; writes its metrics.json, README.md and sheets of samples.

    Args:
        name: Name of a model folder.
        models: Folder of model folders.
        data: Pictures that the model was trained on; by default where its config.json says.
        judge: Network whose features are used: a judge's name, or efficientnet-lite0. By default digits-judge for
            digits, which knows their classes too, and efficientnet-lite0 for all else.
        count: Samples; by default as many as there are test pictures, but no more than 10,000.
        seed: First seed, and that of the subsets.
        threads: Processor threads of a network that is not ours.
        inception: Also the standard FID; fetches its weights once.
        nearest: Picture file for the samples that are nearest to training pictures, each beside its own. It shows
            training pictures: look at it, never publish it.
        only: Kind of scores to take; the others stay as they are.
    """
    import torch

    from training.core import provenance
    from training.data.splits import splits_of
    from training.evaluation.evaluate import attribute_judge_for, judge_for
    from training.evaluation.evaluate import evaluate as score
    from training.evaluation.inception import load_inception
    from training.evaluation.scores import Reader
    from training.report.model_card import write_model_card

    torch.set_num_threads(threads)
    folder = models / name
    model_config = ModelConfig.load(folder)
    standard = load_inception() if inception else None
    train, test = splits_of(model_config, data or model_config.provenance.data)
    reader = Reader.load(judge_for(model_config, models, judge))
    attribute_judge = attribute_judge_for(model_config, models)
    command = provenance.command()
    score(
        folder, train, test, reader, count, seed, command, standard, nearest, attribute_judge=attribute_judge, only=only
    )
    write_model_card(folder, test)
    print(folder / "metrics.json")


def likelihood(
    run: Positional[Path],
    models: Path = MODELS,
    data: str = MNIST,
    plan: tuple[tuple[int, int], ...] = ((500, 10_000), (5_000, 1_000)),
    seed: int = 0,
    threads: int = 2,
) -> None:
    """Estimate a VAE's likelihood from its best checkpoint, into metrics.json of the folder exported from it.

    Args:
        run: Folder that `train` wrote.
        models: Folder of model folders.
        data: Pictures with a test split.
        plan: Pairs of importance samples and how many of the first test pictures.
        seed: Of the binarisation and the samples.
        threads: Processor threads.
    """
    import torch

    from training.core import provenance
    from training.core.checkpoint import RunError
    from training.data.splits import splits_of
    from training.evaluation.likelihood import estimate
    from training.evaluation.metrics_file import merge_metrics
    from training.families.vae import VaeNetworks
    from training.report.model_card import write_model_card
    from training.run.export import load_run

    torch.set_num_threads(threads)
    loaded = load_run(run)
    networks = loaded.networks
    if not isinstance(networks, VaeNetworks):
        raise RunError(f"{run} is of the family {loaded.facts.family}; only VAEs have a likelihood")
    config = networks.config
    if config.likelihood != "bernoulli":
        raise RunError(
            f"{run} has a {config.likelihood} likelihood; only that of binarised digits is estimated. "
            "Its held-out bound, in bits a value, is in log.jsonl"
        )
    folder = models / config.name
    model_config = ModelConfig.load(folder)
    _, test = splits_of(model_config, data)
    if model_config.provenance.images_seen != loaded.images:
        raise RunError(f"{folder} is of another checkpoint than {run}: export the run first")
    scores = estimate(networks.averaged_net, test, run, dict(plan), loaded.images, seed)
    setting = {"command": provenance.command(), "commit": provenance.commit(), "test_sha256": test.sha256}
    merge_metrics(folder, "likelihood", scores | setting)
    write_model_card(folder, test)
    print(folder / "metrics.json")


def directions(
    name: Positional[str],
    models: Path = MODELS,
    judge: str = "faces-judge",
    count: int = 10_000,
    components: int = 6,
    orthogonal: bool = False,
    faces: int = 100,
    seed: int = 0,
) -> None:
    """Find the directions in which a model's faces smile, age or turn, measure them, and store both in its folder.

    The folder's sha256 changes: evaluate it again afterwards.

    Args:
        name: Name of a model folder that draws faces.
        models: Folder of model folders.
        judge: Judge of attributes: a name or a folder. It gives a direction for each.
        count: Samples that directions are found with.
        components: Of each kind of direction that needs no judge.
        orthogonal: Make the attributes' directions independent of each other.
        faces: On so many faces each direction is measured.
        seed: First seed of the samples, and of the faces.
    """
    import genapp
    from training.core import provenance
    from training.directions.find import find, store
    from training.directions.measure import measure
    from training.evaluation.metrics_file import merge_metrics

    folder = models / name
    model = genapp.load_model(folder)
    jury = genapp.load_model(judge, [models])
    if model.config.task != "faces" or not model.config.sampling:
        raise ValueError(f"{name} does not draw faces from seeds: directions are measured with a face detector")
    if not jury.config.attributes:
        raise ValueError(f"{judge} is no judge of attributes")
    found = find(model, jury, count, components, orthogonal, seed)
    measured, scores = measure(model, found, jury, faces, seed)
    store(folder, measured)
    setting = {"samples": count, "orthogonal": orthogonal, "seed": seed}
    made = {"command": provenance.command(), "commit": provenance.commit()}
    merge_metrics(folder, "directions", scores | setting | made)
    print(folder / "metrics.json")


COMMANDS: dict[str, Callable[..., None]] = {
    "train": train,
    "export": export,
    "slim": slim,
    "directions": directions,
    "evaluate": evaluate,
    "likelihood": likelihood,
}


def main() -> None:
    """Run a command; a wrong request is one line on stderr and exit code 2."""
    try:
        tyro.extras.subcommand_cli_from_dict(
            COMMANDS, prog="python -m training", config=(tyro.conf.CascadeSubcommandArgs, tyro.conf.OmitArgPrefixes)
        )
    except (ValueError, OSError, ArithmeticError, RuntimeError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
