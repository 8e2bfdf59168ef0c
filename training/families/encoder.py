"""Trains an encoder for a GAN that is done: a picture in, the styles out with which the generator draws it again.

Of the generator's own pictures the styles are known (Zhu et al. 2016); of photographs only the picture is, so it is
drawn again and compared: in pixels, coarse and fine, and in the critic's feature maps (Richardson et al. 2021, pSp; see
`critic_features.py`). Generator and critic stay as they are.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

import genapp
from genapp.pixels.sheet import contact_sheet
from training.core.augment import flip
from training.core.checkpoint import RunError
from training.core.config import MODELS, EncoderConfig
from training.core.ema import averaged, weights_of_average
from training.core.pixels import autocast, to_device, to_float, to_uint8
from training.core.schedules import anneal
from training.data.pictures import Pictures
from training.families.critic_features import critic_of, load_gan, perceived
from training.families.gan import build_networks
from training.families.graphs import Exportable, GraphSource, StyleEncoderGraph
from training.networks.encoder import StyleEncoder, style_moments

SHOWN = 32


class EncoderFamily:
    """See `loop.Family`. Its rate falls to 0, so the last weights are kept: no picture chooses them."""

    def __init__(self, config: EncoderConfig, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.config = config
        gan, states = load_gan(Path(config.gan), config)
        self.critic = critic_of(gan, states)
        self.generator, trunk = build_networks(gan)
        self.generator.load_state_dict(weights_of_average(states["average"]))
        self.generator.eval().requires_grad_(False)
        trunk.load_state_dict(states["critic"])
        self.latent = gan.latent
        mean, spread = style_moments(self.generator.mapping, gan.latent)
        layers = self.generator.synthesis.layers
        self.net = StyleEncoder(trunk, gan.size, layers, mean, spread).to(memory_format=torch.channels_last)
        self.average = averaged(self.net, config.ema_images, config.batch)
        # The generator's run may go on: what this encoder belongs to is kept with it.
        self.modules = {
            "encoder": self.net,
            "average": self.average,
            "generator": self.generator,
            "critic": self.critic,
        }
        learned = [parameter for parameter in self.net.parameters() if parameter.requires_grad]
        self.optimizers = {"encoder": torch.optim.Adam(learned, config.lr, (0.9, 0.99))}
        self.shown = to_device(pictures.images[:SHOWN].transpose(0, 3, 1, 2))

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step on the generator's own pictures and on photographs, half and half."""
        config = self.config
        if step == 0 and (MODELS / config.model).is_dir():  # rather than at the export, an hour later
            self.check_generator(MODELS / config.model)
        anneal(self.optimizers["encoder"], config.lr, step * config.batch, config.decay_images)
        photographs = flip(to_float(images))
        with autocast(config.precision):
            with torch.no_grad():
                w = self.generator.mapping(torch.randn(len(images), self.latent))
                drawn = self.generator.synthesis(w).float()
            found = self.net(torch.cat((drawn, photographs))) - self.net.mean
            known, guessed = found.chunk(2)
            again = self.generator.synthesis(guessed + self.net.mean).float()
            likeness = perceived(self.critic, again, photographs)
        styles = ((known - (w - self.net.mean)) / self.net.spread).square().mean()
        pixels = sum(F.mse_loss(F.avg_pool2d(again, side), F.avg_pool2d(photographs, side)) for side in (1, 4))
        far = (guessed / self.net.spread).square().mean()
        loss = styles + 4 * pixels + likeness + config.nearness * far
        optimizer = self.optimizers["encoder"]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        self.average.update_parameters(self.net)
        named = {"styles": styles, "pixels": pixels, "perceived": likeness, "far": far}
        return {name: value.item() for name, value in named.items()}

    def score(self) -> dict[str, float]:
        """Nothing: see the class."""
        return {}

    @torch.no_grad()
    def samples(self) -> np.ndarray:
        """The first training pictures, each row above what the generator makes of them."""
        self.average.eval()
        pictures = to_float(self.shown)
        again = self.generator.synthesis(self.average(pictures))
        rows = [to_uint8(part) for pair in zip(pictures.split(8), again.split(8), strict=True) for part in pair]
        return contact_sheet(np.concatenate(rows), 8)

    def exportable(self) -> Exportable:
        """The averaged encoder, and the generator that it belongs to, to be found again by its pictures."""
        image = torch.zeros(2, self.config.size, self.config.size, self.config.channels, dtype=torch.uint8)
        graph = StyleEncoderGraph(self.average.module.eval())
        return Exportable("gan", {"encoder": GraphSource(graph, {"image": image}, ("w",))})

    @torch.no_grad()
    def check_generator(self, folder: Path) -> None:
        """Raises `RunError` unless the model in `folder` is the generator that this encoder is trained for."""
        model = genapp.load_model(folder)
        w = model.latents(range(8))
        apart = np.abs(model.decode(w).astype(int) - to_uint8(self.generator.synthesis(to_device(w))))
        if apart.mean() > 1:  # a slim run's weights are rounded; another generator is farther away by tens of levels
            raise RunError(f"{folder} is not the generator that this encoder is trained for, {self.config.gan}")
