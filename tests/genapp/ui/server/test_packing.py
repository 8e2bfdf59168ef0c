"""Pictures arrive as they were sent, or are refused."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from genapp.ui.server.endpoint import Refused
from genapp.ui.server.packing import from_base64, grey, sheet


def _png(image: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(image).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("count", [1, 2, 36, 63])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_sheet_is_lossless(count: int, channels: int) -> None:
    images = np.random.RandomState(0).randint(0, 256, (count, 5, 7, channels), np.uint8)
    reply = sheet(images)
    picture = np.asarray(Image.open(io.BytesIO(from_base64(reply["png"])))).reshape(-1, 7 * reply["columns"], channels)
    for index, image in enumerate(images):
        row, column = divmod(index, reply["columns"])
        assert np.array_equal(picture[row * 5 : row * 5 + 5, column * 7 : column * 7 + 7], image)


def test_drawings_are_read_and_strangers_refused() -> None:
    image = np.arange(12, dtype=np.uint8).reshape(3, 4)
    assert np.array_equal(grey(_png(image), 4), image)
    with pytest.raises(Refused, match="picture"):
        grey(_png(image), 3)
    for data in (b"", b"no picture", _png(image)[:40], b"GIF89a"):
        with pytest.raises(Refused, match="picture"):
            grey(data, 100)
    with pytest.raises(Refused, match="picture"):
        from_base64("no base64!")
