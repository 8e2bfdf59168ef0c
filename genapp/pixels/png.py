"""PNG files: pictures without loss, and a text that travels with them."""

from __future__ import annotations

import io
import warnings

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEY = "genapp"
MAX_PIXELS = 4096 * 4096


class PngError(OSError):
    """Not a PNG that can be read; the message says why."""


def encode(picture: np.ndarray, text: str | None = None) -> bytes:
    """uint8 (H, W, C), C 1 or 3, as a PNG that carries `text`."""
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    if text is not None:
        info.add_itxt(KEY, text)
    buffer = io.BytesIO()
    Image.fromarray(picture[..., 0] if picture.shape[2] == 1 else picture).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def decode(data: bytes) -> tuple[np.ndarray, str | None]:
    """The picture, uint8 (H, W, C), and the text it carries, or None.

    Raises:
        PngError: damaged, no PNG, or of more than 4096 x 4096 pixels, which is found out before they are decoded.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is lower
            image = Image.open(io.BytesIO(data), formats=["PNG"])
        with image:
            if image.width * image.height > MAX_PIXELS:
                raise PngError(f"{image.width} x {image.height} pixels are too many")
            text = image.info.get(KEY)
            pixels = np.asarray(image.convert("L" if image.mode == "L" else "RGB"))
    except PngError:
        raise
    except Image.DecompressionBombError:
        raise PngError("it has too many pixels") from None
    except (OSError, SyntaxError, ValueError) as error:
        raise PngError(f"the PNG cannot be read: {error}") from None
    return pixels[..., None] if pixels.ndim == 2 else pixels, text if isinstance(text, str) else None
