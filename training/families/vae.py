"""Trains variational autoencoders: digits by their binarised pixels, photographs by the spectrum of their errors and by
what a GAN's critic sees.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from training.core.checkpoint import RunError
from training.core.device import autocast, channels_last, to_device
from training.core.ema import averaged
from training.data.augment import flip
from training.data.conditioning import Vocabulary
from training.data.pictures import Pictures, class_labels
from training.data.pixels import batches, to_float, to_uint8
from training.families.config import VaeConfig
from training.families.critic_features import critic_of, load_gan, perceived
from training.families.exportable import Exportable
from training.families.family import Sample
from training.families.graphs import vae_graphs
from training.families.mixture import MixtureMapping
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.hierarchical_vae import HierarchicalVae
from training.networks.likelihoods import Bernoulli, Spectral

SAMPLES = 64
FITTED = 30_000
"""Encoded training pictures that a mixture is fitted to."""


def kl_divergence(means: list[Tensor], log_stds: list[Tensor]) -> Tensor:
    """KL(q(eps | x) || N(0, I)) in nats, summed over all groups: float (N,)."""
    terms = [
        (mean.square() + (2 * log_std).exp() - 1 - 2 * log_std).flatten(1).sum(1) / 2
        for mean, log_std in zip(means, log_stds, strict=True)
    ]
    return torch.stack(terms).sum(0)


def build_network(config: VaeConfig, classes: int = 0) -> HierarchicalVae:
    """The untrained network of a configuration, conditioned on so many classes.

    Raises ValueError for coloured binary pixels.
    """
    if config.likelihood == "bernoulli" and config.channels != 1:
        raise ValueError("binary pixels are grey: give --likelihood spectral for pictures in colour, or --channels 1")
    likelihood = Spectral(config.size) if config.likelihood == "spectral" else Bernoulli()
    vae = HierarchicalVae(config.size, config.channels, config.layout, config.widths, config.depth, likelihood, classes)
    return channels_last(vae)


class VaeNetworks:
    """See `family.Networks`."""

    def __init__(self, config: VaeConfig, vocabulary: Vocabulary) -> None:
        torch.manual_seed(0)
        self.config, self.vocabulary = config, vocabulary
        self.net = build_network(config, len(vocabulary))
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {"vae": self.net, "average": self.average}
        self.mixture = MixtureMapping(config.components, self.net.latent) if config.components else None
        if self.mixture is not None:
            self.modules["mixture"] = self.mixture

    @property
    def averaged_net(self) -> HierarchicalVae:
        """The network with averaged weights."""
        return cast(HierarchicalVae, self.average.module)

    def describe(self) -> dict[str, Any]:
        """The classes that it is conditioned on."""
        return self.vocabulary.describe()

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder, and the mixture where the configuration has one."""
        if self.mixture is not None and not self.mixture.fitted:
            raise RunError(
                f"{self.config.name} was stopped before its mixture was fitted: go on with --resume, or export the best"
            )
        conditions, output = self.vocabulary.conditions("generator", "encoder"), output_of(self.config)
        exported = vae_graphs(self.averaged_net, "vae", "normal", output, self.mixture, conditions)
        return dataclasses.replace(exported, critic=self.config.critic)


class VaeFamily(OnPictures, VaeNetworks):
    """See `family.Family`. Scored by the held-out pictures' negative ELBO in nats."""

    config: VaeConfig

    def __init__(self, config: VaeConfig, data: PictureData) -> None:
        if config.condition:
            class_labels(data.pictures)
        super().__init__(config, Vocabulary(config.condition, data.pictures.label_names if config.condition else ()))
        self.data = data
        self.critic = critic_of(*load_gan(Path(config.critic), config)) if config.critic else None
        self.optimizers: dict[str, Optimizer] = {"vae": torch.optim.Adam(self.net.parameters(), config.lr)}
        fixed = np.random.RandomState(0)
        self.latents = to_device(fixed.standard_normal((SAMPLES, 1 + self.net.latent)).astype(np.float32))

    @staticmethod
    def load(config: VaeConfig) -> PictureData:
        """See `family.FamilyClass`."""
        return load_pictures(config)

    @staticmethod
    def restore(config: VaeConfig, meaning: Mapping[str, Any]) -> VaeNetworks:
        """See `family.FamilyClass`."""
        return VaeNetworks(config, Vocabulary.of(meaning))

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step on the negative ELBO, its KL term weighed by the warm-up."""
        config, net = self.config, self.net
        label = batch.labels if config.condition else None
        images = flip(batch.images) if config.flips else batch.images
        pictures = net.likelihood.draw(images)
        weight = min(1.0, (step + 1) * config.batch / max(config.warmup_images, 1))
        with autocast(config.precision):
            raw, _, means, log_stds = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)
            unlike = self._unlike(net, raw, images)
        net.likelihood.fit(raw, pictures)
        reconstruction = net.likelihood.negative_log_likelihood(raw, pictures).mean()
        kl = kl_divergence(means, log_stds).mean()
        optimizer = self.optimizers["vae"]
        optimizer.zero_grad(set_to_none=True)
        (reconstruction + weight * kl + config.critic_weight * unlike).backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), config.largest_gradient)
        optimizer.step()
        self.average.update_parameters(net)
        if self.mixture is not None:
            self.mixture.forget()
        losses = {"negative_elbo": reconstruction + kl, "kl": kl, "gradient": norm, "unlike": unlike}
        return {name: value.item() for name, value in losses.items()}

    def _unlike(self, net: HierarchicalVae, raw: Tensor, images: Tensor) -> Tensor:
        """How far the expected pictures are from `images` to the critic; 0 without one."""
        if self.critic is None:
            return torch.zeros(())
        return perceived(self.critic, net.likelihood.mean(raw), to_float(images))

    @torch.no_grad()
    def score(self) -> dict[str, float]:
        """Negative ELBO with one sample a picture, float32, in nats and in bits a value; what training minimises, the
        critic's opinion included, is the score."""
        net, held_out = self.averaged_net, self.data.held_out
        torch.manual_seed(0)
        nats = unlike = 0.0
        for images, label in self._batches(held_out):
            pictures = net.likelihood.draw(images)
            raw, _, means, log_stds = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)
            elbo = net.likelihood.negative_log_likelihood(raw, pictures) + kl_divergence(means, log_stds)
            nats += elbo.sum().item() / len(held_out)
            unlike += self._unlike(net, raw, images).item() * len(images) / len(held_out)
        score = nats + self.config.critic_weight * unlike
        values = self.config.channels * self.config.size**2
        return {
            "score": score if math.isfinite(score) else math.inf,
            "nats": nats,
            "bits": nats / values / math.log(2),
            "held_out_unlike": unlike,
        }

    def settle(self) -> None:
        """Fit the mixture to the latents of the training pictures."""
        if self.mixture is not None and not self.mixture.fitted:
            self.mixture.fit(self._drawn_latents(FITTED))

    @torch.no_grad()
    def _drawn_latents(self, count: int) -> np.ndarray:
        """float32 (count, latent): of each of the first training pictures a draw from its posterior."""
        net = self.averaged_net
        torch.manual_seed(0)
        latents = []
        for images, label in self._batches(self.data.pictures.part(0, count)):
            pictures = net.likelihood.draw(flip(images) if self.config.flips else images)
            drawn = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)[1]
            latents.append(torch.cat([eps.flatten(1) for eps in drawn], 1))
        return torch.cat(latents).cpu().numpy()

    @torch.no_grad()
    def samples(self) -> Sample:
        """Expected pictures of 64 fixed latents, one class after the other; a single Gaussian, which is soon fitted,
        stands for a mixture."""
        net, w = self.averaged_net, self.latents[:, None, 1:]
        if self.mixture is not None:
            w = MixtureMapping(1, net.latent).fit(self._drawn_latents(20 * net.latent))(self.latents)
        label = to_device(np.arange(SAMPLES) % len(self.vocabulary)) if self.config.condition else None
        return sheet(to_uint8(net.likelihood.mean(net.decode(w, label))))

    def _batches(self, pictures: Pictures) -> Iterator[tuple[Tensor, Tensor | None]]:
        """(pictures uint8 (n, C, H, W), their labels where the network is conditioned on them)."""
        start = 0
        for images in batches(pictures.images):
            stop = start + len(images)
            yield images, to_device(pictures.given_labels[start:stop]) if self.config.condition else None
            start = stop
