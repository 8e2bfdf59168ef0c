"""A run's best checkpoint as a model folder, refused unless the serving engine draws the same pictures as torch."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from safetensors.numpy import save

import genapp
from genapp.model.config import Condition, GraphRole, ModelConfig, Provenance, file_sha256
from genapp.model.engine import Graph, Settings
from genapp.model.kinds.image import ImageOutput
from genapp.model.signature import ATTRIBUTES_FILE
from training.core import checkpoint
from training.core.checkpoint import BEST, FACTS, LATEST
from training.core.config import MODELS, EncoderConfig, TrainConfig, from_dict
from training.data.pictures import Pictures
from training.evaluation.metrics_file import carry_metrics
from training.families.build import build, pictures_for
from training.families.graphs import Exportable, GraphSource
from training.run.loop import Family
from training.run.warm_start import stored_weights

BATCHES = (1, 7, 64)
DIFFERENT, A_FEW = 0.001, 4
"""Share of picture values, or how many where that is less than a few, that may be one grey level apart in ONNX Runtime
and in torch: those that lie between two levels."""
TOLERANCE = 2e-3
"""Largest difference of latents, probabilities and features, relative to the largest value of each."""


class ExportError(RuntimeError):
    """The exported graphs do not do what the trained network does."""


def load_run(run: Path, which: str = BEST) -> tuple[TrainConfig, Family, dict, Pictures]:
    """(recipe, family with the weights of a checkpoint, or what `slim` kept, facts of the run, training pictures)."""
    weights, meta = stored_weights(run / which)
    facts = json.loads((run / FACTS).read_text("utf-8"))
    config = from_dict(facts["kind"], meta["recipe"])
    pictures, held_out = pictures_for(config)
    family = build(config, pictures, held_out)
    for name, module in family.modules.items():
        module.load_state_dict(weights[name])
    return config, family, facts | {"progress": meta["progress"], "held_out": len(held_out)}, pictures


def export(run: Path, models: Path = MODELS, which: str = BEST) -> Path:
    """Write `models/NAME` from the checkpoint `which` ("best" or "latest") of `run` and return it.

    An older folder of that name is replaced once the new one has passed its checks; an encoder is added to the folder
    of its generator. Raises `ExportError`, and `RunError` for another generator.
    """
    if which not in (BEST, LATEST):
        raise checkpoint.RunError(f"checkpoint is {which!r}; choose {BEST} or {LATEST}")
    config, family, facts, pictures = load_run(run, which)
    exportable = family.exportable()
    if isinstance(config, EncoderConfig):
        return _add_encoder(models / config.model, family, exportable, facts, pictures)
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".export-") as scratch:
        folder = Path(scratch) / config.name
        folder.mkdir()
        for role, source in exportable.graphs.items():
            write_graph(source, folder / f"{role}.onnx")
        if exportable.mean is not None:
            content = save({"mean": exportable.mean.astype(np.float32)})
            (folder / "latents.safetensors").write_bytes(content)  # save_file would hide it from other users
        if exportable.joint is not None:
            table = {"rows": exportable.joint.rows, "counts": exportable.joint.counts}
            (folder / ATTRIBUTES_FILE).write_bytes(save(table))
        _card(config, exportable, facts, folder).save(folder)
        check(folder, exportable, np.asarray(pictures.images[: max(BATCHES)]))
        final = models / config.name
        shutil.rmtree(final, ignore_errors=True)
        folder.rename(final)
    return final


def _add_encoder(folder: Path, family: Family, exportable: Exportable, facts: dict, pictures: Pictures) -> Path:
    """Put an encoder into the folder of the generator that it was trained for. Scores of what that draws stay."""
    model_config = ModelConfig.load(folder)
    family.check_generator(folder)
    images = np.asarray(pictures.images[: max(BATCHES)])
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".export-") as scratch:
        path = Path(scratch) / "encoder.onnx"
        write_graph(exportable.graphs["encoder"], path)
        _check_graph(folder.name, "encoder", exportable, path.read_bytes(), images)
        path.replace(folder / path.name)
    changed = {
        "graphs": model_config.graphs | {"encoder": "encoder.onnx"},
        "sha256": model_config.sha256 | {"encoder.onnx": file_sha256(folder / "encoder.onnx")},
        "provenance": model_config.provenance.model_copy(update={"encoder": _commands(facts)}),
    }
    model_config.model_copy(update=changed).save(folder)
    carry_metrics(folder, model_config.model_sha256)
    genapp.load_model(folder).warm()
    return folder


def write_graph(source: GraphSource, path: Path) -> None:
    """Trace one graph with a free batch dimension."""
    source.module.eval()
    batch = torch.export.Dim("N")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        program = torch.onnx.export(
            source.module,
            tuple(source.inputs.values()),
            dynamo=True,
            input_names=list(source.inputs),
            output_names=list(source.outputs),
            dynamic_shapes=({0: batch},) * len(source.inputs),
            opset_version=20,
            verbose=False,
        )
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


def check(folder: Path, exportable: Exportable, images: np.ndarray) -> None:
    """Compare each graph, run by the serving engine, with torch, for batches of 1, 7 and 64. Raises `ExportError`.

    images: uint8 (N, H, W, C), for the graphs that take pictures.
    """
    genapp.load_model(folder).warm()
    for role in exportable.graphs:
        _check_graph(folder.name, role, exportable, (folder / f"{role}.onnx").read_bytes(), images)


def _check_graph(folder: str, role: GraphRole, exportable: Exportable, content: bytes, images: np.ndarray) -> None:
    source, graph = exportable.graphs[role], Graph(content, Settings.from_environment())
    for count in BATCHES:
        given = _examples(source, count, images, exportable.conditions)
        with torch.no_grad():
            expected = source.module(*map(torch.from_numpy, given.values()))
        expected = [tensor.numpy() for tensor in (expected if isinstance(expected, tuple) else (expected,))]
        outputs = graph.run(given)
        for name, wanted in zip(source.outputs, expected, strict=True):
            _compare(f"{folder}: {role}, batch {count}: {name}", wanted, outputs[name])


def _examples(
    source: GraphSource, count: int, images: np.ndarray, conditions: tuple[Condition, ...]
) -> dict[str, np.ndarray]:
    """`count` rows of each input of a graph: pictures, labels, attributes, or normal numbers."""
    draw = np.random.RandomState(count)
    given = {}
    for name, example in source.inputs.items():
        if name == "image":
            given[name] = np.resize(images, (count, *images.shape[1:]))
        elif name == "label":
            given[name] = draw.randint(len(conditions[0].labels), size=count)
        elif name == "attributes":
            given[name] = draw.randint(-1, 2, (count, len(conditions))).astype(np.float32)
        else:
            given[name] = draw.standard_normal((count, *example.shape[1:])).astype(np.float32)
    return given


def _compare(what: str, wanted: np.ndarray, found: np.ndarray) -> None:
    if wanted.dtype == np.uint8:
        apart = np.abs(wanted.astype(int) - found.astype(int))
        if apart.max() > 1 or np.count_nonzero(apart) > max(DIFFERENT * apart.size, A_FEW):
            raise ExportError(f"{what}: {apart.max()} grey levels apart, {(apart == 0).mean():.3%} identical")
        return
    error = np.abs(wanted - found).max() / max(np.abs(wanted).max(), 1e-6)
    if error > TOLERANCE:
        raise ExportError(f"{what}: differs by {error:.2e} of the largest value")


def _card(config: TrainConfig, exportable: Exportable, facts: dict, folder: Path) -> ModelConfig:
    judge = exportable.family == "classifier"
    files = sorted(path for path in folder.iterdir() if path.suffix in (".onnx", ".safetensors"))
    progress = facts["progress"]
    return ModelConfig(
        name=config.name,
        title=config.title,
        role="judge" if judge else "generator",
        task=config.task,
        family=exportable.family,
        output=ImageOutput(height=config.size, width=config.size, channels=config.channels),
        latent=exportable.latent,
        sampling=exportable.sampling,
        conditions=exportable.conditions,
        graphs={role: f"{role}.onnx" for role in exportable.graphs},
        sha256={path.name: file_sha256(path) for path in files},
        licence=config.licence,
        labels=tuple(facts["label_names"]) if judge and not exportable.attributes else (),
        attributes=exportable.attributes,
        provenance=Provenance(
            data=facts["data"],
            data_sha256=facts["data_sha256"],
            command=_commands(facts),
            commit=facts["commit"],
            images_seen=progress["images"],
            minutes=round(progress["minutes"], 1),
            threads=facts["threads"],
            processor=facts["processor"],
            precision=facts.get("precision", ""),
            held_out=facts["held_out"],
            critic=getattr(config, "critic", ""),
            labeller=ModelConfig.load(config.labeller).provenance.command if getattr(config, "labeller", "") else "",
        ),
    )


def _commands(facts: dict) -> str:
    """What was typed to train the run, after what was typed for the run that it began with."""
    start = facts.get("start")
    return f"{_commands(start)} && {facts['command']}" if start else facts["command"]
