"""Learning rates over a run."""

from __future__ import annotations

import pytest
import torch

from training.core.schedules import anneal


@pytest.mark.parametrize(("images", "rate"), [(0, 2.0), (250, 2 * (0.1 + 0.9 * 0.853553)), (500, 1.1), (2_000, 0.2)])
def test_cosine_from_the_rate_to_its_tenth(images: int, rate: float) -> None:
    optimizer = torch.optim.Adam([torch.nn.Parameter(torch.zeros(1))], 5.0)
    anneal(optimizer, 2.0, images, over=1_000, least=0.1)
    assert optimizer.param_groups[0]["lr"] == pytest.approx(rate)
