"""Losses and penalties against values worked out by hand."""

from __future__ import annotations

import math

import pytest
import torch

from training.core.losses import critic_loss, generator_loss, interpolation_penalty, zero_centred_penalty

REAL, FAKE = torch.tensor([1.0, -2.0]), torch.tensor([0.5, 3.0])


def softplus(x: float) -> float:
    return math.log1p(math.exp(x))


def test_critic_losses() -> None:
    cross_entropy = (softplus(-1) + softplus(2) + softplus(0.5) + softplus(3)) / 2
    assert critic_loss("non-saturating", REAL, FAKE).item() == pytest.approx(cross_entropy)
    assert critic_loss("wasserstein", REAL, FAKE).item() == pytest.approx(1.75 - (-0.5))
    assert critic_loss("relativistic", REAL, FAKE).item() == pytest.approx((softplus(-0.5) + softplus(5)) / 2)


def test_generator_losses() -> None:
    assert generator_loss("non-saturating", REAL, FAKE).item() == pytest.approx((softplus(-0.5) + softplus(-3)) / 2)
    assert generator_loss("wasserstein", REAL, FAKE).item() == pytest.approx(-1.75)
    assert generator_loss("relativistic", REAL, FAKE).item() == pytest.approx((softplus(0.5) + softplus(-5)) / 2)


def test_penalties_of_a_linear_critic() -> None:
    slope = torch.full((1, 2, 2), 1.5)

    def critic(pictures: torch.Tensor) -> torch.Tensor:
        return (pictures * slope).sum((1, 2, 3))

    real, fake = torch.randn(3, 1, 2, 2), torch.randn(3, 1, 2, 2)
    # The gradient is the slope everywhere: its norm is 3.
    assert interpolation_penalty(critic, real, fake).item() == pytest.approx((3 - 1) ** 2)
    assert zero_centred_penalty(critic, real).item() == pytest.approx(9 / 2)


def test_penalty_reaches_the_critics_weights() -> None:
    critic = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(4, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    zero_centred_penalty(lambda x: critic(x).flatten(), torch.randn(3, 1, 2, 2)).backward()
    assert critic[1].weight.grad.abs().sum() > 0
