"""Pictures and latents arrive as they were sent, or are refused."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from genapp.ui.server.endpoint import Refused
from genapp.ui.server.packing import from_base64, grey, pack, sheet, to_base64, unpack
from genapp.ui.server.registry import ModelRegistry


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


def test_latents_come_back_to_the_bit(registry: ModelRegistry) -> None:
    config = registry.model("styled").config
    w = np.random.RandomState(0).standard_normal((2, config.latent.layers, config.latent.width)).astype(np.float32)
    assert np.array_equal(np.stack([unpack(text, config) for text in pack(w)]), w)


@pytest.mark.parametrize("number", [np.nan, np.inf, 1e30])
def test_latents_out_of_this_world_are_refused(registry: ModelRegistry, number: float) -> None:
    config = registry.model("plain").config
    w = np.full((1, 1, config.latent.width), number, np.float32)
    with pytest.raises(Refused, match="request"):
        unpack(pack(w)[0], config)
    with pytest.raises(Refused, match="request"):
        unpack(to_base64(b"1234"), config)


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
