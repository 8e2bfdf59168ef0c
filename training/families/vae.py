"""Trains variational autoencoders: digits by their binarised pixels, photographs by the spectrum of their errors and by
what a GAN's critic sees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from genapp.pixels.sheet import contact_sheet
from training.core.augment import flip
from training.core.config import VaeConfig
from training.core.ema import averaged
from training.core.pixels import autocast, batches, to_device, to_float, to_uint8
from training.data.conditioning import asked_labels, conditions
from training.data.pictures import Pictures
from training.families.critic_features import critic_of, load_gan, perceived
from training.families.graphs import Exportable, ladder_graphs
from training.families.mixture import MixtureMapping, fit_mixture
from training.networks.hierarchical_vae import Ladder
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


def build_network(config: VaeConfig, classes: int = 0) -> Ladder:
    """The untrained network of a recipe, told of so many classes. Raises ValueError for coloured binary pixels."""
    if config.likelihood == "bernoulli" and config.channels != 1:
        raise ValueError("binary pixels are grey: give --likelihood spectral for pictures in colour, or --channels 1")
    spectral = config.likelihood == "spectral"
    observation = Spectral(config.size) if spectral else Bernoulli()
    ladder = Ladder(config.size, config.channels, config.layout, config.widths, config.depth, observation, classes)
    return ladder.to(memory_format=torch.channels_last)


class VaeFamily:
    """See `loop.Family`. Scored by the held-out pictures' negative ELBO in nats."""

    def __init__(self, config: VaeConfig, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.config = config
        self.labels, self.label_names = asked_labels(config, pictures), pictures.label_names
        self.net = build_network(config, len(self.label_names) if config.condition else 0)
        self.average = averaged(self.net, config.ema_images, config.batch)
        self.modules = {"vae": self.net, "average": self.average}
        self.critic = critic_of(*load_gan(Path(config.critic), config)) if config.critic else None
        self.optimizers = {"vae": torch.optim.Adam(self.net.parameters(), config.lr)}
        self.pictures, self.held_out = pictures, held_out
        fixed = np.random.RandomState(0)
        self.latents = to_device(fixed.standard_normal((SAMPLES, 1 + self.net.latent)).astype(np.float32))

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step on the negative ELBO, its KL term weighed by the warm-up."""
        config, net = self.config, self.net
        label = labels if config.condition else None
        images = flip(images) if config.flips else images
        pictures = net.observation.draw(images)
        weight = min(1.0, (step + 1) * config.batch / max(config.warmup_images, 1))
        with autocast(config.precision):
            raw, _, means, log_stds = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)
            unlike = self._unlike(raw, images)
        net.observation.fit(raw, pictures)
        reconstruction = net.observation.negative_log_likelihood(raw, pictures).mean()
        kl = kl_divergence(means, log_stds).mean()
        optimizer = self.optimizers["vae"]
        optimizer.zero_grad(set_to_none=True)
        (reconstruction + weight * kl + config.critic_weight * unlike).backward()
        norm = torch.nn.utils.clip_grad_norm_(net.parameters(), config.largest_gradient)
        optimizer.step()
        self.average.update_parameters(net)
        losses = {"negative_elbo": reconstruction + kl, "kl": kl, "gradient": norm, "unlike": unlike}
        return {name: value.item() for name, value in losses.items()}

    def _unlike(self, raw: Tensor, images: Tensor) -> Tensor:
        """How far the expected pictures are from `images` to the critic; 0 without one."""
        if self.critic is None:
            return torch.zeros(())
        return perceived(self.critic, self.net.observation.mean(raw), to_float(images))

    @torch.no_grad()
    def score(self) -> dict[str, float]:
        """Negative ELBO with one sample a picture, float32, in nats and in bits a value; what training minimises, the
        critic's opinion included, is the score."""
        net = self.average.module
        torch.manual_seed(0)
        nats = unlike = 0.0
        for images, label in self._batches(self.held_out):
            pictures = net.observation.draw(images)
            raw, _, means, log_stds = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)
            elbo = net.observation.negative_log_likelihood(raw, pictures) + kl_divergence(means, log_stds)
            nats += elbo.sum().item() / len(self.held_out)
            unlike += self._unlike(raw, images).item() * len(images) / len(self.held_out)
        score = nats + self.config.critic_weight * unlike
        values = self.config.channels * self.config.size**2
        bits = nats / values / math.log(2)
        return {
            "score": score if math.isfinite(score) else math.inf,
            "nats": nats,
            "bits": bits,
            "held_out_unlike": unlike,
        }

    @torch.no_grad()
    def mixture(self, components: int, count: int = FITTED) -> MixtureMapping:
        """The mixture that follows the latents of `count` training pictures, a draw of each picture's posterior."""
        net = self.average.module
        torch.manual_seed(0)
        latents = []
        for images, label in self._batches(self.pictures.part(0, count)):
            pictures = net.observation.draw(flip(images) if self.config.flips else images)
            drawn = net.infer(net.evidence(pictures, label), net.noise(len(pictures)), label)[1]
            latents.append(torch.cat([eps.flatten(1) for eps in drawn], 1))
        return fit_mixture(torch.cat(latents).cpu().numpy(), components)

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder, and the mixture where the recipe asks for one."""
        mapping = self.mixture(self.config.components) if self.config.components else None
        wanted = conditions(self.config, self.label_names, "generator", "encoder")
        return ladder_graphs(self.average.module, "vae", "normal", self.config, mapping, wanted)

    @torch.no_grad()
    def samples(self) -> np.ndarray:
        """Expected pictures of 64 fixed latents, one class after the other where it knows classes; a single Gaussian,
        which is soon fitted, stands for a mixture."""
        net, w = self.average.module, self.latents[:, None, 1:]
        if self.config.components:
            w = self.mixture(1, 20 * net.latent)(self.latents)
        label = to_device(np.arange(SAMPLES) % len(self.label_names)) if self.config.condition else None
        return contact_sheet(to_uint8(net.observation.mean(net.decode(w, label))), 8)

    def _batches(self, pictures: Pictures) -> Iterator[tuple[Tensor, Tensor | None]]:
        """(pictures uint8 (n, C, H, W), their labels where the network is told of them)."""
        start = 0
        for images in batches(pictures.images):
            labels = pictures.labels[start : start + len(images)] if self.config.condition else None
            yield images, None if labels is None else to_device(labels)
            start += len(images)
