"""p(x | w): what a decoder's raw output says of a picture, how likely it makes one, and what one is shown of it.

An observation takes pictures as uint8 (N, C, H, W) and a decoder's output as float (N, C, H, W), `raw`.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SMALLEST_SCALE = 0.01
"""Of a coefficient's error: about one grey level, less than anybody sees, and than JPEG left of the colours."""


class Bernoulli(nn.Module):
    """Pixels that are 0 or 1 with the probability sigmoid(raw): for digits, whose greys are but soft edges."""

    def clean(self, images: Tensor) -> Tensor:
        """What the encoder sees of pictures when nothing is drawn: float 0..1."""
        return images.to(torch.float32, memory_format=torch.channels_last) / 255

    def draw(self, images: Tensor) -> Tensor:
        """float32 of 0 and 1: each pixel is 1 with the probability of its brightness (Salakhutdinov and Murray 2008),
        drawn anew at every call."""
        return torch.bernoulli(self.clean(images))

    def mean(self, raw: Tensor) -> Tensor:
        """The expected picture, float -1..1."""
        return torch.sigmoid(raw) * 2 - 1

    def fit(self, raw: Tensor, pictures: Tensor) -> None:
        """Nothing: there is no noise whose size could be learned."""

    def negative_log_likelihood(self, raw: Tensor, pictures: Tensor) -> Tensor:
        """-log p(pictures | w) in nats, float (N,), of what `draw` gave."""
        return F.binary_cross_entropy_with_logits(raw, pictures, reduction="none").sum((1, 2, 3))


class Spectral(nn.Module):
    """Pictures whose errors, raw - picture, are Laplace noise in the discrete cosine transform of the whole picture.

    Errors of pictures are no white noise: they are smooth, and alike in all colours. So the likelihood is that of the
    coefficients of an orthonormal transform (over space, and from RGB to one grey and two opponent colours), with one
    scale for all coefficients of the same colour and frequency. What a pixel-wise error drowns in the low frequencies,
    edges and hair, then counts as much as it carries, and samples are sharper (Barron 2019, "A general and adaptive
    robust loss function", section 4.1, on these very faces). Coefficients of pictures are Laplace distributed (Lam and
    Goodman 2000). Each scale is what fits the last batch best, as in Rybkin et al. 2021 (sigma-VAE), so there is no
    weight of the KL term to be set by hand.
    """

    def __init__(self, size: int, channels: int) -> None:
        super().__init__()
        place = torch.arange(size, dtype=torch.float64)
        cosines = torch.cos(math.pi / size * (place + 0.5) * place[:, None]) * math.sqrt(2 / size)
        cosines[0] /= math.sqrt(2)
        opponent = torch.tensor([[1.0, 1.0, 1.0], [1.0, 0.0, -1.0], [1.0, -2.0, 1.0]])
        colours = F.normalize(opponent, dim=1) if channels == 3 else torch.eye(channels)
        rings = torch.hypot(place, place[:, None]).round().long().flatten()
        self.register_buffer("cosines", cosines.float(), persistent=False)
        self.register_buffer("colours", colours, persistent=False)
        self.register_buffer("rings", F.one_hot(rings).float(), persistent=False)
        self.register_buffer("scale", torch.ones(channels, int(rings.max()) + 1))

    def clean(self, images: Tensor) -> Tensor:
        """What the encoder sees of pictures when nothing is drawn: float -1..1."""
        return images.to(torch.float32, memory_format=torch.channels_last) / 127.5 - 1

    def draw(self, images: Tensor) -> Tensor:
        """float32, each value drawn from within its grey level, as a density needs (Theis et al. 2016)."""
        pictures = self.clean(images)
        return pictures + (torch.rand_like(pictures) - 0.5) / 127.5

    def mean(self, raw: Tensor) -> Tensor:
        """The expected picture, float, within -1..1 but for small excesses."""
        return raw

    @torch.no_grad()
    def fit(self, raw: Tensor, pictures: Tensor) -> None:
        """Set each scale to the one under which `pictures` are likeliest: the mean size of its coefficients' errors."""
        errors = self._coefficients(raw - pictures).abs().mean(0).flatten(1)
        self.scale.copy_((errors @ self.rings / self.rings.sum(0)).clamp(min=SMALLEST_SCALE))

    def negative_log_likelihood(self, raw: Tensor, pictures: Tensor) -> Tensor:
        """-log p(pictures | w) in nats, float (N,), for values of 256 levels."""
        errors = self._coefficients(raw - pictures).abs().flatten(1)
        scales = (self.scale @ self.rings.T).flatten()
        levels = math.log(127.5) * scales.numel()
        return errors @ scales.reciprocal() + (2 * scales).log().sum() + levels

    def _coefficients(self, errors: Tensor) -> Tensor:
        mixed = torch.einsum("dc,nchw->ndhw", self.colours, errors)
        return self.cosines @ mixed @ self.cosines.T
