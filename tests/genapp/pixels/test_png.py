from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from genapp.pixels import png
from genapp.pixels.png import PngError


@given(st.text(max_size=300), st.sampled_from([1, 3]))
def test_pixels_and_text_come_back(text: str, channels: int) -> None:
    picture = np.random.RandomState(0).randint(0, 256, (5, 7, channels), np.uint8)
    pixels, carried = png.decode(png.encode(picture, text))
    np.testing.assert_array_equal(pixels, picture)
    assert carried == text


def test_a_png_without_text() -> None:
    assert png.decode(png.encode(np.zeros((2, 2, 1), np.uint8)))[1] is None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int, *chunks: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return png.SIGNATURE + _chunk(b"IHDR", header) + b"".join(chunks) + _chunk(b"IEND", b"")


@pytest.mark.parametrize(("width", "height"), [(9000, 9000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_a_huge_picture_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    with pytest.raises(PngError, match=r"too many|cannot be read"):
        png.decode(_png(width, height, _chunk(b"IDAT", zlib.compress(b"\0" * 100))))


def test_a_text_that_explodes_is_refused() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt(png.KEY, "0" * 100_000_000, zip=True)
    buffer = io.BytesIO()
    Image.new("L", (2, 2)).save(buffer, "PNG", pnginfo=info)
    assert len(buffer.getvalue()) < 200_000
    with pytest.raises(PngError, match="cannot be read"):
        png.decode(buffer.getvalue())


@pytest.mark.parametrize("keep", [0, 8, 20, 40, -8])
def test_a_damaged_png_is_refused(keep: int) -> None:
    data = png.encode(np.random.RandomState(0).randint(0, 256, (64, 64, 3), np.uint8), "text")
    with pytest.raises(PngError, match="cannot be read"):
        png.decode(data[:keep] if keep >= 0 else data[: len(data) // 2])


def test_other_formats_are_refused() -> None:
    buffer = io.BytesIO()
    Image.new("L", (2, 2)).save(buffer, "JPEG")
    with pytest.raises(PngError):
        png.decode(buffer.getvalue())
