"""Map: roaming the plane. Draw: what the models make of one's own digit."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Locator, Page, expect

from tests.browser.look import alike, expect_toast, pixels, ref, settle, view


def _point_at(page: Page, map_view: Locator, right: float, down: float) -> None:
    box = ref(map_view, "sheet").bounding_box()
    page.mouse.move(box["x"] + box["width"] * right, box["y"] + box["height"] * down)


def _wait_for_place(page: Page, map_view: Locator) -> None:
    """Until the digit of the place that is written there has been drawn."""
    page.wait_for_function(
        """([plane, place]) => {
            const fixed = (plane.dataset.visited || "").split(",").map((number) => Number(number).toFixed(2));
            return place.textContent === `(${fixed.join(", ")})`;
        }""",
        arg=[ref(map_view, "plane").element_handle(), ref(map_view, "place").element_handle()],
    )


def test_the_map_can_be_roamed_and_ends_where_the_pointer_does(visit) -> None:
    page = visit("#digits-map")
    map_view = view(page, "map")
    expect(ref(map_view, "place")).to_contain_text("(")
    assert pixels(ref(map_view, "sheet")).shape == (560, 560, 3)
    corners = []
    for right, down in ((0.06, 0.06), (0.94, 0.94)):
        for step in range(15):
            _point_at(page, map_view, 0.5 + (right - 0.5) * step / 14, 0.5 + (down - 0.5) * step / 14)
        _wait_for_place(page, map_view)
        corners.append((ref(map_view, "place").text_content(), settle(ref(map_view, "stage"))))
    assert corners[0][0] != corners[1][0]
    assert not alike(corners[0][1], corners[1][1], 20)
    expect(ref(map_view, "reading")).to_contain_text("%")
    expect(map_view.locator(".bars span")).to_have_count(10)


def test_the_map_answers_to_keys_and_colours_by_digit(visit) -> None:
    page = visit("#digits-map")
    map_view = view(page, "map")
    expect(ref(map_view, "place")).to_contain_text("(")
    place = ref(map_view, "place").text_content()
    ref(map_view, "plane").focus()
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    expect(ref(map_view, "place")).not_to_have_text(place)
    _wait_for_place(page, map_view)
    place = ref(map_view, "place").text_content()
    page.keyboard.press("Space")
    expect(ref(map_view, "place")).not_to_have_text(place)
    ref(map_view, "colour").check()
    expect(ref(map_view, "tint")).to_be_visible()


def test_a_place_on_the_map_can_be_saved_and_found_again(visit) -> None:
    page = visit("#digits-map")
    map_view = view(page, "map")
    expect(ref(map_view, "place")).to_contain_text("(")
    _point_at(page, map_view, 0.31, 0.62)
    _wait_for_place(page, map_view)
    place, picture = ref(map_view, "place").text_content(), settle(ref(map_view, "stage"))
    with page.expect_download() as download:
        ref(map_view, "save").click()
    other = visit()
    ref(view(other, "make"), "open").set_input_files(download.value.path())
    expect_toast(other, "the very same picture")
    map_view = view(other, "map")
    expect(ref(map_view, "place")).to_have_text(place)
    _wait_for_place(other, map_view)
    assert np.array_equal(settle(ref(map_view, "stage")), picture)


def _draw_a_one(page: Page, draw: Locator) -> None:
    box = ref(draw, "pad").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.2)
    page.mouse.down()
    for step in range(12):
        page.mouse.move(box["x"] + box["width"] * (0.55 - 0.01 * step), box["y"] + box["height"] * (0.2 + 0.05 * step))
    page.mouse.up()


def test_a_drawn_digit_is_seen_remembered_and_given_company(visit) -> None:
    page = visit("#digits-draw")
    draw = view(page, "draw")
    expect(ref(draw, "neighbours").locator(".cell")).to_have_count(8)  # of the digit that stands there at first
    greeting = pixels(ref(draw, "seen"))
    _draw_a_one(page, draw)
    page.wait_for_function(
        "([canvas, width]) => { const { data } = canvas.getContext('2d').getImageData(0, 14, 28, 1);"
        " return [...data].filter((level, index) => index % 4 === 0 && level > 60).length <= width; }",
        arg=[ref(draw, "seen").element_handle(), 5],
    )
    seen = settle(ref(draw, "seen"))
    assert not alike(seen, greeting, 40)
    assert seen.sum(axis=(1, 2)).nonzero()[0].size >= 20 and seen[:, 4].max() == 0
    expect(ref(draw, "reading")).to_contain_text("1")
    remembered = ref(draw, "back").locator("canvas")
    assert remembered.count() >= 2
    assert np.abs(settle(remembered.first) - seen).mean() < np.abs(seen).mean()
    expect(ref(draw, "siblings").locator(".cell")).to_have_count(8)


def test_strokes_can_be_undone_and_the_pad_cleared(visit) -> None:
    page = visit("#digits-draw")
    draw = view(page, "draw")
    expect(ref(draw, "neighbours").locator(".cell")).to_have_count(8)
    _draw_a_one(page, draw)
    one = pixels(ref(draw, "pad"))
    box = ref(draw, "pad").bounding_box()
    page.mouse.click(box["x"] + 40, box["y"] + 40)
    assert pixels(ref(draw, "pad"))[20:30, 10:30].max() > 200
    ref(draw, "undo").click()
    assert np.array_equal(pixels(ref(draw, "pad")), one)
    ref(draw, "clear").click()
    expect(ref(draw, "ghost")).to_be_visible()
    assert pixels(ref(draw, "pad")).max() == 0
    page.keyboard.press("Space")
    expect(ref(draw, "ghost")).to_be_hidden()
    assert pixels(ref(draw, "pad")).max() > 200


def test_a_drawing_leads_to_the_map_and_its_sibling_to_the_stage(visit) -> None:
    page = visit("#digits-draw")
    draw = view(page, "draw")
    expect(ref(draw, "onMap")).to_be_visible()
    ref(draw, "onMap").click()
    expect(ref(view(page, "map"), "place")).to_contain_text("(")
    page.get_by_role("button", name="Draw", exact=True).click()
    sibling = ref(draw, "siblings").locator(".cell").nth(2)
    picture = settle(sibling.locator("canvas"))
    sibling.click()
    make = view(page, "make")
    expect(ref(make, "title")).to_have_text("A close sibling")
    assert alike(settle(ref(make, "stage")), picture)


def test_fingers_draw_too(visit) -> None:
    page = visit("#digits-draw", viewport={"width": 390, "height": 844}, has_touch=True)
    draw = view(page, "draw")
    expect(ref(draw, "neighbours").locator(".cell")).to_have_count(8)
    box = ref(draw, "pad").bounding_box()
    before = pixels(ref(draw, "pad"))
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    after = pixels(ref(draw, "pad"))
    assert not np.array_equal(before, after) and after[135:145, 135:145].min() > 200
