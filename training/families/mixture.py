"""A Gaussian mixture over a VAE's latents, fitted after training, in the place of its prior N(0, I).

What the encoder makes of the training pictures does not fill N(0, I): samples from the gaps between look like nothing.
A mixture of ten Gaussians that follows the encoded pictures has few gaps (Ghosh et al. 2020, "From variational to
deterministic autoencoders", section 5).
"""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import torch
from sklearn.mixture import GaussianMixture
from torch import Tensor, nn


class MixtureMapping(nn.Module):
    """`z` float (N, 1 + D) standard normal -> `w` float (N, 1, D), distributed as the mixture.

    The first coordinate chooses the Gaussian, each by an interval that holds as much of N(0, 1) as the Gaussian weighs;
    the others are the place in it. Nothing is drawn here, so the same z always gives the same w.

    weights: (K,). means: (K, D). covariances: (K, D, D).
    """

    def __init__(self, weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> None:
        super().__init__()
        inner = [NormalDist().inv_cdf(min(float(share), 1 - 1e-12)) for share in np.cumsum(weights)[:-1]]
        borders = torch.tensor([-np.inf, *inner, np.inf], dtype=torch.float32)
        factors = np.linalg.cholesky(covariances)
        self.register_buffer("borders", borders)
        self.register_buffer("means", torch.tensor(means, dtype=torch.float32))
        # All Gaussians' factors side by side: one product serves them all, and the choice is a sum over the unchosen.
        beside = factors.transpose(2, 0, 1).reshape(means.shape[1], -1)
        self.register_buffer("factors", torch.tensor(beside, dtype=torch.float32))
        self.mean = (weights @ means).astype(np.float32)[None]
        """float32 (1, D): the mean of w."""

    def forward(self, z: Tensor) -> Tensor:
        first, place = z[:, :1], z[:, 1:]
        chosen = ((first >= self.borders[:-1]) & (first < self.borders[1:])).float()
        candidates = self.means + (place @ self.factors).unflatten(1, self.means.shape)
        return chosen[:, None] @ candidates


def fit_mixture(latents: np.ndarray, components: int, seed: int = 0) -> MixtureMapping:
    """The mixture of `components` Gaussians with full covariances that makes `latents`, float (N, D), likeliest."""
    mixture = GaussianMixture(components, reg_covar=1e-4, random_state=seed).fit(latents)
    return MixtureMapping(mixture.weights_, mixture.means_, mixture.covariances_)
