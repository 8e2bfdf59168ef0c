"""Sheets and animations."""

from __future__ import annotations

import io
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageSequence

from genapp.pixels.animation import mp4, webp
from genapp.pixels.sheet import contact_sheet, enlarge


@given(st.integers(1, 12), st.integers(1, 14), st.integers(0, 4), st.sampled_from([1, 3]))
def test_sheet_holds_every_picture_in_reading_order(count: int, columns: int, gap: int, channels: int) -> None:
    images = np.random.RandomState(0).randint(0, 255, (count, 4, 5, channels), np.uint8)
    sheet = contact_sheet(images, columns, gap)
    wide = min(columns, count)
    rows = -(-count // wide)
    assert sheet.shape == (rows * (4 + gap) - gap, wide * (5 + gap) - gap, channels)
    for index, image in enumerate(images):
        top, left = index // wide * (4 + gap), index % wide * (5 + gap)
        np.testing.assert_array_equal(sheet[top : top + 4, left : left + 5], image)
    assert (sheet == 255).all(axis=2).sum() >= sheet.shape[0] * sheet.shape[1] - count * 20


def test_enlarged_pixels_stay_sharp() -> None:
    image = np.arange(12, dtype=np.uint8).reshape(2, 2, 3)
    large = enlarge(image, 3)
    assert large.shape == (6, 6, 3)
    np.testing.assert_array_equal(large[::3, ::3], image)
    np.testing.assert_array_equal(large[2::3, 2::3], image)


def test_sheets_that_make_no_sense() -> None:
    images = np.zeros((2, 4, 4, 1), np.uint8)
    for arguments in ((images, 0), (images, 2, -1), (images[:0], 2), (images[0], 2), (images.astype(float), 2)):
        with pytest.raises(ValueError, match="give"):
            contact_sheet(*arguments)
    with pytest.raises(ValueError, match="fewer"):
        contact_sheet(np.zeros((17, 1000, 1, 1), np.uint8), 1)
    with pytest.raises(ValueError, match="times"):
        enlarge(images, 0)
    with pytest.raises(ValueError, match="times"):
        enlarge(images, 10_000)


@pytest.mark.parametrize("channels", [1, 3])
def test_webp_loses_nothing_and_repeats(channels: int) -> None:
    frames = np.random.RandomState(1).randint(0, 256, (5, 9, 7, channels), np.uint8)
    with Image.open(io.BytesIO(webp(frames, 20))) as image:
        assert (image.n_frames, image.info["loop"]) == (5, 0)
        for frame, expected in zip(ImageSequence.Iterator(image), frames, strict=True):
            np.testing.assert_array_equal(np.asarray(frame.convert("RGB")), np.broadcast_to(expected, (9, 7, 3)))
            assert frame.info["duration"] == 50


@pytest.mark.parametrize("channels", [1, 3])
def test_mp4_plays_every_frame(tmp_path: Path, channels: int) -> None:
    levels = np.array([0, 60, 120, 180, 240], np.uint8)
    frames = np.broadcast_to(levels[:, None, None, None], (5, 31, 33, channels))
    path = tmp_path / "walk.mp4"
    mp4(frames, path, 10)
    reader = imageio_ffmpeg.read_frames(str(path))
    about = next(reader)
    assert (about["size"], about["fps"], about["pix_fmt"].split("(")[0]) == ((34, 32), 10, "yuv420p")
    seen = [np.frombuffer(frame, np.uint8).mean() for frame in reader]
    np.testing.assert_allclose(seen, levels, atol=4)


def test_frames_that_make_no_sense(tmp_path: Path) -> None:
    good = np.zeros((2, 4, 4, 1), np.uint8)
    for frames in (good[:0], good[0], good.astype(np.float32), np.zeros((2, 4, 4, 2), np.uint8)):
        with pytest.raises(ValueError, match="give"):
            webp(frames)
        with pytest.raises(ValueError, match="give"):
            mp4(frames, tmp_path / "x.mp4")
    for speed in (0, 61, float("nan")):
        with pytest.raises(ValueError, match="frames a second"):
            webp(good, speed)
    with pytest.raises(ValueError, match="frames"):
        webp(np.zeros((2001, 1, 1, 1), np.uint8))
