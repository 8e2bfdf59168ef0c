"""Faces: a family over generations, with its tree; and the sum of three."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, expect

import genapp
from genapp.latents.blending import combine
from genapp.model.model import Model
from genapp.ui.server.tabs import FACES
from tests.browser.faces import choose, open_faces, open_tray, saved, shows
from tests.browser.look import alike, cells, expect_toast, pixels, ref, settle, wait_until_shown


def _latent(model: Model, index: int) -> np.ndarray:
    return model.truncate(model.latents([FACES.seed + index]), FACES.truncation)[0]


def _brood(faces: Locator) -> list[np.ndarray]:
    canvases = faces.locator(".brood canvas")
    settle(canvases.last)
    return [pixels(canvas) for canvas in canvases.all()]


def _family(faces: Locator, index: int) -> None:
    """A family that starts with a face of the grid."""
    choose(faces, index)
    open_tray(faces, "family")
    expect(faces.locator(".parents .cell")).to_have_count(2)
    _brood(faces)


def _second_generation(faces: Locator) -> list[np.ndarray]:
    """Make the second and the fifth child parents; the children before."""
    before = _brood(faces)
    for index in (1, 4):
        faces.locator(".brood .chip").nth(index).click()
        expect(faces.locator(".brood .chip").nth(index)).to_have_attribute("aria-pressed", "true")
    assert all(map(alike, _brood(faces), before))  # they wait for the button
    ref(faces, "children").click()
    expect(faces.locator(".lineage .row")).to_have_count(2)
    return before


def test_two_generations_and_their_tree(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit)
    _family(faces, 2)
    ref(faces, "mutation").fill("0")
    _brood(faces)
    faces.locator(".brood .cell").nth(1).click()
    expect(ref(faces, "title")).to_have_text("Child of A + B")
    large = settle(ref(faces, "stage"))
    _, data = saved(page, faces)
    recipe = genapp.Recipe.load(data)
    child = recipe.latents(face_gan)[0]
    assert shows(large, face_gan.decode(child[None])[0])
    parents = [_latent(face_gan, 2), _latent(face_gan, 3)]
    assert (child >= np.min(parents, axis=0) - 1e-5).all() and (child <= np.max(parents, axis=0) + 1e-5).all()
    assert not any(np.allclose(child, parent, atol=0.01) for parent in parents)

    first = _second_generation(faces)
    second = _brood(faces)
    assert not any(map(alike, first, second))
    ancestors, brood = (faces.locator(".lineage .row").nth(row).locator(".cell") for row in (0, 1))
    expect(ancestors).to_have_count(2)
    expect(brood).to_have_count(8)
    expect(brood.nth(1)).to_have_attribute("aria-label", "Child 1.2 of A + B")
    expect(faces.locator(".brood .cell").first).to_have_attribute("aria-label", "Child 2.1 of 1.2 + 1.5")
    expect(faces.locator(".lineage .heir")).to_have_count(4)
    expect(faces.locator(".lineage path")).to_have_count(4)
    brood.nth(4).hover()
    expect(faces.locator(".lineage .near.cell")).to_have_count(3)  # itself and its parents
    expect(faces.locator(".lineage path.near")).to_have_count(3)

    ancestors.nth(1).click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 3}")
    assert shows(settle(ref(faces, "stage")), face_gan.decode(parents[1][None])[0])
    ref(faces, "thisParent").click()  # an ancestor is a parent again
    expect(faces.locator(".parents .cell")).to_have_count(3)
    expect(faces.locator(".brood .cell").first).to_have_attribute("aria-label", "Child 2.1 of 1.2 + 1.5 + B")

    for _ in range(2):
        ref(faces, "undo").click()
    expect(ref(faces, "title")).to_have_text("Child of A + B")
    assert all(map(alike, _brood(faces), second))
    ref(faces, "undo").click()
    expect(ref(faces, "lineageBox")).to_be_hidden()
    assert all(map(alike, _brood(faces), first))
    expect(faces.locator(".brood .chip[aria-pressed=true]")).to_have_count(2)
    ref(faces, "redo").click()
    expect(ref(faces, "lineageBox")).to_be_visible()
    assert all(map(alike, _brood(faces), second))


def test_the_tree_stays_until_it_is_cleared_and_comes_back(visit) -> None:
    page, faces = open_faces(visit)
    _family(faces, 5)
    _second_generation(faces)
    second = _brood(faces)
    page.keyboard.press("Space")
    expect(ref(faces, "seed")).not_to_have_value(str(FACES.seed))
    wait_until_shown(page, faces, seed=int(ref(faces, "seed").input_value()))
    page.get_by_role("tab", name="Digits").click()
    page.get_by_role("tab", name="Faces").click()
    open_tray(faces, "sum")
    open_tray(faces, "family")
    expect(faces.locator(".lineage .row")).to_have_count(2)
    assert all(map(alike, _brood(faces), second))
    ref(faces, "noFamily").click()
    expect(ref(faces, "lineageBox")).to_be_hidden()
    assert not any(map(alike, _brood(faces), second))
    ref(faces, "undo").click()
    expect(faces.locator(".lineage .row")).to_have_count(2)
    assert all(map(alike, _brood(faces), second))


def test_a_child_whose_brood_is_gone_still_has_its_parents(visit) -> None:
    _, faces = open_faces(visit)
    choose(faces, 3)
    open_tray(faces, "family")
    first = _brood(faces)
    ref(faces, "undo").click()  # back before the family was first seen, and yet it is not empty
    expect(faces.locator(".parents .cell")).to_have_count(2)
    ref(faces, "redo").click()
    first = _brood(faces)
    faces.locator(".brood .cell").first.focus()
    for key in ("ArrowRight", "ArrowRight", "Enter"):
        faces.page.keyboard.press(key)
    expect(ref(faces, "title")).to_have_text("Child of A + B")
    ref(faces, "children").click()
    assert not any(map(alike, _brood(faces), first))
    expect(ref(faces, "lineageBox")).to_be_hidden()
    ref(faces, "thisParent").click()
    heir = faces.locator(".lineage .row").nth(1).locator(".heir")
    expect(heir).to_have_attribute("aria-label", "Child 1.3 of A + B")
    expect(faces.locator(".parents .cell")).to_have_count(3)
    expect(ref(faces, "thisParent")).to_be_disabled()


def test_surprise_is_live_and_one_parent_needs_some(visit) -> None:
    _, faces = open_faces(visit)
    _family(faces, 7)
    first = _brood(faces)
    slider = ref(faces, "mutation")
    slider.evaluate("slider => { slider.value = 0.9; slider.dispatchEvent(new Event('input', { bubbles: true })); }")
    dragged = _brood(faces)  # while the slider is still held
    assert not any(map(alike, first, dragged))
    slider.evaluate("slider => slider.dispatchEvent(new Event('change', { bubbles: true }))")
    ref(faces, "undo").click()
    assert all(map(alike, _brood(faces), first))
    faces.locator(".parents .cell").nth(1).click()
    expect(faces.locator(".parents .cell")).to_have_count(1)
    alone = _brood(faces)
    assert not any(map(alike, first, alone))
    slider.fill("0")
    expect(ref(faces, "familyNote")).to_contain_text("all the same")
    expect(ref(faces, "children")).to_be_disabled()
    assert all(map(alike, _brood(faces), alone))


def test_faces_of_another_model_cannot_be_parents(visit) -> None:
    page, faces = open_faces(visit)
    _family(faces, 1)
    ref(faces, "parent").click()
    for index in (6, 9):
        cells(faces).nth(index).click()
    expect(faces.locator(".parents .cell")).to_have_count(2)
    first = _brood(faces)
    faces.locator(".models label").nth(1).click()
    wait_until_shown(page, faces, model="faces-vae")
    cells(faces).nth(3).click()
    expect_toast(page, "This family is of another model")
    assert all(map(alike, _brood(faces), first))
    expect(faces.locator(".parents .cell")).to_have_count(2)
    ref(faces, "parent").click()
    cells(faces).nth(3).click()
    expect(ref(faces, "badge")).to_contain_text("VAE")
    settle(ref(faces, "stage"))
    ref(faces, "noFamily").click()  # as the words say
    assert not any(map(alike, _brood(faces), first))
    expect(cells(faces).nth(4)).to_have_class("cell parent")


def test_a_sum_is_live_and_every_choice_can_be_undone(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit)
    choose(faces, 0)
    open_tray(faces, "sum")

    def made(*indices: int) -> np.ndarray:
        w = combine(face_gan, *(_latent(face_gan, index) for index in indices))
        return face_gan.decode(w[None])[0]

    assert shows(settle(faces.locator(".term.result canvas")), made(0, 1, 2))
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed}")  # until something is chosen
    faces.locator(".term.minus .cell").click()
    expect(ref(faces, "hint")).to_have_text("Now pick a face in the grid")
    cells(faces).nth(8).click()
    expect(ref(faces, "title")).to_have_text("One less another plus a third")
    assert shows(settle(ref(faces, "stage")), made(0, 8, 2))
    assert shows(settle(faces.locator(".term.result canvas")), made(0, 8, 2))
    _, data = saved(page, faces)
    assert genapp.verify(data, face_gan).verdict == "identical"

    faces.evaluate(
        """view => {
            for (const [slot, index] of [["plus", 11], ["first", 14]]) {
                view.querySelector(`.term.${slot} button.quiet`).click();
                view.querySelectorAll(".grid .cell")[index].click();
            }
        }"""
    )  # quicker than the server
    assert shows(settle(ref(faces, "stage")), made(14, 8, 11))
    for indices in ((0, 8, 11), (0, 8, 2)):
        ref(faces, "undo").click()
        assert shows(settle(ref(faces, "stage")), made(*indices))
        assert shows(settle(faces.locator(".term.result canvas")), made(*indices))
    ref(faces, "undo").click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed}")
    assert shows(settle(faces.locator(".term.result canvas")), made(0, 1, 2))
    ref(faces, "redo").click()
    assert shows(settle(ref(faces, "stage")), made(0, 8, 2))
    choose(faces, 4)  # whoever is on the stage is the first
    assert shows(settle(faces.locator(".term.result canvas")), made(4, 8, 2))
    faces.locator(".term.result .cell").click()
    expect(ref(faces, "title")).to_have_text("One less another plus a third")
    assert shows(settle(ref(faces, "stage")), made(4, 8, 2))


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_on_a_phone_family_and_sum_fit(visit, locale: str) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": locale}
    page, faces = open_faces(visit, **phone)
    cells(faces).nth(1).click()
    open_tray(faces, "family")
    _brood(faces)
    _second_generation(faces)
    for part in (*faces.locator(".lineage .cell").all(), *faces.locator(".brood > div").all()):
        box = part.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["width"] > 34
    open_tray(faces, "sum")
    settle(faces.locator(".term.result canvas"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
