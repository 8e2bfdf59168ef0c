"""What tests of the photo view do and see."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import ref, settle, view
from tests.faces import photograph

ORIENTATION, GPS = 0x0112, 0x8825


def snapshot(*places: tuple[int, int, int, int], turned: bool = False, size: tuple[int, int] = (900, 600)) -> bytes:
    """A JPEG of drawn faces (see `photograph`), as a phone writes it: with a place, and perhaps lying
    on its side with a note to turn it."""
    picture = photograph(*places, size=size)
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 30.0)})
    if turned:
        picture = picture.rotate(90, expand=True)
        exif[ORIENTATION] = 6
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92, exif=exif)
    return buffer.getvalue()


ALONE = ((450, 300, 320, 0),)


def open_photo(visit: Callable[..., Page], **options: object) -> tuple[Page, Locator, dict[str, list[dict]]]:
    """The page, its photo view, and every request that it makes from now on, by function."""
    asked: dict[str, list[dict]] = {}

    page = visit("#faces-photo", **options)

    def note(request) -> None:
        if "component_server" in request.url:
            body = json.loads(request.post_data)
            asked.setdefault(body["fn_name"], []).append(body["data"])

    page.on("request", note)
    return page, view(page, "photo"), asked


def bring(photo: Locator, data: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> None:
    ref(photo, "file").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def ready(photo: Locator) -> None:
    expect(ref(photo, "play")).to_be_enabled()
    settle(ref(photo, "back"))


def sent_frame(asked: dict[str, list[dict]]) -> Image.Image:
    """What was last sent to be redrawn."""
    return Image.open(io.BytesIO(base64.b64decode(asked["encodeface"][-1]["picture"])))
