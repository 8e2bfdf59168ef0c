"""Faces: finished, compared with their before, kept, and sent to somebody else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from genapp.model.model import Model
from genapp.pixels.finish import NEUTRAL, RANGES, Finish, finish
from genapp.ui.server.tabs import FACES
from tests.browser.faces import choose, face, open_faces, open_tray, saved, shows
from tests.browser.look import alike, expect_toast, ref, settle


def test_a_finish_is_live_shown_beside_its_before_and_comes_back(visit, face_gan: Model, tmp_path: Path) -> None:
    page, faces = open_faces(visit)
    choose(faces, 8)
    plain = face(face_gan, FACES.seed + 8)
    open_tray(faces, "finish")
    expect(ref(faces, "beforeBox")).to_be_hidden()
    faces.get_by_label("Colour", exact=True).fill("0")
    faces.get_by_label("Sharpen", exact=True).fill("1")
    wanted = finish(plain, Finish(saturation=0, sharpen=1))
    expect(ref(faces, "beforeBox")).to_be_visible()
    assert shows(settle(ref(faces, "stage")), wanted) and shows(settle(ref(faces, "before")), plain)
    curtain = ref(faces, "curtain")
    curtain.fill("20")
    assert "80%" in ref(faces, "before").evaluate("canvas => getComputedStyle(canvas).clipPath")
    ref(faces, "compare").uncheck()
    expect(ref(faces, "beforeBox")).to_be_hidden()

    ref(faces, "size").select_option("1")
    picture, data = saved(page, faces)
    assert np.array_equal(picture, wanted)
    path = tmp_path / "face.png"
    path.write_bytes(data)

    ref(faces, "undo").click()  # the sharpening
    assert shows(settle(ref(faces, "stage")), finish(plain, Finish(saturation=0)))
    ref(faces, "finishReset").click()
    assert shows(settle(ref(faces, "stage")), plain)
    expect(ref(faces, "finishReset")).to_be_disabled()

    page, faces = open_faces(visit)
    ref(faces, "open").set_input_files(path)
    expect_toast(page, "the very same picture")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 8}")
    assert shows(settle(ref(faces, "stage")), wanted)
    open_tray(faces, "finish")
    expect(faces.get_by_label("Colour", exact=True)).to_have_value("0")


def test_sliders_that_move_at_once_are_all_heard(visit, face_gan: Model) -> None:
    _, faces = open_faces(visit)
    choose(faces, 8)
    open_tray(faces, "finish")
    ref(faces, "sliders").evaluate(
        """sliders => [...sliders.querySelectorAll("input")].forEach((slider, index) => {
            slider.value = Number(slider.min) + (0.6 + index / 20) * (slider.max - slider.min);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
    )
    values = ref(faces, "sliders").locator("input").evaluate_all("all => all.map((one) => Number(one.value))")
    wanted = dict(zip(RANGES, values, strict=True))
    assert all(value != getattr(NEUTRAL, name) for name, value in wanted.items())
    assert shows(settle(ref(faces, "stage")), finish(face(face_gan, FACES.seed + 8), Finish(**wanted)))
    assert values == ref(faces, "sliders").locator("input").evaluate_all("all => all.map((one) => Number(one.value))")


def test_a_link_brings_the_picture_to_somebody_else(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit, permissions=["clipboard-read", "clipboard-write"])
    choose(faces, 5)
    open_tray(faces, "finish")
    faces.get_by_label("Warmth", exact=True).fill("0.5")
    shown = settle(ref(faces, "stage"))
    ref(faces, "share").click()
    expect_toast(page, "in your clipboard")
    link = page.evaluate("navigator.clipboard.readText()")
    _, place = link.split("#")
    assert "seed=6" in place and "finish.warmth=0.5" in place

    page, faces = open_faces(visit, f"#{place}")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 5}")
    assert alike(settle(ref(faces, "stage")), shown)
    page, faces = open_faces(visit, "#model=faces-gan&seed=x")
    expect_toast(page, "This link holds no recipe")
