"""A photograph from a file, and the faces in it as a model of faces takes them: upright, centred, cut out."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from genapp.limits import MAX_SIDE
from genapp.model.kinds.image import ImageOutput

SEARCH_SIDE = 640
"""Pixels of the longer side to which a photograph is scaled before the search: enough for a group, and quick."""
MAX_FACES = 8
"""Faces of one photograph that are offered: those that dlib is surest of."""

SIDE_OF_WIDTH = 1.24
CENTRE_OF_WIDTH = (0.0, -0.024)
"""Side and centre of a training picture, in widths of the box that dlib sees when it looks at several angles: medians
over 293 of 300 pictures of CelebA as `data/celeba` has it, 128x128 (standard deviations 0.09; 0.03, 0.06). The centre
is across from that of the box, then down, for a head held straight. Across it was 0.016 (mean 0.004): taken as 0, as in
mirrored pictures it lies to the other side."""


@dataclass(frozen=True)
class Frame:
    """A square of a photograph, to be cut out and turned back.

    x, y: its centre, in pixels of the photograph from the left and the top.
    side: its length in pixels.
    turn: degrees clockwise by which it, and the face in it, is turned.
    """

    x: float
    y: float
    side: float
    turn: float


class PhotoError(ValueError):
    """A photograph that cannot be used; the message says why."""


def read_photo(path: Path) -> Image.Image:
    """A picture file as RGB: upright by its EXIF data, of which nothing is kept; on white where it is transparent.

    Raises `PhotoError` for what is no picture, or has a side over `MAX_SIDE` pixels.
    """
    try:
        with Image.open(path) as picture:
            if max(picture.size) > MAX_SIDE:
                raise PhotoError(
                    f"{path} is {picture.width}x{picture.height} pixels: at most {MAX_SIDE} a side are read"
                )
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoError(f"{path} cannot be read as a picture: {error}") from None
    return Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")


def faces_in(photo: Image.Image) -> tuple[Frame, ...]:
    """The frames of a photograph's faces, from left to right, in its own pixels. Raises `PhotoError` for none."""
    scale = min(1.0, SEARCH_SIDE / max(photo.size))
    small = photo.resize([max(1, round(side * scale)) for side in photo.size], Image.Resampling.LANCZOS)
    found = find_faces(np.asarray(small))
    if not found:
        raise PhotoError(
            "no face was found: take a photo with one that looks at the camera, well lit and not too small"
        )
    return tuple(
        dataclasses.replace(frame, x=frame.x / scale, y=frame.y / scale, side=frame.side / scale) for frame in found
    )


def cut_out(photo: Image.Image, frame: Frame, output: ImageOutput) -> NDArray[np.uint8]:
    """What `frame` holds, turned upright, as a picture of a model: uint8 (H, W, C). White where the photo ends."""
    # A turned square reaches 1.42 times as far as an upright one; only so much of a large photo need be turned.
    reach = round(frame.side)
    left, top = round(frame.x) - reach, round(frame.y) - reach
    around = Image.new("RGB", (2 * reach, 2 * reach), "white")
    around.paste(photo, (-left, -top))
    centre = (frame.x - left, frame.y - top)
    upright = around.rotate(frame.turn, Image.Resampling.BICUBIC, center=centre, fillcolor="white")
    half = frame.side / 2
    box = (centre[0] - half, centre[1] - half, centre[0] + half, centre[1] + half)
    size = (output.width, output.height)
    face = upright.resize(size, Image.Resampling.LANCZOS, box=box).convert("L" if output.channels == 1 else "RGB")
    return np.asarray(face).reshape(output.height, output.width, output.channels)


# --- where the faces are ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def detector() -> Any:
    """dlib's frontal face detector. Raises ImportError where there is no dlib."""
    import dlib  # not at the top: few visitors need it, and some platforms have no wheel

    return dlib.get_frontal_face_detector()  # takes a second


def find_faces(photo: NDArray[np.uint8]) -> tuple[Frame, ...]:
    """The frames of a photograph's faces, from left to right, at most eight, the clearest. Of 30 faces of CelebA
    pasted into a grey picture, turned by up to 40 degrees, 28 were found.

    Args:
        photo: uint8 (H, W, 3). Faces from 80 pixels wide are found; where there is none, those from 40.

    Raises:
        ImportError: there is no dlib here.
    """
    return _faces(photo, 0) or _faces(photo, 1)


def _faces(photo: NDArray[np.uint8], doublings: int) -> tuple[Frame, ...]:
    """The faces that dlib finds in a photograph that it enlarges first: what might be one is looked at again."""
    picture = Image.fromarray(photo)
    frames: list[Frame] = []
    for box in detector().run(photo, doublings, LOWEST_SCORE)[0][:MAX_FACES]:  # the best first
        face = _upright(picture, box.left() + box.width() / 2, box.top() + box.height() / 2, box.width())
        if face is None:
            continue
        frame = _frame(*face)
        if all(math.hypot(frame.x - other.x, frame.y - other.y) > other.side / 4 for other in frames):
            frames.append(frame)
    return tuple(sorted(frames, key=lambda frame: frame.x))


# --- straightening ----------------------------------------------------------------------------------------------------

FACE_WIDTH = 110
"""Pixels to which the width of dlib's box is scaled before it looks again, at the turned face."""
TURNED_SIDE, SEEN_SIDE = 264, 176
"""Pixels of the square around that face which is turned, and of its middle which dlib looks at."""
TURNS = range(-48, 49, 12)
"""Degrees. So the roll of 60 CelebA faces, turned by -35 to 35 degrees, was found with a median error of 1.8 degrees (9
in 10: 3.7); in steps of 6 it was 1.7 (2.9), in steps of 24 it was 3.1 (6.9)."""
FILTER_ROLLS = (0, -2, 2, -28, 28)
"""Degrees clockwise by which a face leans that each of dlib's five filters likes best: frontal, looking to either side,
rolled to either side. Measured on the same 60 faces."""
STRAIGHT_WITHIN = 18
"""Degrees within which a head is held straight enough for its box to count."""
SMALLEST_ROLL = 3
"""Degrees below which a measured roll may be chance, so that the frame stays upright."""
LOWEST_SCORE = -0.2
"""dlib's score from which a box is considered; its own threshold is 0."""


class _View(NamedTuple):
    """dlib's box of a face that is looked at again. Lengths are in pixels of the square that is turned."""

    turn: float
    """Degrees by which the square was turned back."""
    roll: float
    """Degrees clockwise by which the head leans in the photograph, judged by this view."""
    across: float
    down: float
    """From the middle of the square to that of the box."""
    width: float
    weight: float
    """How far the score is above the lowest."""


def _upright(photo: Image.Image, x: float, y: float, width: float) -> tuple[float, float, float, float] | None:
    """dlib's box of one face as it is when the head is held straight: centre and width in the photograph, and the roll.
    None where dlib is sure at no angle that it is a face.

    The face is looked at again at several angles, and the detector's scores weigh its answers. That also evens out
    the coarse steps in which it places and sizes its boxes.
    """
    scale = FACE_WIDTH / width
    reach = TURNED_SIDE / scale / 2
    square = (round(x - reach), round(y - reach), round(x + reach), round(y + reach))  # black beyond the photograph
    around = photo.crop(square).resize((TURNED_SIDE, TURNED_SIDE), Image.Resampling.LANCZOS)
    views = [view for turn in TURNS if (view := _view(around, turn))]
    if not views or max(view.weight for view in views) < -LOWEST_SCORE:
        return None
    turns, rolls, across, down, widths, weights = np.array(views).T
    roll = np.average(rolls, weights=weights)
    near = weights * (np.abs(turns - roll) <= STRAIGHT_WITHIN)
    if not near.any():
        return x, y, width, float(roll)
    at_x, at_y = _turned(across, down, turns)
    moved_x, moved_y, mean = (np.average(value, weights=near) / scale for value in (at_x, at_y, widths))
    return x + moved_x, y + moved_y, mean, float(roll)


def _view(around: Image.Image, turn: int) -> _View | None:
    """The best box of the face in the middle when the square is turned back by `turn` degrees; None for no face."""
    edge = (TURNED_SIDE - SEEN_SIDE) // 2
    seen = around.rotate(turn, Image.Resampling.BICUBIC).crop((edge, edge, edge + SEEN_SIDE, edge + SEEN_SIDE))
    boxes, scores, filters = detector().run(np.asarray(seen), 0, LOWEST_SCORE)
    for box, score, best in zip(boxes, scores, filters, strict=True):  # the best first
        across, down = box.left() + box.width() / 2 - SEEN_SIDE / 2, box.top() + box.height() / 2 - SEEN_SIDE / 2
        if math.hypot(across, down) < FACE_WIDTH / 2:  # else it is a neighbour's
            return _View(turn, turn + FILTER_ROLLS[best], across, down, box.width(), score - LOWEST_SCORE)
    return None


def _frame(x: float, y: float, width: float, roll: float) -> Frame:
    turn = 0.0 if abs(roll) < SMALLEST_ROLL else roll
    across, down = _turned(*CENTRE_OF_WIDTH, turn)
    return Frame(float(x + across * width), float(y + down * width), float(SIDE_OF_WIDTH * width), float(turn))


def _turned(across: float, down: float, degrees: float) -> tuple[float, float]:
    """A vector of an upright face in a photograph in which that face leans clockwise; also of arrays."""
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return across * cosine - down * sine, across * sine + down * cosine
