"""Makes small, real model folders for tests, from the `onnx` package's helpers: quick, and without torch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from safetensors.numpy import save_file

from genapp.model.config import AttributeCondition, ClassCondition, Latent, ModelConfig, Provenance, file_sha256
from genapp.model.kinds.image import ImageOutput

OPSET = 20
DIGITS = tuple("0123456789")


@dataclass
class Builder:
    """Collects the nodes and weights of one graph; every call gives the name of the tensor it makes."""

    random: np.random.RandomState
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def node(self, kind: str, *inputs: str, out: str | None = None, **attributes: object) -> str:
        out = out or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [out], **attributes))
        return out

    def constant(self, value: object, dtype: type) -> str:
        name = f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.array(value, dtype), name))
        return name

    def linear(self, x: str, rows: int, columns: int, out: str | None = None) -> str:
        weight = self.random.standard_normal((rows, columns)) / np.sqrt(rows)
        return self.node("MatMul", x, self.constant(weight, np.float32), out=out)

    def reshape(self, x: str, *shape: int, out: str | None = None) -> str:
        return self.node("Reshape", x, self.constant(shape, np.int64), out=out)

    def save(self, path: Path, inputs: dict[str, tuple[int, tuple]], outputs: dict[str, tuple[int, tuple]]) -> None:
        def infos(tensors: dict[str, tuple[int, tuple]]) -> list[onnx.ValueInfoProto]:
            return [helper.make_tensor_value_info(n, kind, ("N", *shape)) for n, (kind, shape) in tensors.items()]

        graph = helper.make_graph(self.nodes, path.stem, infos(inputs), infos(outputs), self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10)
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, path)


def make_generator(
    folder: Path,
    name: str = "tiny",
    *,
    size: int = 8,
    channels: int = 1,
    dim: int = 6,
    layers: int = 1,
    mapping: bool = False,
    sampling: str | None = "normal",
    encoder: bool = False,
    critic: bool = False,
    conditions: tuple[ClassCondition | AttributeCondition, ...] = (),
    directions: Iterable[str] = (),
    joint: dict[tuple[int, ...], int] | None = None,
    task: str = "digits",
    family: str = "gan",
    title: str = "",
    weights_seed: int = 0,
) -> Path:
    """Write a generator's folder: a mapping of one layer, a generator of one layer, smooth enough to look at.

    Args:
        folder: made if it is not there.
        layers: L; more than 1 needs `mapping`.
        sampling: "normal", or None for a model without a prior.
        conditions: each goes into the graphs that it names.
        directions: names of random directions in latents.safetensors.
        joint: how often attributes occur together: -1 or 1 for each, to a count.
        weights_seed: another one gives another model.

    Returns:
        `folder`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    width = dim + 2 if mapping else dim
    output = ImageOutput(height=size, width=size, channels=channels)
    card_like = _Shapes(output, layers, width, dim, conditions)
    graphs = {"generator": "generator.onnx"}
    _generator(folder / "generator.onnx", card_like, np.random.RandomState(weights_seed))
    if mapping:
        graphs["mapping"] = "mapping.onnx"
        _mapping(folder / "mapping.onnx", card_like, np.random.RandomState(weights_seed + 1))
    if encoder:
        graphs["encoder"] = "encoder.onnx"
        _encoder(folder / "encoder.onnx", card_like, np.random.RandomState(weights_seed + 2))
    if critic:
        graphs["critic"] = "critic.onnx"
        _critic(folder / "critic.onnx", card_like, np.random.RandomState(weights_seed + 3))
    random = np.random.RandomState(weights_seed + 4)
    tensors = {"mean": np.full((layers, width), 0.1 if mapping else 0.0, np.float32)}
    for direction in directions:
        tensors[f"directions.{direction}"] = random.standard_normal((layers, width)).astype(np.float32)
        tensors[f"ranges.{direction}"] = np.array([-2, 3], np.float32)
    save_file(tensors, folder / "latents.safetensors")
    extra = ["latents.safetensors"]
    if joint:
        rows, counts = np.array(list(joint), np.int8), np.array(list(joint.values()), np.int64)
        save_file({"rows": rows, "counts": counts}, folder / "attributes.safetensors")
        extra.append("attributes.safetensors")
    config = ModelConfig(
        name=name,
        title=title or name,
        role="generator",
        task=task,
        family=family,
        output=output,
        latent=Latent(dim=dim, layers=layers, width=width),
        sampling=sampling,
        conditions=conditions,
        graphs=graphs,
        sha256={file: file_sha256(folder / file) for file in (*graphs.values(), *extra)},
        licence="MIT",
        provenance=_provenance(),
    )
    config.save(folder)
    _extras(folder, size, channels)
    return folder


def make_judge(folder: Path, name: str = "tiny-judge", *, size: int = 8, channels: int = 1, features: int = 5) -> Path:
    """Write a judge's folder: a linear classifier of ten digits."""
    folder.mkdir(parents=True, exist_ok=True)
    output = ImageOutput(height=size, width=size, channels=channels)
    build = Builder(np.random.RandomState(9))
    x = _flat_image(build, output)
    build.linear(x, size * size * channels, features, out="features")
    build.node("Softmax", build.linear("features", features, 10), out="probabilities", axis=1)
    image = {"image": (TensorProto.UINT8, (size, size, channels))}
    outputs = {"probabilities": (TensorProto.FLOAT, (10,)), "features": (TensorProto.FLOAT, (features,))}
    build.save(folder / "classifier.onnx", image, outputs)
    config = ModelConfig(
        name=name,
        title=name,
        role="judge",
        task="digits",
        family="classifier",
        output=output,
        graphs={"classifier": "classifier.onnx"},
        sha256={"classifier.onnx": file_sha256(folder / "classifier.onnx")},
        licence="MIT",
        provenance=_provenance(),
        labels=DIGITS,
    )
    config.save(folder)
    return folder


@dataclass(frozen=True)
class _Shapes:
    output: ImageOutput
    layers: int
    width: int
    dim: int
    conditions: tuple[ClassCondition | AttributeCondition, ...]

    @property
    def pixels(self) -> int:
        return self.output.height * self.output.width * self.output.channels

    @property
    def picture(self) -> tuple[int, int, int]:
        return self.output.height, self.output.width, self.output.channels


def _generator(path: Path, shapes: _Shapes, random: np.random.RandomState) -> None:
    build = Builder(random)
    flat = build.reshape("w", -1, shapes.layers * shapes.width)
    pixels = build.linear(flat, shapes.layers * shapes.width, shapes.pixels)
    pixels, extra = _condition(build, pixels, shapes.pixels, shapes.conditions, "generator")
    scaled = build.node("Mul", build.node("Sigmoid", pixels), build.constant(255, np.float32))
    whole = build.node("Cast", build.node("Round", scaled), to=TensorProto.UINT8)
    build.reshape(whole, -1, *shapes.picture, out="image")
    inputs = {"w": (TensorProto.FLOAT, (shapes.layers, shapes.width)), **extra}
    build.save(path, inputs, {"image": (TensorProto.UINT8, shapes.picture)})


def _mapping(path: Path, shapes: _Shapes, random: np.random.RandomState) -> None:
    build = Builder(random)
    hidden = build.linear("z", shapes.dim, shapes.layers * shapes.width)
    hidden, extra = _condition(build, hidden, shapes.layers * shapes.width, shapes.conditions, "mapping")
    build.reshape(build.node("Tanh", hidden), -1, shapes.layers, shapes.width, out="w")
    inputs = {"z": (TensorProto.FLOAT, (shapes.dim,)), **extra}
    build.save(path, inputs, {"w": (TensorProto.FLOAT, (shapes.layers, shapes.width))})


def _encoder(path: Path, shapes: _Shapes, random: np.random.RandomState) -> None:
    build = Builder(random)
    w = build.linear(_flat_image(build, shapes.output), shapes.pixels, shapes.layers * shapes.width)
    w, extra = _condition(build, w, shapes.layers * shapes.width, shapes.conditions, "encoder")
    build.reshape(w, -1, shapes.layers, shapes.width, out="w")
    inputs = {"image": (TensorProto.UINT8, shapes.picture), **extra}
    build.save(path, inputs, {"w": (TensorProto.FLOAT, (shapes.layers, shapes.width))})


def _critic(path: Path, shapes: _Shapes, random: np.random.RandomState) -> None:
    build = Builder(random)
    build.reshape(build.linear(_flat_image(build, shapes.output), shapes.pixels, 1), -1, out="score")
    build.save(path, {"image": (TensorProto.UINT8, shapes.picture)}, {"score": (TensorProto.FLOAT, ())})


def _flat_image(build: Builder, output: ImageOutput) -> str:
    flat = build.reshape("image", -1, output.height * output.width * output.channels)
    return build.node("Div", build.node("Cast", flat, to=TensorProto.FLOAT), build.constant(255, np.float32))


def _condition(
    build: Builder,
    x: str,
    columns: int,
    conditions: tuple[ClassCondition | AttributeCondition, ...],
    graph: str,
) -> tuple[str, dict[str, tuple[int, tuple]]]:
    """Add to `x` what each condition of this graph is worth; also the inputs that this takes."""
    inputs: dict[str, tuple[int, tuple]] = {}
    mine = [condition for condition in conditions if graph in condition.graphs]
    for condition in (c for c in mine if isinstance(c, ClassCondition)):
        table = build.constant(build.random.standard_normal((len(condition.labels), columns)), np.float32)
        x = build.node("Add", x, build.node("Gather", table, "label", axis=0))
        inputs["label"] = (TensorProto.INT64, ())
    if any(isinstance(condition, AttributeCondition) for condition in mine):
        count = sum(isinstance(condition, AttributeCondition) for condition in conditions)
        x = build.node("Add", x, build.linear("attributes", count, columns))
        inputs["attributes"] = (TensorProto.FLOAT, (count,))
    return x, inputs


def _provenance() -> Provenance:
    return Provenance(
        data="data/tiny", data_sha256="0" * 64, command="none", commit="none", images_seen=0, minutes=0, threads=1
    )


def _extras(folder: Path, size: int, channels: int) -> None:
    (folder / "metrics.json").write_text("{}\n", "utf-8")
    (folder / "README.md").write_text("# A model for tests\n", "utf-8")
    pixels = np.random.RandomState(3).randint(0, 256, (size, size * 4, channels), np.uint8)
    Image.fromarray(pixels[..., 0] if channels == 1 else pixels).save(folder / "samples.png")
