"""A small style-based generator and its residual critic (after StyleGAN2, Karras et al. 2020), cheap on a CPU.

Styles scale the input channels of a convolution whose weights are shared by the whole batch, and the demodulation
divides its output: the same result as modulated weights without a convolution for each picture. Neither network has
BatchNorm or noise inputs, so a picture depends on its latent alone. Both work at half of the pictures' resolution:
PixelShuffle out of the generator, PixelUnshuffle into the critic. What that cannot draw or see, single pixels, a finish
adds: a few channels at full resolution, and at twice it for larger pictures. Finishes begin at zero, so that networks
grow by them and start as what they were.
"""

from __future__ import annotations

import math
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.networks.conditioning import ConditionedStyles, Projection

START = 32
"""Channels of the coarsest features, a constant plus a linear map of the first style: shapes are learnt sooner than
from a constant alone."""


def resolutions(size: int) -> list[int]:
    """Feature sizes from the coarsest to half of `size`: 28 -> [7, 14], 64 -> [4, 8, 16, 32]."""
    sides = [size // 2]
    while sides[0] % 2 == 0 and sides[0] > 4:
        sides.insert(0, sides[0] // 2)
    if size % 2 or sides[0] > 16:
        raise ValueError(f"size {size} cannot be halved down to a small start; use a multiple of a power of two")
    return sides


def unfinished(size: int, finish: tuple[int, ...]) -> int:
    """The size that the networks without their `finish` are for: all finishes but the first double it."""
    doublings = max(len(finish) - 1, 0)
    if size % 2**doublings:
        raise ValueError(f"size {size} cannot be halved {doublings} times, once for each finish but the first")
    return size >> doublings


def default_widths(size: int) -> tuple[int, ...]:
    """Channels at each of `resolutions(size)` that two cores can train: 64 -> (128, 128, 64, 32)."""
    return tuple(min(128, max(32, 1024 // side)) for side in resolutions(size))


GAIN = math.sqrt(2)
"""What a leaky ReLU takes from the variance, nearly. It is given to the layer before: leaky(g x) = g leaky(x), and a
scaled weight costs nothing where a scaled map is one more pass through memory."""
HALF = math.sqrt(0.5)
"""What keeps the variance of a sum of two."""


def leaky(x: Tensor) -> Tensor:
    """Leaky ReLU of slope 0.2."""
    return F.leaky_relu(x, 0.2)


def upsampled(x: Tensor) -> Tensor:
    """Twice the resolution, each pixel four times."""
    return F.interpolate(x, scale_factor=2.0, mode="nearest")


def enlarged(picture: Tensor) -> Tensor:
    """Twice the resolution, smoothly."""
    return F.interpolate(picture, scale_factor=2.0, mode="bilinear", align_corners=False)


class EqualLinear(nn.Module):
    """Linear layer with the equalised learning rate: weights of unit variance, scaled at run time.

    gain: of what comes out.
    """

    def __init__(self, inputs: int, outputs: int, bias: float = 0.0, speed: float = 1.0, gain: float = 1.0) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) / speed)
        self.bias = nn.Parameter(torch.full((outputs,), bias / speed))
        self.scale, self.shift = gain * speed / math.sqrt(inputs), gain * speed

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(x, self.weight * self.scale, self.bias * self.shift)


class EqualConv(nn.Module):
    """Convolution with the equalised learning rate; keeps the resolution, or divides it by `stride`.

    gain: of what comes out.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int = 3, bias: bool = True, gain: float = 1.0, stride: int = 1
    ) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.gain, self.scale = gain, gain / math.sqrt(inputs * kernel**2)
        self.stride, self.padding = stride, (kernel - 1) // 2

    def forward(self, x: Tensor) -> Tensor:
        bias = None if self.bias is None else self.bias * self.gain
        return F.conv2d(x, self.weight * self.scale, bias, self.stride, self.padding)


class StyleConv(nn.Module):
    """Convolution whose input channels are scaled by a style, and whose output is demodulated.

    up: doubles the resolution first.
    gain: of what comes out.
    """

    def __init__(
        self, inputs: int, outputs: int, style: int, up: bool = False, demodulate: bool = True, gain: float = 1.0
    ) -> None:
        super().__init__()
        self.style = EqualLinear(style, inputs, bias=1.0)
        self.conv = EqualConv(inputs, outputs, bias=False)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.up, self.demodulate, self.gain = up, demodulate, gain

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        style = self.style(w)
        x = x * style[:, :, None, None]
        y = self.conv(upsampled(x) if self.up else x)
        bias = (self.bias * self.gain)[:, None, None].to(y.dtype)
        if not self.demodulate:
            return y + bias
        energy = (self.conv.weight * self.conv.scale).square().sum((2, 3))
        norm = self.gain * torch.rsqrt(F.linear(style.square(), energy) + 1e-8)
        return torch.addcmul(bias, y, norm[:, :, None, None].to(y.dtype))


class StyleBlock(nn.Module):
    """Two style convolutions and a skip; doubles the resolution first when `up`."""

    def __init__(self, inputs: int, outputs: int, style: int, up: bool) -> None:
        super().__init__()
        self.up = up
        self.first = StyleConv(inputs, outputs, style, up, gain=GAIN)
        self.second = StyleConv(outputs, outputs, style, gain=GAIN * HALF)
        self.skip = EqualConv(inputs, outputs, 1, bias=False, gain=HALF)

    def forward(self, x: Tensor, w_first: Tensor, w_second: Tensor) -> Tensor:
        skip = self.skip(x)
        y = leaky(self.second(leaky(self.first(x, w_first)), w_second))
        return y + (upsampled(skip) if self.up else skip)


class MappingNetwork(nn.Module):
    """`z` float (N, latent) standard normal -> `w` float (N, layers, style), the same style for every layer.

    depth: of linear layers; with 0, w is z on the sphere and `style` must be `latent`.
    """

    def __init__(self, latent: int, style: int, layers: int, depth: int = 3) -> None:
        super().__init__()
        if depth == 0 and latent != style:
            raise ValueError(f"without mapping layers, latent ({latent}) and style ({style}) must be equal")
        self.layers = layers
        widths = [latent] + [style] * depth
        self.net = nn.ModuleList(EqualLinear(a, b, speed=0.01, gain=GAIN) for a, b in pairwise(widths))

    def forward(self, z: Tensor) -> Tensor:
        x = z * torch.rsqrt(z.square().mean(1, keepdim=True) + 1e-8)
        for layer in self.net:
            x = leaky(layer(x))
        return x[:, None].expand(-1, self.layers, -1)


def mix_styles(w: Tensor, other: Tensor, probability: float) -> Tensor:
    """`w` (N, layers, style) whose layers from a random one on are, with `probability`, those of `other`: no layer can
    count on its neighbours' styles (style mixing, Karras et al. 2019)."""
    layers = w.shape[1]
    crossing = torch.randint(1, layers, (len(w), 1, 1))
    crossing = torch.where(torch.rand(len(w), 1, 1) < probability, crossing, layers)
    return torch.where(torch.arange(layers)[:, None] < crossing, w, other)


class Finish(nn.Module):
    """Features float (N, inputs, side, side) and their style (N, style) -> features float (N, width, 2 side, 2 side),
    and what these add to a picture, float (N, channels, 2 side, 2 side): nothing at first."""

    def __init__(self, inputs: int, width: int, channels: int, style: int) -> None:
        super().__init__()
        self.first = StyleConv(inputs, width, style, up=True, gain=GAIN)
        self.second = EqualConv(width, width, gain=GAIN)
        self.pixels = EqualConv(width, channels)
        nn.init.zeros_(self.pixels.weight)

    def forward(self, x: Tensor, w: Tensor) -> tuple[Tensor, Tensor]:
        x = leaky(self.second(leaky(self.first(x, w))))
        return x, self.pixels(x)


class StyleGenerator(nn.Module):
    """`w` float (N, layers, style), and `conditions` (see `conditioning.py`) -> pictures float (N, channels,
    size, size) in -1..1.

    widths: channels at each of `resolutions(unfinished(size, finish))`, coarse to fine. Two layers of styles a
    resolution, one for the output and its finishes.
    vocabulary: how many classes or attributes there are to condition on; 0 is none.
    finish: channels of each `Finish`, coarse to fine. The first corrects the picture that the widths draw, each other
    one that picture at twice the size (as the skips of StyleGAN2 do, Karras et al. 2020).
    """

    def __init__(
        self,
        size: int,
        channels: int,
        widths: tuple[int, ...],
        style: int,
        vocabulary: int = 0,
        finish: tuple[int, ...] = (),
    ) -> None:
        super().__init__()
        sides = resolutions(unfinished(size, finish))
        if len(widths) != len(sides):
            raise ValueError(f"{size}-pixel pictures need {len(sides)} widths (at {sides} pixels), not {len(widths)}")
        self.layers = 2 * len(sides) + 1
        self.start = EqualLinear(style, START * sides[0] ** 2)
        self.constant = nn.Parameter(torch.randn(1, START, sides[0], sides[0]))
        inputs = (START, *widths[:-1])
        self.blocks = nn.ModuleList(
            StyleBlock(a, b, style, up=index > 0) for index, (a, b) in enumerate(zip(inputs, widths, strict=True))
        )
        self.output = StyleConv(widths[-1], 4 * channels, style, demodulate=False)
        self.finishes = nn.ModuleList(Finish(a, b, channels, style) for a, b in pairwise((widths[-1], *finish)))
        self.conditioned = ConditionedStyles(vocabulary, style) if vocabulary else None

    def forward(self, w: Tensor, conditions: Tensor | None = None) -> Tensor:
        if self.conditioned is not None:
            w = self.conditioned(w, conditions)
        x = self.constant + self.start(w[:, 0]).unflatten(1, self.constant.shape[1:])
        for index, block in enumerate(self.blocks):
            x = block(x, w[:, 2 * index], w[:, 2 * index + 1])
        picture = F.pixel_shuffle(self.output(x, w[:, -1]).float(), 2)
        for index, finish in enumerate(self.finishes):
            x, correction = finish(x, w[:, -1])
            picture = (enlarged(picture) if index else picture) + correction
        return torch.tanh(picture)


class CriticBlock(nn.Module):
    """Two convolutions and a skip; halves the resolution last when `down`."""

    def __init__(self, inputs: int, outputs: int, down: bool) -> None:
        super().__init__()
        self.down = down
        self.first = EqualConv(inputs, inputs, gain=GAIN)
        self.second = EqualConv(inputs, outputs, gain=GAIN * HALF)
        self.skip = EqualConv(inputs, outputs, 1, bias=False, gain=HALF)

    def forward(self, x: Tensor) -> Tensor:
        y = leaky(self.first(x))
        if self.down:
            y, x = F.avg_pool2d(y, 2), F.avg_pool2d(x, 2)
        return leaky(self.second(y)) + self.skip(x)


class CriticFinish(nn.Module):
    """Pictures float (N, channels, 2 side, 2 side), and what a finer finish saw in larger ones, (N, width, 2 side,
    2 side) -> what is seen at this resolution, float (N, outputs, side, side): nothing at first."""

    def __init__(self, channels: int, width: int, outputs: int) -> None:
        super().__init__()
        self.pixels = EqualConv(channels, width, gain=GAIN)
        self.second = EqualConv(width, width, gain=GAIN)
        self.first = EqualConv(width, outputs, kernel=4, stride=2)
        nn.init.zeros_(self.first.weight)

    def forward(self, pictures: Tensor, finer: Tensor | None = None) -> Tensor:
        x = self.pixels(pictures) if finer is None else self.pixels(pictures) + finer
        return self.first(leaky(self.second(leaky(x))))


class StyleCritic(nn.Module):
    """Pictures float (N, channels, size, size) in -1..1, and `conditions` -> score float32 (N,).

    Widths and finishes, and the order of the blocks, are the generator's, coarse to fine: a critic of larger pictures
    has the same blocks and more, and one with finishes begins as the critic without, of smaller pictures.
    """

    def __init__(
        self,
        size: int,
        channels: int,
        widths: tuple[int, ...],
        vocabulary: int = 0,
        finish: tuple[int, ...] = (),
        group: int = 8,
    ) -> None:
        super().__init__()
        sides = resolutions(unfinished(size, finish))
        self.group, self.coarsest = group, widths[0]
        self.input = EqualConv(4 * channels, widths[-1], gain=GAIN)
        self.finishes = nn.ModuleList(CriticFinish(channels, b, a) for a, b in pairwise((widths[-1], *finish)))
        outputs = (widths[0], *widths[:-1])
        self.blocks = nn.ModuleList(
            CriticBlock(a, b, down=index > 0) for index, (a, b) in enumerate(zip(widths, outputs, strict=True))
        )
        self.last = EqualConv(widths[0] + 1, widths[0], gain=GAIN)
        self.hidden = EqualLinear(widths[0] * sides[0] ** 2, widths[0], gain=GAIN)
        self.score = EqualLinear(widths[0], 1)
        self.projection = Projection(vocabulary, widths[0]) if vocabulary else None

    def maps(self, pictures: Tensor) -> list[Tensor]:
        """Feature maps float (N, channels, side, side), from the finest to the coarsest."""
        seen = None
        for index, finish in enumerate(reversed(self.finishes)):
            pictures = F.avg_pool2d(pictures, 2) if index else pictures
            seen = finish(pictures, seen)
        x = self.input(F.pixel_unshuffle(pictures, 2))
        maps = [leaky(x if seen is None else x + seen)]
        for block in reversed(self.blocks):
            maps.append(block(maps[-1]))
        return maps

    def features(self, pictures: Tensor) -> Tensor:
        """float (N, hidden): what the score is a linear function of."""
        x = self.maps(pictures)[-1]
        x = torch.cat((x, self._spread(x)), 1)
        return leaky(self.hidden(leaky(self.last(x)).flatten(1)))

    def forward(self, pictures: Tensor, conditions: Tensor | None = None) -> Tensor:
        return self._scored(self.features(pictures), conditions)

    def both(self, pictures: Tensor, conditions: Tensor, other: Tensor) -> tuple[Tensor, Tensor]:
        """The scores of `pictures` under their conditions and under others, for the price of one."""
        features = self.features(pictures)
        return self._scored(features, conditions), self._scored(features, other)

    def _scored(self, features: Tensor, conditions: Tensor | None) -> Tensor:
        score = self.score(features).flatten()
        return (score if self.projection is None else score + self.projection(features, conditions)).float()

    def _spread(self, x: Tensor) -> Tensor:
        """The minibatch's standard deviation as one more channel (Karras et al. 2018): variety becomes visible."""
        group = math.gcd(x.shape[0], self.group)
        grouped = x.float().reshape(group, -1, *x.shape[1:])
        centred = grouped - grouped.mean(0)  # torch's own `var` takes ten times as long over the first dimension
        deviation = (centred.square().mean(0) + 1e-8).sqrt().mean((1, 2, 3))
        return deviation.repeat(group)[:, None, None, None].expand(-1, 1, *x.shape[2:]).to(x.dtype)
