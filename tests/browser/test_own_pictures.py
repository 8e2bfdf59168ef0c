"""From a folder of pictures to a tab: train, export, open."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, serve
from tests.browser.look import SEED, cells, grid_pixels, ref, view, wait_until_shown


def _blobs(folder: Path, count: int = 40, size: int = 20) -> Path:
    """Pictures of one coloured blob each."""
    folder.mkdir()
    random = np.random.RandomState(0)
    y, x = np.mgrid[:size, :size]
    for index in range(count):
        across, down = random.uniform(5, size - 5, 2)
        blob = np.exp(-((x - across) ** 2 + (y - down) ** 2) / 20)[..., None] * random.randint(60, 256, 3)
        Image.fromarray(blob.astype(np.uint8)).save(folder / f"{index}.png")
    return folder


def _training(*arguments: object) -> None:
    command = [sys.executable, "-m", "training", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr


def test_own_pictures_become_a_tab_of_the_page(visit, tmp_path: Path) -> None:
    run, models = tmp_path / "run", tmp_path / "models"
    small = ("--size", 16, "--batch", 8, "--images", 160, "--threads", 1, "--held-out", 8)
    blobs = _blobs(tmp_path / "blobs")
    _training("train", "pictures-gan", "--run", run, "--data", blobs, "--title", "Blobs", *small)
    _training("export", run, "--models", models)
    with serve(models, tmp_path) as server:
        page = visit(at=server.url)
        page.get_by_role("tab", name="Your models").click()
        make = view(page, "make")
        expect(ref(make, "badge")).to_contain_text("Blobs")
        expect(cells(make)).to_have_count(36)
        first = grid_pixels(make)
        ref(make, "new").click()
        expect(ref(make, "seed")).not_to_have_value(str(SEED))
        wait_until_shown(page, make, seed=int(ref(make, "seed").input_value()))
        assert first[0].shape == (16, 16, 3)
        assert not all(np.array_equal(one, other) for one, other in zip(first, grid_pixels(make), strict=True))
