"""How tests call the page's server functions, and what they see in the replies."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from PIL import Image

from genapp.ui.server.endpoint import Gate, Request, public
from genapp.ui.server.packing import from_base64


def caller(offered: Mapping[str, tuple[type[Request], Any]], gate: Gate | None = None) -> Callable[..., dict]:
    """`call(name, **json)`: a function of `offered`, as a browser would call it."""
    gate = gate or Gate()

    def call(name: str, **json: object) -> dict:
        request, work = offered[name]
        return public(name, request, work, gate)(json)

    return call


def pictures(reply: dict) -> np.ndarray:
    """The pictures of a reply's sheet, uint8 (N, H, W, C)."""
    height, width, columns = reply["height"], reply["width"], reply["columns"]
    sheet = np.asarray(Image.open(io.BytesIO(from_base64(reply["png"]))))
    channels = sheet.shape[2] if sheet.ndim == 3 else 1
    rows = sheet.reshape(-1, height, columns, width, channels).swapaxes(1, 2)
    return rows.reshape(-1, height, width, channels)[: reply["count"]]
