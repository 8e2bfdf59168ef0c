"""Trains plain autoencoders: a vector that says what is in the picture, and the picture again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer

from training.core.device import autocast, channels_last
from training.core.ema import averaged
from training.data.augment import flip
from training.data.pixels import batches, to_float, to_uint8
from training.families.config import AutoencoderConfig
from training.families.exportable import Exportable
from training.families.family import Sample
from training.families.graphs import vae_graphs
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.hierarchical_vae import HierarchicalVae
from training.networks.likelihoods import Bernoulli, Spectral

SHOWN = 32


class AutoencoderNetworks:
    """See `family.Networks`."""

    def __init__(self, config: AutoencoderConfig) -> None:
        torch.manual_seed(0)
        self.config = config
        self.net = build_network(config)
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {"autoencoder": self.net, "average": self.average}

    @property
    def averaged_net(self) -> HierarchicalVae:
        """The network with averaged weights."""
        return cast(HierarchicalVae, self.average.module)

    def describe(self) -> dict[str, Any]:
        """Nothing: its configuration says it all."""
        return {}

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder; there is no prior to sample from."""
        return vae_graphs(self.averaged_net, "autoencoder", None, output_of(self.config))


class AutoencoderFamily(OnPictures, AutoencoderNetworks):
    """See `family.Family`. Scored by the held-out pictures' squared error a value, for brightness 0..1."""

    config: AutoencoderConfig

    def __init__(self, config: AutoencoderConfig, data: PictureData) -> None:
        super().__init__(config)
        self.data = data
        self.optimizers: dict[str, Optimizer] = {"autoencoder": torch.optim.Adam(self.net.parameters(), config.lr)}

    @staticmethod
    def load(config: AutoencoderConfig) -> PictureData:
        """See `family.FamilyClass`."""
        return load_pictures(config)

    @staticmethod
    def restore(config: AutoencoderConfig, meaning: Mapping[str, Any]) -> AutoencoderNetworks:
        """See `family.FamilyClass`."""
        return AutoencoderNetworks(config)

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step on the configuration's loss."""
        images = flip(batch.images) if self.config.flips else batch.images
        likelihood = self.net.likelihood
        pictures = likelihood.clean(images)
        with autocast(self.config.precision):
            raw = self.net.decode(self.net.encode(pictures))
        loss = error = squared_error(likelihood.mean(raw), images)
        if self.config.loss == "spectral":
            likelihood.fit(raw, pictures)
            loss = likelihood.negative_log_likelihood(raw, pictures).mean() / pictures[0].numel()
        optimizer = self.optimizers["autoencoder"]
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        self.average.update_parameters(self.net)
        return {"squared_error": error.item()}

    @torch.no_grad()
    def _reconstruct(self, images: Tensor) -> Tensor:
        net = self.averaged_net
        return net.likelihood.mean(net.decode(net.encode(net.likelihood.clean(images))))

    def score(self) -> dict[str, float]:
        """Mean squared error of the averaged network."""
        held_out = self.data.held_out.images
        parts = batches(held_out)
        errors = [squared_error(self._reconstruct(images), images).item() * len(images) for images in parts]
        return {"score": sum(errors) / len(held_out)}

    def samples(self) -> Sample:
        """Held-out pictures, each with its reconstruction to the right."""
        originals = self.data.held_out.images[:SHOWN]
        rebuilt = to_uint8(self._reconstruct(next(batches(originals, SHOWN))))
        pairs = np.stack((originals, rebuilt), 1)
        return sheet(pairs.reshape(-1, *originals.shape[1:]))


def squared_error(pictures: Tensor, images: Tensor) -> Tensor:
    """Mean square of the difference between pictures in -1..1 and uint8 ones, as if both were brightness 0..1."""
    return F.mse_loss(pictures, to_float(images)) / 4


def build_network(config: AutoencoderConfig) -> HierarchicalVae:
    """The untrained network of a configuration."""
    likelihood = Spectral(config.size) if config.loss == "spectral" else Bernoulli()
    net = HierarchicalVae(config.size, config.channels, config.layout, config.widths, config.depth, likelihood)
    return channels_last(net)
