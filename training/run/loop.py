"""One training loop for every family: budget, progress, checkpoints, samples, scores, exact resume.

Everything random in a step follows from (seed, step), so a run that was killed and resumed from its checkpoint sees the
same examples and the same noise as one that was left alone. What an example is only the family knows; the loop counts
them, and calls them images as its flags and its log always have.
"""

from __future__ import annotations

import dataclasses
import json
import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from training.core import checkpoint, provenance
from training.core.checkpoint import BEST, LATEST, LOG, RunError
from training.core.config import to_fields
from training.core.device import chosen_precision
from training.core.facts import Facts, Start, read_facts, write_facts
from training.core.provenance import portable
from training.families.family import Batch, Family
from training.run.warm_start import Origin, begin_with


class NonFinite(ArithmeticError):
    """A loss, gradient or weight became NaN or infinite; names the step and the tensor."""


@dataclass(frozen=True)
class Budget:
    """When to stop: after `images` examples or `minutes` of training steps, whichever comes first."""

    images: int | None = None
    minutes: float | None = None
    threads: int = 2
    checkpoint_minutes: float = 3.0
    score_images: int = 50_000

    def __post_init__(self) -> None:
        if self.images is None and self.minutes is None:
            raise RunError("give --images or --minutes: how long to train")


@dataclass
class Progress:
    """The loop's own state, kept in the checkpoint. `minutes` counts training steps only, not scoring or saving."""

    step: int = 0
    images: int = 0
    minutes: float = 0.0
    best: float = math.inf
    best_images: int = 0


def train(
    family: Family[Batch],
    run: Path,
    budget: Budget,
    resume: bool = False,
    seed: int = 0,
    stop: threading.Event | None = None,
    start: Path | None = None,
) -> Progress:
    """Train `family` into the folder `run` and return where it ended.

    stop: when set, training ends after the step in hand as if the budget were spent.
    start: a run whose weights a new run begins with (`warm_start.begin_with`); its examples and minutes count.
    Raises `RunError` when `run` holds another run, and `NonFinite` when training diverges.
    """
    stop = stop or threading.Event()
    torch.set_num_threads(budget.threads)
    progress = _resumed(family, run) if resume else None
    progress = progress or _begun(family, run, budget, start)
    count = family.config.batch
    saved_at = time.monotonic()
    bar = tqdm(
        total=budget.images or None,
        initial=progress.images,
        unit="img",
        unit_scale=True,
        desc=run.name,
        mininterval=2.0,
    )
    recent: dict[str, list[float]] = {}
    with bar:
        while not (_done(progress, budget) or stop.is_set()):
            begun = time.monotonic()
            batch = family.batch(progress.step, seed)
            torch.manual_seed(seed * 1_000_003 + progress.step)
            losses = family.step(batch, progress.step)
            _check_finite(losses, family, progress.step)
            progress.step += 1
            progress.images += count
            progress.minutes += (time.monotonic() - begun) / 60
            for name, value in losses.items():
                recent.setdefault(name, []).append(value)
            bar.update(count)
            if progress.images // budget.score_images > (progress.images - count) // budget.score_images:
                bar.set_postfix(_milestone(family, run, progress, recent))
                recent = {}
            if time.monotonic() - saved_at > budget.checkpoint_minutes * 60:
                _save(run / LATEST, family, progress)
                saved_at = time.monotonic()
    if recent and not stop.is_set():  # whoever stops a run does not want to wait for its scores
        _milestone(family, run, progress, recent)
    if not stop.is_set():
        family.settle()
    _save(run / LATEST, family, progress)
    if math.isinf(progress.best):  # nothing scores this family: the last is the best
        _save(run / BEST, family, progress)
    return progress


def _begun(family: Family[Any], run: Path, budget: Budget, start: Path | None) -> Progress:
    """The beginning of a new run."""
    if checkpoint.exists(run / LATEST):
        raise RunError(f"{run} holds a run already: --resume goes on with it, another --run starts anew")
    if run.exists() and any(run.iterdir()):
        raise RunError(f"{run} is not empty and holds no checkpoint: choose another --run or remove it")
    origin = None if start is None else begin_with(family.modules, start)
    progress = Progress() if origin is None else Progress(images=origin.images, minutes=origin.minutes)
    if _done(progress, budget):
        raise RunError(
            f"{start} has seen {progress.images} pictures in {progress.minutes:.0f} minutes, and they count: "
            "give more --images or --minutes"
        )
    run.mkdir(parents=True, exist_ok=True)
    write_facts(run, _facts(family, budget, origin, start))
    return progress


def _facts(family: Family[Any], budget: Budget, origin: Origin | None, start: Path | None) -> Facts:
    return Facts(
        family=family.config.family,
        recipe=to_fields(family.config),
        meaning=family.describe(),
        data=family.data_facts,
        command=provenance.command(),
        commit=provenance.commit(),
        threads=budget.threads,
        processor=provenance.device_name(),
        precision=chosen_precision(family.config.precision),
        start=None if origin is None else Start(run=portable(str(start)), facts=origin.facts),
    )


def _resumed(family: Family[Any], run: Path) -> Progress | None:
    """Where `run` stopped, its states restored; None where it has not begun.

    Raises `RunError` when it was begun with another configuration or on other data.
    """
    if not checkpoint.exists(run / LATEST):
        return None
    states, meta = checkpoint.load(run / LATEST)
    facts = read_facts(run)
    # A field that the run does not know yet was added since; its default means what was done before.
    known = {field.name: field.default for field in dataclasses.fields(family.config)} | meta["recipe"]
    mine, theirs = (json.loads(json.dumps(fields, default=str)) for fields in (to_fields(family.config), known))
    changed = [key for key in mine if mine[key] != theirs[key]]
    changed += ["family"] * (facts.family != family.config.family)
    changed += ["data"] * (facts.data.sha256 != family.data_facts.sha256 and "data" not in changed)
    if changed:
        raise RunError(
            f"{run} was begun with another {', '.join(sorted(changed))}: resume it as it was, or choose another --run"
        )
    _restore(family, states)
    # A resumed run is exact, so typing the last budget at the start would have led here too.
    command = provenance.command().replace(" --resume", "")
    if facts.start and " --start " not in command:
        command += f" --start {facts.start.run}"
    write_facts(run, facts.model_copy(update={"command": command}))
    progress = Progress(**meta["progress"])
    _truncate_log(run / LOG, progress.images)
    return progress


def _restore(family: Family[Any], states: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the states of a checkpoint back into the networks and optimisers."""
    for name, module in family.modules.items():
        module.load_state_dict(states["modules"][name])
    for name, optimizer in family.optimizers.items():
        optimizer.load_state_dict(states["optimizers"][name])


def _save(folder: Path, family: Family[Any], progress: Progress) -> None:
    states = {
        "modules": {name: module.state_dict() for name, module in family.modules.items()},
        "optimizers": {name: optimizer.state_dict() for name, optimizer in family.optimizers.items()},
    }
    meta = {"recipe": to_fields(family.config), "progress": dataclasses.asdict(progress)}
    checkpoint.save(folder, states, meta)


def _milestone(family: Family[Any], run: Path, progress: Progress, recent: Mapping[str, list[float]]) -> dict[str, str]:
    """Log, sample, score, keep the best; returns the mean losses to show."""
    losses = {name: sum(values) / len(values) for name, values in recent.items()}
    scores = family.score()
    line = {"images": progress.images, "minutes": round(progress.minutes, 3), **losses, **scores}
    with open(run / LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
    _write_samples(family, run / "samples", progress)
    if scores.get("score", math.inf) < progress.best:
        progress.best, progress.best_images = scores["score"], progress.images
        family.settle()
        _save(run / BEST, family, progress)
    return {name: f"{value:.3f}" for name, value in losses.items()}


def _write_samples(family: Family[Any], folder: Path, progress: Progress) -> None:
    sample = family.samples()
    folder.mkdir(exist_ok=True)
    (folder / f"{progress.images:09d}{sample.suffix}").write_bytes(sample.content)


def _truncate_log(log: Path, images: int) -> None:
    """Drop what a killed run logged after its last checkpoint; it will be logged again."""
    if log.exists():
        lines = [line for line in log.read_text("utf-8").splitlines() if json.loads(line)["images"] <= images]
        log.write_text("".join(line + "\n" for line in lines), "utf-8")


def _done(progress: Progress, budget: Budget) -> bool:
    enough_images = budget.images is not None and progress.images >= budget.images
    enough_minutes = budget.minutes is not None and progress.minutes >= budget.minutes
    return enough_images or enough_minutes


def _check_finite(losses: dict[str, float], family: Family[Any], step: int) -> None:
    wrong = [name for name, value in losses.items() if not math.isfinite(value)]
    if not wrong:
        return
    for network, module in family.modules.items():
        for name, parameter in module.named_parameters():
            for what, tensor in (("weight", parameter), ("gradient", parameter.grad)):
                if tensor is not None and not torch.isfinite(tensor).all():
                    raise NonFinite(f"step {step}: loss {wrong[0]} and the {what} of {network}.{name} are not finite")
    raise NonFinite(f"step {step}: loss {wrong[0]} is not finite")
