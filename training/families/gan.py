"""Trains a generator against a critic: three losses, two pairs of networks.

A step draws one batch of fakes; the critic learns to tell them from real pictures, then the generator learns from the
critic's new opinion of the same fakes. With conditions, each fake is paired with a real picture and drawn under the
conditions that hold for it, and the critic also learns to tell real pictures under their own conditions from the same
ones under others (matching-aware, Reed et al. 2016): after 40,000 pictures 95 % of digits were of the class they were
drawn under, against 78 % without that.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.optim import Optimizer

import genapp
from training.core.device import autocast, to_device
from training.core.ema import averaged
from training.core.losses import critic_loss, generator_loss, interpolation_penalty, zero_centred_penalty
from training.core.schedules import anneal
from training.data.augment import augment, flip
from training.data.conditioning import Vocabulary, forget, joint_table, mistaken, weights_of
from training.data.labelling import label_the_rest
from training.data.pictures import Pictures, class_labels
from training.data.pixels import to_float, to_uint8
from training.data.sources import DataError
from training.evaluation.feature_cache import real_features_of
from training.evaluation.features import load_features
from training.evaluation.metrics import frechet_distance, kernel_distance
from training.families.config import GanConfig
from training.families.exportable import Exportable
from training.families.family import Sample
from training.families.gan_networks import Generator, build_networks
from training.families.graphs import gan_graphs
from training.families.pictures import OnPictures, PictureBatch, PictureData, load_pictures, output_of, sheet
from training.networks.dcgan import DcganCritic

SAMPLES = 64
FORGOTTEN = 0.1
"""Share of pictures whose attributes are all set free."""
SCORED = 5_000
KERNEL_SUBSETS = 20


class GanNetworks:
    """See `family.Networks`."""

    def __init__(self, config: GanConfig, vocabulary: Vocabulary, labeller: str = "") -> None:
        torch.manual_seed(0)
        self.config, self.vocabulary, self.labeller = config, vocabulary, labeller
        self.generator, self.critic = build_networks(config, len(vocabulary))
        self.average = averaged(self.generator, config.ema_images, config.batch)
        self.modules: dict[str, nn.Module] = {
            "generator": self.generator,
            "critic": self.critic,
            "average": self.average,
        }

    def describe(self) -> dict[str, Any]:
        """The classes or attributes that it is conditioned on, and what labelled the pictures."""
        return self.vocabulary.describe() | {"labeller": self.labeller}

    def exportable(self) -> Exportable:
        """The averaged generator, in two graphs where it has a mapping network."""
        conditions = self.vocabulary.conditions("generator")
        generator = cast(Generator, self.average.module).eval()
        exported = gan_graphs(generator, self.config.latent, output_of(self.config), conditions)
        return replace(exported, joint=self.vocabulary.joint, labeller=self.labeller)


class GanFamily(OnPictures, GanNetworks):
    """See `family.Family`. Scored by the Frechet distance between 5,000 pictures of the averaged generator and as many
    training pictures, in the features of the configuration's judge (`features.load_features`)."""

    config: GanConfig

    def __init__(self, config: GanConfig, data: PictureData) -> None:
        self.labels = labels_for(config, data.pictures)
        super().__init__(config, vocabulary_of(config, data.pictures, self.labels), data.labeller)
        self.data = data
        self.optimizers: dict[str, Optimizer] = {
            "generator": torch.optim.Adam(self.generator.parameters(), config.generator_lr, config.betas),
            "critic": torch.optim.Adam(self.critic.parameters(), config.critic_lr, config.betas),
        }
        self.features = None if config.judge is None else load_features(config.judge)
        fixed = np.random.RandomState(0)
        self.latents = to_device(fixed.standard_normal((SCORED, config.latent)).astype(np.float32))

    @staticmethod
    def load(config: GanConfig) -> PictureData:
        """Pictures, those with rare attributes more often, labelled by the labeller where nobody has.

        Raises `DataError` where there are none, or the labeller has nothing to say of them.
        """
        if config.labeller and not config.attributes:
            raise DataError(f"the labeller {config.labeller} says which attributes pictures have: give --attributes")
        data = load_pictures(config, config.attributes)
        if not config.attributes:
            return data
        labeller = genapp.load_model(config.labeller) if config.labeller else None
        pictures = label_the_rest(data.pictures, labeller) if labeller else data.pictures
        pictures = replace(pictures, weights=weights_of(pictures.given_labels))
        return replace(data, pictures=pictures, labeller=labeller.config.provenance.command if labeller else "")

    @staticmethod
    def restore(config: GanConfig, meaning: Mapping[str, Any]) -> GanNetworks:
        """See `family.FamilyClass`."""
        return GanNetworks(config, Vocabulary.of(meaning), meaning.get("labeller", ""))

    def step(self, batch: PictureBatch, step: int) -> dict[str, float]:
        """One step of the critic, and one of the generator every `critic_steps` steps."""
        config = self.config
        if config.decay_images:
            for name, rate in (("generator", config.generator_lr), ("critic", config.critic_lr)):
                anneal(self.optimizers[name], rate, step * config.batch, config.decay_images, least=0.1)
        real = flip(to_float(batch.images)) if config.flips else to_float(batch.images)
        # A fake is drawn under the conditions of the real picture that it is paired with.
        conditions = None if self.labels is None else batch.labels
        if config.attributes and conditions is not None:
            conditions = forget(conditions, FORGOTTEN)
        z = torch.randn(len(real), config.latent)
        other = torch.randn_like(z) if config.style_mixing else None
        with autocast(config.precision):
            fake = self.generator(z, conditions, other, config.style_mixing)
        losses = self._critic_step(real, fake.detach().float(), conditions, step)
        if (step + 1) % config.critic_steps == 0:
            losses |= self._generator_step(real, fake, conditions)
        return losses

    def _critic_step(self, real: Tensor, fake: Tensor, conditions: Tensor | None, step: int) -> dict[str, float]:
        config = self.config
        real, fake = augment(real, config.augment), augment(fake, config.augment)
        with autocast(config.precision):
            scores, mismatch = self._scores_of_real(real, conditions)
            loss = critic_loss(config.loss, scores, self.critic(fake, conditions)) + mismatch
        losses = {"critic": loss.item()}
        if config.penalty_weight and step % config.penalty_every == 0:
            penalty = self._penalty(real, fake, conditions)
            losses["penalty"] = penalty.item()
            loss = loss + config.penalty_weight * config.penalty_every * penalty
        self.optimizers["critic"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["critic"].step()
        return losses

    def _scores_of_real(self, real: Tensor, conditions: Tensor | None) -> tuple[Tensor, Tensor | float]:
        """(scores under their conditions, weighted loss of telling these from other conditions)."""
        if conditions is None or isinstance(self.critic, DcganCritic):
            return self.critic(real), 0.0
        scores, wrong = self.critic.both(real, conditions, mistaken(conditions, len(self.vocabulary)))
        return scores, self.config.mismatch * critic_loss(self.config.loss, scores, wrong)

    def _penalty(self, real: Tensor, fake: Tensor, conditions: Tensor | None) -> Tensor:
        def critic(pictures: Tensor) -> Tensor:
            return self.critic(pictures, conditions)

        with autocast(self.config.precision):
            if self.config.loss == "wasserstein":
                return interpolation_penalty(critic, real, fake)
            return zero_centred_penalty(critic, real) + zero_centred_penalty(critic, fake)

    def _generator_step(self, real: Tensor, fake: Tensor, conditions: Tensor | None) -> dict[str, float]:
        self.critic.requires_grad_(False)
        real, fake = augment(real, self.config.augment), augment(fake.float(), self.config.augment)
        with autocast(self.config.precision):
            scores = self.critic(fake, conditions)
            real_scores = self.critic(real, conditions) if self.config.loss == "relativistic" else scores.detach()
            loss = generator_loss(self.config.loss, real_scores, scores)
        self.critic.requires_grad_(True)
        self.optimizers["generator"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["generator"].step()
        self.average.update_parameters(self.generator)
        return {"generator": loss.item()}

    @cached_property
    def reference(self) -> NDArray[np.float32] | None:
        """Features of the first training pictures, taken only when scores are wanted; None without a judge."""
        if self.features is None:
            return None
        return real_features_of(self.features, self.data.pictures.images[:SCORED], "training pictures")

    @torch.no_grad()
    def _generate(self, latents: Tensor, conditions: NDArray | None) -> NDArray[np.uint8]:
        self.average.eval()
        parts = latents.split(250)
        given = [None] * len(parts) if conditions is None else to_device(conditions).split(250)
        return np.concatenate([to_uint8(self.average(*pair)) for pair in zip(parts, given, strict=True)])

    def score(self) -> dict[str, float]:
        """Frechet distance on raw features, infinite when they cannot be compared; kernel distance beside it."""
        if self.features is None or self.reference is None:
            return {}
        conditions = None if self.labels is None else self.labels[np.arange(SCORED) % len(self.labels)]
        ours = self.features(self._generate(self.latents, conditions))
        with torch.device("cpu"):
            distance = frechet_distance(ours, self.reference)
            kernel, _ = kernel_distance(ours, self.reference, subsets=KERNEL_SUBSETS)
        return {"score": distance if math.isfinite(distance) else math.inf, "kernel_distance": kernel}

    def samples(self) -> Sample:
        """Pictures of 64 fixed latents by the averaged generator; one class after the other, or with the attributes of
        the first training pictures."""
        conditions = None if self.labels is None else np.arange(SAMPLES) % len(self.vocabulary)
        if self.config.attributes and self.labels is not None:
            conditions = self.labels[np.arange(SAMPLES) % len(self.labels)]
        return sheet(self._generate(self.latents[:SAMPLES], conditions))


def labels_for(config: GanConfig, pictures: Pictures) -> NDArray | None:
    """The conditions that hold for each picture: classes or attributes; None for an unconditional model.

    Raises `DataError` where pictures have no labels, or no picture has all of the attributes known.
    """
    if config.condition:
        return class_labels(pictures)
    if not config.attributes:
        return None
    labels = pictures.given_labels
    if not (labels != 0).all(axis=1).any():
        raise DataError(f"{pictures.source}: no picture says for all of {', '.join(pictures.label_names)} what it is")
    return labels


def vocabulary_of(config: GanConfig, pictures: Pictures, labels: NDArray | None) -> Vocabulary:
    """What a model of these pictures is conditioned on."""
    if labels is None:
        return Vocabulary()
    return Vocabulary(config.condition, pictures.label_names, joint_table(labels) if config.attributes else None)
