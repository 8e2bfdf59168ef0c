"""Contact sheets: many pictures laid out as one."""

from __future__ import annotations

import numpy as np

from genapp.limits import MAX_SIDE


def enlarge(images: np.ndarray, times: int) -> np.ndarray:
    """Repeat every pixel: uint8 (..., H, W, C) to (..., H * times, W * times, C). Pixels stay sharp."""
    if times < 1 or max(images.shape[-3:-1]) * times > MAX_SIDE:
        raise ValueError(f"times is {times}: at least 1, and no side over {MAX_SIDE} pixels")
    return images.repeat(times, axis=-3).repeat(times, axis=-2)


def contact_sheet(images: np.ndarray, columns: int, gap: int = 2, background: int = 255) -> np.ndarray:
    """Lay pictures out in rows.

    Args:
        images: uint8 (N, H, W, C), N at least 1.
        columns: pictures a row, at least 1; a sheet is never wider than N.
        gap: pixels between pictures.
        background: grey level 0 .. 255 of gaps and of what the last row leaves empty.

    Returns:
        uint8 (rows * (H + gap) - gap, columns * (W + gap) - gap, C).
    """
    if images.ndim != 4 or len(images) == 0 or images.dtype != np.uint8:
        raise ValueError(f"pictures are {images.dtype} {images.shape}: give uint8 (N, H, W, C)")
    if columns < 1 or gap < 0 or not 0 <= background <= 255:
        raise ValueError(f"columns {columns}, gap {gap}, background {background}: give 1 or more, 0 or more, 0 to 255")
    count, height, width, channels = images.shape
    columns = min(columns, count)
    rows = -(-count // columns)
    side = max(rows * (height + gap), columns * (width + gap))
    if side > MAX_SIDE:
        raise ValueError(f"the sheet would have a side of {side} pixels, over {MAX_SIDE}: ask for fewer pictures")
    sheet = np.full((rows, height + gap, columns, width + gap, channels), background, np.uint8)
    for index, image in enumerate(images):
        sheet[index // columns, :height, index % columns, :width] = image
    sheet = sheet.reshape(rows * (height + gap), columns * (width + gap), channels)
    return sheet[: sheet.shape[0] - gap, : sheet.shape[1] - gap]
