"""What the critic of a GAN that is done sees in pictures: a measure of likeness for networks that rebuild them.

Pixels compare each for itself, and what they leave open comes out blurred. The maps of a network that has learned what
faces are made of know edges, hair and eyes (perceptual losses: Johnson et al. 2016; with a VAE: Hou et al. 2017).
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from torch import Tensor, nn

from training.core import checkpoint
from training.core.checkpoint import BEST, FACTS, RunError
from training.core.config import GanConfig, TrainConfig, from_dict
from training.families.gan import build_networks


def load_gan(run: Path, like: TrainConfig) -> tuple[GanConfig, dict]:
    """(recipe, modules' states) of a style GAN's best checkpoint.

    Raises `RunError` for any other run, and for one of pictures unlike those of the recipe `like`.
    """
    states, meta = checkpoint.load(run / BEST)
    kind = json.loads((run / FACTS).read_text("utf-8"))["kind"]
    gan = from_dict(kind, meta["recipe"])
    if not isinstance(gan, GanConfig) or gan.network != "style" or gan.condition or gan.attributes:
        raise RunError(f"{run} holds no style GAN that draws without being asked")
    if (gan.size, gan.channels) != (like.size, like.channels):
        theirs, ours = (f"{one.size} pixels and {one.channels} channels" for one in (gan, like))
        raise RunError(f"the pictures of {run} have {theirs}, those of {like.name} {ours}: give --size, or another run")
    return gan, states["modules"]


def critic_of(gan: GanConfig, states: dict) -> nn.Module:
    """The critic of what `load_gan` found, which learns nothing more."""
    critic = build_networks(gan)[1]
    critic.load_state_dict(states["critic"])
    return critic.eval().requires_grad_(False)


def perceived(critic: nn.Module, again: Tensor, pictures: Tensor) -> Tensor:
    """How far the critic's maps of `again` are from those of `pictures`, both float (N, C, H, W) in -1..1.

    A scalar: the mean over the maps of the mean absolute difference by the mean absolute value, so 0 for the same
    pictures and about 1 for others.
    """
    with torch.no_grad():
        wanted = [found.float() for found in critic.maps(pictures)]
    pairs = zip(critic.maps(again), wanted, strict=True)
    return sum((found.float() - want).abs().mean() / want.abs().mean() for found, want in pairs) / len(wanted)
