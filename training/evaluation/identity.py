"""Whether two faces show the same person, judged by a face-recognition network that nothing here was trained with."""

from __future__ import annotations

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

NAME = "dlib_face_recognition_resnet_model_v1"
SIDE = 256
"""Pixels to which pictures are enlarged before the face is cut out of them."""
FACE = (0.10, 0.12, 0.88, 0.90)
"""Left, top, right and bottom of the face in an aligned picture, in shares of its side: what dlib's detector finds on
average in faces of CelebA. A fixed place works for malformed faces too, in which it would find none."""

SAME = 0.5
"""Likeness from which on two faces count as one person's: dlib's own threshold, a distance of 0.6 between descriptors,
is a cosine of 0.51 where these are as long as those of CelebA."""


def describe(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Descriptors (N, 128) of aligned faces, uint8 (N, H, W, 3): near each other for pictures of one person.

    A residual network trained to tell 7,500 people apart (King 2017), on faces turned upright by five landmarks; both
    files come with the package `face_recognition_models`. 0.08 s a face on one core.
    """
    landmarks, network, rectangle = _networks()
    found = []
    for image in tqdm(images, desc="face recognition", unit="picture", disable=None):
        large = np.asarray(Image.fromarray(image).resize((SIDE, SIDE), Image.Resampling.LANCZOS))
        found.append(np.array(network.compute_face_descriptor(large, landmarks(large, rectangle))))
    return np.array(found)


def likeness(first: NDArray, second: NDArray, centre: NDArray) -> NDArray[np.float64]:
    """Cosine (N,) of pairs of descriptors, each less `centre` (128,), the mean descriptor of real people.

    Without that even strangers have a cosine of 0.83. With it, on 60 held-out faces of CelebA: strangers -0.02, a face
    and its mirror image 0.94, a face and itself reduced to half of its pixels 0.84.
    """
    a, b = first - centre, second - centre
    return (a * b).sum(1) / np.maximum(np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1), 1e-12)


@lru_cache(maxsize=1)
def _networks() -> tuple[Any, Any, Any]:
    """dlib's landmark finder, its face-recognition network, and the place of a face."""
    import dlib

    # Importing the package itself needs setuptools' old pkg_resources.
    package = importlib.util.find_spec("face_recognition_models")
    if package is None or package.submodule_search_locations is None:
        raise ModuleNotFoundError("the package face_recognition_models is not installed")
    folder = Path(package.submodule_search_locations[0]) / "models"
    landmarks = dlib.shape_predictor(str(folder / "shape_predictor_5_face_landmarks.dat"))
    network = dlib.face_recognition_model_v1(str(folder / f"{NAME}.dat"))
    return landmarks, network, dlib.rectangle(*(round(share * SIDE) for share in FACE))
