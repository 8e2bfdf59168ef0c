"""The page enlarges pictures as Pillow does: what the scripts' unit tests are held to is what Pillow makes today."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

KNOWN = Path(__file__).parents[3] / "web/lanczos.json"


@pytest.mark.parametrize("known", json.loads(KNOWN.read_text()), ids=lambda known: known["name"])
def test_what_the_scripts_are_held_to_is_what_pillow_makes(known: dict) -> None:
    pixels = np.array(known["rgb"], np.uint8).reshape(known["height"], known["width"], 3)
    assert known["results"]
    for result in known["results"]:
        size = (result["width"], result["height"])
        made = np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.LANCZOS))
        assert np.array_equal(made.ravel(), result["rgb"])
