"""A model folder in, pictures out: `genapp.load_model(name).generate(seeds=range(16))`.

Importing this package is cheap: what needs time (ONNX Runtime, the page) loads when it is first used.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

# ONNX Runtime's wheels report to Microsoft since 1.29 unless told otherwise before they are imported.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from genapp.latents import blending
    from genapp.model.model import Model, load_model
    from genapp.picture.recipe import Recipe
    from genapp.picture.verify import verify

__version__ = "0.2.0"
__all__ = ["Model", "Recipe", "blending", "load_model", "verify"]

_HOME = {
    "Model": "genapp.model.model",
    "load_model": "genapp.model.model",
    "Recipe": "genapp.picture.recipe",
    "verify": "genapp.picture.verify",
    "blending": "genapp.latents.blending",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genapp' has no attribute {name!r}")
    import importlib

    home = importlib.import_module(_HOME[name])
    return home if name == "blending" else getattr(home, name)
