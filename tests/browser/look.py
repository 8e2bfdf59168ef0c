"""What a test sees of the page."""

from __future__ import annotations

import base64
import io
import json
import time
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from genapp.ui.server.tabs import DIGITS

PATIENCE_S = 30
SEED = DIGITS.seed
"""Of the first digit on a fresh page."""


def pixels(canvas: Locator) -> np.ndarray:
    """A canvas, int (H, W, 3)."""
    return _decode(canvas.evaluate("canvas => canvas.toDataURL()"))


def _decode(url: str) -> np.ndarray:
    image = Image.open(io.BytesIO(base64.b64decode(url.split(",")[1])))
    return np.asarray(image.convert("RGB")).astype(int)


def view(page: Page, name: str) -> Locator:
    """The shown view: "make", "map", "draw"."""
    return page.locator(f".tab:not([hidden]) [data-view={name}]")


def ref(root: Locator, name: str) -> Locator:
    """A part of a view by its name in the HTML."""
    return root.locator(f"[data-ref={name}]")


def cells(make: Locator) -> Locator:
    """The grid's pictures."""
    return make.locator(".grid .cell")


def shown(make: Locator) -> dict[str, Any]:
    """What the grid shows: model, seed, count, truncation, near."""
    return json.loads(ref(make, "grid").get_attribute("data-shown") or "{}")


def wait_until_shown(page: Page, make: Locator, **wanted: object) -> None:
    """Until the grid shows what is wanted and has stopped fading."""
    deadline = time.monotonic() + PATIENCE_S
    # The grid is looked up anew each time, as that of another tab may be on its way.
    while any(shown(make).get(name) != value for name, value in wanted.items()):
        assert time.monotonic() < deadline, f"the grid shows {shown(make)}, not {wanted}"
        page.wait_for_timeout(50)
    settle(cells(make).last.locator("canvas"))


def settle(canvas: Locator) -> np.ndarray:
    """The pixels of a canvas once they stay the same for a quarter of a second in which the page asked for nothing."""
    canvas.evaluate(
        """canvas => new Promise(resolve => {
            const page = canvas.closest("[data-ref=page]");
            let last = "", since = performance.now();
            const look = now => {
                const picture = canvas.toDataURL();
                if (picture !== last || page.ariaBusy === "true") [last, since] = [picture, now];
                if (now - since > 250) resolve(); else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
        })"""
    )
    return pixels(canvas)


def grid_pixels(make: Locator) -> list[np.ndarray]:
    """All pictures of the grid, once they stand still."""
    settle(cells(make).last.locator("canvas"))
    return [
        _decode(url) for url in cells(make).locator("canvas").evaluate_all("all => all.map((one) => one.toDataURL())")
    ]


def alike(one: np.ndarray, other: np.ndarray, levels: int = 1) -> bool:
    """The same picture, up to grey levels: batches of other sizes may round differently."""
    return one.shape == other.shape and np.abs(one - other).max() <= levels


def expect_toast(page: Page, words: str) -> None:
    """A message at the bottom."""
    expect(page.locator(".toast")).to_contain_text(words)
