"""Finishes of the style-based networks: channels at full resolution that begin at zero."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from training.networks.style import StyleCritic, StyleGenerator, enlarged, unfinished
from training.run.warm_start import inherit

WIDTHS = (8, 6)


def generators(size: int, finish: tuple[int, ...]) -> tuple[StyleGenerator, StyleGenerator]:
    """One of 16-pixel pictures, and one with finishes that has begun with its weights."""
    small, large = StyleGenerator(16, 3, WIDTHS, 8), StyleGenerator(size, 3, WIDTHS, 8, finish=finish)
    with torch.no_grad():
        small.output.conv.weight.mul_(0.1)  # so that no tanh is too near to 1 to be undone
    assert inherit(large, small.state_dict()) == len(small.state_dict())
    return small, large


def critics(size: int, finish: tuple[int, ...]) -> tuple[StyleCritic, StyleCritic]:
    small, large = StyleCritic(16, 3, WIDTHS), StyleCritic(size, 3, WIDTHS, finish=finish)
    assert inherit(large, small.state_dict()) == len(small.state_dict())
    return small, large


def moved(network: nn.Module) -> nn.Module:
    """`network` as if it had learned for a while."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter))
    return network


def test_one_finish_changes_nothing_at_first() -> None:
    (small, large), (critic, finished) = generators(16, (4,)), critics(16, (4,))
    w = torch.randn(3, small.layers, 8)
    assert large.layers == small.layers and torch.equal(large(w), small(w))
    pictures = torch.randn(4, 3, 16, 16)
    assert torch.equal(finished(pictures), critic(pictures))


@pytest.mark.parametrize(("size", "finish"), [(32, (4, 2)), (64, (4, 2, 2))])
def test_more_finishes_begin_with_the_smaller_picture_enlarged(size: int, finish: tuple[int, ...]) -> None:
    (small, large), (critic, finished) = generators(size, finish), critics(size, finish)
    w = torch.randn(3, small.layers, 8)
    expected = torch.atanh(small(w))
    while expected.shape[-1] < size:
        expected = enlarged(expected)
    assert large.layers == small.layers and torch.allclose(large(w), torch.tanh(expected), atol=1e-4)
    pictures = torch.randn(4, 3, size, size)
    assert torch.allclose(finished(pictures), critic(F.avg_pool2d(pictures, size // 16)), atol=1e-5)


def test_every_weight_of_a_finish_learns() -> None:
    generator, critic = moved(generators(64, (4, 2, 2))[1]), moved(critics(64, (4, 2, 2))[1])
    critic(generator(torch.randn(4, generator.layers, 8))).sum().backward()
    for network in (generator, critic):
        for name, parameter in network.named_parameters():
            if name.startswith("finishes"):
                assert parameter.grad is not None and parameter.grad.abs().max() > 0, name


def test_a_critic_comes_to_see_single_pixels() -> None:
    """Pictures whose halves are the same are told apart by the finest finish alone."""
    critic = moved(critics(32, (4, 2))[1])
    pictures = torch.rand(2, 3, 32, 32)
    board = 0.3 * (1.0 - 2.0 * ((torch.arange(32)[:, None] + torch.arange(32)) % 2))
    assert torch.allclose(F.avg_pool2d(pictures + board, 2), F.avg_pool2d(pictures, 2), atol=1e-6)
    assert (critic(pictures + board) - critic(pictures)).abs().min() > 1e-3


def test_sizes_are_halved_for_all_finishes_but_the_first() -> None:
    assert [unfinished(64, finish) for finish in ((), (8,), (8, 8), (8, 8, 8))] == [64, 64, 32, 16]
    with pytest.raises(ValueError, match="cannot be halved 2 times"):
        unfinished(66, (8, 8, 8))
    with pytest.raises(ValueError, match=r"32-pixel pictures need 3 widths \(at \[4, 8, 16\] pixels\), not 2"):
        StyleGenerator(32, 3, WIDTHS, 8, finish=(4,))
