"""A Gaussian mixture over a VAE's latents, fitted after training, in the place of its prior N(0, I).

What the encoder makes of the training pictures does not fill N(0, I): samples from the gaps between look like nothing.
A mixture of ten Gaussians that follows the encoded pictures has few gaps (Ghosh et al. 2020, "From variational to
deterministic autoencoders", section 5).
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import torch
from sklearn.mixture import GaussianMixture
from torch import Tensor, nn


class MixtureMapping(nn.Module):
    """`z` float (N, 1 + D) standard normal -> `w` float (N, 1, D), distributed as a mixture of K Gaussians.

    The first coordinate chooses the Gaussian, each by an interval that holds as much of N(0, 1) as the Gaussian weighs;
    the others are the place in it. Nothing is drawn here, so the same z always gives the same w. A new mixture is not
    `fitted`: `set` or `fit` makes it one.
    """

    borders: Tensor
    """(K + 1,): of the intervals."""
    means: Tensor
    """(K, D)."""
    factors: Tensor
    """(D, K * D): all Gaussians' Cholesky factors side by side, so that one product serves them all."""
    mean: Tensor
    """(1, D): the mean of w."""

    def __init__(self, components: int, dim: int) -> None:
        super().__init__()
        self.register_buffer("borders", torch.full((components + 1,), math.nan))
        self.register_buffer("means", torch.zeros(components, dim))
        self.register_buffer("factors", torch.zeros(dim, components * dim))
        self.register_buffer("mean", torch.zeros(1, dim))

    @property
    def fitted(self) -> bool:
        """Whether it is a mixture by now."""
        return not bool(self.borders.isnan().any())

    def forget(self) -> None:
        """Make it unfitted again: the weights that it was fitted to have changed."""
        self.borders.fill_(math.nan)

    def set(self, weights: np.ndarray, means: np.ndarray, covariances: np.ndarray) -> MixtureMapping:
        """Be the mixture of these weights (K,), means (K, D) and covariances (K, D, D). Returns itself."""
        inner = [NormalDist().inv_cdf(min(float(share), 1 - 1e-12)) for share in np.cumsum(weights)[:-1]]
        beside = np.linalg.cholesky(covariances).transpose(2, 0, 1).reshape(means.shape[1], -1)
        self.borders.copy_(torch.tensor([-np.inf, *inner, np.inf]))
        self.means.copy_(torch.tensor(means))
        self.factors.copy_(torch.tensor(beside))
        self.mean.copy_(torch.tensor(weights @ means))
        return self

    def fit(self, latents: np.ndarray, seed: int = 0) -> MixtureMapping:
        """Be the mixture, with full covariances, that makes `latents`, float (N, D), likeliest. Returns itself."""
        mixture = GaussianMixture(len(self.means), reg_covar=1e-4, random_state=seed).fit(latents)
        return self.set(mixture.weights_, mixture.means_, mixture.covariances_)

    def forward(self, z: Tensor) -> Tensor:
        first, place = z[:, :1], z[:, 1:]
        chosen = ((first >= self.borders[:-1]) & (first < self.borders[1:])).float()
        candidates = self.means + (place @ self.factors).unflatten(1, self.means.shape)
        return chosen[:, None] @ candidates
