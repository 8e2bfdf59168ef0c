"""The critic of a trained GAN as a measure of likeness, for networks that rebuild pictures.

Pixels compare each for itself, and what they leave open comes out blurred. The feature maps of a network that has
learned what faces are made of know edges, hair and eyes (perceptual losses: Johnson et al. 2016; with a VAE: Hou et al.
2017).
"""

from __future__ import annotations

from functools import reduce
from pathlib import Path
from typing import Any, cast

import torch
from torch import Tensor

from training.core import checkpoint
from training.core.checkpoint import BEST, RunError
from training.core.config import from_fields
from training.core.facts import read_facts
from training.families.config import GanConfig, PictureConfig
from training.families.gan_networks import build_networks
from training.networks.style import StyleCritic


def load_gan(run: Path, like: PictureConfig) -> tuple[GanConfig, dict[str, Any]]:
    """(configuration, modules' states) of a style GAN's best checkpoint.

    Raises `RunError` for any other run, and for one of pictures unlike those of the configuration `like`.
    """
    states, meta = checkpoint.load(run / BEST)
    refused = RunError(f"{run} holds no unconditional style GAN")
    if read_facts(run).family != GanConfig.family:
        raise refused
    gan = from_fields(GanConfig, meta["recipe"])
    if gan.network != "style" or gan.condition or gan.attributes:
        raise refused
    if (gan.size, gan.channels) != (like.size, like.channels):
        theirs, ours = (f"{one.size} pixels and {one.channels} channels" for one in (gan, like))
        raise RunError(f"the pictures of {run} have {theirs}, those of {like.name} {ours}: give --size, or another run")
    return gan, states["modules"]


def critic_of(gan: GanConfig, states: dict[str, Any]) -> StyleCritic:
    """The critic of what `load_gan` found; it learns nothing more."""
    critic = cast(StyleCritic, build_networks(gan)[1])
    critic.load_state_dict(states["critic"])
    return critic.eval().requires_grad_(False)


def perceived(critic: StyleCritic, again: Tensor, pictures: Tensor) -> Tensor:
    """How far the critic's feature maps of `again` are from those of `pictures`, both float (N, C, H, W) in -1..1.

    A scalar: the mean over the maps of the mean absolute difference by the mean absolute value, so 0 for the same
    pictures and about 1 for others.
    """
    with torch.no_grad():
        wanted = [found.float() for found in critic.maps(pictures)]
    pairs = zip(critic.maps(again), wanted, strict=True)
    apart = [(found.float() - want).abs().mean() / want.abs().mean() for found, want in pairs]
    return reduce(torch.add, apart) / len(apart)
