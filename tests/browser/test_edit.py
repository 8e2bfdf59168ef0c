"""Faces: changed by sliders along directions, undone, mixed, kept."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import expect

from genapp.model.model import Model
from genapp.picture.recipe import Recipe
from genapp.ui.server.tabs import FACES
from tests.browser.faces import choose, face, open_faces, open_tray, saved, shows
from tests.browser.look import alike, ref, settle


def edited(model: Model, seed: int, **edits: float) -> np.ndarray:
    """A seed's face, moved along directions, uint8 (H, W, C)."""
    return model.generate([seed], FACES.truncation, {name.replace("_", "-"): amount for name, amount in edits.items()})[
        0
    ]


def test_a_slider_changes_the_face_and_can_be_undone_step_by_step(visit, face_gan: Model) -> None:
    seed = FACES.seed + 4
    _, faces = open_faces(visit)
    choose(faces, 4)
    open_tray(faces, "edit")
    smile = faces.get_by_role("slider", name="Smile")
    expect(smile).to_have_attribute("max", str(int(face_gan.directions["smiling"].high)))
    smile.fill("3")
    faces.locator("summary", has_text="More").click()
    faces.get_by_role("slider", name="Variation 1").fill("-1.5")
    assert shows(settle(ref(faces, "stage")), edited(face_gan, seed, smiling=3, pca_1=-1.5))
    ref(faces, "undo").click()
    assert shows(settle(ref(faces, "stage")), edited(face_gan, seed, smiling=3))
    expect(smile).to_have_value("3")
    ref(faces, "undo").click()
    assert shows(settle(ref(faces, "stage")), face(face_gan, seed))
    expect(smile).to_have_value("0")
    ref(faces, "redo").click()
    expect(smile).to_have_value("3")
    ref(faces, "editReset").click()
    assert shows(settle(ref(faces, "stage")), face(face_gan, seed))
    expect(ref(faces, "editReset")).to_be_disabled()


def test_an_edited_face_is_kept_walked_from_and_left_behind(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit)
    choose(faces, 4)
    open_tray(faces, "edit")
    faces.get_by_role("slider", name="Smile").fill("-3")
    before = settle(ref(faces, "stage"))
    _, data = saved(page, faces)
    recipe = Recipe.load(data)
    assert (recipe.seed, recipe.edits) == (FACES.seed + 4, {"smiling": -3})
    open_tray(faces, "mix")
    faces.locator(".mix.fine .cell").click()
    expect(faces.locator(".mix.fine .cell")).to_have_attribute("aria-pressed", "true")
    assert not alike(settle(ref(faces, "stage")), before, 10)
    _, data = saved(page, faces)
    assert Recipe.load(data).edits == {"smiling": -3} and Recipe.load(data).mix.shares == {"fine": 1}
    choose(faces, 9)  # another face begins unedited
    open_tray(faces, "edit")
    expect(faces.get_by_role("slider", name="Smile")).to_have_value("0")
    assert shows(settle(ref(faces, "stage")), face(face_gan, FACES.seed + 9))


def test_a_model_without_directions_says_so(visit) -> None:
    _, faces = open_faces(visit)
    ref(faces, "models").get_by_text("VAE", exact=True).click()
    choose(faces, 2)
    open_tray(faces, "edit")
    expect(ref(faces, "editNote")).to_contain_text("No directions are known")
    expect(ref(faces, "editReset")).to_be_hidden()
