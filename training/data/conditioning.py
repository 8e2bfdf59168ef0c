"""What conditional models are asked for in training: classes, int64 (N,), or attributes, float (N, K) of -1, 0, 1."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from genapp.model.conditions import JointTable
from genapp.model.config import AttributeCondition, ClassCondition, Condition, GraphRole
from training.core.config import GanConfig, VaeConfig
from training.data.pictures import DataError, Pictures, class_labels

RARE = 0.25
"""Pictures with an attribute rarer than this are seen more often, as if it were as frequent, but for `MOST`."""
MOST = 4.0


def asked_labels(config: GanConfig | VaeConfig, pictures: Pictures) -> np.ndarray | None:
    """What each picture is an example of: classes or attributes; None where a recipe asks for nothing.

    Raises `DataError` where pictures have no labels, or no picture has all of the attributes known.
    """
    if config.condition:
        return class_labels(pictures)
    if not getattr(config, "attributes", ()):
        return None
    if not (pictures.labels != 0).all(axis=1).any():
        raise DataError(f"{pictures.source}: no picture says for all of {', '.join(pictures.label_names)} what it is")
    return np.asarray(pictures.labels)


def conditions(config: GanConfig | VaeConfig, names: tuple[str, ...], *graphs: GraphRole) -> tuple[Condition, ...]:
    """The card's conditions that `graphs` take. names: the classes' or the attributes'."""
    if config.condition:
        return (ClassCondition(name=config.condition, labels=names, graphs=graphs),)
    return tuple(AttributeCondition(name=name, graphs=graphs) for name in getattr(config, "attributes", ()))


def example(wanted: tuple[Condition, ...]) -> dict[str, Tensor]:
    """The inputs, N = 2, that conditions add to those of a graph."""
    if not wanted:
        return {}
    if isinstance(wanted[0], ClassCondition):
        return {"label": torch.zeros(2, dtype=torch.int64)}
    return {"attributes": torch.zeros(2, len(wanted))}


def mistaken(asked: Tensor, vocabulary: int) -> Tensor:
    """What a picture is not: some other class, or one of its known attributes turned round."""
    if asked.dim() == 1:
        return (asked + torch.randint(1, vocabulary, asked.shape)) % vocabulary
    turned = (torch.rand(asked.shape) * (asked != 0)).argmax(1)
    return asked * (1 - 2 * torch.nn.functional.one_hot(turned, vocabulary))


def forget(attributes: Tensor, probability: float) -> Tensor:
    """With `probability` a picture's attributes are all free: the model learns to draw without being asked, too."""
    return attributes * (torch.rand(len(attributes), 1) >= probability)


def weights_of(attributes: np.ndarray) -> np.ndarray:
    """How often to see each picture, float64 (N,), 1 to `MOST`: more often with a rare attribute, int8 or float (N, K).

    The pictures of a combination stay as they are among themselves, so what a model learns of each does not change.
    """
    known = np.maximum((attributes != 0).sum(0), 1)
    shares = np.maximum((attributes > 0).sum(0) / known, 1e-9)
    wanted = np.where(attributes > 0, RARE / shares, 0.0)
    return np.clip(wanted.max(axis=1), 1.0, MOST)


def half_of(attributes: np.ndarray, half: str) -> np.ndarray:
    """How often to see each picture, float64 (N,): 1 for those of the "first" or "second" half, or "both", of the
    pictures of which something is known, taken in turns; 0 for all else."""
    known = (attributes != 0).any(axis=1)
    turn = np.cumsum(known) % 2  # 1, 0, 1, ... over the known ones
    return (known & {"first": turn == 1, "second": turn == 0, "both": known}[half]).astype(np.float64)


def joint_table(attributes: np.ndarray) -> JointTable:
    """How often attributes occur together in (N, K), where all are known."""
    known = attributes[(attributes != 0).all(axis=1)].astype(np.int8)
    rows, counts = np.unique(known, axis=0, return_counts=True)
    return JointTable(rows, counts.astype(np.int64))
