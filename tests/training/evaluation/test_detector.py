"""The face detector on drawn faces, which it takes for faces, and on what is none."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from training.evaluation import detector


def drawn_face(side: int, scale: float = 1.0) -> np.ndarray:
    """Hair, face, brows, eyes, nose and mouth as ellipses: uint8 (side, side, 3)."""
    large = 512
    picture = Image.new("RGB", (large, large), (90, 110, 130))
    draw = ImageDraw.Draw(picture)

    def ellipse(x: float, y: float, width: float, height: float, colour: tuple[int, int, int]) -> None:
        left, top, right, bottom = x - width, y - height, x + width, y + height
        draw.ellipse([large * (0.5 + scale * edge) for edge in (left, top, right, bottom)], colour)

    ellipse(0, -0.08, 0.36, 0.44, (50, 35, 30))
    ellipse(0, 0.03, 0.29, 0.38, (215, 175, 150))
    for x in (-0.125, 0.125):
        ellipse(x, -0.12, 0.085, 0.022, (70, 45, 35))
        ellipse(x, -0.05, 0.07, 0.035, (240, 240, 240))
        ellipse(x, -0.05, 0.034, 0.034, (40, 30, 30))
    ellipse(0, 0.05, 0.03, 0.09, (195, 150, 125))
    ellipse(0, 0.22, 0.105, 0.035, (150, 60, 60))
    return np.asarray(picture.resize((side, side), Image.Resampling.LANCZOS))


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
