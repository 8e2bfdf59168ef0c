"""What is made of a photo: played with, saved, shared; and nothing of it stays behind or leaves unasked."""

from __future__ import annotations

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

import genapp
from genapp.pixels.png import decode
from tests.browser.look import expect_toast, ref, settle, view
from tests.browser.photo import ALONE, bring, open_photo, ready, snapshot


def _play(page: Page, photo: Locator, data: bytes | None = None) -> Locator:
    bring(photo, data or snapshot(*ALONE))
    ready(photo)
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
    page, photo, asked = open_photo(visit, permissions=["clipboard-read", "clipboard-write"])
    faces = _play(page, photo)
    expect(ref(faces, "claim")).to_have_text("Redrawn from a photo.")
    latent = asked["render"][-1]["pictures"][0]["recipe"]["w"]

    ref(faces, "save").click()
    expect(page.locator("dialog[open]")).to_contain_text("drawn again")
    with page.expect_download():
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
    page, photo, asked = open_photo(visit)
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
    assert all(data["picture"]["private"] for data in asked["save"])
    faces.locator(".grid .cell").nth(2).click()
    expect(ref(faces, "claim")).to_have_text("These people do not exist.")
    assert decode(_save(page, faces, None))[1] is not None


def test_a_made_up_face_is_nobodys(visit) -> None:
    page, photo, asked = open_photo(visit)
    page.keyboard.press("Space")
    ready(photo)
    assert "findface" not in asked
    page.keyboard.press("Space")
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text("From your photo")
    assert decode(_save(page, faces, None))[1] is not None


def test_whoever_cannot_wait_plays_with_the_newest_frame(visit) -> None:
    page, photo, _asked = open_photo(visit)
    bring(photo, snapshot(*ALONE))
    ready(photo)
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
    page, photo, asked = open_photo(visit)
    _play(page, photo, snapshot(*ALONE, turned=True))
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []
    assert asked["encodeface"][-1]["picture"][:40] not in (server.temp.parent / "server.log").read_text()
