"""How much of each frequency samples have, by what real pictures have: blur, and patterns of single pixels, as numbers.

Distances between features forgive both: their networks have learned to look past them. Generators leave such traces
where they enlarge (Durall et al. 2020, "Watch your up-convolution").
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_AT_ONCE = 100


@dataclass(frozen=True)
class SpectrumRatio:
    """Power of samples by that of real pictures.

    radial: at radius r, float (about side / sqrt(2),), in cycles a picture; that at 0 is of the brightness. Radii from
    side / 2 on lie in the corners, where stripes along rows or columns have nothing.
    corner: at the last radius, of a chequerboard of single pixels.
    """

    radial: NDArray[np.float64]

    @property
    def corner(self) -> float:
        return float(self.radial[-1])

    def range(self, side: int) -> tuple[float, float]:
        """(smallest, largest) ratio at radii 1 to side / 2, of pictures of that side."""
        inner = self.radial[1 : side // 2 + 1]
        return float(inner.min()), float(inner.max())


def power(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Mean power float (side, side) of the grey values of uint8 (N, side, side, C), by `np.fft.fft2`'s frequencies.

    Pictures fade out to their edges (a Hann window), which would count as sharp lines else: left and right do not meet.
    """
    count, side, width, _ = images.shape
    if side != width:
        raise ValueError(f"pictures are {width}x{side}: only square ones have radii")
    fade = np.hanning(side + 1)[:side]
    window = np.outer(fade, fade) / np.square(fade).sum()
    total = np.zeros((side, side))
    for start in range(0, count, _AT_ONCE):
        grey = images[start : start + _AT_ONCE].mean(3, dtype=np.float64)
        total += np.square(np.abs(np.fft.fft2(grey * window))).sum(0)
    return total / count


def spectrum_ratio(samples: NDArray[np.uint8], real: NDArray[np.uint8]) -> SpectrumRatio:
    """Of uint8 (N, side, side, C) and (M, side, side, C); a thousand of each give a ratio to about 5 %."""
    ours, theirs = power(samples), power(real)
    if ours.shape != theirs.shape:
        raise ValueError(f"samples have {len(ours)} pixels a side, real pictures {len(theirs)}")
    frequency = np.fft.fftfreq(len(ours), 1 / len(ours))
    radius = np.rint(np.hypot(frequency[:, None], frequency)).astype(int).ravel()
    return SpectrumRatio(np.bincount(radius, ours.ravel()) / np.bincount(radius, theirs.ravel()))
