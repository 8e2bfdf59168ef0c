"""A trained family as the graphs of a model folder: a module a role, pictures uint8 (N, H, W, C) at the edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from genapp.model.conditions import JointTable
from genapp.model.config import Condition, GraphRole, Latent
from training.core.config import TrainConfig
from training.core.pixels import pictures_to_bytes
from training.data.conditioning import example
from training.families.mixture import MixtureMapping


@dataclass(frozen=True)
class GraphSource:
    """What to trace: a module, examples (N = 2) of its inputs by name and in order, the names of its outputs."""

    module: nn.Module
    inputs: dict[str, Tensor]
    outputs: tuple[str, ...]


@dataclass(frozen=True)
class Exportable:
    """All that a family says of itself for the model folder. `latent` and `mean` are None for judges."""

    family: str
    graphs: dict[GraphRole, GraphSource]
    latent: Latent | None = None
    mean: np.ndarray | None = None
    sampling: str | None = None
    conditions: tuple[Condition, ...] = ()
    joint: JointTable | None = None
    attributes: tuple[str, ...] = ()
    """Of a judge of attributes: their names."""


class ToBytes(nn.Module):
    """`w`, and what is asked for where it can be -> uint8 (N, H, W, C) of a network that gives pictures in -1..1."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, w: Tensor, asked: Tensor | None = None) -> Tensor:
        return pictures_to_bytes(self.network(w, asked))


class LadderDecoder(nn.Module):
    """`w`, and what is asked for where it can be -> uint8 (N, H, W, C): the picture that the decoder expects."""

    def __init__(self, ladder: nn.Module) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, w: Tensor, asked: Tensor | None = None) -> Tensor:
        return pictures_to_bytes(self.ladder.observation.mean(self.ladder.decode(w, asked)))


class LadderEncoder(nn.Module):
    """uint8 (N, H, W, C), and what it is where that is asked for -> `w`: the posterior's mean."""

    def __init__(self, ladder: nn.Module) -> None:
        super().__init__()
        self.ladder = ladder

    def forward(self, image: Tensor, asked: Tensor | None = None) -> Tensor:
        return self.ladder.encode(self.ladder.observation.clean(image.permute(0, 3, 1, 2)), asked)


class StyleEncoderGraph(nn.Module):
    """uint8 (N, H, W, C) -> `w`."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> Tensor:
        return self.encoder(image.permute(0, 3, 1, 2).float() / 127.5 - 1)


class JudgeGraph(nn.Module):
    """uint8 (N, H, W, C) -> probabilities (N, K), features (N, F). Those of classes sum to one, those of attributes are
    each of its own."""

    def __init__(self, classifier: nn.Module, classes: bool) -> None:
        super().__init__()
        self.classifier, self.classes = classifier, classes

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        logits, features = self.classifier(image.permute(0, 3, 1, 2).float() / 127.5 - 1)
        return logits.softmax(1) if self.classes else logits.sigmoid(), features


def gan_graphs(
    generator: nn.Module, latent: int, wanted: tuple[Condition, ...] = (), seed: int = 0, mean_of: int = 10_000
) -> Exportable:
    """Generator, and mapping where it has one; the mean is that of `mean_of` mapped latents."""
    if generator.mapping is None:
        w = torch.zeros(2, 1, latent)
        return Exportable(
            "gan",
            {"generator": GraphSource(ToBytes(generator.synthesis), {"w": w}, ("image",))},
            Latent(dim=latent, layers=1, width=latent),
            np.zeros((1, latent), np.float32),
            "normal",
        )
    z = torch.from_numpy(np.random.RandomState(seed).standard_normal((mean_of, latent)).astype(np.float32))
    with torch.no_grad():
        w = generator.mapping(z)
    layers = w.shape[1]
    return Exportable(
        "gan",
        {
            "mapping": GraphSource(generator.mapping, {"z": z[:2]}, ("w",)),
            "generator": GraphSource(
                ToBytes(generator.synthesis), {"w": w[:2].contiguous()} | example(wanted), ("image",)
            ),
        },
        Latent(dim=latent, layers=layers, width=w.shape[2], styles=style_ranges(layers)),
        w.mean(0).numpy(),
        "normal",
        wanted,
    )


def style_ranges(layers: int) -> dict[str, tuple[int, int]]:
    """Layers by what they decide: two of each resolution and one for the output."""
    pairs = layers // 2
    if pairs < 3:
        return {"coarse": (0, 2), "fine": (2, layers)}
    middle = 2 * (pairs // 3), 2 * (2 * pairs // 3)
    return {"coarse": (0, middle[0]), "middle": middle, "fine": (middle[1], layers)}


def ladder_graphs(
    ladder: nn.Module,
    family: str,
    sampling: str | None,
    config: TrainConfig,
    mapping: MixtureMapping | None = None,
    wanted: tuple[Condition, ...] = (),
) -> Exportable:
    """Decoder and encoder of a `Ladder`, and the mapping that stands for its prior where there is one."""
    image = torch.zeros(2, config.size, config.size, config.channels, dtype=torch.uint8)
    size = ladder.latent
    graphs: dict[GraphRole, GraphSource] = {
        "generator": GraphSource(LadderDecoder(ladder), {"w": torch.zeros(2, 1, size)} | example(wanted), ("image",)),
        "encoder": GraphSource(LadderEncoder(ladder), {"image": image} | example(wanted), ("w",)),
    }
    latent, mean = Latent(dim=size, layers=1, width=size), np.zeros((1, size), np.float32)
    if mapping is not None:
        graphs["mapping"] = GraphSource(mapping, {"z": torch.zeros(2, 1 + size)}, ("w",))
        latent, mean = Latent(dim=1 + size, layers=1, width=size), mapping.mean
    return Exportable(family, graphs, latent, mean, sampling, wanted)


def judge_graphs(classifier: nn.Module, side: int, channels: int, attributes: tuple[str, ...] = ()) -> Exportable:
    """The judge of pictures of `side` pixels a side: of one class out of several, or of attributes."""
    image = torch.zeros(2, side, side, channels, dtype=torch.uint8)
    source = GraphSource(JudgeGraph(classifier, not attributes), {"image": image}, ("probabilities", "features"))
    return Exportable("classifier", {"classifier": source}, attributes=attributes)
