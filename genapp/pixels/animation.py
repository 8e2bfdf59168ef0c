"""Frames as a file that moves: WebP for the page, MP4 for everything else. Frames may come one by one."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
from PIL import Image

MAX_FRAMES = 2000


def webp(frames: Iterable[np.ndarray], frames_per_second: float = 24, quality: int | None = None) -> bytes:
    """An endless animated WebP.

    Args:
        frames: uint8 (H, W, C) each, C 1 or 3, all of one shape; an array (T, H, W, C) is one such.
        frames_per_second: 1 .. 60.
        quality: 0 .. 100; None loses nothing.
    """
    _check_speed(frames_per_second)
    first, *rest = map(_pil, _checked(frames))
    buffer = io.BytesIO()
    first.save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=rest,
        lossless=quality is None,
        quality=80 if quality is None else quality,
        duration=round(1000 / frames_per_second),
        loop=0,
    )
    return buffer.getvalue()


def mp4(frames: Iterable[np.ndarray], path: Path, frames_per_second: float = 24) -> None:
    """Write an MP4 (H.264, 4:2:0, which every browser plays).

    Args:
        frames: as in `webp`. An odd side gets one more row or column, as 4:2:0 needs even ones.
        path: ends in .mp4; an existing file is replaced.
        frames_per_second: 1 .. 60.
    """
    import imageio_ffmpeg

    _check_speed(frames_per_second)
    padded = map(_even, _checked(frames))
    first = next(padded)
    writer = imageio_ffmpeg.write_frames(
        str(path),
        (first.shape[1], first.shape[0]),
        fps=frames_per_second,
        codec="libx264",
        pix_fmt_out="yuv420p",
        quality=None,
        macro_block_size=2,
        ffmpeg_log_level="error",
        output_params=["-crf", "12", "-movflags", "+faststart"],
    )
    writer.send(None)
    try:
        for frame in chain([first], padded):
            writer.send(frame)
    finally:
        writer.close()


def _even(frame: np.ndarray) -> np.ndarray:
    """With even sides, and three channels."""
    frame = np.pad(frame, ((0, frame.shape[0] % 2), (0, frame.shape[1] % 2), (0, 0)), "edge")
    return np.ascontiguousarray(np.broadcast_to(frame, (*frame.shape[:2], 3)))


def _check_speed(frames_per_second: float) -> None:
    if not (math.isfinite(frames_per_second) and 1 <= frames_per_second <= 60):
        raise ValueError(f"{frames_per_second} frames a second: give 1 to 60")


def _checked(frames: Iterable[np.ndarray]) -> Iterator[np.ndarray]:
    count, shape = 0, None
    for frame in frames:
        if frame.ndim != 3 or frame.dtype != np.uint8 or frame.shape[2] not in (1, 3):
            raise ValueError(f"a frame is {frame.dtype} {frame.shape}: give uint8 (H, W, 1 or 3)")
        if frame.shape != (shape or frame.shape):
            raise ValueError(f"one frame is {shape}, another {frame.shape}: give frames of one shape")
        count, shape = count + 1, frame.shape
        if count > MAX_FRAMES:
            raise ValueError(f"over {MAX_FRAMES} frames: give at most so many")
        yield frame
    if not count:
        raise ValueError(f"no frames: give 1 to {MAX_FRAMES}")


def _pil(frame: np.ndarray) -> Image.Image:
    return Image.fromarray(frame[..., 0] if frame.shape[2] == 1 else frame)
