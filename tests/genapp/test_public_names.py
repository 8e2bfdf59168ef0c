"""What others may have written down keeps its name: in Python, and on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_names_in_python() -> None:
    import genapp
    from genapp import Model, Recipe, blending, load_model, verify

    assert {"Model", "Recipe", "blending", "load_model", "verify"} <= set(genapp.__all__)
    assert isinstance(load_model("digits-gan"), Model)
    recipe = Recipe(model="digits-gan", seed=4, truncation=0.8)
    assert verify(recipe.to_bytes()).ok
    assert blending.breed.__module__ == blending.combine.__module__ == "genapp.latents.blending"
    with pytest.raises(AttributeError, match="no attribute 'wings'"):
        _ = genapp.wings


@pytest.mark.parametrize(
    ("package", "commands"),
    [
        ("genapp", {"list", "generate", "write", "redraw", "dataset", "verify", "doctor", "serve"}),
        ("training", {"train", "export", "slim", "directions", "evaluate", "likelihood"}),
    ],
)
def test_commands(package: str, commands: set[str]) -> None:
    command = [sys.executable, "-m", package, "--help"]
    wide = {**os.environ, "COLUMNS": "400"}
    done = subprocess.run(command, cwd=ROOT, env=wide, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"usage: python -m {package} ")
    assert commands <= set(done.stdout.replace("{", " ").replace("}", " ").replace(",", " ").split())
