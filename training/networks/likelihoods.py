"""p(x | w): how likely a decoder's output makes a picture, and the picture that it expects."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

SMALLEST_SCALE = 1e-3
"""Of the noise: an eighth of a grey level, so that a perfect copy is no division by zero."""


class Likelihood(nn.Module):
    """p(x | w) of pictures x, given a decoder's output `raw`, float (N, C, H, W). Stored pictures, `images`, are uint8
    (N, C, H, W)."""

    def clean(self, images: Tensor) -> Tensor:
        """What the encoder sees of pictures when nothing is drawn: float (N, C, H, W)."""
        raise NotImplementedError

    def draw(self, images: Tensor) -> Tensor:
        """What the encoder sees in training, float (N, C, H, W): values drawn anew at every call."""
        raise NotImplementedError

    def mean(self, raw: Tensor) -> Tensor:
        """The expected picture, float (N, C, H, W), in -1..1."""
        raise NotImplementedError

    def fit(self, raw: Tensor, pictures: Tensor) -> None:
        """Set what is learned of the noise to what makes `pictures`, which `draw` gave, likeliest."""

    def negative_log_likelihood(self, raw: Tensor, pictures: Tensor) -> Tensor:
        """-log p(pictures | w) in nats, float (N,), of what `draw` gave."""
        raise NotImplementedError


class Bernoulli(Likelihood):
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

    def negative_log_likelihood(self, raw: Tensor, pictures: Tensor) -> Tensor:
        """-log p(pictures | w) in nats, float (N,), of what `draw` gave."""
        return F.binary_cross_entropy_with_logits(raw, pictures, reduction="none").sum((1, 2, 3))


class Spectral(Likelihood):
    """Pictures with Gaussian noise whose power falls with its frequency f, as 1 / (1 + f).

    White noise, the usual squared error, leaves nearly all to the lowest frequencies: the power of photographs falls
    about as 1 / f^3, and what is drawn is blurred. Noise that has the errors' own spectrum (Barron 2019, "A general and
    adaptive robust loss function", section 4.1) explains brightness and pose so well that latents are hardly used: here
    the KL term fell to 4 nats. Noise of power 1 / f is between the two: each octave of a photograph then counts the
    same, from the outline of the head to the lashes.

    f counts half periods of the discrete cosine transform across the picture. The noise's scale is the one that fits
    the last batch best, as in Rybkin et al. 2021 (sigma-VAE), so no weight of the KL term has to be set by hand.
    """

    cosines: Tensor
    shape: Tensor
    scale: Tensor

    def __init__(self, size: int) -> None:
        super().__init__()
        place = torch.arange(size, dtype=torch.float64)
        cosines = torch.cos(math.pi / size * (place + 0.5) * place[:, None]) * math.sqrt(2 / size)
        cosines[0] /= math.sqrt(2)
        self.register_buffer("cosines", cosines.float(), persistent=False)
        self.register_buffer("shape", (1 + torch.hypot(place, place[:, None])).rsqrt().float(), persistent=False)
        self.register_buffer("scale", torch.ones(()))

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
        """Set the noise's scale to the one under which `pictures` are likeliest."""
        self.scale.copy_(self._errors(raw - pictures).square().mean().sqrt().clamp(min=SMALLEST_SCALE))

    def negative_log_likelihood(self, raw: Tensor, pictures: Tensor) -> Tensor:
        """-log p(pictures | w) in nats, float (N,), for values of 256 levels."""
        errors = self._errors(raw - pictures) / self.scale
        spread = (self.scale * self.shape * (127.5 * math.sqrt(2 * math.pi))).log().sum() * errors.shape[1]
        return errors.square().flatten(1).sum(1) / 2 + spread

    def _errors(self, differences: Tensor) -> Tensor:
        """Coefficients of the cosine transform, each by the noise's shape: white where the noise explains them."""
        return self.cosines @ differences @ self.cosines.T / self.shape
