"""One training loop for every family: budget, progress, checkpoints, samples, scores, exact resume.

Everything random in a step follows from (seed, step), so a run that was killed and resumed from its checkpoint sees the
same pictures and the same noise as one that was left alone.
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
from typing import Any, Protocol

import numpy as np
import torch
from PIL import Image
from torch import nn
from torch.optim import Optimizer
from tqdm import tqdm

from training.core import checkpoint, provenance
from training.core.checkpoint import BEST, FACTS, LATEST, LOG, RunError
from training.core.pixels import chosen_precision, to_device
from training.data.pictures import Pictures, batch_indices
from training.families.graphs import Exportable
from training.run.warm_start import begin_with


class NonFinite(ArithmeticError):
    """A loss, gradient or weight became NaN or infinite; names the step and the tensor."""


class Family(Protocol):
    """What the loop needs of a family of models (gan, vae, ...)."""

    modules: Mapping[str, nn.Module]
    """All networks, averages included; their state is checkpointed."""
    optimizers: Mapping[str, Optimizer]

    def step(self, images: torch.Tensor, labels: torch.Tensor | None, step: int) -> dict[str, float]:
        """Train on uint8 (N, C, H, W) pictures; returns the losses by name."""

    def samples(self) -> np.ndarray:
        """uint8 (H, W, C) sheet from fixed latents."""

    def exportable(self) -> Exportable:
        """The averaged networks as graphs of a model folder."""

    def score(self) -> dict[str, float]:
        """Held-out scores by name; `"score"` picks the best checkpoint and is minimised. Empty where there is none."""


@dataclass(frozen=True)
class Budget:
    """When to stop: after `images` pictures or `minutes` of training steps, whichever comes first."""

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
    family: Family,
    config: Any,
    pictures: Pictures,
    run: Path,
    budget: Budget,
    resume: bool = False,
    seed: int = 0,
    stop: threading.Event | None = None,
    start: Path | None = None,
) -> Progress:
    """Train `family` into the folder `run` and return where it ended.

    stop: when set, training ends after the step in hand as if the budget were spent.
    start: a run whose weights a new run begins with (`growing.begin_with`); its pictures and minutes count.
    Raises `RunError` when `run` holds another run, and `NonFinite` when training diverges.
    """
    stop = stop or threading.Event()
    torch.set_num_threads(budget.threads)
    progress = _open_run(family, config, pictures, run, budget, resume, start)
    batch = config.batch
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
            indices = batch_indices(len(pictures), batch, progress.step, seed, pictures.weights)
            images = to_device(pictures.images[np.sort(indices)].transpose(0, 3, 1, 2))
            labels = None if pictures.labels is None else to_device(pictures.labels[np.sort(indices)])
            torch.manual_seed(seed * 1_000_003 + progress.step)
            losses = family.step(images, labels, progress.step)
            _check_finite(losses, family, progress.step)
            progress.step += 1
            progress.images += batch
            progress.minutes += (time.monotonic() - begun) / 60
            for name, value in losses.items():
                recent.setdefault(name, []).append(value)
            bar.update(batch)
            if progress.images // budget.score_images > (progress.images - batch) // budget.score_images:
                bar.set_postfix(_milestone(family, config, run, progress, recent))
                recent = {}
            if time.monotonic() - saved_at > budget.checkpoint_minutes * 60:
                _save(run / LATEST, family, config, progress)
                saved_at = time.monotonic()
    if recent and not stop.is_set():  # whoever stops a run does not want to wait for its scores
        _milestone(family, config, run, progress, recent)
    _save(run / LATEST, family, config, progress)
    if math.isinf(progress.best):  # nothing scores this family: the last is the best
        _save(run / BEST, family, config, progress)
    return progress


def _open_run(
    family: Family,
    config: Any,
    pictures: Pictures,
    run: Path,
    budget: Budget,
    resume: bool,
    start: Path | None,
) -> Progress:
    if not checkpoint.exists(run / LATEST):
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
        facts = {
            "kind": type(config).__name__,
            "recipe": dataclasses.asdict(config),
            "data": config.data,
            "data_sha256": pictures.sha256,
            "label_names": pictures.label_names,
            "command": provenance.command(),
            "commit": provenance.commit(),
            "threads": budget.threads,
            "processor": provenance.device_name(),
            "precision": chosen_precision(config.precision),
            "start": None if origin is None else origin.facts | {"run": str(start)},
        }
        _write_facts(run, facts)
        return progress
    if not resume:
        raise RunError(f"{run} holds a run already: --resume goes on with it, another --run starts anew")
    states, meta = checkpoint.load(run / LATEST)
    # A field that the run does not know yet was added since; its default means what was done before.
    known = {field.name: field.default for field in dataclasses.fields(config)} | meta["recipe"]
    mine, theirs = (json.loads(json.dumps(fields, default=str)) for fields in (dataclasses.asdict(config), known))
    changed = sorted(key for key in mine if mine[key] != theirs[key])
    if changed:
        raise RunError(
            f"{run} was begun with another {', '.join(changed)}: resume it as it was, or choose another --run"
        )
    _restore(family, states)
    # A resumed run is exact, so typing the last budget at the start would have led here too.
    facts = json.loads((run / FACTS).read_text("utf-8"))
    command = provenance.command().replace(" --resume", "")
    if facts.get("start") and " --start " not in command:
        command += f" --start {facts['start']['run']}"
    _write_facts(run, facts | {"command": command})
    progress = Progress(**meta["progress"])
    _truncate_log(run / LOG, progress.images)
    return progress


def _write_facts(run: Path, facts: dict[str, Any]) -> None:
    (run / FACTS).write_text(json.dumps(facts, indent=2), "utf-8")


def _restore(family: Family, states: Mapping[str, Mapping[str, Any]]) -> None:
    """Put the states of a checkpoint back into the networks and optimisers."""
    for name, module in family.modules.items():
        module.load_state_dict(states["modules"][name])
    for name, optimizer in family.optimizers.items():
        optimizer.load_state_dict(states["optimizers"][name])


def _save(folder: Path, family: Family, config: Any, progress: Progress) -> None:
    states = {
        "modules": {name: module.state_dict() for name, module in family.modules.items()},
        "optimizers": {name: optimizer.state_dict() for name, optimizer in family.optimizers.items()},
    }
    meta = {"recipe": dataclasses.asdict(config), "progress": dataclasses.asdict(progress)}
    checkpoint.save(folder, states, meta)


def _milestone(
    family: Family, config: Any, run: Path, progress: Progress, recent: Mapping[str, list[float]]
) -> dict[str, str]:
    """Log, sample, score, keep the best; returns the mean losses to show."""
    losses = {name: sum(values) / len(values) for name, values in recent.items()}
    scores = family.score()
    line = {"images": progress.images, "minutes": round(progress.minutes, 3), **losses, **scores}
    with open(run / LOG, "a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")
    _write_samples(family, run, progress)
    if scores.get("score", math.inf) < progress.best:
        progress.best, progress.best_images = scores["score"], progress.images
        _save(run / BEST, family, config, progress)
    return {name: f"{value:.3f}" for name, value in losses.items()}


def _write_samples(family: Family, run: Path, progress: Progress) -> None:
    sheet = family.samples()
    (run / "samples").mkdir(exist_ok=True)
    Image.fromarray(sheet.squeeze(-1) if sheet.shape[-1] == 1 else sheet).save(
        run / "samples" / f"{progress.images:09d}.png"
    )


def _truncate_log(log: Path, images: int) -> None:
    """Drop what a killed run logged after its last checkpoint; it will be logged again."""
    if log.exists():
        lines = [line for line in log.read_text("utf-8").splitlines() if json.loads(line)["images"] <= images]
        log.write_text("".join(line + "\n" for line in lines), "utf-8")


def _done(progress: Progress, budget: Budget) -> bool:
    enough_images = budget.images is not None and progress.images >= budget.images
    enough_minutes = budget.minutes is not None and progress.minutes >= budget.minutes
    return enough_images or enough_minutes


def _check_finite(losses: dict[str, float], family: Family, step: int) -> None:
    wrong = [name for name, value in losses.items() if not math.isfinite(value)]
    if not wrong:
        return
    for network, module in family.modules.items():
        for name, parameter in module.named_parameters():
            for what, tensor in (("weight", parameter), ("gradient", parameter.grad)):
                if tensor is not None and not torch.isfinite(tensor).all():
                    raise NonFinite(f"step {step}: loss {wrong[0]} and the {what} of {network}.{name} are not finite")
    raise NonFinite(f"step {step}: loss {wrong[0]} is not finite")
