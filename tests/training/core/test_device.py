"""Where networks run, and in which precision."""

from __future__ import annotations

import pytest
import torch

from training.core import device
from training.core.device import choose_device, chosen_precision


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_without_a_gpu_asking_for_one_is_an_error_and_auto_is_the_cpu() -> None:
    choose_device("auto")
    assert torch.get_default_device().type == "cpu"
    with pytest.raises(ValueError, match="no GPU that torch can use"):
        choose_device("cuda")


@pytest.mark.parametrize(
    ("features", "name", "chosen"),
    [
        ("x86_64 avx avx2 fma", "AMD EPYC", "fp32"),
        ("x86_64 avx avx2 avx512f", "Intel(R) Xeon(R) Processor", "fp32"),
        ("x86_64 avx512_bf16 avx512f", "AMD EPYC", "bf16"),
        ("x86_64 avx512_bf16 avx512f", "Intel(R) Xeon(R) Processor", "fp32"),
        ("x86_64 amx_bf16 amx_tile avx512_bf16 avx512f", "Intel(R) Xeon(R) Processor", "bf16"),
        ("aarch64 asimd bf16", "aarch64", "bf16"),
    ],
)
def test_auto_is_bf16_only_where_the_processor_is_quick_with_it(features, name, chosen, monkeypatch) -> None:
    monkeypatch.setattr(device, "processor_features", lambda: features)
    monkeypatch.setattr(device, "processor_name", lambda: name)
    assert chosen_precision("auto") == chosen
    assert chosen_precision("bf16") == "bf16"
    with device.autocast("auto"):
        product = torch.ones(2, 2) @ torch.ones(2, 2)
    assert (product.dtype == torch.bfloat16) == (chosen == "bf16")
