"""A family that knows nothing of pictures: which letter follows which in the words of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import nn
from torch.optim import Optimizer

from training.core.config import TrainConfig
from training.core.facts import DataFacts
from training.core.provenance import portable
from training.families.exportable import Exportable
from training.families.family import Sample


@dataclass(frozen=True, kw_only=True)
class LettersConfig(TrainConfig):
    """A table of letters by letters."""

    family: ClassVar[str] = "letters"

    lr: float = 0.1


@dataclass(frozen=True)
class Words:
    """letters: the alphabet. rows: int64 (N, length), the place of each letter in it."""

    letters: str
    rows: np.ndarray
    sha256: str


class LettersNetworks:
    """See `family.Networks`."""

    def __init__(self, config: LettersConfig, letters: str) -> None:
        torch.manual_seed(0)
        self.config, self.letters = config, letters
        self.table = nn.Embedding(len(letters), len(letters))
        self.modules: dict[str, nn.Module] = {"table": self.table}

    def describe(self) -> dict[str, Any]:
        return {"letters": self.letters}

    def exportable(self) -> Exportable:
        raise NotImplementedError


class LettersFamily(LettersNetworks):
    """See `family.Family`."""

    def __init__(self, config: LettersConfig, data: Words) -> None:
        super().__init__(config, data.letters)
        self.data = data
        self.optimizers: dict[str, Optimizer] = {"table": torch.optim.Adam(self.table.parameters(), config.lr)}

    @property
    def data_facts(self) -> DataFacts:
        return DataFacts(name=portable(self.config.data), sha256=self.data.sha256, held_out=0)

    @staticmethod
    def load(config: LettersConfig) -> Words:
        text = Path(config.data).read_text("utf-8")
        letters = "".join(sorted(set(text) - {"\n"}))
        rows = np.array([[letters.index(letter) for letter in word] for word in text.split()])
        return Words(letters, rows, hashlib.sha256(text.encode()).hexdigest())

    @staticmethod
    def restore(config: LettersConfig, meaning: Mapping[str, Any]) -> LettersNetworks:
        return LettersNetworks(config, meaning["letters"])

    def batch(self, step: int, seed: int) -> torch.Tensor:
        chosen = np.random.default_rng((seed, step)).integers(0, len(self.data.rows), self.config.batch)
        return torch.tensor(self.data.rows[chosen])

    def step(self, batch: torch.Tensor, step: int) -> dict[str, float]:
        loss = self._loss(batch)
        self.optimizers["table"].zero_grad()
        loss.backward()
        self.optimizers["table"].step()
        return {"loss": loss.item()}

    def _loss(self, rows: torch.Tensor) -> torch.Tensor:
        return nn.functional.cross_entropy(self.table(rows[:, :-1]).flatten(0, 1), rows[:, 1:].flatten())

    def settle(self) -> None:
        """Nothing is fitted."""

    def score(self) -> dict[str, float]:
        with torch.no_grad():
            return {"score": self._loss(torch.tensor(self.data.rows)).item()}

    def samples(self) -> Sample:
        likeliest = self.table.weight.argmax(1)
        pairs = (first + self.letters[second] for first, second in zip(self.letters, likeliest, strict=True))
        return Sample(".txt", " ".join(pairs).encode())
