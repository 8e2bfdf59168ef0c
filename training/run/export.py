"""A run's best checkpoint as a model folder, refused unless the serving engine draws the same pictures as torch."""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from safetensors.numpy import save

import genapp
from genapp.model.config import GraphRole, ModelConfig, Provenance, file_sha256
from genapp.model.engine import Graph, Settings
from genapp.model.model import LATENTS_FILE
from genapp.model.signature import ATTRIBUTES_FILE
from training.core import checkpoint
from training.core.checkpoint import BEST, LATEST
from training.core.config import MODELS
from training.core.facts import Facts, read_facts
from training.evaluation.metrics_file import carry_metrics
from training.families.build import restore
from training.families.exportable import Addition, Exportable, GraphSource
from training.families.family import Networks
from training.run.warm_start import stored_weights

BATCHES = (1, 7, 64)
DIFFERENT, A_FEW = 0.001, 4
"""Share of picture values, or how many where that is less than a few, that may be one grey level apart in ONNX Runtime
and in torch: those that lie between two levels."""
TOLERANCE = 2e-3
"""Largest difference of latents, probabilities and features, relative to the largest value of each."""


class ExportError(RuntimeError):
    """The exported graphs do not do what the trained network does."""


@dataclass(frozen=True)
class Loaded:
    """A run's networks with the weights of a checkpoint, or of what `slim` kept; its facts, and how far it had come."""

    networks: Networks
    facts: Facts
    images: int
    minutes: float


def load_run(run: Path, which: str = BEST) -> Loaded:
    """The checkpoint `which` of a run. Needs none of its data. Raises `RunError` where there is no such run."""
    facts = read_facts(run)
    weights, meta = stored_weights(run / which)
    networks = restore(facts.family, meta["recipe"], facts.meaning)
    for name, module in networks.modules.items():
        module.load_state_dict(weights[name])
    return Loaded(networks, facts, meta["progress"]["images"], meta["progress"]["minutes"])


def export(run: Path, models: Path = MODELS, which: str = BEST) -> Path:
    """Write `models/NAME` from the checkpoint `which` ("best" or "latest") of `run` and return it.

    An older folder of that name is replaced once the new one has passed its checks; an encoder is added to the folder
    of its generator. Raises `ExportError`, and `RunError` for another generator.
    """
    if which not in (BEST, LATEST):
        raise checkpoint.RunError(f"checkpoint is {which!r}; choose {BEST} or {LATEST}")
    loaded = load_run(run, which)
    exported = loaded.networks.exportable()
    if isinstance(exported, Addition):
        return _add(exported, models / exported.model, loaded.facts)
    models.mkdir(parents=True, exist_ok=True)
    config = loaded.networks.config
    with tempfile.TemporaryDirectory(dir=models, prefix=".export-") as scratch:
        folder = Path(scratch) / config.name
        folder.mkdir()
        for role, source in exported.graphs.items():
            write_graph(source, folder / f"{role}.onnx")
        if exported.mean is not None:
            content = save({"mean": exported.mean.astype(np.float32)})
            (folder / LATENTS_FILE).write_bytes(content)  # save_file would hide it from other users
        if exported.joint is not None:
            table = {"rows": exported.joint.rows, "counts": exported.joint.counts}
            (folder / ATTRIBUTES_FILE).write_bytes(save(table))
        _model_config(exported, loaded, folder).save(folder)
        check(folder, exported)
        final = models / config.name
        shutil.rmtree(final, ignore_errors=True)
        folder.rename(final)
    return final


def _add(addition: Addition, folder: Path, facts: Facts) -> Path:
    """Put an encoder into the folder of the generator that it was trained for. Scores of what that draws stay."""
    model_config = ModelConfig.load(folder)
    addition.check(folder)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        paths = {role: Path(scratch) / f"{role}.onnx" for role in addition.graphs}
        for role, source in addition.graphs.items():
            write_graph(source, paths[role])
            _check_graph(folder.name, role, source, paths[role].read_bytes())
        for path in paths.values():
            path.replace(folder / path.name)
    names = {role: path.name for role, path in paths.items()}
    changed = {
        "graphs": model_config.graphs | names,
        "sha256": model_config.sha256 | {name: file_sha256(folder / name) for name in names.values()},
        "provenance": model_config.provenance.model_copy(update={"encoder": facts.commands}),
    }
    model_config.model_copy(update=changed).save(folder)
    carry_metrics(folder, model_config.model_sha256)
    genapp.load_model(folder).warm()
    return folder


def write_graph(source: GraphSource, path: Path) -> None:
    """Trace one graph with a free batch dimension."""
    source.module.eval()
    examples = source.examples(2)
    batch = torch.export.Dim("N")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            source.module,
            tuple(map(torch.from_numpy, examples.values())),
            dynamo=True,
            input_names=list(source.inputs),
            output_names=list(source.outputs),
            dynamic_shapes=({0: batch},) * len(source.inputs),
            opset_version=20,
            verbose=False,
        )
        if program is None:
            raise ExportError(f"{path.stem} cannot be traced")
        program.save(path, external_data=False)
    strip_traces(path)
    onnx.checker.check_model(path)


def strip_traces(path: Path) -> None:
    """Take out of a graph's file what the exporter says of the code that it has traced: it names folders of the machine
    that ran it, and no engine reads it."""
    model = onnx.load(path)
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    onnx.save(model, path)


def check(folder: Path, exported: Exportable) -> None:
    """Compare each graph, run by the serving engine, with torch, for batches of 1, 7 and 64 of inputs that the graph's
    source draws. Raises `ExportError`."""
    genapp.load_model(folder).warm()
    for role, source in exported.graphs.items():
        _check_graph(folder.name, role, source, (folder / f"{role}.onnx").read_bytes())


def _check_graph(folder: str, role: GraphRole, source: GraphSource, content: bytes) -> None:
    graph = Graph(content, Settings.from_environment())
    for count in BATCHES:
        given = source.examples(count)
        with torch.no_grad():
            expected = source.module(*map(torch.from_numpy, given.values()))
        expected = [tensor.numpy() for tensor in (expected if isinstance(expected, tuple) else (expected,))]
        outputs = graph.run(given)
        for name, wanted in zip(source.outputs, expected, strict=True):
            _compare(f"{folder}: {role}, batch {count}: {name}", wanted, outputs[name])


def _compare(what: str, wanted: np.ndarray, found: np.ndarray) -> None:
    """Raise `ExportError` unless bytes are at most a grey level apart, other integers equal, floats close."""
    if wanted.dtype == np.uint8:
        apart = np.abs(wanted.astype(int) - found.astype(int))
        if apart.max() > 1 or np.count_nonzero(apart) > max(DIFFERENT * apart.size, A_FEW):
            raise ExportError(f"{what}: {apart.max()} grey levels apart, {(apart == 0).mean():.3%} identical")
        return
    if np.issubdtype(wanted.dtype, np.integer):
        if not np.array_equal(wanted, found):
            raise ExportError(f"{what}: {(wanted == found).mean():.3%} identical")
        return
    error = np.abs(wanted - found).max() / max(np.abs(wanted).max(), 1e-6)
    if error > TOLERANCE:
        raise ExportError(f"{what}: differs by {error:.2e} of the largest value")


def _model_config(exported: Exportable, loaded: Loaded, folder: Path) -> ModelConfig:
    config, facts = loaded.networks.config, loaded.facts
    files = sorted(path for path in folder.iterdir() if path.suffix in (".onnx", ".safetensors"))
    return ModelConfig(
        name=config.name,
        title=config.title,
        role="judge" if "classifier" in exported.graphs else "generator",
        task=config.task,
        family=exported.family,
        output=exported.output,
        latent=exported.latent,
        sampling=exported.sampling,
        conditions=exported.conditions,
        graphs={role: f"{role}.onnx" for role in exported.graphs},
        sha256={path.name: file_sha256(path) for path in files},
        licence=config.licence,
        labels=exported.labels,
        attributes=exported.attributes,
        provenance=Provenance(
            data=facts.data.name,
            data_sha256=facts.data.sha256,
            command=facts.commands,
            commit=facts.commit,
            images_seen=loaded.images,
            minutes=round(loaded.minutes, 1),
            threads=facts.threads,
            processor=facts.processor,
            precision=facts.precision,
            held_out=facts.data.held_out,
            critic=exported.critic,
            labeller=exported.labeller,
        ),
    )
