"""Faces: the first tab. Generate, choose, mix, walk and film, compare, finish, keep and come back."""

from __future__ import annotations

import io
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

import genapp
from genapp.model import Model
from genapp.postprocess import NEUTRAL, RANGES, Finish, finish
from genapp.ui.opening import FACES
from tests.browser.look import alike, cells, expect_toast, grid_pixels, pixels, ref, settle, view, wait_until_shown
from tests.conftest import open_model
from tests.faces import make_face_gan

PLACE = "#faces-faces"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The one that the page shows first."""
    return open_model(make_face_gan(tmp_path_factory.mktemp("faces") / "faces-gan"))


def _open(visit, place: str = PLACE, **options: object) -> tuple[Page, Locator]:
    page = visit(place, **options)
    faces = view(page, "faces")
    expect(cells(faces)).to_have_count(FACES.count)
    return page, faces


def _choose(faces: Locator, index: int) -> None:
    cells(faces).nth(index).click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + index}")
    settle(ref(faces, "stage"))


def _tray(faces: Locator, name: str) -> None:
    faces.locator(f"[data-tray={name}]").click()
    expect(faces.locator(f"[data-panel={name}]")).to_be_visible()


def _like(shown: np.ndarray, picture: np.ndarray) -> bool:
    """Whether a canvas shows a picture, uint8 (H, W, C), enlarged as Pillow would."""
    size = (shown.shape[1], shown.shape[0])
    wanted = np.asarray(Image.fromarray(picture).resize(size, Image.Resampling.LANCZOS)).astype(int)
    return np.abs(shown - wanted).max() <= 3


def _face(model: Model, seed: int, truncation: float = FACES.truncation) -> np.ndarray:
    return model.generate([seed], truncation)[0]


def _saved(page: Page, faces: Locator) -> tuple[np.ndarray, bytes]:
    with page.expect_download() as download:
        ref(faces, "save").click()
    data = download.value.path().read_bytes()
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")), data


def test_faces_are_what_a_visitor_sees_first(visit, model: Model) -> None:
    page, faces = _open(visit, "")
    expect(page.get_by_role("tab", name="Faces")).to_have_attribute("aria-selected", "true")
    expect(faces.get_by_text("These people do not exist.")).to_be_visible()
    expect(faces.get_by_text("Non-commercial")).to_be_visible()
    expect(ref(faces, "badge")).to_contain_text("CPU")
    first = grid_pixels(faces)
    assert all(_like(shown, _face(model, FACES.seed + index)) for index, shown in enumerate(first))
    expect(ref(faces, "stops").locator(".cell")).to_have_count(len(FACES.tour))
    expect(ref(faces, "play")).to_have_text("Pause")  # a walk welcomes
    page.keyboard.press("Space")
    expect(ref(faces, "seed")).not_to_have_value(str(FACES.seed))
    wait_until_shown(page, faces, seed=int(ref(faces, "seed").input_value()))
    assert not any(alike(one, other, 20) for one, other in zip(first, grid_pixels(faces), strict=True))


def test_a_chosen_face_is_shown_large_and_crisp(visit, model: Model) -> None:
    _, faces = _open(visit)
    for index in (3, 17):
        _choose(faces, index)
        expect(cells(faces).nth(index)).to_have_attribute("aria-selected", "true")
        shown = pixels(ref(faces, "stage"))
        assert shown.shape[0] > 380 and _like(shown, _face(model, FACES.seed + index))
    ref(faces, "undo").click()
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 3}")
    assert _like(settle(ref(faces, "stage")), _face(model, FACES.seed + 3))


def test_without_variety_there_is_the_average_face_and_no_blank(visit, model: Model) -> None:
    page, faces = _open(visit)
    ref(faces, "variety").fill("0")
    wait_until_shown(page, faces, truncation=0)
    everywhere = grid_pixels(faces)
    assert all(alike(everywhere[0], one, 2) for one in everywhere)
    assert _like(everywhere[0], _face(model, 1, 0)) and everywhere[0].std() > 20


def test_surprises_are_never_lost(visit) -> None:
    page, faces = _open(visit)
    _choose(faces, 4)
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


def test_two_faces_mix_by_ranges(visit, model: Model) -> None:
    page, faces = _open(visit)
    _choose(faces, 2)
    _tray(faces, "mix")
    ref(faces, "second").click()
    expect(ref(faces, "hint")).to_have_text("Now pick the second face in the grid")
    cells(faces).nth(9).click()
    first, second = (
        model.truncate(model.latents([FACES.seed + index]), FACES.truncation)[0] for index in (2, 9)
    )  # fmt: skip
    expect(faces.locator(".mix")).to_have_count(5)
    expected = {"first": first, "second": second}
    for name, (low, high) in model.card.latent.styles.items():
        expected[name] = np.concatenate([first[:low], second[low:high], first[high:]])
    for name, w in expected.items():
        assert _like(settle(faces.locator(f".mix.{name} canvas")), model.decode(w[None])[0])

    faces.locator(".mix.fine .cell").click()
    expect(ref(faces, "title")).to_have_text("A mix of two")
    expect(faces.locator(".mix.fine .cell")).to_have_attribute("aria-pressed", "true")
    assert _like(settle(ref(faces, "stage")), model.decode(expected["fine"][None])[0])
    faces.locator(".mix.coarse input").fill("0.5")
    half = expected["fine"].copy()
    low, high = model.card.latent.styles["coarse"]
    half[low:high] = (first[low:high] + second[low:high]) / 2
    assert _like(settle(ref(faces, "stage")), model.decode(half[None])[0])
    _, data = _saved(page, faces)
    recipe = genapp.Recipe.load(io.BytesIO(data).getvalue())
    assert recipe.seed == FACES.seed + 2 and recipe.mix.seed == FACES.seed + 9
    assert recipe.mix.shares == {"fine": 1, "coarse": 0.5} and recipe.enlarge == 8
    assert genapp.verify(data, model).verdict == "identical"

    ref(faces, "undo").click()
    assert _like(settle(ref(faces, "stage")), model.decode(expected["fine"][None])[0])
    ref(faces, "mixReset").click()
    assert _like(settle(ref(faces, "stage")), model.decode(first[None])[0])


def test_a_model_without_styles_says_what_to_do(visit) -> None:
    page, faces = _open(visit)
    faces.locator(".models label").nth(1).click()
    wait_until_shown(page, faces, model="faces-vae")
    _choose(faces, 0)
    _tray(faces, "mix")
    expect(ref(faces, "mixNote")).to_contain_text("no layers of style")
    expect(ref(faces, "second")).to_be_hidden()


def test_a_walk_between_chosen_faces_is_filmed(visit, tmp_path: Path) -> None:
    page, faces = _open(visit)
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
    _, faces = _open(visit)
    _choose(faces, 2)
    _tray(faces, "mix")
    faces.locator(".mix.fine .cell").click()
    expect(ref(faces, "title")).to_have_text("A mix of two")
    mixed = settle(ref(faces, "stage"))
    _tray(faces, "path")
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
    _, faces = _open(visit)
    ref(faces, "pace").select_option("slow")
    ref(faces, "mp").click()
    ref(faces, "unfilm").click()
    expect(ref(faces, "mp")).to_be_visible()
    expect(ref(faces, "progress")).to_be_hidden()
    expect(ref(faces, "mp")).to_be_enabled()


def test_a_finish_is_live_shown_beside_its_before_and_comes_back(visit, model: Model, tmp_path: Path) -> None:
    page, faces = _open(visit)
    _choose(faces, 8)
    plain = _face(model, FACES.seed + 8)
    _tray(faces, "finish")
    expect(ref(faces, "beforeBox")).to_be_hidden()
    faces.get_by_label("Colour", exact=True).fill("0")
    faces.get_by_label("Sharpen", exact=True).fill("1")
    wanted = finish(plain, Finish(saturation=0, sharpen=1))
    expect(ref(faces, "beforeBox")).to_be_visible()
    assert _like(settle(ref(faces, "stage")), wanted) and _like(settle(ref(faces, "before")), plain)
    curtain = ref(faces, "curtain")
    curtain.fill("20")
    assert "80%" in ref(faces, "before").evaluate("canvas => getComputedStyle(canvas).clipPath")
    ref(faces, "compare").uncheck()
    expect(ref(faces, "beforeBox")).to_be_hidden()

    ref(faces, "size").select_option("1")
    picture, data = _saved(page, faces)
    assert np.array_equal(picture, wanted)
    path = tmp_path / "face.png"
    path.write_bytes(data)

    ref(faces, "undo").click()  # the sharpening
    assert _like(settle(ref(faces, "stage")), finish(plain, Finish(saturation=0)))
    ref(faces, "finishReset").click()
    assert _like(settle(ref(faces, "stage")), plain)
    expect(ref(faces, "finishReset")).to_be_disabled()

    page, faces = _open(visit)
    ref(faces, "open").set_input_files(path)
    expect_toast(page, "the very same picture")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 8}")
    assert _like(settle(ref(faces, "stage")), wanted)
    _tray(faces, "finish")
    expect(faces.get_by_label("Colour", exact=True)).to_have_value("0")


def test_sliders_that_move_at_once_are_all_heard(visit, model: Model) -> None:
    _, faces = _open(visit)
    _choose(faces, 8)
    _tray(faces, "finish")
    ref(faces, "sliders").evaluate(
        """sliders => [...sliders.querySelectorAll("input")].forEach((slider, index) => {
            slider.value = Number(slider.min) + (0.6 + index / 20) * (slider.max - slider.min);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
        })"""
    )
    values = ref(faces, "sliders").locator("input").evaluate_all("all => all.map((one) => Number(one.value))")
    wanted = dict(zip(RANGES, values, strict=True))
    assert all(value != getattr(NEUTRAL, name) for name, value in wanted.items())
    assert _like(settle(ref(faces, "stage")), finish(_face(model, FACES.seed + 8), Finish(**wanted)))
    assert values == ref(faces, "sliders").locator("input").evaluate_all("all => all.map((one) => Number(one.value))")


def test_a_link_brings_the_picture_to_somebody_else(visit, model: Model) -> None:
    page, faces = _open(visit, permissions=["clipboard-read", "clipboard-write"])
    _choose(faces, 5)
    _tray(faces, "finish")
    faces.get_by_label("Warmth", exact=True).fill("0.5")
    shown = settle(ref(faces, "stage"))
    ref(faces, "share").click()
    expect_toast(page, "in your clipboard")
    link = page.evaluate("navigator.clipboard.readText()")
    _, place = link.split("#")
    assert "seed=6" in place and "finish.warmth=0.5" in place

    page, faces = _open(visit, f"#{place}")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 5}")
    assert alike(settle(ref(faces, "stage")), shown)
    page, faces = _open(visit, "#model=faces-gan&seed=x")
    expect_toast(page, "This link holds no recipe")


def test_two_models_side_by_side(visit, model: Model) -> None:
    page = visit("#faces-compare")
    compare = view(page, "compare")
    sides = compare.locator("section")
    expect(sides).to_have_count(2)
    expect(sides.nth(0)).to_contain_text("Sharper")
    expect(sides.nth(1)).to_contain_text("Softer")
    for side, words in enumerate(("Faces: GAN", "Faces: VAE")):
        expect(sides.nth(side).locator(".badge")).to_contain_text(words)
    assert _like(settle(sides.nth(0).locator("canvas").nth(4)), _face(model, FACES.seed + 4))
    page.keyboard.press("Space")
    expect(ref(compare, "seed")).not_to_have_value(str(FACES.seed))
    seed = ref(compare, "seed").input_value()
    expect(sides.nth(1).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {seed}")
    expect(sides.nth(0).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {seed}")
    ref(compare, "undo").click()
    expect(ref(compare, "seed")).to_have_value(str(FACES.seed))
    expect(sides.nth(0).locator(".cell").first).to_have_attribute("aria-label", f"Picture from seed {FACES.seed}")
    sides.nth(0).locator(".cell").nth(4).click()
    faces = view(page, "faces")
    expect(ref(faces, "title")).to_have_text(f"Seed {FACES.seed + 4}")
    assert _like(settle(ref(faces, "stage")), _face(model, FACES.seed + 4))


def test_on_a_phone_the_face_stays_in_sight(visit) -> None:
    _, faces = _open(visit, viewport={"width": 390, "height": 844}, device_scale_factor=2, has_touch=True)
    cells(faces).nth(1).click()
    _tray(faces, "finish")
    ref(faces, "finishReset").scroll_into_view_if_needed()
    box = ref(faces, "stage").bounding_box()
    assert 0 <= box["y"] < 60 and box["height"] > 200


def test_films_leave_nothing_on_the_disk(server, visit) -> None:
    page, faces = _open(visit)
    ref(faces, "pace").select_option("quick")
    with page.expect_download():
        ref(faces, "mp").click()
    assert [path for path in server.temp.rglob("*") if path.is_file()] == []
