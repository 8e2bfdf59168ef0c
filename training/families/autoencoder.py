"""Trains plain autoencoders: a vector that says what is in the picture, and the picture again."""

from __future__ import annotations

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from genapp.pixels.sheet import contact_sheet
from training.core.augment import flip
from training.core.config import AutoencoderConfig
from training.core.ema import averaged
from training.core.pixels import autocast, batches, to_float, to_uint8
from training.data.pictures import Pictures
from training.families.graphs import Exportable, ladder_graphs
from training.networks.hierarchical_vae import Ladder
from training.networks.likelihoods import Bernoulli, Spectral


class AutoencoderFamily:
    """See `loop.Family`. Scored by the held-out pictures' squared error a value, for brightness 0..1."""

    def __init__(self, config: AutoencoderConfig, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.config = config
        self.net = build_network(config)
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules = {"autoencoder": self.net, "average": self.average}
        self.optimizers = {"autoencoder": torch.optim.Adam(self.net.parameters(), config.lr)}
        self.held_out = held_out.images

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step on the recipe's loss."""
        images = flip(images) if self.config.flips else images
        observation = self.net.observation
        pictures = observation.clean(images)
        with autocast(self.config.precision):
            raw = self.net.decode(self.net.encode(pictures))
        loss = error = squared_error(observation.mean(raw), images)
        if self.config.loss == "spectral":
            observation.fit(raw, pictures)
            loss = observation.negative_log_likelihood(raw, pictures).mean() / pictures[0].numel()
        optimizer = self.optimizers["autoencoder"]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        self.average.update_parameters(self.net)
        return {"squared_error": error.item()}

    @torch.no_grad()
    def _reconstruct(self, images: Tensor) -> Tensor:
        net = self.average.module
        return net.observation.mean(net.decode(net.encode(net.observation.clean(images))))

    def score(self) -> dict[str, float]:
        """Mean squared error of the averaged network."""
        parts = batches(self.held_out)
        errors = [squared_error(self._reconstruct(images), images).item() * len(images) for images in parts]
        return {"score": sum(errors) / len(self.held_out)}

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder; there is no prior to sample from."""
        return ladder_graphs(self.average.module, "autoencoder", None, self.config)

    def samples(self) -> np.ndarray:
        """Held-out pictures, each with its reconstruction to the right."""
        originals = next(batches(self.held_out, 32))
        rebuilt = torch.from_numpy(to_uint8(self._reconstruct(originals)))
        pairs = torch.stack((originals.permute(0, 2, 3, 1), rebuilt), 1).flatten(0, 1)
        return contact_sheet(pairs.numpy(), 8)


def squared_error(pictures: Tensor, images: Tensor) -> Tensor:
    """Mean square of the difference between pictures in -1..1 and uint8 ones, as if both were brightness 0..1."""
    return F.mse_loss(pictures, to_float(images)) / 4


def build_network(config: AutoencoderConfig) -> Ladder:
    """The untrained network of a recipe."""
    observation = Spectral(config.size) if config.loss == "spectral" else Bernoulli()
    ladder = Ladder(config.size, config.channels, config.layout, config.widths, config.depth, observation)
    return ladder.to(memory_format=torch.channels_last)
