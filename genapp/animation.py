"""Frames as a file that moves: lossless WebP for the page, MP4 for everything else."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

MAX_FRAMES = 2000


def webp(frames: np.ndarray, frames_per_second: float = 24) -> bytes:
    """An endless animated WebP, lossless.

    Args:
        frames: uint8 (T, H, W, C), C 1 or 3.
        frames_per_second: 1 .. 60.
    """
    first, *rest = (_pil(frame) for frame in _checked(frames, frames_per_second))
    buffer = io.BytesIO()
    first.save(
        buffer,
        "WEBP",
        save_all=True,
        append_images=rest,
        lossless=True,
        duration=round(1000 / frames_per_second),
        loop=0,
    )
    return buffer.getvalue()


def mp4(frames: np.ndarray, path: Path, frames_per_second: float = 24) -> None:
    """Write an MP4 (H.264, 4:2:0, which every browser plays).

    Args:
        frames: uint8 (T, H, W, C), C 1 or 3. An odd side gets one more row or column, as 4:2:0 needs even ones.
        path: ends in .mp4; an existing file is replaced.
        frames_per_second: 1 .. 60.
    """
    import imageio_ffmpeg

    frames = _checked(frames, frames_per_second)
    odd_height, odd_width = frames.shape[1] % 2, frames.shape[2] % 2
    frames = np.pad(frames, ((0, 0), (0, odd_height), (0, odd_width), (0, 0)), "edge")
    frames = np.ascontiguousarray(np.broadcast_to(frames, (*frames.shape[:3], 3)))
    writer = imageio_ffmpeg.write_frames(
        str(path),
        (frames.shape[2], frames.shape[1]),
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
        for frame in frames:
            writer.send(frame)
    finally:
        writer.close()


def _checked(frames: np.ndarray, frames_per_second: float) -> np.ndarray:
    if frames.ndim != 4 or frames.dtype != np.uint8 or frames.shape[3] not in (1, 3):
        raise ValueError(f"frames are {frames.dtype} {frames.shape}: give uint8 (T, H, W, 1 or 3)")
    if not 1 <= len(frames) <= MAX_FRAMES:
        raise ValueError(f"{len(frames)} frames: give 1 to {MAX_FRAMES}")
    if not 1 <= frames_per_second <= 60:
        raise ValueError(f"{frames_per_second} frames a second: give 1 to 60")
    return frames


def _pil(frame: np.ndarray) -> Image.Image:
    return Image.fromarray(frame[..., 0] if frame.shape[2] == 1 else frame)
