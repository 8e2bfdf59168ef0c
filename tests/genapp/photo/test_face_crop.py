"""Photographs from files, and the faces in them, redrawn from the command line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import genapp
from genapp.__main__ import main
from genapp.model.kinds.image import ImageOutput
from genapp.photo.face_crop import Frame, PhotoError, cut_out, faces_in, read_photo
from genapp.picture.packing import unpack
from genapp.picture.recipe import Recipe
from tests.faces import LOOKS, drawn_face, make_face_artist

ORIENTATION = 0x0112
GREY = (90, 110, 130)


def snapshot(side: int = 900) -> Image.Image:
    """A drawn face, right of the middle of a large photograph."""
    photo = Image.new("RGB", (2 * side, side), GREY)
    photo.paste(Image.fromarray(drawn_face(side // 2)), (side, side // 4))
    return photo


def test_a_photo_is_turned_upright_put_on_white_and_rid_of_its_exif(tmp_path: Path) -> None:
    photo = Image.new("RGB", (30, 20), "red")
    photo.paste("blue", (0, 0, 10, 20))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    photo.save(tmp_path / "turned.jpg", exif=exif, quality=95)
    upright = read_photo(tmp_path / "turned.jpg")
    assert upright.size == (20, 30) and upright.getpixel((10, 2))[2] > 200 and not upright.getexif()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert read_photo(tmp_path / "clear.png").getpixel((4, 4)) == (255, 255, 255)
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "print.jpg")
    assert read_photo(tmp_path / "print.jpg").mode == "RGB"
    Image.new("L", (8, 8), 77).save(tmp_path / "grey.png")
    assert read_photo(tmp_path / "grey.png").getpixel((1, 1)) == (77, 77, 77)


def test_what_is_no_photo_says_so(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    Image.new("L", (20_000, 2)).save(tmp_path / "wide.png")
    whole = tmp_path / "whole.png"
    snapshot().save(whole)
    (tmp_path / "half.png").write_bytes(whole.read_bytes()[:2000])
    for name, says in (("note.txt", "cannot be read"), ("wide.png", "at most 16384"), ("half.png", "cannot be read")):
        with pytest.raises(PhotoError, match=says):
            read_photo(tmp_path / name)
    with pytest.raises(PhotoError, match="cannot be read"):
        read_photo(tmp_path / "missing.png")


def test_a_face_is_found_in_a_large_photo_where_it_is() -> None:
    (frame,) = faces_in(snapshot())
    assert frame.x == pytest.approx(900 + 225, abs=40) and frame.y == pytest.approx(450, abs=60)
    assert 250 < frame.side < 700
    with pytest.raises(PhotoError, match="no face was found"):
        faces_in(Image.new("RGB", (300, 300), GREY))


def test_a_frame_is_cut_out_upright_and_white_where_the_photo_ends() -> None:
    photo = Image.new("RGB", (200, 200), GREY)
    photo.paste((250, 0, 0), (90, 60, 110, 80))  # above the middle
    output = ImageOutput(height=64, width=64, channels=3)
    straight = cut_out(photo, Frame(100, 100, 128, 0), output)
    assert straight.shape == (64, 64, 3) and straight[17, 32, 0] > 240 and straight[32, 17, 0] < 120
    turned = cut_out(photo, Frame(100, 100, 128, -90), output)  # its top is at the left
    assert turned[32, 47, 0] > 240 and turned[32, 17, 0] < 120
    leaning = photo.rotate(-30, Image.Resampling.BICUBIC, fillcolor=GREY)
    apart = np.abs(cut_out(leaning, Frame(100, 100, 128, 30), output).astype(int) - straight)
    assert apart.mean() < 2
    corner = cut_out(photo, Frame(0, 0, 64, 0), output)
    assert (corner[:30, :30] == 255).all() and tuple(corner[50, 50]) == GREY
    assert cut_out(photo, Frame(100, 100, 50, 0), ImageOutput(height=28, width=28, channels=1)).shape == (28, 28, 1)


def test_redraw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    snapshot().save(tmp_path / "photo.jpg", quality=95)
    out = tmp_path / "new" / "redrawn.png"
    assert main(["redraw", "faces-vae", str(tmp_path / "photo.jpg"), "--enlarge", "2", "--out", str(out)]) == 0
    assert capsys.readouterr().out.split() == [str(out)]
    model = genapp.load_model("faces-vae")
    recipe = Recipe.load(out)
    photo = read_photo(tmp_path / "photo.jpg")
    (frame,) = faces_in(photo)
    w = model.encode(cut_out(photo, frame, model.config.output)[None])
    np.testing.assert_allclose(unpack(recipe.w), w[0], atol=1e-5)
    assert Image.open(out).size == (128, 128) and genapp.verify(out).verdict == "identical"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["redraw", "faces-vae", "EMPTY"], "no face was found"),
        (["redraw", "faces-vae", "missing.jpg"], "cannot be read"),
        (["redraw", "faces-vae", "PHOTO", "--face", "3"], "the photo has 1"),
        (["redraw", "digits-vae", "PHOTO"], "cannot redraw faces"),
        (["redraw", "faces-vae", "PHOTO", "--edit", "wings=1"], "no direction 'wings'"),
        (["generate", "faces-conditional-gan", "--condition", "wings=true"], "no condition 'wings'"),
        (["generate", "faces-conditional-gan", "--condition", "smiling=11"], "smiling is '11'"),
        (
            ["generate", "faces-conditional-gan", "--condition", "black_hair=true", "blond_hair=true"],
            "black_hair and blond_hair: leave one of them open",
        ),
    ],
)
def test_wrong_requests_are_one_line_and_exit_code_2(
    words: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    artist = make_face_artist(tmp_path / "artist")
    files = {"PHOTO": tmp_path / "photo.png", "EMPTY": tmp_path / "empty.png"}
    snapshot(400).save(files["PHOTO"])
    Image.new("RGB", (300, 300), GREY).save(files["EMPTY"])
    given = [str(files.get(word, word)) for word in words]
    assert main([*given, "--out", str(tmp_path / "out.png"), "--models", str(artist)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 and said in lines[0]


def test_faces_are_ordered_on_the_command_line(tmp_path: Path) -> None:
    artist = make_face_artist(tmp_path / "artist")
    order = ["--condition", "smiling=true", "blond_hair=false", "--seed", "4"]
    assert main(["generate", "faces-conditional-gan", *order, "--out", str(tmp_path), "--models", str(artist)]) == 0
    recipe = Recipe.load(tmp_path / "faces-conditional-gan-4.png")
    assert set(recipe.conditions) == set(LOOKS)
    assert recipe.conditions["smiling"] is True and recipe.conditions["blond_hair"] is False
