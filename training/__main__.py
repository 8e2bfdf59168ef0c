"""Train on pictures, export a model folder, score it:

python -m training train digits-gan --minutes 30 --threads 2
python -m training export runs/digits-gan
python -m training evaluate digits-gan
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tyro
from tyro.conf import Positional

from .recipes import RECIPES, Recipe

if TYPE_CHECKING:
    AnyRecipe = Recipe
else:
    AnyRecipe = tyro.extras.subcommand_type_from_defaults(RECIPES, prefix_names=False)


def train(
    recipe: AnyRecipe,
    run: Path | None = None,
    images: int | None = None,
    minutes: float | None = None,
    threads: int = 2,
    resume: bool = False,
    seed: int = 0,
    checkpoint_minutes: float = 3.0,
    score_images: int = 50_000,
) -> None:
    """Train a recipe; every field of it can be changed by a flag.

    Args:
        recipe: What to train.
        run: Folder of checkpoints, samples and the log; runs/NAME by default.
        images: Stop after this many pictures.
        minutes: Stop after this many minutes of training steps.
        threads: Processor threads.
        resume: Go on with the run that the folder holds.
        seed: Of everything random.
        checkpoint_minutes: Minutes between checkpoints.
        score_images: Pictures between entries of the log, each with a sample sheet and held-out scores.
    """
    from . import loop
    from .families import build, pictures_for

    budget = loop.Budget(images, minutes, threads, checkpoint_minutes, score_images)
    pictures, held_out = pictures_for(recipe)
    family = build(recipe, pictures, held_out)
    progress = loop.train(family, recipe, pictures, run or Path("runs") / recipe.name, budget, resume, seed)
    print(f"{progress.images} pictures in {progress.minutes:.1f} minutes; best at {progress.best_images}")


def export(run: Positional[Path], models: Path = Path("assets/models"), checkpoint: str = "best") -> None:
    """Write a run's best checkpoint as a model folder, once ONNX Runtime draws what torch does.

    Args:
        run: Folder that `train` wrote.
        models: Folder of model folders.
        checkpoint: best or latest.
    """
    from .export import export as export_run

    print(export_run(run, models, checkpoint))


COMMANDS = {"train": train, "export": export}


def main() -> None:
    """Run a command; a wrong request is one line on stderr and exit code 2."""
    from .checkpoint import RunError
    from .data import DataError

    try:
        tyro.extras.subcommand_cli_from_dict(
            COMMANDS, prog="python -m training", config=(tyro.conf.CascadeSubcommandArgs, tyro.conf.OmitArgPrefixes)
        )
    except (DataError, RunError, FileNotFoundError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
