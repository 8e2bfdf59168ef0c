"""A family that learns which letter follows which, from a file with a word a line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from genapp.model.config import Latent
from tests.toy_kind.words import LETTERS, WordsOutput
from training.core.config import TrainConfig
from training.core.facts import DataFacts
from training.families.exportable import Exportable, GraphSource
from training.families.family import Sample

START = len(LETTERS)


@dataclass(frozen=True, kw_only=True)
class BigramConfig(TrainConfig):
    """A table of bigrams."""

    family: ClassVar[str] = "bigram"
    length: int = 3
    lr: float = 0.3


class BigramNet(nn.Module):
    """The letter before, int64 (N,), 26 at the start -> odds of each letter after it, float32 (N, 26)."""

    def __init__(self) -> None:
        super().__init__()
        self.table = nn.Parameter(torch.zeros(START + 1, len(LETTERS)))

    def logits(self, before: Tensor) -> Tensor:
        return self.table[before]

    def forward(self, before: Tensor) -> Tensor:
        return self.logits(before).softmax(1)


class BigramNetworks:
    """See `family.Networks`."""

    def __init__(self, config: BigramConfig) -> None:
        self.config = config
        self.net = BigramNet()
        self.modules: Mapping[str, nn.Module] = {"net": self.net}

    def describe(self) -> dict[str, Any]:
        return {}

    def exportable(self) -> Exportable:
        source = GraphSource(
            self.net, {"before": lambda random, count: random.randint(START + 1, size=count)}, ("odds",)
        )
        length = self.config.length
        return Exportable(
            "bigram",
            WordsOutput(length=length),
            {"generator": source},
            Latent(dim=length, layers=1, width=length),
            np.zeros((1, length), np.float32),
            "normal",
        )


class BigramFamily(BigramNetworks):
    """See `family.Family`."""

    def __init__(self, config: BigramConfig, data: tuple[np.ndarray, str]) -> None:
        torch.manual_seed(0)
        super().__init__(config)
        self.words, digest = data
        self.optimizers = {"net": torch.optim.Adam(self.net.parameters(), config.lr)}
        self.data_facts = DataFacts(name=Path(config.data).name, sha256=digest, held_out=0)

    @classmethod
    def load(cls, config: BigramConfig) -> tuple[np.ndarray, str]:
        """Words as int64 (N, length), and the file's sha256."""
        text = Path(config.data).read_text("utf-8")
        words = np.array([[LETTERS.index(letter) for letter in word] for word in text.split()], np.int64)
        return words, hashlib.sha256(text.encode()).hexdigest()

    @classmethod
    def restore(cls, config: BigramConfig, meaning: Mapping[str, Any]) -> BigramNetworks:
        return BigramNetworks(config)

    def batch(self, step: int, seed: int) -> Tensor:
        chosen = np.random.default_rng((seed, step)).integers(0, len(self.words), self.config.batch)
        return torch.from_numpy(self.words[chosen])

    def step(self, batch: Tensor, step: int) -> dict[str, float]:
        before = torch.cat((torch.full((len(batch), 1), START), batch[:, :-1]), 1)
        loss = nn.functional.cross_entropy(self.net.logits(before.flatten()), batch.flatten())
        self.optimizers["net"].zero_grad()
        loss.backward()
        self.optimizers["net"].step()
        return {"loss": loss.item()}

    def settle(self) -> None:
        """Nothing is fitted afterwards."""

    def score(self) -> dict[str, float]:
        return {}

    def samples(self) -> Sample:
        likely = self.net.logits(torch.arange(START + 1)).argmax(1)
        return Sample(".txt", "".join(LETTERS[letter] for letter in likely).encode())
