"""Likeness as a critic sees it."""

from __future__ import annotations

import pytest
import torch

from training.families.critic_features import perceived
from training.networks.style import StyleCritic


def test_likeness_is_0_for_the_same_and_falls_with_noise() -> None:
    critic = StyleCritic(16, 3, (8, 8)).requires_grad_(False)
    pictures, noise = torch.rand(4, 3, 16, 16) * 2 - 1, torch.randn(4, 3, 16, 16)
    assert perceived(critic, pictures, pictures) == 0
    apart = [perceived(critic, pictures + scale * noise, pictures).item() for scale in (0.01, 0.1, 1.0)]
    assert 0 < apart[0] < apart[1] / 5 < apart[2] / 10


class PlainCritic(StyleCritic):
    """Its feature maps are the pictures, and twice the pictures."""

    def maps(self, pictures: torch.Tensor) -> list[torch.Tensor]:
        return [pictures, 2 * pictures]


def test_likeness_is_the_difference_by_what_there_is_in_each_map() -> None:
    pictures = torch.tensor([[[[1.0, -3.0]]]])
    again = torch.tensor([[[[2.0, -1.0]]]])
    assert perceived(PlainCritic(16, 1, (8, 8)), again, pictures).item() == pytest.approx((1 + 2) / (1 + 3))


def test_likeness_teaches_what_was_rebuilt_alone() -> None:
    critic = StyleCritic(16, 3, (8, 8)).requires_grad_(False)
    pictures = torch.rand(4, 3, 16, 16) * 2 - 1
    again = (pictures + 0.1 * torch.randn_like(pictures)).requires_grad_()
    first = perceived(critic, again, pictures)
    first.backward()
    with torch.no_grad():
        nearer = again - 0.02 * again.grad / again.grad.abs().mean()
        assert perceived(critic, nearer, pictures) < first
