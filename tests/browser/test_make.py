"""Make: the first pictures, new ones, choosing, walking, saving and coming back."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, PngImagePlugin
from playwright.sync_api import expect

from tests.browser.look import (
    SEED,
    alike,
    cells,
    expect_toast,
    grid_pixels,
    pixels,
    ref,
    settle,
    shown,
    view,
    wait_until_shown,
)


def test_the_page_opens_with_pictures_and_a_walk(visit) -> None:
    page = visit()
    make = view(page, "make")
    expect(cells(make)).to_have_count(36)
    assert all(np.ptp(picture) > 60 for picture in grid_pixels(make))
    before = pixels(ref(make, "stage"))
    page.wait_for_function(
        "([canvas, before]) => canvas.toDataURL() !== before",
        arg=[ref(make, "stage").element_handle(), ref(make, "stage").evaluate("canvas => canvas.toDataURL()")],
    )
    assert np.ptp(before) > 60
    expect(ref(make, "badge")).to_contain_text("CPU")
    expect(ref(make, "badge")).to_contain_text("ms")


def test_new_pictures_by_click_and_by_space_and_back_again(visit) -> None:
    page = visit()
    make = view(page, "make")
    first, seed = grid_pixels(make), ref(make, "seed").input_value()
    ref(make, "new").click()
    expect(ref(make, "seed")).not_to_have_value(seed)
    second_seed = int(ref(make, "seed").input_value())
    wait_until_shown(page, make, seed=second_seed)
    second = grid_pixels(make)
    assert not any(alike(one, other, 20) for one, other in zip(first, second, strict=True))
    page.keyboard.press("Space")
    expect(ref(make, "seed")).not_to_have_value(str(second_seed))
    ref(make, "undo").click()
    ref(make, "undo").click()
    wait_until_shown(page, make, seed=int(seed))
    assert all(np.array_equal(one, other) for one, other in zip(first, grid_pixels(make), strict=True))
    ref(make, "redo").click()
    wait_until_shown(page, make, seed=second_seed)


def test_a_seed_can_be_typed_and_nonsense_is_put_back(visit) -> None:
    page = visit()
    make = view(page, "make")
    ref(make, "seed").fill("123 4")
    ref(make, "seed").press("Enter")
    expect(ref(make, "seed")).to_have_value(str(SEED))
    ref(make, "seed").fill("1234")
    ref(make, "seed").press("Space")  # typing: no new pictures
    ref(make, "seed").fill("1234")
    ref(make, "seed").press("Enter")
    wait_until_shown(page, make, seed=1234)
    ref(make, "count").select_option("64")
    wait_until_shown(page, make, seed=1234, count=64)
    expect(cells(make)).to_have_count(64)


def test_another_model_draws_the_same_seeds(visit) -> None:
    page = visit()
    make = view(page, "make")
    first = grid_pixels(make)
    make.locator(".models label").nth(1).click()
    name = make.locator(".models input").nth(1).get_attribute("value")
    wait_until_shown(page, make, model=name, seed=SEED)
    assert not any(alike(one, other, 20) for one, other in zip(first, grid_pixels(make), strict=True))


def test_a_chosen_picture_takes_the_stage(visit) -> None:
    page = visit()
    make = view(page, "make")
    for index in (8, 20):
        cells(make).nth(index).click()
        expect(ref(make, "title")).to_have_text(f"Seed {SEED + index}")
        expect(cells(make).nth(index)).to_have_attribute("aria-selected", "true")
        assert alike(settle(ref(make, "stage")), pixels(cells(make).nth(index).locator("canvas")))
        expect(ref(make, "reading")).to_contain_text("%")
    expect(make.locator(".cell[aria-selected=true]")).to_have_count(1)


def test_a_walk_plays_stops_and_can_be_kept(visit) -> None:
    page = visit()
    make = view(page, "make")
    cells(make).nth(0).click()
    expect(ref(make, "title")).to_have_text(f"Seed {SEED}")
    ref(make, "walkTo").click()
    expect(ref(make, "hint")).to_have_text("Now pick where to walk to")
    cells(make).nth(5).click()
    expect(ref(make, "title")).to_have_text("On a walk")
    steps = make.locator(".strip .cell")
    expect(steps).to_have_count(9)
    assert alike(pixels(steps.first.locator("canvas")), pixels(cells(make).nth(0).locator("canvas")))
    assert alike(pixels(steps.last.locator("canvas")), pixels(cells(make).nth(5).locator("canvas")))
    expect(ref(make, "play")).to_have_text("Pause")
    with page.expect_download() as download:
        ref(make, "animation").click()
    film = Image.open(download.value.path())
    assert film.format == "WEBP" and film.n_frames == 46 and film.size == (336, 336)
    ref(make, "play").click()
    expect(ref(make, "play")).to_have_text("Play")
    expect(ref(make, "title")).to_contain_text("Step")
    steps.nth(4).click()
    assert alike(settle(ref(make, "stage")), pixels(steps.nth(4).locator("canvas")))


def test_shift_click_walks_and_a_surprise_goes_in_a_circle(visit) -> None:
    page = visit()
    make = view(page, "make")
    cells(make).nth(3).click()
    expect(ref(make, "title")).to_have_text(f"Seed {SEED + 3}")
    cells(make).nth(9).click(modifiers=["Shift"])
    expect(ref(make, "hint")).to_contain_text("From one digit to the other")
    ref(make, "surprise").click()
    expect(ref(make, "hint")).to_contain_text("5 digits")
    expect(make.locator(".cell[aria-selected=true]")).to_have_count(0)


def test_siblings_fill_the_grid_and_undo_brings_the_strangers_back(visit) -> None:
    page = visit()
    make = view(page, "make")
    cells(make).nth(4).click()
    expect(ref(make, "title")).to_have_text(f"Seed {SEED + 4}")
    chosen, strangers = settle(ref(make, "stage")), grid_pixels(make)
    ref(make, "siblings").click()
    expect(cells(make).first).to_have_attribute("aria-label", "Sibling 1")
    siblings = grid_pixels(make)
    apart = [np.mean([np.abs(picture - chosen).mean() for picture in grid]) for grid in (siblings, strangers)]
    assert apart[0] < apart[1]
    ref(make, "undo").click()
    wait_until_shown(page, make, near=None)


def test_the_slider_is_live_and_ends_on_its_last_value(visit) -> None:
    page = visit()
    make = view(page, "make")
    slider = ref(make, "variety")
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.57, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(box["x"] + box["width"] * (0.57 - 0.009 * step), box["y"] + box["height"] / 2)
    page.mouse.up()
    value = float(slider.input_value())
    assert value < 0.2
    wait_until_shown(page, make, truncation=value)
    tame = grid_pixels(make)
    ref(make, "undo").click()  # the whole drag is one step
    wait_until_shown(page, make, truncation=0.8)
    spread = [np.std(grid, axis=0).mean() for grid in (tame, grid_pixels(make))]
    assert spread[0] < spread[1]
    ref(make, "redo").click()
    wait_until_shown(page, make, truncation=value)
    ref(make, "varietyReset").click()
    wait_until_shown(page, make, truncation=0.8)


def test_a_saved_png_brings_picture_and_settings_back(visit, tmp_path) -> None:
    page = visit()
    make = view(page, "make")
    make.locator(".models label").nth(1).click()
    ref(make, "seed").fill("400")
    ref(make, "seed").press("Enter")
    slider = ref(make, "variety")
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    wait_until_shown(page, make, seed=400, truncation=0.84)
    before = shown(make)
    cells(make).nth(12).click()
    expect(ref(make, "title")).to_have_text("Seed 412")
    picture = settle(ref(make, "stage"))
    with page.expect_download() as download:
        ref(make, "save").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    with Image.open(path) as image:
        saved = np.asarray(image.convert("RGB")).astype(int)
        assert '"seed": 412' in image.info["genapp"]
    assert alike(saved, picture)

    other = visit()
    ref(view(other, "make"), "open").set_input_files(path)
    make = view(other, "make")
    expect_toast(other, "the very same picture")
    wait_until_shown(other, make, model=before["model"], seed=412, truncation=0.84)
    expect(ref(make, "title")).to_have_text("Seed 412")
    expect(cells(make).first).to_have_attribute("aria-selected", "true")
    assert np.array_equal(settle(ref(make, "stage")), saved)


def test_a_walk_s_step_can_be_saved_dropped_and_comes_back(visit) -> None:
    page = visit()
    make = view(page, "make")
    ref(make, "play").click()
    expect(ref(make, "title")).to_contain_text("Step")
    with page.expect_download() as download:
        ref(make, "save").click()
    picture = settle(ref(make, "stage"))
    data = list(download.value.path().read_bytes())
    ref(make, "new").click()
    transfer = page.evaluate_handle(
        """data => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(data)], "step.png", { type: "image/png" }));
            return transfer;
        }""",
        data,
    )
    page.dispatch_event("body", "drop", {"dataTransfer": transfer})
    expect_toast(page, "the very same picture")
    expect(ref(make, "title")).to_have_text("From your PNG")
    assert alike(settle(ref(make, "stage")), picture)


def test_pictures_without_a_recipe_and_of_unknown_models_are_met_kindly(visit) -> None:
    page = visit()
    chooser = ref(view(page, "make"), "open")

    def png(recipe: str = "") -> dict:
        info = PngImagePlugin.PngInfo()
        if recipe:
            info.add_itxt("genapp", recipe)
        buffer = io.BytesIO()
        Image.new("L", (28, 28)).save(buffer, "PNG", pnginfo=info)
        return {"name": "some.png", "mimeType": "image/png", "buffer": buffer.getvalue()}

    chooser.set_input_files(png())
    expect_toast(page, "carries no recipe")
    chooser.set_input_files(png('{"model": "someone-elses", "seed": 1}'))
    expect_toast(page, "a model that is not here: someone-elses")
    chooser.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": b"no picture at all"})
    expect_toast(page, "not a PNG")
    chooser.set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": bytes(2_100_000)})
    expect_toast(page, "too large")


def test_models_brought_along_have_their_own_tab(visit) -> None:
    page = visit()
    page.get_by_role("tab", name="Your models").click()
    make = view(page, "make")
    wait_until_shown(page, make, model="clouds")
    first = grid_pixels(make)
    assert np.ptp(first[0]) > 10
    page.keyboard.press("Space")
    expect(ref(make, "seed")).not_to_have_value(str(SEED))
    wait_until_shown(page, make, seed=int(ref(make, "seed").input_value()))
    assert not alike(first[0], grid_pixels(make)[0])
    cells(make).nth(2).click()
    expect(ref(make, "title")).to_contain_text("Seed")
