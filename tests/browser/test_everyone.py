"""The page for everybody: in Chinese, in the dark, on a phone, without a mouse."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.look import SEED, cells, expect_toast, ref, settle, view, wait_until_shown

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "has_touch": True}
VIEWS = (
    "faces-faces",
    "faces-photo",
    "faces-compare",
    "digits-make",
    "digits-map",
    "digits-draw",
    "conditional-write",
    "conditional-imitate",
    "conditional-collect",
    "models-make",
)
_WORDS = """root => {
    const words = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        if (node.nodeType === 3) words.push(node.textContent);
        else for (const name of ["aria-label", "title", "placeholder"]) words.push(node.getAttribute(name) || "");
    }
    return words.map((word) => word.trim()).filter(Boolean);
}"""
CALLS = re.compile("component_server")
NAMES = (
    r"GenApp|Read this page in English|English|CPU|CUDA|GPU|GAN|DCGAN|VAE|MNIST|CelebA|PNG|MP4|WebP|px|USM|Lanczos"
    r"|Shift"
    r"|Clouds|NumPy|numpy\.load|Parquet|IDX|zip|labels\.csv|label_names|datasets|images?|labels?|python -m genapp.*"
    r"|\b[0-9a-f]{7}\b"
)
"""What is the same in Chinese: names, and the switch to the other language."""


def _wait_for_pictures(page: Page, place: str) -> None:
    shown = view(page, place.split("-")[1])
    if place == "faces-photo":  # it waits for a picture
        ref(shown, "invent").click()
    expect(shown.locator(".badge").last).to_contain_text("CPU")
    expect(shown.locator("canvas").first).to_be_visible()


@pytest.mark.parametrize("place", VIEWS)
def test_a_chinese_browser_reads_chinese_only(visit, place: str) -> None:
    page = visit(f"#{place}", locale="zh-CN")
    _wait_for_pictures(page, place)
    words = page.locator(".ga").evaluate(_WORDS)
    assert len(words) > 30
    english = [word for word in words if re.search(r"[A-Za-z]{2,}", re.sub(NAMES, "", word))]
    assert not english
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert "一个数字" in page.title()


def test_the_language_can_be_switched_and_stays(visit) -> None:
    page = visit()
    make = view(page, "make")
    expect(ref(make, "new")).to_contain_text("New digits")
    page.locator("[data-ref=language]").click()
    expect(ref(make, "new")).to_contain_text("换一批数字")
    cells(make).nth(1).click()
    expect(ref(make, "title")).to_have_text(f"种子 {SEED + 1}")
    page.reload()
    expect(ref(view(page, "make"), "new")).to_contain_text("换一批数字")
    english = visit("?lang=en#digits-make", locale="zh-CN")
    expect(ref(view(english, "make"), "new")).to_contain_text("New digits")


def test_light_and_dark_follow_the_system_until_one_is_chosen(visit) -> None:
    page = visit(color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(background) == "rgb(18, 19, 23)"
    page.locator("[data-ref=theme]").click()
    assert page.evaluate(background) == "rgb(246, 245, 241)"
    page.reload()
    page.wait_for_selector(".ga.ready")
    assert page.evaluate(background) == "rgb(246, 245, 241)"


@pytest.mark.parametrize("place", VIEWS)
def test_a_phone_shows_all_without_scrolling_sideways(visit, place: str) -> None:
    page = visit(f"#{place}", **PHONE)
    _wait_for_pictures(page, place)
    for drawer in page.locator(".tab:not([hidden]) details.drawer summary").all():
        if drawer.is_visible():
            drawer.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        """[...document.querySelectorAll(".ga button, .ga select, .ga summary, .ga .button")]
            .filter((one) => one.offsetParent && !one.matches(".cell, .link"))
            .filter((one) => one.getBoundingClientRect().height < 44 || one.getBoundingClientRect().width < 44)
            .map((one) => one.textContent)"""
    )
    assert not small


def test_on_a_phone_the_stage_is_on_top_and_the_drawers_are_shut(visit) -> None:
    page = visit(**PHONE)
    make = view(page, "make")
    _wait_for_pictures(page, "digits-make")
    stage, grid = ref(make, "stage").bounding_box(), ref(make, "grid").bounding_box()
    assert stage["y"] < grid["y"] < 844
    expect(ref(make, "variety")).to_be_hidden()
    make.locator("summary").last.click()
    expect(ref(make, "variety")).to_be_visible()


def test_everything_can_be_done_from_the_keyboard(visit) -> None:
    page = visit()
    make = view(page, "make")
    expect(cells(make).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.grid .cell')"):
            break
    expect(cells(make).first).to_be_focused()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowLeft", "ArrowRight"):
        page.keyboard.press(key)
    expect(cells(make).nth(13)).to_be_focused()
    page.keyboard.press("Enter")
    expect(ref(make, "title")).to_have_text(f"Seed {SEED + 13}")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+Enter")
    expect(ref(make, "title")).to_have_text("On a walk")
    page.keyboard.press("Space")
    expect(ref(make, "seed")).not_to_have_value(str(SEED))
    page.keyboard.press("Control+z")
    wait_until_shown(page, make, seed=SEED)
    ref(make, "walkTo").focus()
    page.keyboard.press("Space")
    expect(ref(make, "walkTo")).to_have_attribute("aria-pressed", "true")
    expect(ref(make, "seed")).to_have_value(str(SEED))
    page.keyboard.press("Escape")
    expect(ref(make, "walkTo")).to_have_attribute("aria-pressed", "false")
    outline = ref(make, "walkTo").evaluate("button => getComputedStyle(button).outlineStyle")
    assert outline == "solid"


@pytest.mark.parametrize("place", VIEWS)
def test_everything_has_a_name(visit, place: str) -> None:
    page = visit(f"#{place}")
    _wait_for_pictures(page, place)
    for tray in page.locator(".tab:not([hidden]) [data-tray]").all():
        if tray.is_visible():
            tray.click()
    nameless = page.evaluate(
        """[...document.querySelectorAll(".ga button, .ga input, .ga select, .ga [role], .ga canvas[role]")]
            .filter((one) => one.offsetParent && !one.matches(".toasts"))
            .filter((one) => !one.textContent.trim() && !one.ariaLabel && !one.labels?.length)
            .map((one) => one.outerHTML)"""
    )
    assert not nameless


def test_the_model_card_is_one_click_away(visit) -> None:
    page = visit()
    ref(view(page, "make"), "badge").get_by_role("button", name="Model card").click()
    config = page.get_by_role("dialog")
    expect(config).to_be_visible()
    expect(config).to_contain_text("Learned from")
    page.keyboard.press("Escape")
    expect(config).to_be_hidden()


def test_who_likes_it_calm_gets_no_motion(visit) -> None:
    page = visit(reduced_motion="reduce")
    make = view(page, "make")
    settle(ref(make, "stage"))
    expect(ref(make, "play")).to_have_text("Play")


def test_crowds_and_lost_connections_are_explained(visit) -> None:
    page = visit(quietly=True)
    make = view(page, "make")
    _wait_for_pictures(page, "digits-make")
    page.route(CALLS, lambda route: route.fulfill(json={"error": "busy"}))
    ref(make, "new").click()
    expect_toast(page, "Many people are playing right now")
    page.unroute(CALLS)
    page.route(CALLS, lambda route: route.abort())
    ref(make, "new").click()
    expect_toast(page, "The server does not answer")
    page.unroute(CALLS)
    ref(make, "new").click()
    wait_until_shown(page, make, seed=int(ref(make, "seed").input_value()))
