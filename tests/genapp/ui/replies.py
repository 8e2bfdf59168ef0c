"""How tests call the page's server functions, and what they see in the replies."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from types import ModuleType

import numpy as np
from PIL import Image

from genapp.ui.server.endpoint import endpoints_of, served
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.registry import ModelRegistry


def caller(registry: ModelRegistry, *modules: ModuleType) -> Callable[..., dict]:
    """`call(name, **json)`: an endpoint of these modules, as a browser would call it."""
    offered = endpoints_of(modules)
    return lambda name, **json: served(offered[name], registry)(json)


def picture(model: str, private: bool = False, **recipe: object) -> dict:
    """The JSON of an envelope, as the page would send it."""
    return {"recipe": {"model": model, **recipe}, "private": private}


def seeds(model: str, seeds: Iterable[int], **recipe: object) -> list[dict]:
    """Envelopes of seeds."""
    return [picture(model, seed=seed, **recipe) for seed in seeds]


def pictures(reply: dict) -> np.ndarray:
    """The pictures of a reply's sheet, uint8 (N, H, W, C)."""
    height, width, columns = reply["height"], reply["width"], reply["columns"]
    sheet = np.asarray(Image.open(io.BytesIO(from_base64(reply["png"]))))
    channels = sheet.shape[2] if sheet.ndim == 3 else 1
    rows = sheet.reshape(-1, height, columns, width, channels).swapaxes(1, 2)
    return rows.reshape(-1, height, width, channels)[: reply["count"]]


def encoded(image: np.ndarray, kind: str = "PNG", **options: object) -> str:
    """A picture as a file in base64, as the page would send it."""
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, kind, **options)
    return to_base64(buffer.getvalue())
