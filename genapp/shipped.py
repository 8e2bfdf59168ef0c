"""What comes with GenApp: beside this package in a checkout, inside it where it was installed."""

from __future__ import annotations

from pathlib import Path


def assets(package: Path) -> Path:
    """The folder of what comes with the code in `package`."""
    inside = package / "assets"
    return inside if inside.is_dir() else package.parent / "assets"


ASSETS = assets(Path(__file__).resolve().parent)
MODELS = ASSETS / "models"
TEST_DIGITS = ASSETS / "data" / "mnist" / "test-00000-of-00001.parquet"
"""MNIST's 10,000 test digits."""
