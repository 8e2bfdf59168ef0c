"""Your photo: brought, found and framed."""

from __future__ import annotations

import base64
import io
import json

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.look import alike, expect_toast, pixels, ref, settle
from tests.browser.photo import ALONE, bring, open_photo, ready, sent_frame, snapshot
from tests.faces import drawn_face


def test_at_first_it_says_how_to_start_and_where_the_photo_goes(visit) -> None:
    _, photo, asked = open_photo(visit)
    for words in ("Put a face here", "Choose a photo", "Camera", "forgotten with the answer", "approximation"):
        expect(photo.get_by_text(words).first).to_be_visible()
    expect(ref(photo, "play")).to_be_disabled()
    assert not asked


def test_a_photo_is_found_upright_and_only_its_pixels_are_sent(visit) -> None:
    _page, photo, asked = open_photo(visit)
    bring(photo, snapshot(*ALONE, turned=True))
    expect(ref(photo, "status")).to_contain_text("Found a face")
    ready(photo)
    sent = Image.open(io.BytesIO(base64.b64decode(asked["findface"][0]["picture"])))
    assert max(sent.size) == 640 and sent.width > sent.height  # it lay on its side in the file
    assert not sent.getexif() and not sent_frame(asked).getexif() and sent_frame(asked).size == (256, 256)
    assert "me.jpg" not in json.dumps(asked)
    seen = settle(ref(photo, "seen"))
    seen = np.asarray(Image.fromarray(seen.astype(np.uint8)).resize((100, 100))).astype(int)
    for eye in (seen[25:45, 20:45], seen[25:45, 55:80]):  # where they lie in training pictures
        assert eye.max(-1).min() < 60 and eye.min(-1).max() > 200
    red, green, _ = seen[60:80, 40:60].reshape(-1, 3).T
    assert (red - green).max() > 60  # the mouth
    expect(ref(photo, "turnOut")).to_have_text("0°")
    expect(ref(photo, "badge")).to_contain_text("Faces: VAE")


def test_a_leaning_head_is_set_upright_and_of_several_one_is_chosen(visit) -> None:
    _page, photo, _asked = open_photo(visit)
    bring(photo, snapshot((240, 300, 260, 0), (650, 300, 320, 25)))
    expect(ref(photo, "status")).to_contain_text("Found 2 faces")
    people = ref(photo, "people").locator(".cell")
    expect(people).to_have_count(2)
    expect(people.nth(1)).to_have_attribute("aria-pressed", "true")  # the larger one
    ready(photo)
    assert abs(float(ref(photo, "turn").input_value()) - 25) < 8
    first = pixels(ref(photo, "back"))
    people.nth(0).click()
    expect(people.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(ref(photo, "turnOut")).to_have_text("0°")
    second = settle(ref(photo, "back"))
    assert not alike(first, second, 8)
    ref(photo, "undo").click()
    expect(people.nth(1)).to_have_attribute("aria-pressed", "true")
    assert alike(settle(ref(photo, "back")), first, 2)


def test_the_frame_moves_sizes_and_turns_and_every_gesture_is_a_step(visit) -> None:
    page, photo, _asked = open_photo(visit)
    bring(photo, snapshot(*ALONE))
    ready(photo)
    views = [settle(ref(photo, "seen"))]
    crop = ref(photo, "crop")
    box = crop.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def drag() -> None:
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] + 30, middle[1] + 10, steps=5)
        page.mouse.up()

    def keys() -> None:
        crop.focus()
        for _ in range(4):
            page.keyboard.press("ArrowLeft")

    def wheel() -> None:
        page.mouse.move(*middle)
        page.mouse.wheel(0, 100)
        page.mouse.wheel(0, 100)

    def turn() -> None:
        ref(photo, "turn").fill("-20")

    for act in (drag, keys, wheel, turn):
        act()
        views.append(settle(ref(photo, "seen")))
        assert not alike(views[-1], views[-2], 12), act
    expect(ref(photo, "turnOut")).to_have_text("-20°")
    for wanted in views[-2::-1]:
        page.keyboard.press("Control+z")
        assert alike(settle(ref(photo, "seen")), wanted, 1)
    ref(photo, "redo").click()
    assert alike(settle(ref(photo, "seen")), views[1], 1)
    ref(photo, "reset").click()
    assert alike(settle(ref(photo, "seen")), views[0], 1)


def test_two_quick_photos_are_two_steps(visit) -> None:
    _page, photo, _asked = open_photo(visit)
    bring(photo, snapshot(*ALONE))
    bring(photo, snapshot((300, 300, 300, 20)))
    ready(photo)
    expect(ref(photo, "turnOut")).not_to_have_text("0°")
    ref(photo, "undo").click()
    expect(ref(photo, "turnOut")).to_have_text("0°")
    ready(photo)
    ref(photo, "undo").click()
    expect(ref(photo, "welcome")).to_be_visible()
    expect(ref(photo, "play")).to_be_disabled()
    expect(ref(photo, "undo")).to_be_disabled()


def test_where_no_face_is_found_the_frame_can_still_be_placed(visit) -> None:
    page, photo, _asked = open_photo(visit)
    bring(photo, snapshot())
    expect_toast(page, "No face found")
    expect(ref(photo, "status")).to_contain_text("Place the frame yourself")
    ready(photo)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "me.jpg", "empty"),
        (b"words", "me.txt", "no picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), "IMG_1.HEIC", "HEIC"),
        (snapshot(size=(20000, 40)), "wide.jpg", "too large"),
        (snapshot(size=(20, 20)), "small.jpg", "too small"),
    ],
    ids=["empty", "text", "heic", "wide", "small"],
)
def test_what_cannot_be_used_is_told_kindly(visit, data: bytes, name: str, words: str) -> None:
    page, photo, asked = open_photo(visit)
    bring(photo, data, name, "")
    expect_toast(page, words)
    expect(ref(photo, "welcome")).to_be_visible()
    assert not asked


def test_transparent_pictures_stand_on_white_and_can_be_dropped_or_pasted(visit) -> None:
    page, photo, asked = open_photo(visit)
    face = Image.fromarray(drawn_face(256)).convert("RGBA")
    face.putalpha(Image.linear_gradient("L"))
    buffer = io.BytesIO()
    face.save(buffer, "PNG")
    for kind in ("drop", "paste"):
        page.evaluate(
            """([kind, data]) => {
                const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
                const files = new DataTransfer();
                files.items.add(new File([bytes], "me.png", { type: "image/png" }));
                const event = kind === "drop" ? new DragEvent(kind, { dataTransfer: files, bubbles: true })
                    : new ClipboardEvent(kind, { clipboardData: files, bubbles: true });
                document.body.dispatchEvent(event);
            }""",
            [kind, base64.b64encode(buffer.getvalue()).decode()],
        )
        ready(photo)
        expect(ref(photo, "undo")).to_be_enabled()
    assert len(asked["findface"]) == 2
    sent = np.asarray(Image.open(io.BytesIO(base64.b64decode(asked["findface"][1]["picture"]))))
    assert sent[0].min() > 235 and sent[-1].mean() < 200
