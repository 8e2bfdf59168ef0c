"""Faces to order: wishes, one person in many looks, what nobody looks like; kept and opened again."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.ui.server.tabs import FACES
from tests.browser.faces import saved, shows
from tests.browser.look import cells, expect_toast, grid_pixels, pixels, ref, settle, view, wait_until_shown
from tests.faces import LOOKS


def open_people(visit, place: str = "#conditional-people", **options: object) -> tuple[Page, Locator]:
    page = visit(place, **options)
    people = view(page, "people")
    expect(cells(people)).to_have_count(16)
    expect(people.locator(".looks .cell")).to_have_count(len(LOOKS))
    return page, people


def wish(people: Locator, look: str, answer: str) -> None:
    people.get_by_role("radiogroup", name=look).get_by_text(answer, exact=True).click()


def person(people: Locator) -> tuple[np.ndarray, dict]:
    """What stands on the stage, and the recipe that was asked for."""
    return settle(ref(people, "stage")), json.loads(ref(people, "stage").get_attribute("data-shown"))["recipe"]


def test_wishes_change_every_face_and_can_be_taken_back(visit, face_artist: Model) -> None:
    page, people = open_people(visit)
    seeds = range(FACES.seed, FACES.seed + 16)
    for shown, face in zip(grid_pixels(people), face_artist.generate(seeds, FACES.truncation), strict=True):
        assert shows(shown, face)
    wish(people, "Smile", "Yes")
    wait_until_shown(page, people, seed=FACES.seed)
    wish(people, "Blond hair", "Yes")
    page.wait_for_function(
        "grid => Object.keys(JSON.parse(grid.dataset.shown).conditions).length === 2",
        arg=ref(people, "grid").element_handle(),
    )
    smiling = face_artist.generate(seeds, FACES.truncation, smiling=True, blond_hair=True)
    assert all(shows(shown, face) for shown, face in zip(grid_pixels(people), smiling, strict=True))
    expect(ref(people, "hint")).to_have_text("Drawn with: Smile, Blond hair")
    ref(people, "undo").click()
    ref(people, "undo").click()
    page.wait_for_function(
        "grid => Object.keys(JSON.parse(grid.dataset.shown).conditions).length === 0",
        arg=ref(people, "grid").element_handle(),
    )
    expect(ref(people, "anything")).to_be_disabled()
    assert shows(grid_pixels(people)[5], face_artist.generate([FACES.seed + 5], FACES.truncation)[0])


def test_what_nobody_looks_like_is_told_and_the_wish_is_set_back(visit) -> None:
    page, people = open_people(visit)
    wish(people, "Black hair", "Yes")
    expect(ref(people, "hint")).to_have_text("Drawn with: Black hair")
    wish(people, "Blond hair", "Yes")
    expect_toast(page, "nobody looks like that")
    expect(people.get_by_role("radiogroup", name="Blond hair").get_by_label("Any")).to_be_checked()
    expect(people.get_by_role("radiogroup", name="Black hair").get_by_label("Yes")).to_be_checked()


def test_one_person_takes_another_look_and_is_kept_with_it(visit, face_artist: Model, tmp_path: Path) -> None:
    page, people = open_people(visit)
    cells(people).nth(6).click()
    expect(ref(people, "title")).to_have_text(f"Seed {FACES.seed + 6}")
    before, asked = person(people)
    assert shows(before, face_artist.generate([FACES.seed + 6], FACES.truncation)[0])
    tile = people.locator(".looks .cell").first
    expect(people.locator(".looks .mix").first).to_contain_text("Smile")
    tile.click()
    page.wait_for_function(
        "stage => 'smiling' in JSON.parse(stage.dataset.shown).recipe.conditions",
        arg=ref(people, "stage").element_handle(),
    )
    after, asked = person(people)
    assert np.abs(after - before).max() > 30 and set(asked["conditions"]) == set(LOOKS)
    picture, data = saved(page, people)
    recipe = Recipe.load(data)
    assert picture.shape == (512, 512, 3) and recipe.conditions == asked["conditions"]
    assert shows(after, face_artist.generate([recipe.seed], recipe.truncation, **recipe.conditions)[0])
    (tmp_path / "person.png").write_bytes(data)
    fresh, again = open_people(visit)
    ref(again, "open").set_input_files(tmp_path / "person.png")
    expect(ref(again, "title")).to_have_text(f"Seed {FACES.seed + 6}")
    expect_toast(fresh, "the very same picture")
    assert np.abs(settle(ref(again, "stage")) - after).max() <= 1
    assert Image.open(io.BytesIO(data)).text


def test_a_phone_in_chinese_fits(visit) -> None:
    page, people = open_people(visit, locale="zh-CN", viewport={"width": 390, "height": 844})
    expect(people.get_by_text("按你的要求生成的脸")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    people.locator("summary", has_text="要求").click()
    wish(people, "微笑", "是")
    expect(ref(people, "hint")).to_contain_text("微笑")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert pixels(ref(people, "stage")).std() > 10
