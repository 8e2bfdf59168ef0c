"""What the smoke tests of the benchmarks share: they run in a folder of their own, on small pictures."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.training.pictures import make_folder
from training.__main__ import main

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working folder. What a benchmark trains in processes of its own is trained in this one, which has
    imported torch already."""

    in_a_process = subprocess.run

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess | None:
        python, *arguments = command
        if python != sys.executable:
            return in_a_process(command, **options)
        assert arguments[:3] == ["-m", "training", "train"]
        monkeypatch.setattr("sys.argv", ["training", *arguments[2:]])
        monkeypatch.setattr("sys.orig_argv", command)
        main()
        return None

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("subprocess.run", run)
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    threads = torch.get_num_threads()
    yield tmp_path
    torch.set_num_threads(threads)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def tiny_gan(home: Path) -> tuple[str, ...]:
    """Flags that make a GAN recipe tiny, and its pictures grey digits' size."""
    make_folder(home / "mine")
    small = "--size 28 --channels 1 --widths 8 8 --style 8 --latent 8 --batch 8 --precision fp32"
    return ("--data", "mine", *small.split())
