"""What conditional models learn from: classes, int64 (N,), or attributes, float (N, K): -1 without, 1 with, 0 free."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from genapp.model.conditions import JointTable
from genapp.model.config import AttributeCondition, ClassCondition, Condition, GraphRole

RARE = 0.25
"""Pictures with an attribute rarer than this are seen more often, as if it were as frequent, but for `MOST`."""
MOST = 4.0


@dataclass(frozen=True)
class Vocabulary:
    """What a model can be conditioned on.

    condition: what its classes are called together, e.g. "digit"; "" for attributes, and for nothing at all.
    names: of the classes or of the attributes.
    joint: which attributes occur together.
    """

    condition: str = ""
    names: tuple[str, ...] = ()
    joint: JointTable | None = None

    def __len__(self) -> int:
        return len(self.names)

    def conditions(self, *graphs: GraphRole) -> tuple[Condition, ...]:
        """The conditions of a model folder whose `graphs` take them."""
        if self.condition:
            return (ClassCondition(name=self.condition, labels=self.names, graphs=graphs),)
        return tuple(AttributeCondition(name=name, graphs=graphs) for name in self.names)

    def describe(self) -> dict[str, Any]:
        """As JSON values. A row of the joint table is a word of + and -, as `names` has the attributes."""
        described: dict[str, Any] = {"condition": self.condition, "names": list(self.names)}
        if self.joint is not None:
            words = ("".join("+" if value > 0 else "-" for value in row) for row in self.joint.rows)
            described["joint"] = dict(zip(words, self.joint.counts.tolist(), strict=True))
        return described

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> Vocabulary:
        """What `describe` gave."""
        joint = None
        if "joint" in described:
            rows = [[1 if sign == "+" else -1 for sign in word] for word in described["joint"]]
            joint = JointTable(np.array(rows, np.int8), np.array(list(described["joint"].values()), np.int64))
        return cls(described.get("condition", ""), tuple(described.get("names", ())), joint)


def mistaken(conditions: Tensor, vocabulary: int) -> Tensor:
    """What a picture is not: some other class, or one of its known attributes turned round."""
    if conditions.dim() == 1:
        return (conditions + torch.randint(1, vocabulary, conditions.shape)) % vocabulary
    turned = (torch.rand(conditions.shape) * (conditions != 0)).argmax(1)
    return conditions * (1 - 2 * torch.nn.functional.one_hot(turned, vocabulary))


def forget(attributes: Tensor, probability: float) -> Tensor:
    """With `probability` a picture's attributes are all free: the model learns to draw unconditionally, too."""
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
