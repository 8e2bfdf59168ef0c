"""Checkpoints: `latest/` and `best/` in the folder of a run, each nested state dicts as safetensors and JSON."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

LATEST, BEST = "latest", "best"
LOG = "log.jsonl"
"""Losses and scores, a line each so many pictures."""


class RunError(ValueError):
    """A run folder that cannot be used; the message says what to do."""


def save(folder: Path, states: Mapping[str, Mapping[str, Any]], meta: Mapping[str, Any]) -> None:
    """Write nested state dicts (modules', optimisers') to `folder`, which is replaced as a whole or not at all.

    Tensors go to `state.safetensors` under their path, e.g. `generator/start`; all else goes to `state.json`.
    """
    tensors: dict[str, torch.Tensor] = {}
    plain = _split(states, "", tensors)
    partial, old = folder.with_name(folder.name + ".new"), folder.with_name(folder.name + ".old")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    save_file(tensors, partial / "state.safetensors")
    (partial / "state.json").write_text(json.dumps({"meta": meta, "states": plain}), "utf-8")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    partial.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def load(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(states, meta) as given to `save`. A save that was killed between its two renames is completed first."""
    old = folder.with_name(folder.name + ".old")
    if not folder.exists() and old.exists():
        old.rename(folder)
    if not (folder / "state.json").exists():
        raise RunError(f"{folder} holds no checkpoint")
    stored = json.loads((folder / "state.json").read_text("utf-8"))
    tensors = load_file(folder / "state.safetensors")
    return _join(stored["states"], tensors), stored["meta"]


def exists(folder: Path) -> bool:
    """Whether `load` would find a checkpoint."""
    return folder.exists() or folder.with_name(folder.name + ".old").exists()


def _split(node: Any, path: str, tensors: dict[str, torch.Tensor]) -> Any:
    if isinstance(node, torch.Tensor):
        tensors[path] = node.detach().contiguous().clone()
        return {"tensor": path}
    if isinstance(node, Mapping):
        items = [[key, _split(value, f"{path}/{key}" if path else str(key), tensors)] for key, value in node.items()]
        return {"map": items}
    if isinstance(node, list | tuple):
        return {"list": [_split(value, f"{path}/{index}", tensors) for index, value in enumerate(node)]}
    return {"value": node}


def _join(node: dict[str, Any], tensors: dict[str, torch.Tensor]) -> Any:
    (kind, content), *_ = node.items()
    if kind == "tensor":
        return tensors[content]
    if kind == "map":
        return {key: _join(value, tensors) for key, value in content}
    if kind == "list":
        return [_join(value, tensors) for value in content]
    return content
