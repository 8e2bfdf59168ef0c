"""The Faces tab's calls, on models of cartoon faces: finishing, mixing, films, keeping; and when there is a tab."""

from __future__ import annotations

import io
import tempfile
import time
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image

from genapp.model import library
from genapp.model.mixing import mix
from genapp.pixels.finish import Finish, finish
from genapp.ui.endpoints import films
from genapp.ui.server import jobs, page
from genapp.ui.server.endpoint import served
from genapp.ui.server.packing import from_base64
from genapp.ui.server.registry import ModelRegistry
from genapp.ui.server.tabs import tabs
from genapp.ui.views.faces import view as faces
from tests.folders import make_generator
from tests.genapp.ui.replies import picture, pictures, seeds

MODULES = faces.VIEW.uses

LOOK = {"sharpen": 1.0, "warmth": 0.5}


@pytest.fixture(scope="module")
def registry(face_models: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelRegistry:
    folder = tmp_path_factory.mktemp("faces") / "one"
    make_generator(folder, "faces-coder", task="faces", sampling=None, encoder=True, family="autoencoder")
    return ModelRegistry(library.find([face_models / "faces-vae", face_models / "faces-gan", folder]))


def test_faces_come_first_and_show_their_best_model_first(registry: ModelRegistry) -> None:
    shown = tabs(registry)
    assert [(tab.name, [view.name for view in tab.views]) for tab in shown] == [
        ("faces", ["faces", "photo", "compare"])
    ]
    assert [entry.config.name for entry in shown[0].models] == ["faces-gan", "faces-vae"]
    knows = page.start(registry, shown)["tabs"][0]
    assert knows["first"]["grid"]["count"] == knows["usual"]["count"] == 25
    assert knows["models"][0]["styles"] == ["coarse", "middle", "fine"] and knows["models"][1]["styles"] == []
    assert [edit["name"] for edit in knows["directions"]["faces-gan"]] == ["smiling", "pca-1"]
    assert {slider["name"] for slider in knows["sliders"]} == {
        "brightness", "contrast", "saturation", "warmth", "sharpen", "edges"
    }  # fmt: skip


def test_without_faces_there_is_no_such_tab_and_one_model_is_not_compared(registry: ModelRegistry) -> None:
    def shown(*names: str) -> list[list[str]]:
        entries = tuple(entry for entry in registry.models if entry.config.name in names)
        return [[view.name for view in tab.views] for tab in tabs(ModelRegistry(library.Library(entries)))]

    assert shown() == shown("faces-coder") == []
    assert shown("faces-gan") == [["faces"]]
    assert shown("faces-vae") == [["faces", "photo"]]


def test_a_picture_is_finished_as_its_recipe_says(call, registry: ModelRegistry) -> None:
    plain = registry.model("faces-gan").generate([3], 0.7)[0]
    asked = [picture("faces-gan", seed=3, truncation=0.7, finish=finish) for finish in (LOOK, {})]
    after, before = pictures(call("render", pictures=asked))
    assert np.array_equal(before, plain) and np.array_equal(after, finish(plain, Finish(**LOOK)))


@pytest.mark.parametrize("bad", [{"sharpen": 3}, {"glow": 1}, {"warmth": float("nan")}, []])
def test_a_finish_beyond_the_limits_is_refused(call, bad: object) -> None:
    assert call("render", pictures=[picture("faces-gan", seed=3, finish=bad)])["error"] == "request"


def test_mixes_show_what_each_range_does(call, registry: ModelRegistry) -> None:
    model = registry.model("faces-gan")
    reply = call("mixes", pictures=seeds("faces-gan", [1, 2]))
    assert reply["styles"] == ["coarse", "middle", "fine"] and reply["count"] == 5
    first, second = model.latents([1, 2])
    latents = [first, second, *(mix(model.config, first, second, {name: 1}) for name in reply["styles"])]
    assert np.abs(pictures(reply).astype(int) - model.decode(np.stack(latents))).max() <= 1


def test_what_cannot_be_mixed_is_refused(call) -> None:
    assert call("mixes", pictures=seeds("faces-vae", [1, 2]))["error"] == "styles"
    assert call("mixes", pictures=seeds("faces-gan", [1, 2, 3]))["error"] == "request"
    crowd = {f"style{number}": 1 for number in range(100)}
    for shares in ({"hair": 1}, {"fine": 2}, {}, crowd):
        mixed = picture("faces-gan", seed=1, mix={"seed": 2, "shares": shares})
        assert call("render", pictures=[mixed])["error"] == "request"


MIXED = {"seed": 7, "truncation": 0.8, "mix": {"seed": 9, "truncation": 0.5, "shares": {"coarse": 1.0, "fine": 0.5}}}


@pytest.mark.parametrize("enlarge", [1, 8])
def test_a_mixed_and_finished_face_is_kept_and_comes_back(call, enlarge: int) -> None:
    asked = picture("faces-gan", **MIXED, finish=LOOK)
    saved = call("save", picture=picture("faces-gan", **MIXED, finish=LOOK, enlarge=enlarge))
    assert saved["name"] == "faces-gan-7-9.png"
    assert Image.open(io.BytesIO(from_base64(saved["file"]))).size == (64 * enlarge, 64 * enlarge)
    query = call("link", picture=asked)["query"]
    for reply in (call("reopen", png=saved["file"]), call("follow", query=query)):
        assert reply == {**asked, "verdict": "identical", "ms": reply["ms"]}


def test_a_mix_with_a_face_that_no_seed_gives_is_kept(call) -> None:
    w = call("walk", pictures=seeds("faces-gan", [1, 2]), steps=5)["pictures"][2]["recipe"]["w"]
    mixed = picture("faces-gan", seed=3, mix={"w": w, "shares": {"middle": 1.0}})
    reply = call("reopen", png=call("save", picture=mixed)["file"])
    assert reply["verdict"] == "identical" and reply["recipe"] == mixed["recipe"]


EDITED = {"seed": 7, "truncation": 0.8, "edits": {"smiling": 2.0, "pca-1": -1.0}}


@pytest.mark.parametrize("mix", [{}, {"mix": MIXED["mix"]}])
def test_an_edited_face_is_kept_and_comes_back(call, mix: dict) -> None:
    asked = picture("faces-gan", **EDITED | mix)
    plain, edited = pictures(call("render", pictures=[picture("faces-gan", **EDITED | mix | {"edits": {}}), asked]))
    assert np.abs(plain.astype(int) - edited).max() > 20
    again = call("reopen", png=call("save", picture=asked)["file"])
    assert (again["recipe"], again["verdict"]) == (asked["recipe"], "identical")
    assert call("follow", query=call("link", picture=asked)["query"])["recipe"] == asked["recipe"]
    step = call("walk", pictures=[asked, picture("faces-gan", seed=2)], steps=4)["pictures"][0]
    assert np.abs(pictures(call("render", pictures=[step]))[0].astype(int) - edited).max() <= 1
    kept = picture("faces-gan", w=step["recipe"]["w"], edits={"smiling": -2.0})
    assert call("reopen", png=call("save", picture=kept)["file"])["recipe"] == kept["recipe"]


def test_edits_that_a_model_does_not_know_are_refused(call) -> None:
    for edits in ({"wings": 1.0}, {"smiling": 1e9}, {"smiling": float("nan")}, {"smiling": "much"}):
        assert call("render", pictures=[picture("faces-gan", seed=1, edits=edits)])["error"] == "request"
    assert call("render", pictures=[picture("faces-vae", seed=1, edits={"smiling": 1.0})])["error"] == "request"


def test_links_that_are_none_say_so(call) -> None:
    for query in ("", "model=faces-gan", "a=b", "model=faces-gan&seed=1&finish.glow=1"):
        assert call("follow", query=query)["error"] == "link"
    assert call("follow", query="model=/etc/passwd&seed=1") == {"error": "stranger", "model": "/etc/passwd"}
    assert call("follow", query="model=faces-vae&seed=1&mix=2&mix.fine=1")["error"] == "recipe"
    assert call("follow", query=f"model=faces-gan&seed=1&sha256={'0' * 64}")["verdict"] == "another model"
    assert call("follow", query="x" * 100_000)["error"] == "request"


def test_no_picture_is_saved_too_large(call) -> None:
    assert call("save", picture=picture("faces-gan", seed=1, enlarge=16))["name"]
    assert call("save", picture=picture("faces-gan", seed=1, enlarge=17))["error"] == "request"
    assert call("save", picture=picture("faces-gan", seed=1, enlarge=99))["error"] == "request"


# --- films ------------------------------------------------------------------------------------------------------------

WALK = {"pictures": seeds("faces-gan", [1, 2]), "steps": 4}
FINISHED = WALK | {"pictures": seeds("faces-gan", [1, 2], finish=LOOK)}


def _watch(call, ticket: str, patience_s: float = 60) -> dict:
    shares = []
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        reply = call("watch", ticket=ticket)
        if "done" not in reply or "file" in reply:
            assert shares == sorted(shares)
            return reply
        shares.append(reply["done"] / reply["total"])
        time.sleep(0.02)
    pytest.fail("the film is not finished")


def test_a_webp_film_repeats_without_a_jump(call, registry: ModelRegistry) -> None:
    reply = _watch(call, call("film", **FINISHED, kind="webp")["ticket"])
    film = Image.open(io.BytesIO(from_base64(reply["file"])))
    assert film.n_frames == 6 and film.size == (256, 256) and film.info["loop"] == 0  # there and back
    frames = pictures(call("walk", **FINISHED))
    for index, frame in enumerate((0, 1, 2, 3, 2, 1)):
        film.seek(index)
        small = np.asarray(film.convert("RGB").resize((64, 64), Image.Resampling.BOX)).astype(int)
        assert np.abs(small - frames[frame]).mean() < 12


def test_an_mp4_of_a_loop_plays_and_nothing_is_left_on_the_disk(call, tmp_path: Path, monkeypatch) -> None:
    temp = tmp_path / "temp"
    temp.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temp))
    reply = _watch(call, call("film", **WALK, kind="mp4", closed=True)["ticket"])
    assert reply["type"] == "video/mp4" and reply["done"] == reply["total"]
    assert list(temp.rglob("*")) == []
    path = tmp_path / "walk.mp4"
    path.write_bytes(from_base64(reply["file"]))
    reader = imageio_ffmpeg.read_frames(str(path))
    about = next(reader)
    assert about["size"] == (512, 512) and len(list(reader)) == 8


def test_a_film_is_fetched_once_and_only_with_its_ticket(call) -> None:
    ticket = call("film", **WALK, kind="webp")["ticket"]
    assert call("watch", ticket="another")["error"] == "job"
    assert "file" in _watch(call, ticket)
    assert call("watch", ticket=ticket)["error"] == "job"


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "gif"},
        {"steps": 49},
        {"steps": 1},
        {"pictures": seeds("faces-gan", [1])},
        {"pictures": seeds("faces-gan", range(9))},
        {"pictures": seeds("faces-gan", range(8)), "steps": 48},
        {"pictures": seeds("faces-gan", [1, 2], mix={"seed": 3, "shares": {"hair": 1}})},
    ],
)
def test_films_beyond_the_limits_are_refused_at_once(call, bad: dict) -> None:
    assert call("film", **{**WALK, "kind": "mp4", **bad})["error"] == "request"


def _pause(registry: ModelRegistry):
    """Holds the place at the engine, so that films cannot go on."""
    return registry.gate.enter()


def test_a_film_can_be_given_up(registry: ModelRegistry) -> None:
    registry = ModelRegistry(library.Library(registry.models, registry.judges, registry.problems))
    with _pause(registry):
        ticket = films.film(registry, films.Film(**WALK, kind="mp4"))["ticket"]
        job = registry.jobs._jobs[ticket]
        while registry.jobs._desk._value:  # until the work on it has begun
            time.sleep(0.01)
        registry.jobs.give_up(ticket)
    assert not job.wanted and ticket not in registry.jobs._jobs
    with registry.jobs._desk:  # free once the work on it has ended
        assert job.reply is None and job.done < job.total


def test_too_many_films_are_asked_to_come_back_and_forgotten_ones_make_room(
    registry: ModelRegistry, monkeypatch
) -> None:
    registry = ModelRegistry(library.Library(registry.models, registry.judges, registry.problems))
    film = films.Film(**WALK, kind="webp")
    aside = ModelRegistry(library.Library(registry.models))  # with a gate of its own
    aside.jobs = registry.jobs
    offered = served(films.film, aside)
    with _pause(registry):
        for _ in range(jobs.MAX_JOBS):
            films.film(registry, film)
        assert offered({**WALK, "kind": "webp"})["error"] == "busy"
        monkeypatch.setattr(jobs, "PATIENCE_S", 0)
        assert "ticket" in offered({**WALK, "kind": "webp"})


def test_what_nobody_fetches_is_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(jobs, "PATIENCE_S", 0.2)
    desk = jobs.Jobs()
    desk.start(lambda job: {"film": "of somebody's photo"})
    assert desk._jobs
    for _ in range(100):
        time.sleep(0.05)
        if not desk._jobs:
            break
    assert not desk._jobs


def test_clicks_get_their_turn_while_a_film_is_made(call) -> None:
    ticket = call("film", pictures=seeds("faces-gan", range(4)), steps=40, kind="webp")["ticket"]
    while call("watch", ticket=ticket)["done"] == 0:
        time.sleep(0.005)
    assert "png" in call("render", pictures=seeds("faces-gan", [5]))
    film = call("watch", ticket=ticket)
    assert film["done"] < film["total"] / 2  # not even drawn, let alone written
    call("cancel", ticket=ticket)
    assert call("watch", ticket=ticket)["error"] == "job"
