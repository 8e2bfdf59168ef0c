"""What the smoke tests of the benchmarks share: they run in a folder of their own, on small pictures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.training.pictures import make_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder; processes that a benchmark starts find the code, and take one thread."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    return tmp_path


@pytest.fixture
def tiny_gan(home: Path) -> tuple[str, ...]:
    """Flags that make a GAN recipe tiny, and its pictures grey digits' size."""
    make_folder(home / "mine")
    small = "--size 28 --channels 1 --widths 8 8 --style 8 --latent 8 --batch 8 --precision fp32"
    return ("--data", "mine", *small.split())
