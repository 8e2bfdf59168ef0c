"""Whether a model folder is what its `config.json` says: files by sha256; graphs, latents by names, types, shapes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from genapp.model.conditions import JointTable
from genapp.model.config import AttributeCondition, ClassCondition, ConfigError, GraphRole, ModelConfig
from genapp.model.editing import Direction
from genapp.model.kinds.output import Tensor

ATTRIBUTES_FILE = "attributes.safetensors"
_DIRECTIONS, _RANGES = "directions.", "ranges."

Tensors = Mapping[str, tuple[str, tuple]]
"""A graph's side as ONNX Runtime tells it: tensor name to (ONNX type, shape); a dimension that is free is no int."""


def read_files(folder: Path, config: ModelConfig) -> dict[str, bytes]:
    """The content of every file of `config.sha256`, checked.

    Raises:
        ConfigError: a file is missing, or is not the one that `config.json` was written for.
    """
    contents = {}
    for name, expected in config.sha256.items():
        path = folder / name
        try:
            contents[name] = path.read_bytes()
        except OSError as error:
            raise ConfigError(f"{path} cannot be read ({error.strerror}): fetch or export the model again") from None
        if hashlib.sha256(contents[name]).hexdigest() != expected:
            raise ConfigError(
                f"{path} is not the file that its config.json names (sha256 differs): fetch or export the model again"
            )
    return contents


def latents(folder: Path, config: ModelConfig, content: bytes | None) -> tuple[np.ndarray | None, dict[str, Direction]]:
    """The mean of w, float32 (L, Dw), and the named directions.

    Args:
        content: of `latents.safetensors`, where the config lists it. Tensor `mean`, and for each direction
            `directions.<name>`, float32 (L, Dw), and `ranges.<name>`, float32 (2,), the useful amounts. Without a
            mapping z is its own latent and its mean is 0, so the file may be left out.
    """
    if config.latent is None:
        return None, {}
    shape = (config.latent.layers, config.latent.width)
    if content is None:
        if "mapping" in config.graphs:
            raise ConfigError(f"{folder}: a model with a mapping needs latents.safetensors; export it again")
        return np.zeros(shape, np.float32), {}
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / "latents.safetensors"
    try:
        tensors = load(content)
    except SafetensorError as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    ranges = {name: tensors.pop(name) for name in sorted(tensors) if name.startswith(_RANGES)}
    for name, tensor in tensors.items():
        if tensor.shape != shape or tensor.dtype != np.float32 or not np.isfinite(tensor).all():
            raise ConfigError(f"{path}: '{name}' is {tensor.dtype} {tensor.shape}, not finite float32 {shape}")
    if "mean" not in tensors:
        raise ConfigError(f"{path} has no tensor 'mean'; export the model again")
    directions = {}
    for full in sorted(name for name in tensors if name.startswith(_DIRECTIONS)):
        name = full.removeprefix(_DIRECTIONS)
        found = ranges.get(_RANGES + name, np.zeros(0, np.float32))
        if found.shape != (2,) or not -np.inf < found[0] < 0 < found[1] < np.inf:
            raise ConfigError(f"{path}: '{_RANGES}{name}' must be two numbers, one below 0 and one above")
        directions[name] = Direction(tensors[full], float(found[0]), float(found[1]))
    return tensors["mean"], directions


def joint_table(folder: Path, config: ModelConfig, content: bytes | None) -> JointTable | None:
    """What free attributes are drawn from: `attributes.safetensors`, with `rows` int8 (M, K) and `counts` int64 (M,).

    Args:
        content: of that file, where the config lists it; None gives None.
    """
    if content is None:
        return None
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / ATTRIBUTES_FILE
    columns = len(config.attribute_conditions)
    try:
        tensors = load(content)
        table = JointTable(tensors["rows"], tensors["counts"])
    except (SafetensorError, KeyError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    rows, counts = table.rows, table.counts
    if rows.dtype != np.int8 or rows.shape != (len(rows), columns) or not len(rows) or not np.isin(rows, (-1, 1)).all():
        raise ConfigError(f"{path}: 'rows' must be -1 and 1, int8 (M, {columns}); export the model again")
    if counts.dtype != np.int64 or counts.shape != (len(rows),) or counts.min() < 1:
        raise ConfigError(f"{path}: 'counts' must be positive, int64 ({len(rows)},); export the model again")
    return table


def check_graph(config: ModelConfig, role: GraphRole, inputs: Tensors, outputs: Tensors) -> None:
    """Compare a graph with the signature of its role.

    Raises:
        ConfigError: a tensor is missing, unknown, or of another type or shape than the config promises.
    """
    file = config.graphs[role]
    wanted_inputs, wanted_outputs = signature(config, role)
    for side, wanted, found in (("input", wanted_inputs, inputs), ("output", wanted_outputs, outputs)):
        for name, (kind, shape) in wanted.items():
            if name not in found:
                raise ConfigError(f"{config.name}: {file} has no {side} '{name}'; export it again")
            if not _fits(kind, shape, found[name]):
                raise ConfigError(
                    f"{config.name}: {file}: {side} '{name}' is {found[name][0]} {found[name][1]}, "
                    f"config.json promises {kind} {('N', *shape)}; export it again"
                )
    if unknown := sorted(inputs.keys() - wanted_inputs.keys()):
        raise ConfigError(f"{config.name}: {file} takes {', '.join(unknown)}, of which config.json says nothing")


def signature(config: ModelConfig, role: GraphRole) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Inputs and outputs of a role: tensor name to (ONNX type, shape without N); None is a size that is free."""
    rows = {config.output.name: config.output.tensor}
    latent = config.latent
    w: dict[str, Tensor] = {"w": ("tensor(float)", latent.shape)} if latent else {}
    z: dict[str, Tensor] = {"z": ("tensor(float)", (latent.dim,))} if latent else {}
    free = ("tensor(float)", (None,))
    classes = ("tensor(float)", (len(config.labels or config.attributes) or None,))
    sides: dict[str, tuple[dict[str, Tensor], dict[str, Tensor]]] = {
        "mapping": (z, w),
        "generator": (w, rows),
        "encoder": (rows, w),
        "critic": (rows, {"score": ("tensor(float)", ())}),
        "classifier": (rows, {"probabilities": classes, "features": free}),
    }
    inputs, outputs = (dict(side) for side in sides[role])
    mine = [condition for condition in config.conditions if role in condition.graphs]
    if any(isinstance(condition, ClassCondition) for condition in mine):
        inputs["label"] = ("tensor(int64)", ())
    if any(isinstance(condition, AttributeCondition) for condition in mine):
        columns = len(config.attribute_conditions)
        inputs["attributes"] = ("tensor(float)", (columns,))
    return config.output.generator_signature(inputs) if role == "generator" else (inputs, outputs)


def zeros(config: ModelConfig, role: GraphRole, count: int) -> dict[str, np.ndarray]:
    """Inputs of a role, all zero, `count` rows; sizes that are free are 1."""
    dtypes = {"tensor(float)": np.float32, "tensor(uint8)": np.uint8, "tensor(int64)": np.int64}
    inputs, _ = signature(config, role)
    return {
        name: np.zeros((count, *(size or 1 for size in shape)), dtypes[kind]) for name, (kind, shape) in inputs.items()
    }


def _fits(kind: str, shape: tuple[int | None, ...], found: tuple[str, tuple]) -> bool:
    found_kind, found_shape = found
    if found_kind != kind or len(found_shape) != len(shape) + 1 or isinstance(found_shape[0], int):
        return False
    # Exporters leave some sizes symbolic; only a number that differs is a contradiction.
    pairs = zip(shape, found_shape[1:], strict=True)
    return all(a is None or not isinstance(b, int) or a == b for a, b in pairs)
