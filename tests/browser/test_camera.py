"""The photo view's camera."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.look import expect_toast, ref
from tests.browser.photo import open_photo, ready

_FAKE_CAMERA = """() => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
    const pen = canvas.getContext("2d");
    setInterval(() => {
        pen.fillStyle = "#08f";
        pen.fillRect(0, 0, 160, 240);
        pen.fillStyle = "#fff";
        pen.fillRect(160, 0, 160, 240);
    }, 30);
    window.streams = [];
    navigator.mediaDevices.getUserMedia = async () => {
        await window.permission;
        const stream = canvas.captureStream(20);
        window.streams.push(stream);
        return stream;
    };
}"""
_LIVE = "() => streams.flatMap((stream) => stream.getTracks()).filter((track) => track.readyState === 'live').length"


def test_the_camera_takes_a_photo_and_really_stops(visit) -> None:
    page, photo, asked = open_photo(visit)
    page.evaluate(_FAKE_CAMERA)
    ref(photo, "camera").click()
    expect(ref(photo, "snap")).to_be_visible()
    assert page.evaluate(_LIVE) == 1
    page.wait_for_function("document.querySelector('[data-ref=video]').readyState >= 2")
    ref(photo, "snap").click()
    expect(ref(photo, "viewfinder")).to_be_hidden()
    ready(photo)
    assert page.evaluate(_LIVE) == 0
    sent = np.asarray(Image.open(io.BytesIO(base64.b64decode(asked["findface"][0]["picture"]))))
    assert sent[100, 20].min() > 200 and sent[100, 300].min() < 50  # mirrored, like the preview

    ref(photo, "camera").click()
    expect(ref(photo, "snap")).to_be_visible()
    page.get_by_role("tab", name="Digits").click()
    page.wait_for_function(f"({_LIVE})() === 0")
    page.get_by_role("tab", name="Faces").click()
    expect(ref(photo, "viewfinder")).to_be_hidden()


def test_leaving_before_the_camera_is_allowed_leaves_it_off(visit) -> None:
    page, photo, _asked = open_photo(visit)
    page.evaluate(_FAKE_CAMERA)
    page.evaluate("void (window.permission = new Promise((resolve) => (window.allow = resolve)))")
    ref(photo, "camera").click()
    page.get_by_role("tab", name="Digits").click()
    page.evaluate("allow()")
    page.wait_for_function("streams.length === 1")
    page.wait_for_function(f"({_LIVE})() === 0")
    page.get_by_role("tab", name="Faces").click()
    expect(ref(photo, "viewfinder")).to_be_hidden()


@pytest.mark.parametrize(
    ("failure", "words"),
    [("NotAllowedError", "may not be used"), ("NotFoundError", "No camera"), ("NotReadableError", "does not start")],
)
def test_a_camera_that_may_not_or_cannot_be_used_says_why(visit, failure: str, words: str) -> None:
    page, photo, _asked = open_photo(visit)
    page.evaluate(
        "(name) => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name)))", failure
    )
    ref(photo, "camera").click()
    expect_toast(page, words)
    expect(ref(photo, "viewfinder")).to_be_hidden()
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    ref(photo, "camera").click()
    expect_toast(page, "https")
