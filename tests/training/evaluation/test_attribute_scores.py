"""Scores of attributes, on a drawer and a judge whose pictures say what they are asked for, a pixel an attribute."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from training.data.pictures import Pictures
from training.evaluation.attribute_scores import attribute_reading, requested_attributes

NAMES = ("smiling", "young", "hat")
SIDE = 4


def _pictures(truth: np.ndarray) -> np.ndarray:
    images = np.zeros((len(truth), SIDE, SIDE, 1), np.uint8)
    images[:, 0, :3, 0] = 200 * (truth > 0)
    return images


class Judge:
    config = SimpleNamespace(name="judge", model_sha256="0" * 64, attributes=NAMES)

    def classify(self, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return images[:, 0, :3, 0] / 255, np.zeros((len(images), 1))


@dataclass
class Drawer:
    """Draws what it is asked for, but for every `deaf`-th seed without a hat; who smiles is young, who does not is
    not, where that is left open."""

    deaf: int

    config = SimpleNamespace(attribute_conditions=(*NAMES, "tall"))

    def generate(self, seeds: range, **conditions: bool) -> np.ndarray:
        truth = np.random.RandomState(1).rand(len(seeds), 3) < 0.5
        for name, value in conditions.items():
            truth[:, NAMES.index(name)] = value
        if "smiling" in conditions:
            truth[:, 1] = truth[:, 0]
        if "hat" in conditions:
            truth[:: self.deaf, 2] = False
        return _pictures(truth)


@pytest.fixture
def test_pictures() -> Pictures:
    truth = np.where(np.random.RandomState(0).rand(400, 3) < 0.5, 1, -1).astype(np.int8)
    images = _pictures(truth)
    images[::2, 0, 2] = 200 * (truth[::2, 2:] < 0)  # the judge is wrong about every other hat
    truth[:100] = 0  # nobody has said anything of these
    return Pictures(images, None, (), "0" * 64, "faces", 0, truth, ("Smiling", "Young", "Hat"))


def test_a_judge_is_measured_on_what_is_known(test_pictures: Pictures) -> None:
    found = attribute_reading(Judge(), test_pictures)
    assert found["balanced_accuracy_by_attribute"] == {
        "smiling": 1.0,
        "young": 1.0,
        "hat": pytest.approx(0.5, abs=0.08),
    }
    assert found["balanced_accuracy_worst"]["value"] == found["balanced_accuracy_by_attribute"]["hat"]
    assert found["counts"] == {"labelled pictures": 300}


def test_orders_are_counted_and_what_they_move_besides(test_pictures: Pictures) -> None:
    found = requested_attributes(Drawer(deaf=4), Judge(), test_pictures, seed=0, count=200)
    assert set(found["by_attribute"]) == set(NAMES)  # nobody judges how tall they are
    assert found["by_attribute"]["smiling"] == {"agreement": 1.0, "real": 1.0, "share": 1.0}
    assert found["by_attribute"]["hat"]["agreement"] == (0.75 + 1) / 2
    assert found["by_attribute"]["hat"]["share"] > 1.5  # more readable than on real ones
    assert found["leakage"]["smiling"]["young"]["value"] == 1
    assert abs(found["leakage"]["smiling"]["young"]["real"]) < 0.15
    assert found["leakage"]["young"]["smiling"]["value"] == 0
    assert found["leakage_beyond_data"]["value"] > 0.1
    assert found["counts"] == {"with": 200, "without": 200, "labelled pictures": 300}
