"""Style mixing: one face's pose with another's colours. For models whose config names ranges of style layers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from genapp.model.config import ModelConfig

WHOLE = "all"
"""In the place of a range's name: all layers. Models without ranges know it too."""


def mix(config: ModelConfig, w_a: np.ndarray, w_b: np.ndarray, shares: Mapping[str, float]) -> np.ndarray:
    """Give the layers of some ranges to another picture: (1 - share) w_a + share w_b, the rest stays `w_a`.

    With share 1 this is style mixing as in Karras, Laine, Aila 2019, section 3.1; in between it blends, as a mapping
    has made w straight.

    Args:
        config: its `latent.styles` names the half-open ranges of layers.
        w_a, w_b: float32 (..., L, Dw).
        shares: name of a range, or `WHOLE`, to 0 .. 1.

    Returns:
        float32 (..., L, Dw).

    Raises:
        ValueError: the model has no such range, or a share is outside of 0 .. 1.
    """
    styles = config.latent.styles if config.latent else {}
    w_a, w_b = np.asarray(w_a, np.float32), np.asarray(w_b, np.float32)
    mixed = w_a.copy()
    for name, share in shares.items():
        if name not in styles and name != WHOLE:
            has = f"it has {', '.join(styles)}" if styles else "it has none, as only style models do"
            raise ValueError(f"{config.name} has no style range {name!r}: {has}")
        if not 0 <= share <= 1:
            raise ValueError(f"share of {name} is {share!r}: give a number from 0 to 1")
        layers = (..., slice(*styles.get(name, (None,))), slice(None))
        mixed[layers] = np.float32(1 - share) * w_a[layers] + np.float32(share) * w_b[layers]
    return mixed
