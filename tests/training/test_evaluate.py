"""Scoring real (small) model folders through the engine, and what stays in metrics.json."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import genapp
from genapp.card import Card
from tests.folders import make_generator, make_judge
from training import evaluate as scoring
from training.data import Pictures
from training.evaluate import evaluate, merge_metrics, read_metrics

SIZE = 8
COUNT = 120


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("models")
    return {
        "gan": make_generator(root / "gan", "tiny-gan", size=SIZE),
        "vae": make_generator(root / "vae", "tiny-vae", size=SIZE, encoder=True, family="vae"),
        "autoencoder": make_generator(
            root / "ae", "tiny-ae", size=SIZE, encoder=True, sampling=None, family="autoencoder"
        ),
        "judge": make_judge(root / "judge", size=SIZE),
    }


def pictures(model: genapp.Model, seeds: range, judge: genapp.Model) -> Pictures:
    """What `model` draws, labelled as `judge` reads it."""
    images = model.generate(seeds)
    labels = judge.classify(images)[0].argmax(1).astype(np.int64)
    return Pictures(images, labels, tuple("0123456789"), "ab" * 32, "data/tiny")


@pytest.fixture(scope="module")
def judge(folders) -> genapp.Model:
    return genapp.load_model(str(folders["judge"]))


@pytest.fixture(scope="module")
def real(folders, judge) -> tuple[Pictures, Pictures]:
    """Training and test pictures by the GAN itself, from seeds that no evaluation here asks for."""
    model = genapp.load_model(str(folders["gan"]))
    return pictures(model, range(1000, 1400), judge), pictures(model, range(5000, 5300), judge)


@pytest.fixture(scope="module")
def gan_scores(folders, real) -> dict:
    return evaluate(folders["gan"], *real, folders["judge"], COUNT, seed=7, command="python -m training evaluate x")


def test_a_model_that_draws_from_the_datas_own_distribution_scores_like_real_pictures(gan_scores):
    scores = gan_scores["samples"]
    floor = scores["frechet_distance"]["real"]
    assert 0 < scores["frechet_distance"]["value"] < 3 * floor
    assert scores["frechet_distance"]["less_real"] == pytest.approx(scores["frechet_distance"]["value"] - floor)
    assert scores["precision"]["value"] > 0.8
    assert scores["recall"]["value"] > 0.7
    assert scores["memorised"]["value"] < 0.06
    assert scores["class_shares"]["maximum"] == max(scores["class_shares"]["value"].values())
    assert sum(scores["class_shares"]["real"].values()) == pytest.approx(1)


def test_another_distribution_scores_worse_than_the_floor(folders, real, tmp_path):
    other = make_generator(tmp_path / "other", "other", size=SIZE, weights_seed=50)
    scores = evaluate(other, *real, folders["judge"], COUNT)["samples"]
    assert scores["frechet_distance"]["value"] > 5 * scores["frechet_distance"]["real"]
    assert scores["kernel_distance"]["less_real"] > 0
    assert scores["precision"]["value"] < scores["precision"]["real"]


def test_a_model_that_copies_training_pictures_is_caught(folders, judge, real):
    model = genapp.load_model(str(folders["gan"]))
    copied = pictures(model, range(7, 7 + COUNT), judge)  # the very pictures that evaluation will draw
    train = Pictures(
        np.concatenate([copied.images, real[0].images]),
        np.concatenate([copied.labels, real[0].labels]),
        copied.label_names,
        "cd" * 32,
        "data/tiny",
    )
    scores = scoring.samples(model, judge, train, real[1], COUNT, seed=7)
    assert scores["memorised"]["value"] == 1.0
    assert scores["memorised"]["real"] < 0.2
    assert scores["closest_to_training"][0]["distance"] == 0
    assert all(found["seed"] == 7 + found["training_picture"] for found in scores["closest_to_training"])


def test_every_score_is_written_with_its_setting(folders, gan_scores):
    written = json.loads((folders["gan"] / "metrics.json").read_text("utf-8"))["samples"]
    judge_card = Card.load(folders["judge"])
    assert written["frechet_distance"]["value"] == pytest.approx(
        gan_scores["samples"]["frechet_distance"]["value"], rel=1e-5
    )
    assert written["network"] == {"name": judge_card.name, "model_sha256": judge_card.model_sha256}
    assert written["model_sha256"] == Card.load(folders["gan"]).model_sha256
    assert written["counts"] == {"samples": COUNT, "reference": 300, "real": COUNT, "training": 400}
    assert (written["seed"], written["truncation"], written["provider"]) == (7, 1.0, "CPU")
    assert written["pictures"] == "uint8 8x8x1, neither resized nor re-encoded"
    assert written["command"] == "python -m training evaluate x"
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?|unknown", written["commit"])
    assert written["processor"] and written["cores"] >= 1 and written["onnxruntime"]
    assert written["data"]["test"] == {"source": "data/tiny", "sha256": "ab" * 32}


def test_the_same_command_gives_the_same_file_and_another_seed_another(folders, real):
    path = folders["gan"] / "metrics.json"
    evaluate(folders["gan"], *real, folders["judge"], 50, seed=1)
    first = path.read_bytes()
    evaluate(folders["gan"], *real, folders["judge"], 50, seed=1)
    assert path.read_bytes() == first
    evaluate(folders["gan"], *real, folders["judge"], 50, seed=2)
    assert path.read_bytes() != first


def test_what_is_scored_follows_from_the_card(folders, real):
    found = {name: set(evaluate(folder, *real, folders["judge"], 40)) for name, folder in folders.items()}
    assert found == {
        "gan": {"samples"},
        "vae": {"samples", "reconstruction"},
        "autoencoder": {"reconstruction"},
        "judge": {"classification"},
    }


def test_reconstruction_error_matches_its_definition(folders, judge, real, monkeypatch):
    monkeypatch.setattr(scoring, "_AT_ONCE", 7)
    model, test = genapp.load_model(str(folders["autoencoder"])), real[1].part(0, 100)
    scores = scoring.reconstruction(model, judge, test)
    rebuilt = model.decode(model.encode(test.images))
    error = np.mean(((test.images.astype(float) - rebuilt) / 255) ** 2)
    assert scores["mean_squared_error"]["value"] == pytest.approx(error, rel=1e-6)
    assert scores["psnr_db"]["value"] == pytest.approx(10 * np.log10(1 / error), rel=1e-6)
    kept = judge.classify(rebuilt)[0].argmax(1) == test.labels
    assert scores["class_kept"] == {"value": kept.mean(), "real": 1.0}
    assert scores["counts"] == {"reconstructed": 100}


def test_a_judges_mistakes_are_counted_and_named(judge, real):
    test = real[1]
    labels = test.labels.copy()
    right = int(labels[0])
    wrong = (right + 1) % 10
    changed = np.flatnonzero(labels == right)[:3]
    labels[changed] = wrong
    scores = scoring.classification(judge, Pictures(test.images, labels, test.label_names, "00" * 32, "data/tiny"))
    accuracy = 1 - len(changed) / len(labels)
    assert scores["accuracy"]["value"] == pytest.approx(accuracy)
    assert scores["accuracy"]["standard_error"] == pytest.approx(np.sqrt(accuracy * (1 - accuracy) / len(labels)))
    assert scores["most_confused"] == [{"true": str(wrong), "read_as": str(right), "count": len(changed)}]
    assert scores["accuracy_by_class"][str(right)] == 1.0
    assert scores["accuracy_by_class"][str(wrong)] < 1.0
    assert scores["counts"] == {"pictures": 300, "misread": len(changed)}
    assert 0 <= scores["calibration_error"]["value"] <= 1


def test_merging_keeps_other_scores_but_not_those_of_other_weights(folders, tmp_path):
    folder = make_generator(tmp_path / "model", size=SIZE)
    merge_metrics(folder, "likelihood", {"nll": {"value": np.float32(84.123456789)}, "pictures": np.int64(3)})
    merge_metrics(folder, "samples", {"count": 2})
    found = read_metrics(folder)
    weights = Card.load(folder).model_sha256
    assert found["likelihood"] == {"nll": {"value": 84.1235}, "pictures": 3, "model_sha256": weights}
    assert found["samples"] == {"count": 2, "model_sha256": weights}
    make_generator(folder, size=SIZE, weights_seed=9)
    merge_metrics(folder, "samples", {"count": 5})
    assert set(read_metrics(folder)) == {"samples"}
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith("metrics")) == ["metrics.json"]


def test_a_score_that_is_not_finite_is_refused_and_the_file_stays(tmp_path):
    folder = make_generator(tmp_path / "model", size=SIZE)
    merge_metrics(folder, "samples", {"count": 2})
    with pytest.raises(ValueError, match="JSON compliant"):
        merge_metrics(folder, "samples", {"nll": float("nan")})
    assert read_metrics(folder)["samples"]["count"] == 2


@pytest.mark.parametrize("content", ["{", "[1]", '{"samples": 3}', "\x00"])
def test_a_damaged_metrics_file_is_named(tmp_path, content):
    folder = make_generator(tmp_path / "model", size=SIZE)
    (folder / "metrics.json").write_text(content, "utf-8")
    with pytest.raises(ValueError, match=r"metrics\.json .* evaluate again"):
        merge_metrics(folder, "samples", {})


def test_requests_that_do_not_fit_are_refused(folders, real, tmp_path):
    train, test = real
    with pytest.raises(ValueError, match="features of a judge"):
        evaluate(folders["gan"], train, test, folders["vae"], 10)
    with pytest.raises(ValueError, match="from 4 to 200"):
        evaluate(folders["gan"], train, test, folders["judge"], 201)
    large = make_generator(tmp_path / "large", size=16)
    with pytest.raises(ValueError, match="does not read the pictures of"):
        evaluate(large, train, test, folders["judge"], 10)
    with pytest.raises(ValueError, match="the test pictures are"):
        wrong = Pictures(np.zeros((20, 9, 9, 1), np.uint8), None, (), "00" * 32, "data/wrong")
        evaluate(folders["gan"], train, wrong, folders["judge"], 10)
    with pytest.raises(ValueError, match="no labels"):
        bare = Pictures(test.images, None, (), "00" * 32, "data/bare")
        evaluate(folders["judge"], train, bare, folders["judge"])
