"""What tests of the Faces tab do and see."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from genapp.model.model import Model
from genapp.ui.server.tabs import FACES
from tests.browser.look import cells, ref, settle, view


def open_faces(visit: Callable[..., Page], place: str = "#faces-faces", **options: object) -> tuple[Page, Locator]:
    """The page and its Faces view, with its first pictures."""
    page = visit(place, **options)
    faces = view(page, "faces")
    expect(cells(faces)).to_have_count(FACES.count)
    return page, faces


def choose(faces: Locator, index: int) -> None:
    """Click a picture of the first grid and wait for it on the stage."""
    cells(faces).nth(index).click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + index}")
    settle(ref(faces, "stage"))


def open_tray(faces: Locator, name: str) -> None:
    """Open "mix", "path" or "finish"."""
    faces.locator(f"[data-tray={name}]").click()
    expect(faces.locator(f"[data-panel={name}]")).to_be_visible()


def shows(shown: np.ndarray, picture: np.ndarray) -> bool:
    """Whether a canvas shows a picture, uint8 (H, W, C), enlarged as Pillow would."""
    size = (shown.shape[1], shown.shape[0])
    wanted = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)).astype(int)
    return np.abs(shown - wanted).max() <= 3


def face(model: Model, seed: int, truncation: float = FACES.truncation) -> np.ndarray:
    """A seed's picture, uint8 (H, W, C)."""
    return model.generate([seed], truncation)[0]


def saved(page: Page, faces: Locator) -> tuple[np.ndarray, bytes]:
    """Save what stands on the stage: its pixels, uint8 (H, W, 3), and the PNG."""
    with page.expect_download() as download:
        ref(faces, "save").click()
    data = download.value.path().read_bytes()
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")), data
