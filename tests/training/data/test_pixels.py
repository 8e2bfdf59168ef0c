"""Between stored pictures and networks."""

from __future__ import annotations

import numpy as np
import torch

from training.data.pixels import batches, to_float, to_uint8


def test_bytes_survive_the_way_there_and_back() -> None:
    images = np.arange(5 * 16 * 16 * 3, dtype=np.uint64).astype(np.uint8).reshape(5, 16, 16, 3)
    parts = list(batches(images, size=2))
    assert [len(part) for part in parts] == [2, 2, 1]
    floats = to_float(torch.cat(parts))
    assert floats.min() == -1 and floats.max() == 1
    assert np.array_equal(to_uint8(floats), images)
