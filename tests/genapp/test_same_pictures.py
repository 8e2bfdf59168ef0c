"""The shipped models draw what they drew when they were recorded (`record.py`), whatever became of the code."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import genapp
from tests.genapp.record import COUNT, RECORDED, block_means, draw, sha256

FILES = sorted(path for path in RECORDED.glob("*.json") if not path.stem.startswith("before-"))


def test_every_shipped_generator_is_recorded() -> None:
    generators = {
        path.parent.name
        for path in Path("assets/models").glob("*/config.json")
        if json.loads(path.read_text("utf-8"))["role"] == "generator"
    }
    assert {path.stem for path in FILES} == generators


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_pictures_are_those_that_were_recorded(path: Path) -> None:
    recorded = json.loads(path.read_text("utf-8"))
    model = genapp.load_model(path.stem)
    drawn: list[np.ndarray] = []
    for entry in recorded["entries"]:
        drawn.append(draw(model, entry, drawn))
    assert len(drawn) == COUNT
    here = genapp.Recipe(model=path.stem, w=np.zeros(model.mean.shape).tolist()).sealed(model)
    assert here.model_sha256 == recorded["model_sha256"]
    means = np.stack([block_means(picture) for picture in drawn]).astype(int)
    with np.load(path.with_suffix(".npz")) as kept:
        assert np.abs(means - kept["means"]).max() <= 1
    if here.fingerprint.model_dump() == recorded["fingerprint"]:
        changed = [index for index, entry in enumerate(recorded["entries"]) if sha256(drawn[index]) != entry["sha256"]]
        assert changed == []


@pytest.mark.parametrize("path", sorted(RECORDED.glob("before-*.png")), ids=lambda path: path.stem)
def test_pngs_and_links_of_before_the_restructuring_open_and_draw_the_same(path: Path) -> None:
    assert genapp.verify(path).ok
    links = json.loads((RECORDED / "before-links.json").read_text("utf-8"))
    recipe = genapp.Recipe.load(path)
    followed = genapp.Recipe.from_query(links[path.stem.removeprefix("before-")])
    model = genapp.load_model(recipe.model)
    np.testing.assert_array_equal(followed.render(model), recipe.render(model))
