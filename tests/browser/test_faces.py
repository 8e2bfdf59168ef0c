"""Faces: the first tab. Generate, choose, mix, walk and film, compare. `test_finish.py` has the rest."""

from __future__ import annotations

from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image
from playwright.sync_api import expect

import genapp
from genapp.model.model import Model
from genapp.ui.server.tabs import FACES
from tests.browser.faces import choose, face, open_faces, open_tray, saved, shows
from tests.browser.look import alike, cells, grid_pixels, pixels, ref, settle, view, wait_until_shown


def test_faces_are_what_a_visitor_sees_first(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit, "")
    expect(page.get_by_role("tab", name="Faces")).to_have_attribute("aria-selected", "true")
    expect(faces.get_by_text("These people do not exist.")).to_be_visible()
    expect(faces.get_by_text("Non-commercial")).to_be_visible()
    expect(ref(faces, "badge")).to_contain_text("CPU")
    first = grid_pixels(faces)
    assert all(shows(shown, face(face_gan, FACES.seed + index)) for index, shown in enumerate(first))
    expect(ref(faces, "stops").locator(".cell")).to_have_count(len(FACES.tour))
    expect(ref(faces, "play")).to_have_text("Pause")  # a walk welcomes
    page.keyboard.press("Space")
    expect(ref(faces, "seed")).not_to_have_value(str(FACES.seed))
    wait_until_shown(page, faces, seed=int(ref(faces, "seed").input_value()))
    assert not any(alike(one, other, 20) for one, other in zip(first, grid_pixels(faces), strict=True))


def test_a_chosen_face_is_shown_large_and_crisp(visit, face_gan: Model) -> None:
    _, faces = open_faces(visit)
    for index in (3, 17):
        choose(faces, index)
        expect(cells(faces).nth(index)).to_have_attribute("aria-selected", "true")
        shown = pixels(ref(faces, "stage"))
        assert shown.shape[0] > 380 and shows(shown, face(face_gan, FACES.seed + index))
    ref(faces, "undo").click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 3}")
    assert shows(settle(ref(faces, "stage")), face(face_gan, FACES.seed + 3))


def test_without_variety_there_is_the_average_face_and_no_blank(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit)
    ref(faces, "variety").fill("0")
    wait_until_shown(page, faces, truncation=0)
    everywhere = grid_pixels(faces)
    assert all(alike(everywhere[0], one, 2) for one in everywhere)
    assert shows(everywhere[0], face(face_gan, 1, 0)) and everywhere[0].std() > 20


def test_surprises_are_never_lost(visit) -> None:
    page, faces = open_faces(visit)
    choose(faces, 4)
    first = settle(ref(faces, "stage"))
    titles = []
    for _ in range(3):
        before = ref(faces, "stage").evaluate("canvas => canvas.toDataURL()")
        ref(faces, "surprise").click()
        page.wait_for_function(
            "([canvas, before]) => canvas.toDataURL() !== before", arg=[ref(faces, "stage").element_handle(), before]
        )
        settle(ref(faces, "stage"))
        titles.append(ref(faces, "title").inner_text())
    for title in [*reversed(titles[:-1]), f"Seed {FACES.seed + 4}"]:
        ref(faces, "undo").click()
        expect(ref(faces, "title")).to_have_text(title)
    assert alike(settle(ref(faces, "stage")), first)


def test_two_faces_mix_by_ranges(visit, face_gan: Model) -> None:
    page, faces = open_faces(visit)
    choose(faces, 2)
    open_tray(faces, "mix")
    ref(faces, "second").click()
    expect(ref(faces, "hint")).to_have_text("Now pick the second face in the grid")
    cells(faces).nth(9).click()
    first, second = (
        face_gan.truncate(face_gan.latents([FACES.seed + index]), FACES.truncation)[0] for index in (2, 9)
    )  # fmt: skip
    expect(faces.locator(".mix")).to_have_count(5)
    expected = {"first": first, "second": second}
    for name, (low, high) in face_gan.config.latent.styles.items():
        expected[name] = np.concatenate([first[:low], second[low:high], first[high:]])
    for name, w in expected.items():
        assert shows(settle(faces.locator(f".mix.{name} canvas")), face_gan.decode(w[None])[0])

    faces.locator(".mix.fine .cell").click()
    expect(ref(faces, "title")).to_have_text("A mix of two")
    expect(faces.locator(".mix.fine .cell")).to_have_attribute("aria-pressed", "true")
    assert shows(settle(ref(faces, "stage")), face_gan.decode(expected["fine"][None])[0])
    faces.locator(".mix.coarse input").fill("0.5")
    half = expected["fine"].copy()
    low, high = face_gan.config.latent.styles["coarse"]
    half[low:high] = (first[low:high] + second[low:high]) / 2
    assert shows(settle(ref(faces, "stage")), face_gan.decode(half[None])[0])
    _, data = saved(page, faces)
    recipe = genapp.Recipe.load(data)
    assert recipe.seed == FACES.seed + 2 and recipe.mix.seed == FACES.seed + 9
    assert recipe.mix.shares == {"fine": 1, "coarse": 0.5} and recipe.enlarge == 8
    assert genapp.verify(data, face_gan).verdict == "identical"

    ref(faces, "undo").click()
    assert shows(settle(ref(faces, "stage")), face_gan.decode(expected["fine"][None])[0])
    ref(faces, "mixReset").click()
    assert shows(settle(ref(faces, "stage")), face_gan.decode(first[None])[0])


def test_a_model_without_styles_says_what_to_do(visit) -> None:
    page, faces = open_faces(visit)
    faces.locator(".models label").nth(1).click()
    wait_until_shown(page, faces, model="faces-vae")
    choose(faces, 0)
    open_tray(faces, "mix")
    expect(ref(faces, "mixNote")).to_contain_text("no layers of style")
    expect(ref(faces, "second")).to_be_hidden()


def test_the_stage_follows_to_another_model_and_back(visit, face_gan: Model, face_vae: Model) -> None:
    page, faces = open_faces(visit)
    faces.locator(".models label").nth(1).click()  # from the walk of the first paint to the first of the grid
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed}")
    assert shows(settle(ref(faces, "stage")), face(face_vae, FACES.seed))
    ref(faces, "undo").click()
    expect(ref(faces, "title")).to_have_text("On a walk")
    choose(faces, 7)
    faces.locator(".models label").nth(1).click()  # a chosen seed stays chosen
    wait_until_shown(page, faces, model="faces-vae")
    expect(cells(faces).nth(7)).to_have_attribute("aria-selected", "true")
    assert shows(settle(ref(faces, "stage")), face(face_vae, FACES.seed + 7))
    ref(faces, "undo").click()
    wait_until_shown(page, faces, model="faces-gan")
    expect(cells(faces).nth(7)).to_have_attribute("aria-selected", "true")
    assert shows(settle(ref(faces, "stage")), face(face_gan, FACES.seed + 7))


def test_a_walk_between_chosen_faces_is_filmed(visit, tmp_path: Path) -> None:
    page, faces = open_faces(visit)
    faces.get_by_role("button", name="Clear").click()
    expect(ref(faces, "mp")).to_be_disabled()
    faces.get_by_role("button", name="Add faces").click()
    for index in (0, 6, 12):
        cells(faces).nth(index).click()
        expect(cells(faces).nth(index)).to_have_attribute(
            "data-stop", str(len(ref(faces, "stops").locator(".cell").all()))
        )
    faces.get_by_role("button", name="Done").click()
    expect(ref(faces, "stops").locator(".cell")).to_have_count(3)
    expect(ref(faces, "hint")).to_contain_text("3 faces")
    expect(ref(faces, "play")).to_have_text("Pause")
    ref(faces, "pace").select_option("quick")
    ref(faces, "stops").locator(".cell").nth(1).click()  # out with the second
    expect(ref(faces, "stops").locator(".cell")).to_have_count(2)
    expect(ref(faces, "hint")).to_contain_text("2 faces")

    with page.expect_download() as download:
        ref(faces, "mp").click()
        expect(ref(faces, "progress")).to_be_visible()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    reader = imageio_ffmpeg.read_frames(str(path))
    assert path.suffix == ".mp4" and next(reader)["size"] == (512, 512) and len(list(reader)) == 24
    expect(ref(faces, "progress")).to_be_hidden()
    with page.expect_download() as download:
        ref(faces, "webp").click()
    film = Image.open(download.value.path())
    assert (film.format, film.n_frames, film.size) == ("WEBP", 24, (256, 256))


def test_a_mixed_face_can_be_walked_to(visit) -> None:
    _, faces = open_faces(visit)
    choose(faces, 2)
    open_tray(faces, "mix")
    faces.locator(".mix.fine .cell").click()
    expect(ref(faces, "title")).to_have_text("A mix of two")
    mixed = settle(ref(faces, "stage"))
    open_tray(faces, "path")
    faces.get_by_role("button", name="Clear").click()
    for name, count in (("Add this one", 1), ("Add faces", 1)):
        faces.get_by_role("button", name=name).click()
        expect(ref(faces, "stops").locator(".cell")).to_have_count(count)
    cells(faces).nth(5).click()
    expect(ref(faces, "hint")).to_contain_text("2 faces")
    faces.locator(".strip .cell").first.click()
    expect(ref(faces, "title")).to_have_text("Step 1 of 48")
    assert alike(settle(ref(faces, "stage")), mixed, 3)


def test_a_film_can_be_cancelled(visit) -> None:
    page, faces = open_faces(visit)
    ref(faces, "pace").select_option("slow")
    ref(faces, "mp").click()
    with page.expect_request(lambda request: '"cancel"' in (request.post_data or "")):
        ref(faces, "unfilm").click()
    expect(ref(faces, "mp")).to_be_visible()
    expect(ref(faces, "progress")).to_be_hidden()
    expect(ref(faces, "mp")).to_be_enabled()


def test_two_models_side_by_side(visit, face_gan: Model) -> None:
    page = visit("#faces-compare")
    compare = view(page, "compare")
    sides = compare.locator("section")
    expect(sides).to_have_count(2)
    expect(sides.nth(0)).to_contain_text("Sharper")
    expect(sides.nth(1)).to_contain_text("Softer")
    for side, words in enumerate(("Faces: GAN", "Faces: VAE")):
        expect(sides.nth(side).locator(".badge")).to_contain_text(words)
    assert shows(settle(sides.nth(0).locator("canvas").nth(4)), face(face_gan, FACES.seed + 4))
    page.keyboard.press("Space")
    expect(ref(compare, "seed")).not_to_have_value(str(FACES.seed))
    seed = ref(compare, "seed").input_value()
    expect(sides.nth(1).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {seed}")
    expect(sides.nth(0).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {seed}")
    ref(compare, "undo").click()
    expect(ref(compare, "seed")).to_have_value(str(FACES.seed))
    expect(sides.nth(0).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {FACES.seed}")
    ref(compare, "redo").click()
    expect(ref(compare, "seed")).to_have_value(seed)
    ref(compare, "undo").click()
    sides.nth(1).get_by_text("GAN", exact=True).click()
    expect(sides.nth(1)).to_contain_text("Sharper")
    ref(compare, "undo").click()  # the choice of the model, too
    expect(sides.nth(1)).to_contain_text("Softer")
    expect(sides.nth(0).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {FACES.seed}")
    sides.nth(0).locator(".cell").nth(4).click()
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 4}")
    assert shows(settle(ref(faces, "stage")), face(face_gan, FACES.seed + 4))


def test_on_a_phone_the_face_stays_in_sight(visit) -> None:
    _, faces = open_faces(visit, viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
    cells(faces).nth(1).click()
    open_tray(faces, "finish")
    ref(faces, "finishReset").scroll_into_view_if_needed()
    box = ref(faces, "stage").bounding_box()
    assert 0 <= box["y"] < 60 and box["height"] > 200


def test_films_leave_nothing_on_the_disk(server, visit) -> None:
    page, faces = open_faces(visit)
    ref(faces, "pace").select_option("quick")
    with page.expect_download():
        ref(faces, "mp").click()
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []
