"""A hierarchical VAE described by one string (after VDVAE, Child 2021, and NVAE, Vahdat and Kautz 2020).

`"1x16 1x16 7x4 14x1"` is, from the top down: two groups of 16 latents, a 7x7 map of 4 channels, a 14x14 map of 1
channel. Every group's latents are written as standard normal ones, `eps`, that the decoder turns into what it needs,
so the prior is N(0, I) as a whole and `w` is the groups' eps side by side: float (N, 1, latent). `"1x128"` is a plain
VAE with one vector of latents.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.networks.conditioning import Film
from training.networks.likelihoods import Likelihood

PASSAGE = 800
"""Values, about, at the passage between side 1 and the coarsest map, where most of the weights would be otherwise."""


def parse_layout(layout: str) -> list[tuple[int, int]]:
    """(side, channels) of each group, from the top down."""
    pairs = [word.split("x") for word in layout.split()]
    groups = [(int(side), int(channels)) for side, channels in pairs]
    sides = [side for side, _ in groups]
    if not groups or sides != sorted(sides):
        raise ValueError(f"layout {layout!r}: groups go from the smallest side to the largest, e.g. '1x16 7x4 14x1'")
    return groups


class HierarchicalVae(nn.Module):
    """Encoder and decoder of pictures, float (N, channels, size, size).

    widths: channels at side 1, and at each map from the coarsest to the one of side size / 2, each twice the last.
    depth: residual blocks a map, in the encoder and in the decoder.
    likelihood: of pictures given the decoder's raw output; see `likelihoods.py`.
    classes: that both halves are conditioned on, by a `label` int64 (N,) that every call then takes; 0 is none.
    """

    def __init__(
        self,
        size: int,
        channels: int,
        layout: str,
        widths: tuple[int, ...],
        depth: tuple[int, int],
        likelihood: Likelihood,
        classes: int = 0,
    ) -> None:
        super().__init__()
        self.groups = parse_layout(layout)
        self.sides = (1, *(size // 2**power for power in reversed(range(1, len(widths)))))
        unknown = {side for side, _ in self.groups} - set(self.sides)
        if len(widths) < 2 or size % 2 ** (len(widths) - 1) or unknown:
            raise ValueError(
                f"layout {layout!r}: {size}-pixel pictures with {len(widths)} widths have groups at sides {self.sides}"
            )
        self.latent = sum(side * side * channels for side, channels in self.groups)
        width = dict(zip(self.sides, widths, strict=True))
        self.bottom_up = bottom_up(channels, self.sides, widths, depth[0])
        self.start = nn.Parameter(torch.zeros(1, widths[0], 1, 1))
        self.merges = nn.ModuleList(Merge(width[side], count, side) for side, count in self.groups)
        self.posteriors = nn.ModuleList(Posterior(width[side], count, side) for side, count in self.groups)
        self.rises = rises(self.sides, widths, depth[1])
        last = nn.Conv2d(widths[-1], 4 * channels, 3, padding=1)
        self.output = nn.Sequential(*residuals(widths[-1], depth[1]), nn.SiLU(), last, nn.PixelShuffle(2))
        self.likelihood = likelihood
        conditioned = widths if classes else ()
        self.encoder_films = nn.ModuleList(Film(classes, count) for count in conditioned)
        self.decoder_films = nn.ModuleList(Film(classes, count) for count in conditioned)

    @property
    def conditional(self) -> bool:
        """Whether calls take a label."""
        return len(self.decoder_films) > 0

    def _begin(self, count: int, label: Tensor | None) -> Tensor:
        return self._conditioned(self.decoder_films, self.start.expand(count, -1, -1, -1), label)

    def _grow(self, h: Tensor, side: int, label: Tensor | None) -> Tensor:
        """`h` at the next group's side, passing through the sides that have no group."""
        while h.shape[-1] != side:
            h = self._conditioned(self.decoder_films, self.rises[self.sides.index(h.shape[-1])](h), label)
        return h

    def _conditioned(self, films: nn.ModuleList, h: Tensor, label: Tensor | None) -> Tensor:
        return films[self.sides.index(h.shape[-1])](h, label) if self.conditional else h

    def evidence(self, pictures: Tensor, label: Tensor | None = None) -> list[Tensor]:
        """What each group's posterior sees of the pictures; the part of the encoder that needs no samples."""
        x = F.pixel_unshuffle(pictures, 2)
        seen = {}
        for stage, side in zip(self.bottom_up, reversed(self.sides), strict=True):
            x = self._conditioned(self.encoder_films, stage(x), label)
            seen[side] = x
        pairs = zip(self.posteriors, self.groups, strict=True)
        return [cast(Posterior, posterior).look(seen[side]) for posterior, (side, _) in pairs]

    def infer(
        self, evidence: list[Tensor], noise: list[Tensor], label: Tensor | None = None
    ) -> tuple[Tensor, list[Tensor], list[Tensor], list[Tensor]]:
        """One pass from the top down: (raw output, eps, means, log standard deviations), a tensor a group.

        noise: standard normal, shaped like the groups; zeros give the posterior's mean at every group.
        """
        h = self._begin(noise[0].shape[0], label)
        latents, means, log_stds = [], [], []
        for (side, _), merge, posterior, seen, draw in zip(
            self.groups, self.merges, self.posteriors, evidence, noise, strict=True
        ):
            h = self._grow(h, side, label)
            mean, log_std = posterior(seen, h)
            eps = mean + log_std.exp() * draw
            h = merge(h, eps)
            latents.append(eps)
            means.append(mean)
            log_stds.append(log_std)
        return self.output(self._grow(h, self.sides[-1], label)).float(), latents, means, log_stds

    def noise(self, count: int) -> list[Tensor]:
        """Standard normal draws for `infer`."""
        return [torch.randn(count, channels, side, side) for side, channels in self.groups]

    def encode(self, pictures: Tensor, label: Tensor | None = None) -> Tensor:
        """`w` float (N, 1, latent): the posteriors' means, group by group."""
        zeros = [torch.zeros(1, channels, side, side) for side, channels in self.groups]
        zeros = [zero.expand(pictures.shape[0], -1, -1, -1) for zero in zeros]
        latents = self.infer(self.evidence(pictures, label), zeros, label)[1]
        return torch.cat([eps.flatten(1) for eps in latents], 1)[:, None]

    def decode(self, w: Tensor, label: Tensor | None = None) -> Tensor:
        """Raw output float (N, channels, size, size) of `w` float (N, 1, latent)."""
        h = self._begin(w.shape[0], label)
        parts = w[:, 0].split([side * side * channels for side, channels in self.groups], 1)
        for (side, channels), merge, part in zip(self.groups, self.merges, parts, strict=True):
            h = merge(self._grow(h, side, label), part.reshape(-1, channels, side, side))
        return self.output(self._grow(h, self.sides[-1], label)).float()


class Residual(nn.Module):
    """x + conv(silu(conv(silu(x)))), which begins as the identity."""

    def __init__(self, width: int, kernel: int = 3) -> None:
        super().__init__()
        last = nn.Conv2d(width, width, 1)
        nn.init.zeros_(last.weight)
        if last.bias is not None:
            nn.init.zeros_(last.bias)
        self.body = nn.Sequential(nn.SiLU(), nn.Conv2d(width, width, kernel, padding=kernel // 2), nn.SiLU(), last)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


def bottom_up(channels: int, sides: tuple[int, ...], widths: tuple[int, ...], depth: int) -> nn.ModuleList:
    """Stages of the encoder, from the finest map to side 1."""
    dense, *maps = widths
    stages = [nn.Sequential(nn.Conv2d(4 * channels, maps[-1], 3, padding=1), *residuals(maps[-1], depth))]
    for coarse, fine in reversed(list(pairwise(maps))):
        stages.append(nn.Sequential(nn.Conv2d(fine, coarse, 3, 2, 1), *residuals(coarse, depth)))
    link = PASSAGE // sides[1] ** 2
    fold = nn.Conv2d(link, dense, sides[1])
    stages.append(nn.Sequential(nn.SiLU(), nn.Conv2d(maps[0], link, 1), nn.SiLU(), fold))
    return nn.ModuleList(stages)


def rises(sides: tuple[int, ...], widths: tuple[int, ...], depth: int) -> nn.ModuleList:
    """Steps of the decoder, from each side to the next; the finest map's residuals belong to the output."""
    dense, *maps = widths
    link = PASSAGE // sides[1] ** 2
    steps = [nn.Sequential(nn.ConvTranspose2d(dense, link, sides[1]), nn.SiLU(), nn.Conv2d(link, maps[0], 1))]
    for coarse, fine in pairwise(maps):
        steps[-1].extend(residuals(coarse, depth))
        steps.append(nn.Sequential(nn.Conv2d(coarse, 4 * fine, 1), nn.PixelShuffle(2)))
    return nn.ModuleList(steps)


def residuals(width: int, depth: int) -> Iterator[Residual]:
    """`depth` blocks of `width` channels."""
    return (Residual(width) for _ in range(depth))


class Merge(nn.Module):
    """Takes a group's latents into the decoder's state."""

    def __init__(self, width: int, channels: int, side: int) -> None:
        super().__init__()
        self.inject = nn.Conv2d(channels, width, 1)
        residuals = [Residual(width, 1), Residual(width, 1)] if side == 1 else [Residual(width)]
        self.residuals = nn.Sequential(*residuals)

    def forward(self, h: Tensor, eps: Tensor) -> Tensor:
        return self.residuals(h + self.inject(eps))


class Posterior(nn.Module):
    """Mean and log standard deviation of a group's latents from the evidence and the decoder's state."""

    def __init__(self, width: int, channels: int, side: int) -> None:
        super().__init__()
        kernel = 1 if side == 1 else 3
        hidden = width if side == 1 else max(width // 2, 16)
        self.look = nn.Sequential(nn.SiLU(), nn.Conv2d(width, hidden, kernel, padding=kernel // 2))
        self.state = nn.Sequential(nn.SiLU(), nn.Conv2d(width, hidden, kernel, padding=kernel // 2))
        last = nn.Conv2d(hidden, 2 * channels, 1)
        self.output = nn.Sequential(nn.SiLU(), last)
        nn.init.normal_(last.weight, 0.0, 0.01)

    def forward(self, seen: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_std = self.output(seen + self.state(h)).float().chunk(2, 1)
        return mean, log_std.clamp(-6.0, 2.0)
