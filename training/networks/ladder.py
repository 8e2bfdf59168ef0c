"""A hierarchical VAE described by one string (after VDVAE, Child 2021, and NVAE, Vahdat and Kautz 2020).

`"1x16 1x16 7x4 14x1"` is, from the top down: two groups of 16 latents, a 7x7 map of 4 channels, a 14x14 map of 1
channel. Every group's latents are written as standard normal ones, `eps`, that the decoder turns into what it needs,
so the prior is N(0, I) as a whole and `w` is the groups' eps side by side: float (N, 1, latent).
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

LINK = 16
"""Channels at the passage between side 1 and size / 4, where most of the weights would be otherwise."""


def parse_layout(layout: str) -> list[tuple[int, int]]:
    """(side, channels) of each group, from the top down."""
    groups = [tuple(int(number) for number in word.split("x")) for word in layout.split()]
    sides = [side for side, _ in groups]
    if not groups or sides != sorted(sides):
        raise ValueError(f"layout {layout!r}: groups go from the smallest side to the largest, e.g. '1x16 7x4 14x1'")
    return groups


class Ladder(nn.Module):
    """Encoder and decoder of 1-channel pictures, float (N, 1, size, size) in 0..1.

    widths: channels at side 1, at size / 4 and at size / 2.
    """

    def __init__(self, size: int, layout: str, widths: tuple[int, int, int], depth: int = 2) -> None:
        super().__init__()
        self.groups = parse_layout(layout)
        self.sides = (1, size // 4, size // 2)
        unknown = {side for side, _ in self.groups} - set(self.sides)
        if size % 4 or unknown:
            raise ValueError(f"layout {layout!r}: {size}-pixel pictures have groups at sides {self.sides}")
        self.latent = sum(side * side * channels for side, channels in self.groups)
        dense, coarse, fine = widths
        width = dict(zip(self.sides, widths, strict=True))
        self.bottom_up = nn.ModuleList(
            (
                nn.Sequential(nn.Conv2d(4, fine, 3, padding=1), *(Residual(fine) for _ in range(depth))),
                nn.Sequential(nn.Conv2d(fine, coarse, 3, 2, 1), *(Residual(coarse) for _ in range(depth))),
                nn.Sequential(nn.SiLU(), nn.Conv2d(coarse, LINK, 1), nn.SiLU(), nn.Conv2d(LINK, dense, self.sides[1])),
            )
        )
        self.start = nn.Parameter(torch.zeros(1, dense, 1, 1))
        self.merges = nn.ModuleList(Merge(width[side], channels, side) for side, channels in self.groups)
        self.posteriors = nn.ModuleList(Posterior(width[side], channels, side) for side, channels in self.groups)
        self.to_coarse = nn.Sequential(
            nn.ConvTranspose2d(dense, LINK, self.sides[1]), nn.SiLU(), nn.Conv2d(LINK, coarse, 1), Residual(coarse)
        )
        self.to_fine = nn.Sequential(nn.Conv2d(coarse, 4 * fine, 1), nn.PixelShuffle(2))
        self.output = nn.Sequential(Residual(fine), nn.SiLU(), nn.Conv2d(fine, 4, 3, padding=1), nn.PixelShuffle(2))

    def _grow(self, h: Tensor, side: int) -> Tensor:
        """`h` at the next group's side, passing through the sides that have no group."""
        while h.shape[-1] != side:
            h = self.to_coarse(h) if h.shape[-1] == 1 else self.to_fine(h)
        return h

    def evidence(self, pictures: Tensor) -> list[Tensor]:
        """What each group's posterior sees of the pictures; the part of the encoder that needs no samples."""
        x = F.pixel_unshuffle(pictures, 2)
        seen = {}
        for stage, side in zip(self.bottom_up, reversed(self.sides), strict=True):
            x = stage(x)
            seen[side] = x
        pairs = zip(self.posteriors, self.groups, strict=True)
        return [posterior.look(seen[side]) for posterior, (side, _) in pairs]

    def infer(
        self, evidence: list[Tensor], noise: list[Tensor]
    ) -> tuple[Tensor, list[Tensor], list[Tensor], list[Tensor]]:
        """One pass from the top down: (logits, eps, means, log standard deviations), a tensor a group.

        noise: standard normal, shaped like the groups; zeros give the posterior's mean at every group.
        """
        h = self.start.expand(noise[0].shape[0], -1, -1, -1)
        latents, means, log_stds = [], [], []
        for (side, _), merge, posterior, seen, draw in zip(
            self.groups, self.merges, self.posteriors, evidence, noise, strict=True
        ):
            h = self._grow(h, side)
            mean, log_std = posterior(seen, h)
            eps = mean + log_std.exp() * draw
            h = merge(h, eps)
            latents.append(eps)
            means.append(mean)
            log_stds.append(log_std)
        return self.output(self._grow(h, self.sides[-1])).float(), latents, means, log_stds

    def noise(self, count: int) -> list[Tensor]:
        """Standard normal draws for `infer`."""
        return [torch.randn(count, channels, side, side) for side, channels in self.groups]

    def encode(self, pictures: Tensor) -> Tensor:
        """`w` float (N, 1, latent): the posteriors' means, group by group."""
        zeros = [torch.zeros(1, channels, side, side) for side, channels in self.groups]
        zeros = [zero.expand(pictures.shape[0], -1, -1, -1) for zero in zeros]
        latents = self.infer(self.evidence(pictures), zeros)[1]
        return torch.cat([eps.flatten(1) for eps in latents], 1)[:, None]

    def decode(self, w: Tensor) -> Tensor:
        """Logits float (N, 1, size, size) of `w` float (N, 1, latent)."""
        h = self.start.expand(w.shape[0], -1, -1, -1)
        parts = w[:, 0].split([side * side * channels for side, channels in self.groups], 1)
        for (side, channels), merge, part in zip(self.groups, self.merges, parts, strict=True):
            h = merge(self._grow(h, side), part.reshape(-1, channels, side, side))
        return self.output(self._grow(h, self.sides[-1])).float()


class Residual(nn.Module):
    """x + conv(silu(conv(silu(x)))), which begins as the identity."""

    def __init__(self, width: int, kernel: int = 3) -> None:
        super().__init__()
        last = nn.Conv2d(width, width, 1)
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        self.body = nn.Sequential(nn.SiLU(), nn.Conv2d(width, width, kernel, padding=kernel // 2), nn.SiLU(), last)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x)


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
        self.output = nn.Sequential(nn.SiLU(), nn.Conv2d(hidden, 2 * channels, 1))
        nn.init.normal_(self.output[-1].weight, 0.0, 0.01)

    def forward(self, seen: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_std = self.output(seen + self.state(h)).float().chunk(2, 1)
        return mean, log_std.clamp(-6.0, 2.0)
