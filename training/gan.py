"""Trains a generator against a critic: three losses, two pairs of networks, one loop.

A step draws one batch of fakes; the critic learns to tell them from real pictures, then the generator learns from the
critic's new opinion of the same fakes. Where classes can be asked for, each fake is paired with a real picture of the
class it was asked for, and the critic also learns to tell real pictures under their own label from the same ones under
another (matching-aware, Reed et al. 2016): after 40,000 pictures 95 % of digits were what was asked for, against 78 %.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from genapp.sheet import contact_sheet

from .asking import asked_labels, conditions, forget, joint_table, mistaken
from .augment import augment, flip
from .data import Pictures
from .ema import averaged
from .feature_cache import real_features_of
from .features import load_features
from .graphs import Exportable, gan_graphs
from .losses import critic_loss, generator_loss, interpolation_penalty, zero_centred_penalty
from .metrics import frechet_distance, kernel_distance
from .networks.dcgan import DcganCritic, DcganGenerator
from .networks.style import MappingNetwork, StyleCritic, StyleGenerator, default_widths, mix_styles, unfinished
from .pixels import autocast, here, to_float, to_uint8
from .recipes import GanRecipe
from .schedules import anneal

SAMPLES = 64
FORGOTTEN = 0.1
"""Share of pictures whose attributes nobody asks for."""
SCORED = 5_000
KERNEL_SUBSETS = 20


class Generator(nn.Module):
    """`z` float (N, latent), and what is `asked` for where it can be -> pictures float (N, C, H, W) in -1..1, by way of
    `w` (N, layers, style)."""

    def __init__(self, recipe: GanRecipe, vocabulary: int = 0) -> None:
        super().__init__()
        widths = recipe.widths or default_widths(unfinished(recipe.size, recipe.finish))
        if recipe.network == "dcgan":
            self.synthesis = DcganGenerator(recipe.size, recipe.channels, recipe.latent, widths[-1])
            self.mapping = None
        else:
            self.synthesis = StyleGenerator(
                recipe.size, recipe.channels, widths, recipe.style, vocabulary, recipe.finish
            )
            self.mapping = MappingNetwork(recipe.latent, recipe.style, self.synthesis.layers, recipe.mapping_depth)

    def forward(
        self, z: Tensor, asked: Tensor | None = None, other: Tensor | None = None, mixing: float = 0.0
    ) -> Tensor:
        """With `other`, latents like `z`, the styles of the two are mixed with probability `mixing`."""
        if self.mapping is None:
            return self.synthesis(z[:, None])
        w = self.mapping(z)
        return self.synthesis(w if other is None else mix_styles(w, self.mapping(other), mixing), asked)


def build_networks(recipe: GanRecipe, vocabulary: int = 0) -> tuple[Generator, nn.Module]:
    """(generator, critic) of a recipe, untrained. Raises ValueError where the DCGAN is to be asked for something."""
    if recipe.network == "dcgan" and vocabulary:
        raise ValueError("the DCGAN cannot be asked for anything: leave --condition out, or choose --network style")
    generator = Generator(recipe, vocabulary).to(memory_format=torch.channels_last)
    widths = recipe.widths or default_widths(unfinished(recipe.size, recipe.finish))
    if recipe.network == "dcgan":
        critic = DcganCritic(recipe.size, recipe.channels, widths[-1])
    else:
        critic = StyleCritic(recipe.size, recipe.channels, widths, vocabulary, recipe.finish)
    return generator, critic.to(memory_format=torch.channels_last)


class GanFamily:
    """See `loop.Family`. Scored by the Frechet distance between 5,000 pictures of the averaged generator and as many
    training pictures, in the features of the recipe's judge (`features.load_features`)."""

    def __init__(self, recipe: GanRecipe, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.recipe = recipe
        self.labels, self.label_names = asked_labels(recipe, pictures), pictures.label_names
        self.vocabulary = 0 if self.labels is None else len(self.label_names)
        self.generator, self.critic = build_networks(recipe, self.vocabulary)
        self.average = averaged(self.generator, recipe.ema_images, recipe.batch)
        self.modules = {"generator": self.generator, "critic": self.critic, "average": self.average}
        self.optimizers = {
            "generator": torch.optim.Adam(self.generator.parameters(), recipe.generator_lr, recipe.betas),
            "critic": torch.optim.Adam(self.critic.parameters(), recipe.critic_lr, recipe.betas),
        }
        self.features = None if recipe.judge is None else load_features(recipe.judge)
        self.pictures = pictures
        fixed = np.random.RandomState(0)
        self.latents = here(fixed.standard_normal((SCORED, recipe.latent)).astype(np.float32))

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step of the critic, and one of the generator every `critic_steps` steps."""
        recipe = self.recipe
        if recipe.decay_images:
            for name, rate in (("generator", recipe.generator_lr), ("critic", recipe.critic_lr)):
                anneal(self.optimizers[name], rate, step * recipe.batch, recipe.decay_images, least=0.1)
        real = flip(to_float(images)) if recipe.flips else to_float(images)
        # A fake is asked for what the real picture that it is paired with is.
        asked = None if self.labels is None else labels
        if recipe.attributes:
            asked = forget(asked, FORGOTTEN)
        z = torch.randn(len(real), recipe.latent)
        other = torch.randn_like(z) if recipe.style_mixing else None
        with autocast(recipe.precision):
            fake = self.generator(z, asked, other, recipe.style_mixing)
        losses = self._critic_step(real, fake.detach().float(), asked, step)
        if (step + 1) % recipe.critic_steps == 0:
            losses |= self._generator_step(real, fake, asked)
        return losses

    def _critic_step(self, real: Tensor, fake: Tensor, asked: Tensor | None, step: int) -> dict[str, float]:
        recipe = self.recipe
        real, fake = augment(real, recipe.augment), augment(fake, recipe.augment)
        with autocast(recipe.precision):
            if asked is None:
                scores, mismatch = self.critic(real), 0.0
            else:
                scores, wrong = self.critic.both(real, asked, mistaken(asked, self.vocabulary))
                mismatch = recipe.mismatch * critic_loss(recipe.loss, scores, wrong)
            loss = critic_loss(recipe.loss, scores, self.critic(fake, asked)) + mismatch
        losses = {"critic": loss.item()}
        if recipe.penalty_weight and step % recipe.penalty_every == 0:
            penalty = self._penalty(real, fake, asked)
            losses["penalty"] = penalty.item()
            loss = loss + recipe.penalty_weight * recipe.penalty_every * penalty
        self.optimizers["critic"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["critic"].step()
        return losses

    def _penalty(self, real: Tensor, fake: Tensor, asked: Tensor | None) -> Tensor:
        def critic(pictures: Tensor) -> Tensor:
            return self.critic(pictures, asked)

        with autocast(self.recipe.precision):
            if self.recipe.loss == "wasserstein":
                return interpolation_penalty(critic, real, fake)
            return zero_centred_penalty(critic, real) + zero_centred_penalty(critic, fake)

    def _generator_step(self, real: Tensor, fake: Tensor, asked: Tensor | None) -> dict[str, float]:
        self.critic.requires_grad_(False)
        real, fake = augment(real, self.recipe.augment), augment(fake.float(), self.recipe.augment)
        with autocast(self.recipe.precision):
            scores = self.critic(fake, asked)
            real_scores = self.critic(real, asked) if self.recipe.loss == "relativistic" else scores.detach()
            loss = generator_loss(self.recipe.loss, real_scores, scores)
        self.critic.requires_grad_(True)
        self.optimizers["generator"].zero_grad(set_to_none=True)
        loss.backward()
        self.optimizers["generator"].step()
        self.average.update_parameters(self.generator)
        return {"generator": loss.item()}

    @cached_property
    def reference(self) -> np.ndarray:
        """Features of the first training pictures; taken only when scores are wanted."""
        return real_features_of(self.features, self.pictures.images[:SCORED], "training pictures")

    @torch.no_grad()
    def _generate(self, latents: Tensor, asked: np.ndarray | None) -> np.ndarray:
        self.average.eval()
        parts = latents.split(250)
        wishes = [None] * len(parts) if asked is None else here(asked).split(250)
        return np.concatenate([to_uint8(self.average(*given)) for given in zip(parts, wishes, strict=True)])

    def score(self) -> dict[str, float]:
        """Frechet distance on raw features, infinite when they cannot be compared; kernel distance beside it."""
        if self.features is None:
            return {}
        asked = None if self.labels is None else self.labels[np.arange(SCORED) % len(self.labels)]
        ours = self.features(self._generate(self.latents, asked))
        with torch.device("cpu"):
            distance = frechet_distance(ours, self.reference)
            kernel, _ = kernel_distance(ours, self.reference, subsets=KERNEL_SUBSETS)
        return {"score": distance if math.isfinite(distance) else math.inf, "kernel_distance": kernel}

    def exportable(self) -> Exportable:
        """The averaged generator, in two graphs where it has a mapping network."""
        wanted = conditions(self.recipe, self.label_names, "generator")
        graphs = gan_graphs(self.average.module.eval(), self.recipe.latent, wanted)
        return replace(graphs, joint=joint_table(self.labels)) if self.recipe.attributes else graphs

    def samples(self) -> np.ndarray:
        """Pictures of 64 fixed latents by the averaged generator; one class after the other where it knows classes, or
        the attributes of the first training pictures."""
        asked = None if self.labels is None else np.arange(SAMPLES) % self.vocabulary
        if self.recipe.attributes:
            asked = self.labels[np.arange(SAMPLES) % len(self.labels)]
        return contact_sheet(self._generate(self.latents[:SAMPLES], asked), 8)
