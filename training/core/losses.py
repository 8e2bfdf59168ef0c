"""Adversarial losses and gradient penalties. Scores are float (N,), larger where the critic sees a real picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor

Loss = Literal["non-saturating", "wasserstein", "relativistic"]
Scores = Callable[[Tensor], Tensor]


def critic_loss(loss: Loss, real: Tensor, fake: Tensor) -> Tensor:
    """What the critic minimises.

    non-saturating: binary cross-entropy of D(x) = sigmoid(score) (Goodfellow et al. 2014).
    wasserstein: E[fake] - E[real] (Arjovsky et al. 2017), to be used with `interpolation_penalty`.
    relativistic: softplus(fake - real), each real picture paired with one fake (Jolicoeur-Martineau 2018; R3GAN,
    Huang et al. 2024), to be used with `zero_centred_penalty`.
    """
    if loss == "non-saturating":
        return F.softplus(-real).mean() + F.softplus(fake).mean()
    if loss == "wasserstein":
        return fake.mean() - real.mean()
    return F.softplus(fake - real).mean()


def generator_loss(loss: Loss, real: Tensor, fake: Tensor) -> Tensor:
    """What the generator minimises; `real` matters to the relativistic loss alone."""
    if loss == "non-saturating":
        return F.softplus(-fake).mean()
    if loss == "wasserstein":
        return -fake.mean()
    return F.softplus(real - fake).mean()


def interpolation_penalty(critic: Scores, real: Tensor, fake: Tensor) -> Tensor:
    """E[(|grad D(x)| - 1)^2] between real and fake pictures (Gulrajani et al. 2017)."""
    mix = torch.rand(len(real), 1, 1, 1, device=real.device)
    between = torch.lerp(real, fake, mix).requires_grad_()
    (gradient,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
    return (gradient.flatten(1).norm(dim=1) - 1).square().mean()


def zero_centred_penalty(critic: Scores, pictures: Tensor) -> Tensor:
    """E[|grad D(x)|^2] / 2 at `pictures`: R1 on real ones, R2 on fake ones (Mescheder et al. 2018)."""
    pictures = pictures.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(critic(pictures).sum(), pictures, create_graph=True)
    return gradient.square().sum((1, 2, 3)).mean() / 2
