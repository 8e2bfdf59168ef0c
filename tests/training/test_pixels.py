"""Between stored pictures and networks."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from training.pixels import batches, choose_device, to_float, to_uint8


def test_bytes_survive_the_way_there_and_back() -> None:
    images = np.arange(5 * 16 * 16 * 3, dtype=np.uint64).astype(np.uint8).reshape(5, 16, 16, 3)
    parts = list(batches(images, size=2))
    assert [len(part) for part in parts] == [2, 2, 1]
    floats = to_float(torch.cat(parts))
    assert floats.min() == -1 and floats.max() == 1
    assert np.array_equal(to_uint8(floats), images)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_without_a_gpu_asking_for_one_is_an_error_and_auto_is_the_cpu() -> None:
    choose_device("auto")
    assert torch.get_default_device().type == "cpu"
    with pytest.raises(ValueError, match="no GPU that torch can use"):
        choose_device("cuda")
