"""Trains an encoder for a trained GAN: a picture in, the styles out with which the generator draws it again.

Of the generator's own pictures the styles are known (Zhu et al. 2016); of photographs only the picture is, so it is
drawn again and compared: in pixels, coarse and fine, and in the critic's feature maps (Richardson et al. 2021, pSp; see
`critic_features.py`). Generator and critic stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer

import genapp
from training.core.checkpoint import RunError
from training.core.config import MODELS, from_fields, to_fields
from training.core.device import autocast, channels_last, to_device
from training.core.ema import averaged, weights_of_average
from training.core.schedules import anneal
from training.data.augment import flip
from training.data.pixels import to_float, to_uint8
from training.families.config import EncoderConfig, GanConfig
from training.families.critic_features import load_gan, perceived
from training.families.exportable import Addition, GraphSource
from training.families.family import Sample
from training.families.gan_networks import Generator, build_networks
from training.families.graphs import StyleEncoderGraph, block_pictures
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.encoder import StyleEncoder, style_moments
from training.networks.style import MappingNetwork, StyleCritic, StyleGenerator

SHOWN = 32


class EncoderNetworks:
    """See `family.Networks`. The generator and the critic that the encoder is trained with are kept with it, for their
    own run may go on.

    states: of the networks of the GAN, as `load_gan` gives them; None leaves them untrained, to be loaded from a run.
    """

    def __init__(self, config: EncoderConfig, gan: GanConfig, states: Mapping[str, Any] | None = None) -> None:
        torch.manual_seed(0)
        self.config, self.gan = config, gan
        self.critic = cast(StyleCritic, build_networks(gan)[1])
        generator, trunk = build_networks(gan)
        if states is not None:
            self.critic.load_state_dict(states["critic"])
            trunk.load_state_dict(states["critic"])
            generator.load_state_dict(weights_of_average(states["average"]))
        self.critic.eval().requires_grad_(False)
        self.generator: Generator = generator.eval().requires_grad_(False)
        self.synthesis = cast(StyleGenerator, generator.synthesis)
        self.mapping = cast(MappingNetwork, generator.mapping)
        mean, spread = style_moments(self.mapping, gan.latent)
        net = StyleEncoder(cast(StyleCritic, trunk), gan.size, self.synthesis.layers, mean, spread)
        self.net = channels_last(net)
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {
            "encoder": self.net,
            "average": self.average,
            "generator": self.generator,
            "critic": self.critic,
        }

    def describe(self) -> dict[str, Any]:
        """The configuration of the GAN that the encoder belongs to."""
        return {"gan": to_fields(self.gan)}

    def exportable(self) -> Addition:
        """The averaged encoder, for the folder of its generator."""
        graph = StyleEncoderGraph(self.average.module.eval())
        source = GraphSource(graph, {"image": block_pictures(output_of(self.config))}, ("w",))
        return Addition(self.config.model, {"encoder": source}, self.check_generator)

    @torch.no_grad()
    def check_generator(self, folder: Path) -> None:
        """Raises `RunError` unless the model in `folder` is the generator that this encoder is trained for."""
        model = genapp.load_model(folder)
        w = model.latents(range(8))
        apart = np.abs(model.decode(w).astype(int) - to_uint8(self.synthesis(to_device(w))))
        if apart.mean() > 1:  # a slim run's weights are rounded; another generator is farther away by tens of levels
            raise RunError(f"{folder} is not the generator that this encoder is trained for, {self.config.gan}")


class EncoderFamily(OnPictures, EncoderNetworks):
    """See `family.Family`. Its rate falls to 0, so the last weights are kept: no picture chooses them."""

    config: EncoderConfig

    def __init__(self, config: EncoderConfig, data: PictureData) -> None:
        super().__init__(config, *load_gan(Path(config.gan), config))
        self.data = data
        learned = [parameter for parameter in self.net.parameters() if parameter.requires_grad]
        self.optimizers: dict[str, Optimizer] = {"encoder": torch.optim.Adam(learned, config.lr, (0.9, 0.99))}
        self.shown = to_device(data.pictures.images[:SHOWN].transpose(0, 3, 1, 2))

    @staticmethod
    def load(config: EncoderConfig) -> PictureData:
        """See `family.FamilyClass`."""
        return load_pictures(config)

    @staticmethod
    def restore(config: EncoderConfig, meaning: Mapping[str, Any]) -> EncoderNetworks:
        """See `family.FamilyClass`."""
        return EncoderNetworks(config, from_fields(GanConfig, meaning["gan"]))

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step on the generator's own pictures and on photographs, half and half."""
        config, net = self.config, self.net
        if step == 0 and (MODELS / config.model).is_dir():  # rather than at the export, an hour later
            self.check_generator(MODELS / config.model)
        anneal(self.optimizers["encoder"], config.lr, step * config.batch, config.decay_images)
        photographs = flip(to_float(batch.images))
        with autocast(config.precision):
            with torch.no_grad():
                w = self.mapping(torch.randn(len(photographs), self.gan.latent))
                drawn = self.synthesis(w).float()
            found = net(torch.cat((drawn, photographs))) - net.mean
            known, guessed = found.chunk(2)
            again = self.synthesis(guessed + net.mean).float()
            likeness = perceived(self.critic, again, photographs)
        styles = ((known - (w - net.mean)) / net.spread).square().mean()
        fine, coarse = (F.mse_loss(F.avg_pool2d(again, side), F.avg_pool2d(photographs, side)) for side in (1, 4))
        pixels = fine + coarse
        far = (guessed / net.spread).square().mean()
        loss = styles + 4 * pixels + likeness + config.nearness * far
        optimizer = self.optimizers["encoder"]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        self.average.update_parameters(net)
        named: dict[str, Tensor] = {"styles": styles, "pixels": pixels, "perceived": likeness, "far": far}
        return {name: value.item() for name, value in named.items()}

    def score(self) -> dict[str, float]:
        """Nothing: see the class."""
        return {}

    @torch.no_grad()
    def samples(self) -> Sample:
        """The first training pictures, each row above what the generator makes of them."""
        self.average.eval()
        pictures = to_float(self.shown)
        again = self.synthesis(self.average(pictures))
        rows = [to_uint8(part) for pair in zip(pictures.split(8), again.split(8), strict=True) for part in pair]
        return sheet(np.concatenate(rows))
