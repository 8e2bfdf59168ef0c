"""Limits of what one visitor may ask of the page; those of recipes themselves are in `genapp.limits`."""

from __future__ import annotations

from genapp.latents.blending import MAX_PARENTS
from genapp.limits import MAX_SEED
from genapp.picture.writing import MAX_LENGTH

MAX_PICTURES = 64
"""Recipes of one sheet."""
MAX_DRAWN = 256
"""Pictures of one sheet: a recipe of several labels draws one for each."""
MAX_STOPS = 8
"""Pictures that a walk passes."""
MAX_STEPS = 48
"""Frames from one of them to the next."""
MAX_FRAMES = 96
"""Frames of a walk to look at."""
MAX_FILM_FRAMES = 288
MAX_CHILDREN = 16
MAX_EDIT = 100.0
"""How far along a direction: no useful one is near."""
MAX_SIDE = 1024
"""Pixels of a side of a picture that is saved enlarged."""
MAX_WIDTH = 4096
"""Pixels across all pictures of a row that is saved enlarged."""
MAX_PNG = 2_000_000
"""Bytes of a PNG that is opened."""
MAX_LINK = 60_000
"""Letters of a link."""


def of_the_page() -> dict[str, int | float]:
    """What the page's script must know, so that it offers nothing that would be refused."""
    return {
        "seed": MAX_SEED - MAX_PICTURES,  # of the first picture of a grid
        "stops": MAX_STOPS,
        "frames": MAX_FRAMES,
        "parents": MAX_PARENTS,
        "side": MAX_SIDE,
        "width": MAX_WIDTH,
        "megabytes": MAX_PNG / 1e6,
        "letters": MAX_LENGTH,
    }
