"""Trains variational autoencoders on dynamically binarised pictures."""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from genapp.sheet import contact_sheet

from .data import Pictures
from .ema import averaged
from .graphs import Exportable, ladder_graphs
from .networks.ladder import Ladder
from .pixels import autocast
from .recipes import AutoencoderRecipe, VaeRecipe

SAMPLES = 64


def binarise(images: Tensor) -> Tensor:
    """uint8 (N, C, H, W) -> float32 of 0 and 1: each pixel is 1 with the probability of its brightness (Salakhutdinov
    and Murray 2008), drawn anew at every call."""
    return torch.bernoulli(images.to(torch.float32, memory_format=torch.channels_last) / 255)


def cross_entropy(logits: Tensor, pictures: Tensor) -> Tensor:
    """-log p(x | w) of Bernoulli pixels in nats: float (N,)."""
    return F.binary_cross_entropy_with_logits(logits, pictures, reduction="none").sum((1, 2, 3))


def kl_divergence(means: list[Tensor], log_stds: list[Tensor]) -> Tensor:
    """KL(q(eps | x) || N(0, I)) in nats, summed over all groups: float (N,)."""
    terms = [
        (mean.square() + (2 * log_std).exp() - 1 - 2 * log_std).flatten(1).sum(1) / 2
        for mean, log_std in zip(means, log_stds, strict=True)
    ]
    return torch.stack(terms).sum(0)


def build_network(recipe: VaeRecipe | AutoencoderRecipe) -> Ladder:
    """The untrained network of a recipe. Raises ValueError for coloured pictures."""
    if recipe.channels != 1:
        raise ValueError(f"the networks of {recipe.name} are for grey pictures; give --channels 1")
    return Ladder(recipe.size, recipe.layout, recipe.widths).to(memory_format=torch.channels_last)


class VaeFamily:
    """See `loop.Family`. Scored by the held-out pictures' negative ELBO in nats, binarised once."""

    def __init__(self, recipe: VaeRecipe, pictures: Pictures, held_out: Pictures) -> None:
        torch.manual_seed(0)
        self.recipe = recipe
        self.net = build_network(recipe)
        self.average = averaged(self.net, recipe.ema_images, recipe.batch)
        self.modules = {"vae": self.net, "average": self.average}
        self.optimizers = {"vae": torch.optim.Adam(self.net.parameters(), recipe.lr)}
        fixed = np.random.RandomState(0)
        self.latents = torch.from_numpy(fixed.standard_normal((SAMPLES, 1, self.net.latent)).astype(np.float32))
        pixels = held_out.images.transpose(0, 3, 1, 2)
        self.held_out = torch.from_numpy((fixed.random_sample(pixels.shape) * 255 < pixels).astype(np.float32))

    def step(self, images: Tensor, labels: Tensor | None, step: int) -> dict[str, float]:
        """One step on the negative ELBO, its KL term weighed by the warm-up."""
        pictures = binarise(images)
        weight = min(1.0, (step + 1) * self.recipe.batch / max(self.recipe.warmup_images, 1))
        with autocast(self.recipe.precision):
            logits, _, means, log_stds = self.net.infer(self.net.evidence(pictures), self.net.noise(len(pictures)))
        reconstruction = cross_entropy(logits, pictures).mean()
        kl = kl_divergence(means, log_stds).mean()
        optimizer = self.optimizers["vae"]
        optimizer.zero_grad(set_to_none=True)
        (reconstruction + weight * kl).backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 200.0)
        optimizer.step()
        self.average.update_parameters(self.net)
        return {"negative_elbo": (reconstruction + kl).item(), "kl": kl.item()}

    @torch.no_grad()
    def score(self) -> dict[str, float]:
        """Negative ELBO with one sample a picture, float32."""
        net = self.average.module
        torch.manual_seed(0)
        total = 0.0
        for pictures in self.held_out.split(250):
            logits, _, means, log_stds = net.infer(net.evidence(pictures), net.noise(len(pictures)))
            total += (cross_entropy(logits, pictures) + kl_divergence(means, log_stds)).sum().item()
        score = total / len(self.held_out)
        return {"score": score if math.isfinite(score) else math.inf}

    def exportable(self) -> Exportable:
        """The averaged decoder and encoder."""
        return ladder_graphs(self.average.module, "vae", "normal", self.recipe.size)

    @torch.no_grad()
    def samples(self) -> np.ndarray:
        """Mean pictures of 64 fixed latents."""
        pictures = torch.sigmoid(self.average.module.decode(self.latents)) * 255
        return contact_sheet(pictures.round().to(torch.uint8).permute(0, 2, 3, 1).numpy(), 8)
