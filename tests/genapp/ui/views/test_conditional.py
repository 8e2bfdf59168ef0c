"""The calls of digits to order, on a small real model that writes, and one that also looks."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from genapp.model import library
from genapp.model.config import AttributeCondition, ClassCondition
from genapp.picture.packing import pack
from genapp.picture.recipe import Recipe
from genapp.picture.verify import verify
from genapp.picture.writing import writes
from genapp.ui.server.endpoint import served
from genapp.ui.server.packing import from_base64, to_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from genapp.ui.views.collect import view as collect
from genapp.ui.views.imitate import view as imitate
from genapp.ui.views.write import view as write
from tests.folders import DIGITS, make_generator, make_judge
from tests.genapp.ui.replies import encoded, picture, pictures

MODULES = (imitate, collect, *write.VIEW.uses, *collect.VIEW.uses)

HAND = {"seed": 3, "truncation": 0.8}


def _digit(*graphs: str) -> tuple[ClassCondition]:
    return (ClassCondition(name="digit", labels=DIGITS, graphs=graphs),)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("order")
    make_generator(folder / "scribe", "scribe", size=28, mapping=True, layers=2, conditions=_digit("generator"))
    make_generator(
        folder / "mimic", "mimic", size=28, encoder=True, family="vae", conditions=_digit("generator", "encoder")
    )
    make_generator(folder / "plain", "plain", size=28)
    make_judge(folder / "judge", "judge", size=28)
    return folder


@pytest.fixture(scope="module")
def registry(folder: Path) -> ModelRegistry:
    return ModelRegistry(library.find([folder]))


def _writing(text: str, model: str = "scribe", **more: object) -> dict:
    row = list(text) if len(text) > 1 else text
    return picture(model, **HAND, conditions={"digit": row}, **more)


def test_a_number_is_written_in_one_hand(call, registry: ModelRegistry) -> None:
    model = registry.model("scribe")
    expected = model.decode(model.truncate(model.latents([3] * 4), 0.8), digit=["2", "0", "2", "6"])
    assert np.array_equal(pictures(call("render", pictures=[_writing("2026")])), expected)
    judge = registry.judge(model.config)
    reads = [reading["label"] for reading in call("read", picture=_writing("2026"))["reads"]]
    assert reads == [judge.config.labels[best] for best in judge.classify(expected)[0].argmax(1)]


def test_style_slides_from_one_hand_to_another(call, registry: ModelRegistry) -> None:
    model = registry.model("scribe")
    first, second = model.truncate(model.latents([3]), 0.8), model.latents([4])
    for share in (0, 0.25, 1):
        between = _writing("7", mix={"seed": 4, "shares": {"all": share}})
        expected = model.decode(first + np.float32(share) * (second - first), digit="7")
        assert np.abs(pictures(call("render", pictures=[between])).astype(int) - expected).max() <= 1


def test_a_table_has_a_row_of_all_digits_for_each_hand(call, registry: ModelRegistry) -> None:
    hands = [picture("scribe", seed=seed, truncation=0.8, conditions={"digit": DIGITS}) for seed in (3, 4)]
    table = pictures(call("render", pictures=hands))
    model = registry.model("scribe")
    w = model.truncate(model.latents([4] * 10), 0.8)
    assert table.shape == (20, 28, 28, 1)
    assert np.array_equal(table[10:], model.decode(w, digit=list(DIGITS)))


@pytest.mark.parametrize("text", ["", "x", "11x", "1" * 33])
def test_what_cannot_be_written_is_refused(call, text: str) -> None:
    assert call("render", pictures=[_writing(text)])["error"] == "request"
    assert call("save", picture=_writing(text))["error"] == "request"
    assert call("render", pictures=[_writing("1", model="plain")])["error"] == "request"


def test_a_sheet_holds_so_many_letters(call) -> None:
    assert call("render", pictures=[_writing("1" * 32)] * 8)["count"] == 256
    assert call("render", pictures=[_writing("1" * 32)] * 9)["error"] == "request"


@pytest.mark.parametrize("model", ["plain", "judge", "nobody", "../scribe"])
def test_only_models_that_write_make_data_sets(call, model: str) -> None:
    assert call("collect", model=model, counts={"1": 1}, seed=0, truncation=1, kind="npz")["error"] == "model"


@pytest.mark.parametrize("mix", [None, {"seed": 9, "shares": {"all": 0.5}}], ids=["seed", "between"])
@pytest.mark.parametrize("text", ["2026", "7"])
def test_what_is_kept_comes_back(call, registry: ModelRegistry, mix: dict | None, text: str) -> None:
    more = {"mix": mix} if mix else {}
    asked = _writing(text, **more)
    row = np.concatenate(pictures(call("render", pictures=[asked])), axis=1)
    saved = call("save", picture=_writing(text, **more, enlarge=2))
    data = from_base64(saved["file"])
    assert saved["name"] == f"scribe-{text}.png"
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(data))), row[..., 0].repeat(2, 0).repeat(2, 1))
    assert verify(data, registry.model("scribe")).verdict == "identical"
    for reply in (call("reopen", png=to_base64(data)), call("follow", query=call("link", picture=asked)["query"])):
        assert (reply["recipe"], reply["verdict"]) == (asked["recipe"], "identical")
    assert Recipe.load(data).seed == HAND["seed"]


def test_rows_that_are_too_wide_are_refused(call) -> None:
    assert "file" in call("save", picture=_writing("1234567890123456", enlarge=8))
    assert call("save", picture=_writing("1234567890123456", enlarge=16))["error"] == "request"


def _drawn_one() -> np.ndarray:
    drawing = np.zeros((280, 280), np.uint8)
    drawing[40:240, 125:150] = 255
    return drawing


@pytest.mark.parametrize("label", [None, "4"])
def test_a_drawing_gives_its_hand_to_the_other_digits(call, registry: ModelRegistry, label: str | None) -> None:
    asked = {"label": label} if label else {}
    reply = call("imitate", model="mimic", png=encoded(_drawn_one()), **asked)
    drawn, model = pictures(reply), registry.model("mimic")
    seen = drawn[:1]
    assert seen[0, :, 13:15].max() > 200 and seen[0, :, :6].max() == 0
    read = registry.judge(model.config).classify(seen)[0][0].argmax()
    assert reply["label"] == (label or DIGITS[read]) and reply["guessed"] == (label is None)
    w = model.encode(seen, digit=reply["label"])
    assert reply["hand"] == picture("mimic", w=pack(w[0]))
    assert np.array_equal(drawn[1:2], model.decode(w, digit=reply["label"]))
    assert np.array_equal(drawn[2:], model.decode(w.repeat(10, 0), digit=list(DIGITS)))
    five = picture("mimic", w=pack(w[0]), conditions={"digit": "5"})
    assert np.array_equal(pictures(call("render", pictures=[five])), drawn[7:8])


def test_drawings_that_say_nothing(call, registry: ModelRegistry, folder: Path, tmp_path: Path) -> None:
    empty = np.zeros((280, 280), np.uint8)
    assert call("imitate", model="mimic", png=encoded(empty)) == {"hand": None, "ms": 0}
    assert call("imitate", model="mimic", png="bm8=")["error"] == "picture"
    assert call("imitate", model="scribe", png=encoded(_drawn_one()))["error"] == "model"
    assert call("imitate", model="mimic", png=encoded(_drawn_one()), label="x")["error"] == "which"
    (tmp_path / "mimic").symlink_to(folder / "mimic")
    alone = ModelRegistry(library.find([tmp_path]))
    assert served(imitate.imitate, alone)({"model": "mimic", "png": encoded(_drawn_one())}) == {"error": "which"}


def _fetch(call, ticket: str) -> dict:
    for _ in range(2000):
        reply = call("watch", ticket=ticket)
        if "file" in reply or "error" in reply:
            return reply
        time.sleep(0.01)
    pytest.fail("the data set is not finished")


def test_labelled_pictures_come_as_a_file(call, registry: ModelRegistry) -> None:
    order = {"model": "scribe", "counts": {"7": 300, "0": 2}, "seed": 5, "truncation": 0.9, "kind": "png"}
    reply = _fetch(call, call("collect", **order)["ticket"])
    assert reply["name"] == "scribe-302.zip" and reply["done"] == reply["total"] == 302
    with zipfile.ZipFile(io.BytesIO(from_base64(reply["file"]))) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("labels.csv"), "utf-8")))
        first = np.asarray(Image.open(archive.open(rows[0]["file"])))
    assert sum(row["label"] == "7" for row in rows) == 300
    assert np.array_equal(first, registry.model("scribe").generate([5], 0.9, digit=rows[0]["label"])[0, ..., 0])


def test_clicks_get_their_turn_while_a_data_set_is_made(call) -> None:
    """Through one gate, as on the page."""
    order = {"model": "scribe", "counts": {"7": 10_000}, "seed": 5, "truncation": 0.9, "kind": "png"}
    ticket = call("collect", **order)["ticket"]
    shares = []
    for _ in range(5):
        assert "png" in call("render", pictures=[_writing("1")])
        shares.append(call("watch", ticket=ticket)["done"])
    assert shares[-1] < 10_000
    call("cancel", ticket=ticket)
    assert call("watch", ticket=ticket)["error"] == "job"


@pytest.mark.parametrize(
    "bad",
    [
        {"counts": {}},
        {"counts": {"7": 0}},
        {"counts": {"11": 3}},
        {"counts": {"7": -3}},
        {"counts": {"7": 6000, "8": 6000}},
        {"kind": "tar"},
        {"truncation": 9},
    ],
)
def test_orders_that_cannot_be_are_refused(call, bad: dict) -> None:
    order = {"model": "scribe", "counts": {"7": 3}, "seed": 5, "truncation": 0.9, "kind": "npz"}
    assert call("collect", **{**order, **bad})["error"] == "request"


def test_the_tab_is_there_for_models_that_write_and_digits_keeps_the_others(
    registry: ModelRegistry, tmp_path: Path
) -> None:
    shown = {tab.name: tab for tab in tabs(registry)}
    tab = shown["conditional"]
    assert [view.name for view in tab.views] == ["write", "imitate", "collect"]
    assert [entry.config.name for entry in tab.models] == ["mimic", "scribe"]
    assert tab.knows(registry)["labels"]["scribe"] == list(DIGITS)
    assert pictures(tab.opening(registry)["hands"]).shape == (80, 28, 28, 1)
    assert [entry.config.name for entry in shown["digits"].models] == ["plain"]
    make_generator(tmp_path / "plain", "plain", size=28)
    assert [tab.name for tab in tabs(ModelRegistry(library.find([tmp_path])))] == ["digits"]


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        (_digit("generator"), True),
        (_digit("generator", "mapping"), False),
        ((), False),
        ((AttributeCondition(name="bold", graphs=("generator",)),), False),
        ((*_digit("generator"), AttributeCondition(name="bold", graphs=("generator",))), False),
        ((ClassCondition(name="shape", labels=("bar", "blob"), graphs=("generator",)),), False),
    ],
)
def test_what_writes(conditions: tuple, fits: bool, tmp_path: Path) -> None:
    make_generator(tmp_path / "one", "one", mapping=True, conditions=conditions)
    (entry,) = library.find([tmp_path]).models
    assert writes(entry.config) is fits
