"""The face detector on drawn faces, which it takes for faces, and on what is none."""

import numpy as np
import pytest

from tests.faces import drawn_face
from training.evaluation import detector


@pytest.mark.parametrize("side", [64, 128])
def test_drawn_faces_are_found_at_the_sizes_of_the_recipes(side: int) -> None:
    faces = np.stack([drawn_face(side, scale) for scale in (0.85, 1.0, 1.15)])
    assert detector.count_faces(faces).tolist() == [1, 1, 1]


def test_grey_faces_are_found_too() -> None:
    assert detector.count_faces(drawn_face(64).mean(-1, keepdims=True).astype(np.uint8)[None]).tolist() == [1]


def test_the_share_counts_pictures_with_exactly_one_face() -> None:
    noise = np.random.RandomState(0).randint(0, 256, (64, 64, 3), np.uint8)
    blank = np.full((64, 64, 3), 128, np.uint8)
    upside_down = drawn_face(64)[::-1]
    assert detector.one_face_share(np.stack([drawn_face(64), noise, blank, upside_down])) == 0.25
