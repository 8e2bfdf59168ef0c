"""Networks of pictures as the graphs of a model folder: a module a role, pictures uint8 (N, H, W, C) at the edges."""

from __future__ import annotations

from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from genapp.model.config import Condition, GraphRole, Latent
from genapp.model.kinds.image import ImageOutput
from training.data.pixels import pictures_to_bytes
from training.families.exportable import Draw, Exportable, GraphSource, condition_inputs, normal
from training.families.gan_networks import Generator
from training.families.mixture import MixtureMapping
from training.networks.hierarchical_vae import HierarchicalVae


class ToBytes(nn.Module):
    """`w`, and conditions where it takes them -> uint8 (N, H, W, C), of a network that gives pictures in -1..1."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, w: Tensor, conditions: Tensor | None = None) -> Tensor:
        return pictures_to_bytes(self.network(w, conditions))


class VaeDecoder(nn.Module):
    """`w`, and a label where it takes one -> uint8 (N, H, W, C): the picture that the decoder expects."""

    def __init__(self, vae: HierarchicalVae) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, w: Tensor, label: Tensor | None = None) -> Tensor:
        return pictures_to_bytes(self.vae.likelihood.mean(self.vae.decode(w, label)))


class VaeEncoder(nn.Module):
    """uint8 (N, H, W, C), and a label where it takes one -> `w`: the posterior's mean."""

    def __init__(self, vae: HierarchicalVae) -> None:
        super().__init__()
        self.vae = vae

    def forward(self, image: Tensor, label: Tensor | None = None) -> Tensor:
        return self.vae.encode(self.vae.likelihood.clean(image.permute(0, 3, 1, 2)), label)


class StyleEncoderGraph(nn.Module):
    """uint8 (N, H, W, C) -> `w`."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, image: Tensor) -> Tensor:
        return self.encoder(image.permute(0, 3, 1, 2).float() / 127.5 - 1)


class JudgeGraph(nn.Module):
    """uint8 (N, H, W, C) -> probabilities (N, K), features (N, F). Those of classes sum to one, those of attributes are
    independent of each other."""

    def __init__(self, classifier: nn.Module, classes: bool) -> None:
        super().__init__()
        self.classifier, self.classes = classifier, classes

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        logits, features = self.classifier(image.permute(0, 3, 1, 2).float() / 127.5 - 1)
        return logits.softmax(1) if self.classes else logits.sigmoid(), features


def block_pictures(output: ImageOutput) -> Draw:
    """Draws pictures uint8 (N, H, W, C) of random blocks, from single pixels to half a picture a side, each picture of
    a brightness and a contrast of its own. Nothing in them comes from training data, and they differ from each other in
    every frequency that a network may look at."""
    sides = (output.height, output.width)

    def draw_one(random: np.random.RandomState) -> NDArray[np.uint8]:
        block = 2 ** random.randint(max(sides).bit_length())
        cells = [-(-side // block) for side in sides]
        values = random.uniform(-1, 1, (*cells, output.channels))
        blocks = values.repeat(block, 0).repeat(block, 1)[: sides[0], : sides[1]]
        middle, contrast = random.uniform(0, 255), random.choice([8, 32, 128, 255])
        return np.clip(middle + contrast * blocks, 0, 255).astype(np.uint8)

    return lambda random, count: np.stack([draw_one(random) for _ in range(count)])


def gan_graphs(
    generator: Generator,
    latent: int,
    output: ImageOutput,
    conditions: tuple[Condition, ...] = (),
    seed: int = 0,
    mean_of: int = 10_000,
) -> Exportable:
    """Generator, and mapping where it has one; the mean is that of `mean_of` mapped latents."""
    if generator.mapping is None:
        return Exportable(
            "gan",
            output,
            {"generator": GraphSource(ToBytes(generator.synthesis), {"w": normal(1, latent)}, ("image",))},
            Latent(dim=latent, layers=1, width=latent),
            np.zeros((1, latent), np.float32),
            "normal",
        )
    z = torch.from_numpy(np.random.RandomState(seed).standard_normal((mean_of, latent)).astype(np.float32))
    with torch.no_grad():
        w = generator.mapping(z)
    layers, width = w.shape[1:]
    inputs = {"w": normal(layers, width)} | condition_inputs(conditions)
    return Exportable(
        "gan",
        output,
        {
            "mapping": GraphSource(generator.mapping, {"z": normal(latent)}, ("w",)),
            "generator": GraphSource(ToBytes(generator.synthesis), inputs, ("image",)),
        },
        Latent(dim=latent, layers=layers, width=width, styles=style_ranges(layers)),
        w.mean(0).numpy(),
        "normal",
        conditions,
    )


def style_ranges(layers: int) -> dict[str, tuple[int, int]]:
    """Layers by what they decide: two of each resolution and one for the output."""
    pairs = layers // 2
    if pairs < 3:
        return {"coarse": (0, 2), "fine": (2, layers)}
    middle = 2 * (pairs // 3), 2 * (2 * pairs // 3)
    return {"coarse": (0, middle[0]), "middle": middle, "fine": (middle[1], layers)}


def vae_graphs(
    vae: HierarchicalVae,
    family: str,
    sampling: Literal["normal"] | None,
    output: ImageOutput,
    mapping: MixtureMapping | None = None,
    conditions: tuple[Condition, ...] = (),
) -> Exportable:
    """Decoder and encoder, and the mapping that stands for the prior where there is one."""
    size, label = vae.latent, condition_inputs(conditions)
    graphs: dict[GraphRole, GraphSource] = {
        "generator": GraphSource(VaeDecoder(vae), {"w": normal(1, size)} | label, ("image",)),
        "encoder": GraphSource(VaeEncoder(vae), {"image": block_pictures(output)} | label, ("w",)),
    }
    latent, mean = Latent(dim=size, layers=1, width=size), np.zeros((1, size), np.float32)
    if mapping is not None:
        graphs["mapping"] = GraphSource(mapping, {"z": normal(1 + size)}, ("w",))
        latent, mean = Latent(dim=1 + size, layers=1, width=size), mapping.mean.cpu().numpy()
    return Exportable(family, output, graphs, latent, mean, sampling, conditions)


def judge_graphs(
    classifier: nn.Module, output: ImageOutput, labels: tuple[str, ...] = (), attributes: tuple[str, ...] = ()
) -> Exportable:
    """A judge of pictures: of one class out of several, or of attributes."""
    graph = JudgeGraph(classifier, not attributes)
    source = GraphSource(graph, {"image": block_pictures(output)}, ("probabilities", "features"))
    return Exportable("classifier", output, {"classifier": source}, labels=labels, attributes=attributes)
