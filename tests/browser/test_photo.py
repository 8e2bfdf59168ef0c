"""Your photo: brought, framed, redrawn, played with; and nothing of it stays behind or leaves unasked."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

import genapp
from genapp.png import decode
from tests.browser.look import alike, expect_toast, pixels, ref, settle, view
from tests.training.test_detector import drawn_face

ORIENTATION, GPS = 0x0112, 0x8825


def _snapshot(*places: tuple[int, int, int, int], turned: bool = False, size: tuple[int, int] = (900, 600)) -> bytes:
    """A JPEG of drawn faces (centre, side, degrees clockwise), as a phone writes it: with a place, and perhaps lying
    on its side with a note to turn it."""
    picture = Image.new("RGB", size, (90, 110, 130))
    for x, y, side, turn in places:
        face = Image.fromarray(drawn_face(side)).rotate(-turn, Image.Resampling.BICUBIC, fillcolor=(90, 110, 130))
        picture.paste(face, (x - side // 2, y - side // 2))
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 30.0)})
    if turned:
        picture = picture.rotate(90, expand=True)
        exif[ORIENTATION] = 6
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92, exif=exif)
    return buffer.getvalue()


ALONE = ((450, 300, 320, 0),)


def _open(visit: Callable[..., Page], **options: object) -> tuple[Page, Locator, dict[str, list[dict]]]:
    """The page, its photo view, and every request that it makes from now on, by function."""
    asked: dict[str, list[dict]] = {}

    page = visit("#faces-photo", **options)

    def note(request) -> None:
        if "component_server" in request.url:
            body = json.loads(request.post_data)
            asked.setdefault(body["fn_name"], []).append(body["data"])

    page.on("request", note)
    return page, view(page, "photo"), asked


def _bring(photo: Locator, data: bytes, name: str = "me.jpg", kind: str = "image/jpeg") -> None:
    ref(photo, "file").set_input_files({"name": name, "mimeType": kind, "buffer": data})


def _ready(photo: Locator) -> None:
    expect(ref(photo, "play")).to_be_enabled()
    settle(ref(photo, "back"))


def _frame(asked: dict[str, list[dict]]) -> Image.Image:
    """What was last sent to be redrawn."""
    return Image.open(io.BytesIO(base64.b64decode(asked["encodeface"][-1]["picture"])))


def test_at_first_it_says_how_to_start_and_where_the_photo_goes(visit) -> None:
    _, photo, asked = _open(visit)
    for words in ("Put a face here", "Choose a photo", "Camera", "forgotten with the answer", "approximation"):
        expect(photo.get_by_text(words).first).to_be_visible()
    expect(ref(photo, "play")).to_be_disabled()
    assert not asked


def test_a_photo_is_found_upright_and_only_its_pixels_are_sent(visit) -> None:
    _page, photo, asked = _open(visit)
    _bring(photo, _snapshot(*ALONE, turned=True))
    expect(ref(photo, "status")).to_contain_text("Found a face")
    _ready(photo)
    sent = Image.open(io.BytesIO(base64.b64decode(asked["findface"][0]["picture"])))
    assert max(sent.size) == 640 and sent.width > sent.height  # it lay on its side in the file
    assert not sent.getexif() and not _frame(asked).getexif() and _frame(asked).size == (256, 256)
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
    _page, photo, _asked = _open(visit)
    _bring(photo, _snapshot((240, 300, 260, 0), (650, 300, 320, 25)))
    expect(ref(photo, "status")).to_contain_text("Found 2 faces")
    people = ref(photo, "people").locator(".cell")
    expect(people).to_have_count(2)
    expect(people.nth(1)).to_have_attribute("aria-pressed", "true")  # the larger one
    _ready(photo)
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
    page, photo, _asked = _open(visit)
    _bring(photo, _snapshot(*ALONE))
    _ready(photo)
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
    _page, photo, _asked = _open(visit)
    _bring(photo, _snapshot(*ALONE))
    _bring(photo, _snapshot((300, 300, 300, 20)))
    _ready(photo)
    expect(ref(photo, "turnOut")).not_to_have_text("0°")
    ref(photo, "undo").click()
    expect(ref(photo, "turnOut")).to_have_text("0°")
    _ready(photo)
    ref(photo, "undo").click()
    expect(ref(photo, "welcome")).to_be_visible()
    expect(ref(photo, "play")).to_be_disabled()
    expect(ref(photo, "undo")).to_be_disabled()


def test_where_no_face_is_found_the_frame_can_still_be_placed(visit) -> None:
    page, photo, _asked = _open(visit)
    _bring(photo, _snapshot())
    expect_toast(page, "No face found")
    expect(ref(photo, "status")).to_contain_text("Place the frame yourself")
    _ready(photo)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "me.jpg", "empty"),
        (b"words", "me.txt", "no picture"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(60), "IMG_1.HEIC", "HEIC"),
        (_snapshot(size=(20000, 40)), "wide.jpg", "too large"),
        (_snapshot(size=(20, 20)), "small.jpg", "too small"),
    ],
    ids=["empty", "text", "heic", "wide", "small"],
)
def test_what_cannot_be_used_is_told_kindly(visit, data: bytes, name: str, words: str) -> None:
    page, photo, asked = _open(visit)
    _bring(photo, data, name, "")
    expect_toast(page, words)
    expect(ref(photo, "welcome")).to_be_visible()
    assert not asked


def test_transparent_pictures_stand_on_white_and_can_be_dropped_or_pasted(visit) -> None:
    page, photo, asked = _open(visit)
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
        _ready(photo)
        expect(ref(photo, "undo")).to_be_enabled()
    assert len(asked["findface"]) == 2
    sent = np.asarray(Image.open(io.BytesIO(base64.b64decode(asked["findface"][1]["picture"]))))
    assert sent[0].min() > 235 and sent[-1].mean() < 200


# --- playing, saving, sharing -----------------------------------------------------------------------------------------


def _play(page: Page, photo: Locator, data: bytes | None = None) -> Locator:
    _bring(photo, data or _snapshot(*ALONE))
    _ready(photo)
    ref(photo, "play").click()
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text("From your photo")
    settle(ref(faces, "stage"))
    return faces


def _save(page: Page, faces: Locator, choice: str | None) -> bytes:
    with page.expect_download() as download:
        ref(faces, "save").click()
        if choice:
            page.get_by_role("button", name=choice).click()
    return download.value.path().read_bytes()


def test_a_face_of_a_photo_is_saved_and_shared_only_as_its_owner_says(visit) -> None:
    page, photo, asked = _open(visit, permissions=["clipboard-read", "clipboard-write"])
    faces = _play(page, photo)
    expect(ref(faces, "claim")).to_have_text("Redrawn from a photo.")
    latent = asked["picture"][-1]["point"]["w"]

    ref(faces, "save").click()
    expect(page.locator("dialog[open]")).to_contain_text("drawn again")
    page.keyboard.press("Space")  # the usual choice has the focus
    expect(page.locator("dialog[open]")).to_have_count(0)
    pixels_alone, recipe = decode(_save(page, faces, None))  # it was asked for this one
    assert recipe is None and pixels_alone.shape == (512, 512, 3)
    page.get_by_role("button", name="Choose again").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="With its recipe").click()
    data = download.value.path().read_bytes()
    assert genapp.Recipe.load(data).w and np.array_equal(decode(data)[0], pixels_alone)

    ref(faces, "share").click()
    page.locator("dialog[open]").get_by_role("button", name="Cancel").click()
    assert "link" not in asked
    ref(faces, "share").click()
    page.get_by_role("button", name="Copy link with my face in it").click()
    expect_toast(page, "clipboard")
    link = page.evaluate("navigator.clipboard.readText()")
    assert genapp.Recipe.from_query(link.split("#")[1]).w
    kept = page.evaluate("JSON.stringify({ ...localStorage }) + location.href + JSON.stringify(history.state)")
    assert latent[:20] not in kept and "w=" not in kept


def test_what_is_made_of_a_photo_stays_private(visit) -> None:
    page, photo, asked = _open(visit)
    faces = _play(page, photo)
    ref(faces, "siblings").click()
    expect(faces.locator(".grid .cell").first).to_have_attribute("aria-label", "Sibling 1")
    faces.locator(".grid .cell").nth(3).click()
    expect(ref(faces, "title")).to_have_text("A close sibling")
    settle(ref(faces, "stage"))
    assert decode(_save(page, faces, "Picture only"))[1] is None
    faces.locator("[data-tray=path]").click()
    faces.get_by_role("button", name="Clear").click()
    faces.get_by_role("button", name="Add this one").click()
    ref(faces, "seed").fill("77")
    ref(faces, "seed").press("Enter")
    expect(faces.locator(".grid .cell").first).to_have_attribute("aria-label", "Picture from seed 77")
    faces.locator(".grid .cell").nth(1).click(modifiers=["Shift"])
    expect(ref(faces, "play")).to_have_text("Pause")
    expect(ref(faces, "claim")).to_have_text("Redrawn from a photo.")
    faces.locator(".strip .cell").nth(4).click()
    expect(ref(faces, "title")).to_contain_text("Step")
    assert decode(_save(page, faces, "Picture only"))[1] is None
    assert all(data["point"]["private"] for data in asked["save"])
    faces.locator(".grid .cell").nth(2).click()
    expect(ref(faces, "claim")).to_have_text("These people do not exist.")
    assert decode(_save(page, faces, None))[1] is not None


def test_a_made_up_face_is_nobodys(visit) -> None:
    page, photo, asked = _open(visit)
    page.keyboard.press("Space")
    _ready(photo)
    assert "findface" not in asked
    page.keyboard.press("Space")
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text("From your photo")
    assert decode(_save(page, faces, None))[1] is not None


def test_whoever_cannot_wait_plays_with_the_newest_frame(visit) -> None:
    page, photo, _asked = _open(visit)
    _bring(photo, _snapshot(*ALONE))
    _ready(photo)
    ref(photo, "turn").fill("30")
    ref(photo, "play").click()
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text("From your photo")
    stage = settle(ref(faces, "stage"))
    page.get_by_role("button", name="Your photo").click()
    back = settle(ref(photo, "back"))
    small = [np.asarray(Image.fromarray(one.astype(np.uint8)).resize((64, 64))).astype(int) for one in (stage, back)]
    assert np.abs(small[0] - small[1]).mean() < 3


def test_nothing_is_left_on_the_disk_or_in_the_log(server, visit) -> None:
    page, photo, asked = _open(visit)
    _play(page, photo, _snapshot(*ALONE, turned=True))
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []
    assert asked["encodeface"][-1]["picture"][:40] not in (server.temp.parent / "server.log").read_text()


# --- camera -----------------------------------------------------------------------------------------------------------

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
    page, photo, asked = _open(visit)
    page.evaluate(_FAKE_CAMERA)
    ref(photo, "camera").click()
    expect(ref(photo, "snap")).to_be_visible()
    assert page.evaluate(_LIVE) == 1
    page.wait_for_function("document.querySelector('[data-ref=video]').readyState >= 2")
    ref(photo, "snap").click()
    expect(ref(photo, "viewfinder")).to_be_hidden()
    _ready(photo)
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
    page, photo, _asked = _open(visit)
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
    page, photo, _asked = _open(visit)
    page.evaluate(
        "(name) => (navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name)))", failure
    )
    ref(photo, "camera").click()
    expect_toast(page, words)
    expect(ref(photo, "viewfinder")).to_be_hidden()
    page.evaluate("Object.defineProperty(navigator, 'mediaDevices', { value: undefined })")
    ref(photo, "camera").click()
    expect_toast(page, "https")
