"""Finds directions in a model's latent space along which one thing of its pictures changes.

With a judge of attributes: linear boundaries (InterFaceGAN, Shen et al. 2020). Without any labels: principal components
of the latents (GANSpace, Härkönen et al. 2020), and the singular vectors of what a style network does with its styles
(SeFa, Shen and Zhou 2021). An amount of 1 is one standard deviation of the latents along the direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from safetensors.numpy import load_file, save
from sklearn.linear_model import LogisticRegression

import genapp
from genapp.model.config import ModelConfig, file_sha256
from genapp.model.editing import Direction
from genapp.model.model import LATENTS_FILE

CONFIDENT = 0.1
"""Share of samples, those that the judge is surest of on either side, between which a boundary is drawn."""


def boundary(ws: NDArray, probabilities: NDArray) -> NDArray[np.float64]:
    """The unit normal (F,) of the plane between latents (N, F) with an attribute and those without it."""
    order = np.argsort(probabilities, kind="stable")
    count = max(1, round(CONFIDENT * len(order)))
    rows = np.concatenate([ws[order[:count]], ws[order[-count:]]])
    fitted = LogisticRegression(max_iter=1000).fit(rows / rows.std(), np.repeat([0, 1], count))
    return _unit(fitted.coef_[0])


def orthogonalised(normals: Mapping[str, NDArray]) -> dict[str, NDArray[np.float64]]:
    """Each normal less its part in the span of the others: moving along one then changes no other one, as far as the
    boundaries are right (Shen et al. 2020, conditional manipulation)."""
    found = {}
    for name, normal in normals.items():
        others = np.array([other for key, other in normals.items() if key != name])
        span = np.linalg.qr(others.T)[0] if len(others) else np.zeros((len(normal), 0))
        found[name] = _unit(normal - span @ (span.T @ normal))
    return found


def principal_components(ws: NDArray, count: int) -> NDArray[np.float64]:
    """Unit vectors (count, F) along which latents (N, F) vary most."""
    return np.array([_signed(row) for row in np.linalg.svd(ws - ws.mean(0), full_matrices=False)[2][:count]])


def style_singular_vectors(generator: Path, count: int) -> NDArray[np.float64]:
    """Unit vectors (count, Dw) that the generator's linear maps of a style enlarge most: eigenvectors of A'A, where the
    rows of A are those of all of these maps, each of unit length.

    generator: an ONNX graph whose input `w` goes, a layer at a time, straight into such maps.
    Returns (0, 0) where it has none, as plain and conditional generators do not.
    """
    maps = [_unit(row) for weight in _style_maps(onnx.load(generator).graph) for row in weight]
    if not maps:
        return np.zeros((0, 0))
    return np.array([_signed(row) for row in np.linalg.svd(np.array(maps), full_matrices=False)[2][:count]])


def spread(ws: NDArray, directions: Mapping[str, NDArray]) -> dict[str, NDArray[np.float64]]:
    """Directions (F,) as long as the standard deviation of latents (N, F) along them."""
    return {name: direction * (ws @ direction).std() for name, direction in directions.items()}


def _style_maps(graph: onnx.GraphProto) -> list[NDArray]:
    """Weights (channels, Dw) of the linear maps that layers of `w` go through."""
    weights = {tensor.name: tensor for tensor in graph.initializer}
    layers = {node.output[0] for node in graph.node if node.op_type == "Gather" and node.input[0] == "w"}
    maps = []
    for node in graph.node:
        if node.op_type == "Gemm" and node.input[0] in layers and node.input[1] in weights:
            weight = numpy_helper.to_array(weights[node.input[1]])
            turned = any(attribute.name == "transB" and attribute.i for attribute in node.attribute)
            maps.append(weight if turned else weight.T)
    return maps


def _unit(vector: NDArray) -> NDArray[np.float64]:
    return np.asarray(vector, np.float64) / max(float(np.linalg.norm(vector)), 1e-12)


def _signed(vector: NDArray) -> NDArray[np.float64]:
    """The one of v and -v whose largest number is positive: a decomposition may give either."""
    return vector * np.sign(vector[np.abs(vector).argmax()])


def find(
    model: genapp.Model,
    judge: genapp.Model | None = None,
    count: int = 10_000,
    components: int = 6,
    orthogonal: bool = False,
    seed: int = 0,
) -> dict[str, NDArray[np.float32]]:
    """Directions of a model that draws from seeds, by name: float32 (L, Dw), an amount of 1.

    Args:
        judge: of attributes; gives a direction for each, called as the attribute. None gives none.
        count: samples, of seeds `seed` on.
        components: of each kind that needs no labels: "pca-1", ... and, for style networks, "sefa-1", ...
        orthogonal: make the attributes' directions independent of each other.
    """
    seeds = range(seed, seed + count)
    ws = model.latents(seeds)
    layers = ws.shape[1]
    one_style = bool((ws == ws[:, :1]).all())  # a mapping gives all layers the same
    rows = (ws[:, 0] if one_style else ws.reshape(count, -1)).astype(np.float64)
    found: dict[str, NDArray] = {}
    if judge is not None:
        probabilities = judge.classify(model.generate(seeds))[0]
        found = {
            name: boundary(rows, column) for name, column in zip(judge.config.attributes, probabilities.T, strict=True)
        }
        found = orthogonalised(found) if orthogonal else found
    found |= {f"pca-{number}": row for number, row in enumerate(principal_components(rows, components), 1)}
    if one_style:
        graph = model.folder / model.config.graphs["generator"]
        found |= {f"sefa-{number}": row for number, row in enumerate(style_singular_vectors(graph, components), 1)}
    width = ws.shape[2]
    return {
        name: np.broadcast_to(row.reshape(-1, width), (layers, width)).astype(np.float32)
        for name, row in spread(rows, found).items()
    }


def store(folder: Path, directions: Mapping[str, Direction]) -> None:
    """Put `directions` into a model folder, in place of those that it has. Its sha256 changes: score it afterwards."""
    path = folder / LATENTS_FILE
    tensors = {"mean": load_file(path)["mean"]}
    for name, direction in directions.items():
        tensors[f"directions.{name}"] = np.ascontiguousarray(direction.vector, np.float32)
        tensors[f"ranges.{name}"] = np.array([direction.low, direction.high], np.float32)
    path.write_bytes(save(tensors))
    model_config = ModelConfig.load(folder)
    model_config.model_copy(update={"sha256": model_config.sha256 | {LATENTS_FILE: file_sha256(path)}}).save(folder)
