"""What networks make of a label."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from training.networks.conditioning import ConditionedStyles, Film, Projection
from training.networks.hierarchical_vae import HierarchicalVae
from training.networks.likelihoods import Bernoulli
from training.networks.style import StyleCritic, StyleGenerator

LABELS = torch.tensor([0, 2, 1])
torch.manual_seed(0)  # the modules below are made when the file is read


@pytest.mark.parametrize(
    ("module", "given", "without"),
    [
        (ConditionedStyles(3, 8), torch.randn(3, 5, 8), None),
        (Film(3, 4), torch.randn(3, 4, 7, 7), None),
        (Projection(3, 8), torch.randn(3, 8), torch.zeros(3)),
    ],
    ids=["styles", "film", "projection"],
)
def test_a_label_does_nothing_at_first_and_can_be_learned(
    module: nn.Module, given: torch.Tensor, without: torch.Tensor | None
) -> None:
    expected = given if without is None else without
    assert torch.equal(module(given, LABELS), expected)
    optimizer = torch.optim.SGD(module.parameters(), 0.1)
    target = LABELS.float().reshape(3, *[1] * (expected.dim() - 1)) + expected
    losses = []
    for _ in range(200):
        loss = (module(given, LABELS) - target).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 10
    assert not torch.equal(module(given, LABELS), module(given, LABELS.flip(0)))


def test_attributes_add_up_by_their_signs() -> None:
    module = Projection(3, 8)
    with torch.no_grad():
        module.embedding.copy_(torch.randn(3, 8))
    features = torch.randn(2, 8)
    conditions = torch.tensor([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]])
    expected = features[0] @ (module.embedding[0] - module.embedding[1]) / math.sqrt(8)
    assert torch.allclose(module(features, conditions), torch.stack((expected, torch.tensor(0.0))), atol=1e-6)


def _moved(network: nn.Module) -> nn.Module:
    """With no weight left at its start, where labels do nothing yet."""
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.add_(torch.randn_like(parameter) / 4)
    return network.eval()


def test_networks_answer_to_their_label_alone() -> None:
    generator = _moved(StyleGenerator(28, 1, (8, 8), 8, vocabulary=3))
    critic = _moved(StyleCritic(28, 1, (8, 8), vocabulary=3))
    vae = _moved(HierarchicalVae(28, 1, "1x4", (8, 8, 8), (1, 1), Bernoulli(), classes=3))
    pictures, w = torch.rand(1, 1, 28, 28).expand(3, -1, -1, -1), torch.randn(1, generator.layers, 8).expand(3, -1, -1)
    latents = torch.randn(1, 1, 4).expand(3, -1, -1)
    answers = {
        "generator": generator(w, LABELS),
        "critic": critic(pictures, LABELS),
        "decoder": vae.decode(latents, LABELS),
        "encoder": vae.encode(pictures, LABELS),
    }
    again = {
        "generator": generator(w, LABELS.flip(0)),
        "critic": critic(pictures, LABELS.flip(0)),
        "decoder": vae.decode(latents, LABELS.flip(0)),
        "encoder": vae.encode(pictures, LABELS.flip(0)),
    }
    for name, answer in answers.items():
        assert not torch.allclose(answer[0], answer[1]), name
        assert torch.allclose(answer.flip(0), again[name], atol=1e-4), name
