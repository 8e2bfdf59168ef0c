"""A latent as text, and recipes of the version that wrote lists."""

from __future__ import annotations

import json

import numpy as np
import pytest

from genapp.picture.packing import pack, unpack
from genapp.picture.recipe import Recipe


@pytest.mark.parametrize("shape", [(1, 1), (1, 32), (9, 128)])
def test_what_is_packed_comes_back_bit_for_bit(shape: tuple[int, int]) -> None:
    w = np.random.RandomState(0).standard_normal(shape).astype(np.float32)
    assert unpack(pack(w)).tobytes() == w.tobytes()
    assert unpack(pack(w.tolist())).shape == shape


@pytest.mark.parametrize("w", [[], [[]], [[1.0], [1.0, 2.0]], [["x"]], [[1e60]], [[float("nan")]], [1.0], None])
def test_what_is_no_latent_is_not_packed(w: object) -> None:
    with pytest.raises(ValueError, match="w "):
        pack(w)


@pytest.mark.parametrize(
    "text", ["", "1", "1.", "0.AAAA", "2.AAAAAA", "x.AAAAAA", "1.AAAA", "1.?", "-1.AAAAAA", "1.AADAfw"]
)
def test_damaged_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="w "):
        unpack(text)


def test_a_recipe_of_version_1_is_read_and_written_as_version_2() -> None:
    old = {"schema_version": 1, "model": "a", "w": [[0.5, -1.25]], "conditions": {"digit": "7"}}
    recipe = Recipe.from_json(json.dumps(old))
    assert np.array_equal(unpack(recipe.w), [[0.5, -1.25]])
    written = json.loads(recipe.to_json())
    assert written == {"schema_version": 2, "model": "a", "w": "1.AAAAPwAAoL8", "conditions": {"digit": "7"}}
    assert Recipe.from_json(recipe.to_json()) == recipe == Recipe.from_query(recipe.to_query())
