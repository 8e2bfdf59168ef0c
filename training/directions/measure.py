"""What a direction does to faces: how far it can be followed, what a judge sees on the way, who is left at its ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

import genapp
from genapp.model.editing import Direction
from training.evaluation import identity
from training.evaluation.detector import one_face_share
from training.evaluation.features import network_of

AMOUNTS = (1, 2, 3, 4, 5, 6)
"""How far, in standard deviations, a direction is followed at most."""
STILL_FACES = 0.95
"""A direction's useful range ends where a detector finds exactly one face in less than this share of as many faces as
it does without an edit, or where the faces are no longer, on average, those of the same people."""
EFFECT = 0.2
"""An attribute's direction is of use if it changes the judge's mean probability by so much from end to end."""
TRUNCATION = 0.7
"""That of the page: sliders are for faces as the page draws them."""
STEPS = 9


@dataclass(frozen=True)
class Faces:
    """Faces of a model, before any edit.

    w: float32 (N, L, Dw). images: uint8 (N, H, W, 3). centre: (128,), the mean descriptor of other untruncated faces.
    """

    model: genapp.Model
    w: NDArray[np.float32]
    images: NDArray[np.uint8]
    descriptors: NDArray
    centre: NDArray
    one_face: float

    @classmethod
    def draw(cls, model: genapp.Model, count: int, seed: int) -> Faces:
        """Faces of `count` seeds from `seed` on at `TRUNCATION`; the centre is that of as many seeds after these."""
        w = model.truncate(model.latents(range(seed, seed + count)), TRUNCATION)
        images = model.decode(w)
        centre = identity.describe(model.generate(range(seed + count, seed + 2 * count))).mean(0)
        return cls(model, w, images, identity.describe(images), centre, one_face_share(images))

    def edited(self, vector: NDArray, amount: float) -> NDArray[np.uint8]:
        """All of them, moved along a direction, uint8 (N, H, W, 3)."""
        return self.model.decode((self.w + np.float32(amount) * vector).astype(np.float32))

    def likeness(self, images: NDArray[np.uint8]) -> float:
        """Mean likeness of edited faces to what they were."""
        return float(identity.likeness(self.descriptors, identity.describe(images), self.centre).mean())

    @property
    def strangers(self) -> float:
        """Mean likeness of each face to the next one."""
        return float(identity.likeness(self.descriptors, np.roll(self.descriptors, 1, axis=0), self.centre).mean())


def useful(faces: Faces, vector: NDArray, side: int) -> float:
    """The largest amount, of sign `side`, at which as good as all faces are still faces of the same people; at least
    the first."""
    reached = AMOUNTS[0]
    for amount in AMOUNTS:
        images = faces.edited(vector, side * amount)
        if one_face_share(images) < STILL_FACES * faces.one_face or faces.likeness(images) < identity.SAME:
            break
        reached = amount
    return float(side * reached)


def measure(
    model: genapp.Model, vectors: Mapping[str, NDArray], judge: genapp.Model, count: int = 100, seed: int = 0
) -> tuple[dict[str, Direction], dict]:
    """Each direction's useful range, and what it does within that.

    Args:
        vectors: name to float32 (L, Dw).
        count: faces, of seeds `seed` on.

    Returns:
        The directions, less those of attributes that do too little of what they are called, and scores: of each the
        judge's mean probability of an attribute (its own, or of an unnamed direction the one that moves most) at nine
        amounts from end to end, and the likeness to the unedited face at both ends, which for strangers is `strangers`.
        `left_out`: what the judge sees at both ends of those that are left out.
    """
    faces = Faces.draw(model, count, seed)
    directions, scores, left_out = {}, {}, {}
    for name, vector in vectors.items():
        low, high = (useful(faces, vector, side) for side in (-1, 1))
        amounts = np.linspace(low, high, STEPS)
        drawn = [faces.edited(vector, amount) for amount in amounts]
        curve = np.array([judge.classify(images)[0].mean(0) for images in drawn])
        named = name in judge.config.attributes
        own = judge.config.attributes.index(name) if named else np.ptp(curve, axis=0).argmax()
        if named and curve[-1, own] - curve[0, own] < EFFECT:
            left_out[name] = [curve[0, own], curve[-1, own]]
            continue
        directions[name] = Direction(vector, low, high)
        scores[name] = {
            "attribute": judge.config.attributes[own],
            "amounts": amounts.tolist(),
            "probability": curve[:, own].tolist(),
            "likeness": [faces.likeness(drawn[0]), faces.likeness(drawn[-1])],
            "one_face": [one_face_share(drawn[0]), one_face_share(drawn[-1])],
        }
    block = {
        "by_direction": scores,
        "left_out": left_out,
        "strangers": {"value": faces.strangers},
        "one_face_unedited": {"value": faces.one_face},
        "counts": {"faces": count},
        "truncation": TRUNCATION,
        "network": network_of(judge),
        "identity_network": identity.NAME,
    }
    return directions, block
