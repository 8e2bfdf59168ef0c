"""To order: a number in one hand, in the visitor's own hand, labelled pictures by the hundred."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

import genapp
from genapp.ui.server.tabs import HANDS
from genapp.ui.views.write.view import TEXT
from tests.browser.look import alike, expect_toast, pixels, ref, settle, view


def open_write(visit, place: str = "#conditional-write") -> tuple[Page, Locator]:
    page = visit(place)
    write = view(page, "write")
    expect(write.locator(".hand")).to_have_count(HANDS.count)
    return page, write


def writes(page: Page, write: Locator, text: str, **hand: object) -> list[np.ndarray]:
    """The pictures of the page, once it shows `text` in that hand."""
    page.wait_for_function(
        """([box, text, hand]) => {
            if (!box.dataset.shown) return false;
            const { recipe } = JSON.parse(box.dataset.shown);
            const written = [recipe.conditions.digit].flat().join("");
            return written === text && Object.entries(hand).every(([key, value]) => recipe[key] === value);
        }""",
        arg=[ref(write, "page").element_handle(), text, hand],
    )
    canvases = ref(write, "page").locator("canvas")
    settle(canvases.last)
    return [pixels(canvases.nth(index)) for index in range(canvases.count())]


def drawn(text: str, seed: int, truncation: float = HANDS.truncation) -> np.ndarray:
    """int (N, H, W, 1): what the model writes with a seed's hand."""
    model = genapp.load_model("digits-conditional-gan")
    w = model.truncate(model.latents([seed] * len(text)), truncation)
    return model.decode(w, digit=list(text)).astype(int)


def test_a_number_is_written_while_it_is_typed(visit) -> None:
    page, write = open_write(visit)
    for shown, expected in zip(writes(page, write, TEXT), drawn(TEXT, HANDS.seed), strict=True):
        assert alike(shown, expected.repeat(3, axis=2))
    expect(ref(write, "reading")).to_contain_text("Another network reads this as")
    ref(write, "text").fill("31415")
    assert len(writes(page, write, "31415")) == 5
    ref(write, "text").press("Enter")
    ref(write, "undo").click()
    writes(page, write, TEXT)
    expect(ref(write, "text")).to_have_value(TEXT)
    ref(write, "redo").click()
    writes(page, write, "31415")


def test_what_cannot_be_written_is_told_and_loses_nothing(visit) -> None:
    page, write = open_write(visit)
    before = writes(page, write, TEXT)
    for text, words in (("", "Type a number"), ("20x6", "“x” is not among"), ("1" * 40, "at most 16 fit")):
        ref(write, "text").fill(text)
        ref(write, "text").press("Enter")
        expect_toast(page, words)
    assert all(np.array_equal(one, other) for one, other in zip(writes(page, write, TEXT), before, strict=True))
    ref(write, "text").fill("7")
    assert len(writes(page, write, "7")) == 1


def test_another_row_writes_in_another_hand_and_style_slides_between_two(visit) -> None:
    page, write = open_write(visit)
    rows = write.locator(".hand")
    rows.nth(3).click()
    (third,) = {picture.tobytes() for picture in writes(page, write, TEXT, seed=HANDS.seed + 3)[1:2]}
    expect(rows.nth(3)).to_have_attribute("aria-selected", "true")
    ref(write, "pick").click()
    expect(ref(write, "hint")).to_contain_text("Now pick")
    rows.nth(5).click()
    expect(ref(write, "styleOut")).to_have_text("50 %")
    between = writes(page, write, TEXT)[1]
    assert between.tobytes() != third
    ref(write, "style").fill("1")
    page.wait_for_function(
        "box => JSON.parse(box.dataset.shown).recipe.mix?.shares.all === 1",
        arg=ref(write, "page").element_handle(),
    )
    fifth = writes(page, write, TEXT)
    for shown, expected in zip(fifth, drawn(TEXT, HANDS.seed + 5), strict=True):
        assert alike(shown, expected.repeat(3, axis=2))
    ref(write, "undo").click()
    ref(write, "undo").click()
    assert writes(page, write, TEXT, seed=HANDS.seed + 3)[1].tobytes() == third


def test_new_hands_by_space_and_by_keys(visit) -> None:
    page, write = open_write(visit)
    page.keyboard.press("Space")
    expect(ref(write, "seed")).not_to_have_value(str(HANDS.seed))
    seed = int(ref(write, "seed").input_value())
    writes(page, write, TEXT, seed=seed)
    write.locator(".hand").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    writes(page, write, TEXT, seed=seed + 2)


def test_a_written_number_comes_back_from_its_file_and_its_link(visit) -> None:
    page, write = open_write(visit)
    write.locator(".hand").nth(2).click()
    ref(write, "text").fill("90210")
    before = writes(page, write, "90210", seed=HANDS.seed + 2)
    ref(write, "size").select_option("1")
    with page.expect_download() as download:
        ref(write, "save").click()
    path = download.value.path()
    assert np.array_equal(np.asarray(Image.open(path)), np.concatenate(before, axis=1)[..., 0])
    other = visit()
    ref(view(other, "make"), "open").set_input_files(path)
    expect_toast(other, "the very same picture")
    write = view(other, "write")
    again = writes(other, write, "90210")
    assert all(alike(one, two) for one, two in zip(again, before, strict=True))
    other.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ref(write, "share").click()
    expect_toast(other, "in your clipboard")
    link = other.evaluate("navigator.clipboard.readText()")
    third = visit(f"#{link.split('#')[1]}")
    again = writes(third, view(third, "write"), "90210")
    assert all(alike(one, two) for one, two in zip(again, before, strict=True))


def test_a_drawn_digit_lends_its_hand(visit) -> None:
    page = visit("#conditional-imitate")
    imitate = view(page, "imitate")
    expect(ref(imitate, "others").locator(".cell")).to_have_count(10)
    expect(ref(imitate, "badge")).to_contain_text("CPU")
    box = ref(imitate, "pad").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.15)
    page.mouse.down()
    for step in range(10):
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * (0.15 + 0.07 * step))
    page.mouse.up()
    expect(ref(imitate, "reading")).to_contain_text("1")
    others = ref(imitate, "others").locator("canvas")
    as_one = settle(others.nth(5))
    ref(imitate, "label").select_option("7")
    expect(ref(imitate, "reading")).to_have_text("You say it is 7")
    assert not np.array_equal(settle(others.nth(5)), as_one)
    seven = settle(others.nth(7))
    ref(imitate, "write").click()
    write = view(page, "write")
    ref(write, "text").fill("7")
    (shown,) = writes(page, write, "7")
    assert alike(shown, seven)


def test_labelled_pictures_to_take_away(visit) -> None:
    page = visit("#conditional-collect")
    collect = view(page, "collect")
    expect(collect.locator(".counts input")).to_have_count(10)
    ref(collect, "each").fill("0")
    expect(ref(collect, "make")).to_be_disabled()
    expect(ref(collect, "sum")).to_contain_text("From 1 to 10,000")
    collect.get_by_label("How many of 7").fill("40")
    collect.get_by_label("How many of 3").fill("2")
    expect(ref(collect, "make")).to_have_text("Make 42 pictures")
    expect(ref(collect, "command")).to_contain_text("--each 3=2 7=40")
    with page.expect_download() as download:
        ref(collect, "make").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as archive:
        names = [name for name in archive.namelist() if name.startswith("7/")]
        assert len(names) == 40 and "labels.csv" in archive.namelist()
    collect.get_by_text("NumPy", exact=True).click()
    with page.expect_download() as download:
        ref(collect, "make").click()
    with np.load(download.value.path()) as arrays:
        assert arrays["images"].shape == (42, 28, 28)


def test_a_large_order_can_be_cancelled(visit) -> None:
    page = visit("#conditional-collect")
    collect = view(page, "collect")
    ref(collect, "each").fill("1000")
    ref(collect, "make").click()
    expect(ref(collect, "progress")).to_be_visible()
    with page.expect_request(lambda request: '"cancel"' in (request.post_data or "")):
        ref(collect, "cancel").click()
    expect(ref(collect, "make")).to_be_visible()
    ref(collect, "each").fill("1")
    with page.expect_download() as download:
        ref(collect, "make").click()
    assert download.value.suggested_filename.endswith("-10.zip")
    assert json.loads(ref(collect, "grid").get_attribute("data-shown"))["truncation"] == 1
