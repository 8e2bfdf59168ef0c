"""A model folder's metrics.json: blocks of scores by name, each with the hash of the weights that it holds for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Literal

import numpy as np

from genapp.model.config import ModelConfig

METRICS_FILE = "metrics.json"
Kind = Literal["classification", "samples", "requested", "reconstruction"]
"""Blocks that `evaluate` writes."""
OF_THE_ENCODER = ("reconstruction",)
"""Blocks that another encoder changes; all others are of what a model draws or reads."""


def merge_metrics(folder: Path, key: str, values: dict) -> None:
    """Put `values` under `key` into `folder`'s metrics.json, with the model_sha256 of the weights they hold for.

    Other keys stay, except those measured on other weights: they are no longer true. Numbers are kept to six digits.
    Raises ValueError when the file is not JSON, or a number is not finite.
    """
    weights = ModelConfig.load(folder).model_sha256
    kept = {name: block for name, block in read_metrics(folder).items() if block.get("model_sha256") == weights}
    kept[key] = _rounded(values) | {"model_sha256": weights}
    _write(folder, kept)


def carry_metrics(folder: Path, before: str) -> None:
    """Keep the scores of the weights whose model_sha256 was `before`, now that they have got another encoder and are
    the same but for that: what was measured of their samples stays true.

    Raises ValueError when metrics.json is not a JSON object of objects.
    """
    weights = ModelConfig.load(folder).model_sha256
    held = {name: block for name, block in read_metrics(folder).items() if name not in OF_THE_ENCODER}
    held = {name: block for name, block in held.items() if block.get("model_sha256") == before}
    if held:
        _write(folder, {name: block | {"model_sha256": weights} for name, block in held.items()})


def read_metrics(folder: Path) -> dict[str, dict]:
    """What `folder`'s metrics.json holds; {} without one. Raises ValueError when it is not a JSON object of objects."""
    path = Path(folder) / METRICS_FILE
    if not path.exists():
        return {}
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{path} is not JSON ({error}): delete it and evaluate again") from None
    if not isinstance(content, dict) or not all(isinstance(block, dict) for block in content.values()):
        raise ValueError(f"{path} does not hold scores by name: delete it and evaluate again")
    return content


def _write(folder: Path, content: dict[str, dict]) -> None:
    path = Path(folder) / METRICS_FILE
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_text(json.dumps(content, indent=2, allow_nan=False) + "\n", "utf-8")
    partial.replace(path)


def _rounded(value: Any) -> Any:
    """Plain JSON values, floats to six significant digits: more would be noise."""
    if isinstance(value, dict):
        return {str(name): _rounded(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
