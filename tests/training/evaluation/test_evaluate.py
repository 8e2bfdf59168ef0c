"""Scoring real (small) model folders through the engine, and what stays in metrics.json."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import genapp
from genapp.model.config import ClassCondition, ModelConfig
from tests.folders import DIGITS, make_generator, make_judge
from training.data.pictures import Pictures
from training.evaluation import scores as scoring
from training.evaluation.evaluate import evaluate, judge_for
from training.evaluation.features import EFFICIENTNET, Features
from training.evaluation.metrics_file import read_metrics
from training.evaluation.scores import Reader

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
def reader(folders) -> Reader:
    return Reader.load(str(folders["judge"]))


@pytest.fixture(scope="module")
def cache(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def real(folders, judge) -> tuple[Pictures, Pictures]:
    """Training and test pictures by the GAN itself, from seeds that no evaluation here asks for."""
    model = genapp.load_model(str(folders["gan"]))
    return pictures(model, range(1000, 1400), judge), pictures(model, range(5000, 5300), judge)


@pytest.fixture(scope="module")
def gan_scores(folders, real, reader, cache) -> dict:
    command = "python -m training evaluate x"
    return evaluate(folders["gan"], *real, reader, COUNT, seed=7, command=command, cache=cache)


def test_a_model_that_draws_from_the_datas_own_distribution_scores_like_real_pictures(gan_scores):
    scores = gan_scores["samples"]
    floor = scores["frechet_distance"]["real"]
    assert 0 < scores["frechet_distance"]["value"] < 3 * floor
    assert scores["frechet_distance"]["less_real"] == pytest.approx(scores["frechet_distance"]["value"] - floor)
    assert scores["precision"]["value"] > 0.8
    assert scores["recall"]["value"] > 0.7
    assert scores["memorised"]["value"] < 0.06
    assert 0.3 < scores["linear_accuracy"]["value"] < 0.7
    assert 0.3 < scores["linear_accuracy"]["real"] < 0.7
    assert "one_face" not in scores
    assert scores["class_shares"]["maximum"] == max(scores["class_shares"]["value"].values())
    assert sum(scores["class_shares"]["real"].values()) == pytest.approx(1)


def test_another_distribution_scores_worse_than_the_floor(real, reader, cache, tmp_path):
    other = make_generator(tmp_path / "other", "other", size=SIZE, weights_seed=50)
    scores = evaluate(other, *real, reader, COUNT, cache=cache)["samples"]
    assert scores["frechet_distance"]["value"] > 5 * scores["frechet_distance"]["real"]
    assert scores["kernel_distance"]["less_real"] > 0
    assert scores["precision"]["value"] < scores["precision"]["real"]


def test_a_model_that_copies_training_pictures_is_caught(folders, judge, real, reader, cache, tmp_path):
    model = genapp.load_model(str(folders["gan"]))
    copied = pictures(model, range(7, 7 + COUNT), judge)  # the very pictures that evaluation will draw
    train = Pictures(
        np.concatenate([copied.images, real[0].images]),
        np.concatenate([copied.labels, real[0].labels]),
        copied.label_names,
        "cd" * 32,
        "data/tiny",
    )
    folder, sheet = make_generator(tmp_path / "gan", "tiny-gan", size=SIZE), tmp_path / "nearest.png"
    scores = evaluate(folder, train, real[1], reader, COUNT, seed=7, nearest=sheet, cache=cache)["samples"]
    assert scores["memorised"]["value"] == scores["near_training"]["value"] == 1.0
    assert scores["memorised"]["real"] <= scores["near_training"]["real"] < 0.2
    assert scores["closest_to_training"][0]["distance"] == 0
    closest = scores["closest_to_training"]
    assert len(closest) == 16
    assert all(found["seed"] == 7 + found["training_picture"] for found in closest)
    with Image.open(sheet) as shown:
        assert shown.size == (8 * 128 + 7 * 2, 4 * 128 + 3 * 2)
        left, right = (np.asarray(shown)[:128:16, at : at + 128 : 16] for at in (0, 130))
    assert np.array_equal(left, right)
    assert np.array_equal(left, model.generate([closest[0]["seed"]])[0, ..., 0])


def test_mirrored_copies_of_faces_are_caught(judge, real, reader, cache, tmp_path):
    shape = {"size": SIZE, "task": "faces", "weights_seed": 3}
    folder, sheet = make_generator(tmp_path / "faces", "tiny-faces", **shape), tmp_path / "nearest.png"
    copied = pictures(genapp.load_model(str(folder)), range(COUNT), judge)
    images = np.concatenate([real[0].images[:COUNT], copied.images[:, :, ::-1]])
    train = Pictures(images, None, (), "ef" * 32, "data/tiny")
    scores = evaluate(folder, train, real[1], reader, COUNT, nearest=sheet, cache=cache)["samples"]
    assert scores["memorised"]["value"] == 1.0
    assert all(found["mirrored"] for found in scores["closest_to_training"])
    assert [found["training_picture"] - COUNT for found in scores["closest_to_training"]] == [
        found["seed"] for found in scores["closest_to_training"]
    ]
    with Image.open(sheet) as shown:
        left, right = (np.asarray(shown)[:128:16, at : at + 128 : 16] for at in (0, 130))
    assert np.array_equal(left, right)


def test_every_score_is_written_with_its_setting(folders, gan_scores):
    written = json.loads((folders["gan"] / "metrics.json").read_text("utf-8"))["samples"]
    judge_card = ModelConfig.load(folders["judge"])
    assert written["frechet_distance"]["value"] == pytest.approx(
        gan_scores["samples"]["frechet_distance"]["value"], rel=1e-5
    )
    assert written["network"] == {
        "name": judge_card.name,
        "model_sha256": judge_card.model_sha256,
        "resize": "none",
    }
    assert written["model_sha256"] == ModelConfig.load(folders["gan"]).model_sha256
    assert written["counts"] == {"samples": COUNT, "reference": 300, "real": COUNT, "training": 400}
    assert (written["seed"], written["truncation"], written["provider"]) == (7, 1.0, "CPU")
    assert written["pictures"] == "uint8 8x8x1, not re-encoded"
    assert written["command"] == "python -m training evaluate x"
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?|unknown", written["commit"])
    assert written["processor"] and written["cores"] >= 1 and written["onnxruntime"]
    assert written["data"]["test"] == {"source": "data/tiny", "sha256": "ab" * 32}


def test_the_same_command_gives_the_same_file_and_another_seed_another(folders, real, reader, cache):
    path = folders["gan"] / "metrics.json"
    evaluate(folders["gan"], *real, reader, 50, seed=1, cache=cache)
    first = path.read_bytes()
    evaluate(folders["gan"], *real, reader, 50, seed=1, cache=cache)
    assert path.read_bytes() == first
    evaluate(folders["gan"], *real, reader, 50, seed=2, cache=cache)
    assert path.read_bytes() != first


def test_what_is_scored_follows_from_the_card(folders, real, reader, cache):
    found = {name: set(evaluate(folder, *real, reader, 40, cache=cache)) for name, folder in folders.items()}
    assert found == {
        "gan": {"samples"},
        "vae": {"samples", "reconstruction"},
        "autoencoder": {"reconstruction"},
        "judge": {"classification"},
    }


def test_one_kind_of_scores_can_be_taken_alone(folders, real, reader, cache):
    evaluate(folders["vae"], *real, reader, 40, cache=cache)
    again = evaluate(folders["vae"], *real, reader, 30, cache=cache, only="reconstruction")
    assert set(again) == {"reconstruction"}
    kept = read_metrics(folders["vae"])
    assert kept["samples"]["counts"]["samples"] == 40 and kept["reconstruction"]["counts"]["reconstructed"] == 30
    with pytest.raises(ValueError, match="tiny-gan has no scores of the kind reconstruction"):
        evaluate(folders["gan"], *real, reader, 40, cache=cache, only="reconstruction")
    with pytest.raises(ValueError, match="scores of samples"):
        evaluate(folders["vae"], *real, reader, 40, nearest=Path("pairs.png"), cache=cache, only="reconstruction")


def averages(images: np.ndarray) -> np.ndarray:
    """Three columns of features: the mean of each colour, on a grid of two by two."""
    return images.astype(np.float32).reshape(len(images), 2, 16, 2, 16, 3).mean((2, 4)).reshape(len(images), -1)


def test_faces_are_scored_by_the_same_code_without_classes_and_looked_at_by_a_detector(cache, tmp_path):
    shape = {"size": 32, "channels": 3, "task": "faces"}
    gan = make_generator(tmp_path / "faces", "tiny-faces", **shape)
    autoencoder = make_generator(tmp_path / "ae", "ae", encoder=True, sampling=None, family="autoencoder", **shape)
    images = genapp.load_model(str(gan)).generate(range(1000, 1130))
    train, test = (Pictures(part, None, (), "ab" * 32, "data/x") for part in (images[:100], images[100:]))
    reader = Reader(Features("averages", "cd" * 32, "none", averages))
    inception = Features("inception-v3-compat", "ef" * 32, "doubled", lambda pictures: 2 * averages(pictures))
    found = evaluate(gan, train, test, reader, inception=inception, cache=cache)
    scores = found["samples"]
    assert scores["counts"] == {
        "samples": 30,
        "reference": 30,
        "real": 30,
        "training": 100,
        "looked_at": 30,
        "real_looked_at": 30,
    }
    assert (scores["one_face"]["value"], scores["one_face"]["real"]) == (0, 0)
    assert "class_shares" not in scores
    for name in ("precision", "recall", "linear_accuracy", "memorised", "frechet_distance", "kernel_distance"):
        assert {"value", "real"} <= set(scores[name])
    standard = found["inception"]["frechet_inception_distance"]
    assert standard["value"] == pytest.approx(4 * scores["frechet_distance"]["value"])
    assert standard["real"] == pytest.approx(4 * scores["frechet_distance"]["real"])
    assert read_metrics(gan)["inception"]["network"]["name"] == "inception-v3-compat"
    assert read_metrics(gan)["samples"]["network"]["name"] == "averages"
    rebuilt = evaluate(autoencoder, train, test, reader, cache=cache)["reconstruction"]
    assert set(rebuilt) == {"mean_squared_error", "psnr_db", "counts", "likeness", "strangers"}
    assert rebuilt["counts"] == {"reconstructed": 30, "looked_at": 30} and -1 <= rebuilt["likeness"]["value"] <= 1


def test_a_model_that_takes_orders_is_held_to_them(judge, real, reader, cache, tmp_path):
    digit = ClassCondition(name="digit", labels=DIGITS, graphs=("generator", "encoder"))
    shape = {"size": SIZE, "encoder": True, "family": "vae", "conditions": (digit,)}
    folder = make_generator(tmp_path / "writer", "writer", **shape)
    found = evaluate(folder, *real, reader, 100, seed=3, cache=cache)
    asked = np.arange(100) % 10
    images = genapp.load_model(str(folder)).generate(range(3, 103), digit=[DIGITS[label] for label in asked])
    right = judge.classify(images)[0].argmax(1) == asked
    scores = found["requested"]
    assert 0 < right.mean() < 1
    assert scores["as_asked"]["value"] == pytest.approx(right.mean())
    assert scores["as_asked"]["real"] == 1.0  # the test pictures are labelled as this judge reads them
    assert scores["as_asked_by_class"]["7"] == pytest.approx(right[7::10].mean())
    assert scores["as_asked_worst"]["value"] == min(scores["as_asked_by_class"].values())
    assert found["reconstruction"]["mean_squared_error"]["value"] > 0
    assert "samples" in found


def test_the_network_follows_from_the_task(folders, tmp_path):
    models = folders["gan"].parent
    faces = ModelConfig.load(make_generator(tmp_path / "faces", "tiny-faces", task="faces"))
    digits = ModelConfig.load(folders["gan"])
    assert judge_for(faces, models) == EFFICIENTNET
    assert judge_for(digits, models) == "digits-judge"
    assert judge_for(digits, models, "judge") == str(models / "judge")
    assert judge_for(digits, models, EFFICIENTNET) == EFFICIENTNET
    named = make_judge(tmp_path / "digits-judge", "digits-judge", size=SIZE)
    assert judge_for(digits, tmp_path) == str(named)
    assert judge_for(ModelConfig.load(named), tmp_path) == str(named)
    assert Reader.load(str(named)).judge.config.name == "digits-judge"


def test_reconstruction_error_matches_its_definition(folders, judge, real, reader, monkeypatch):
    monkeypatch.setattr(scoring, "_AT_ONCE", 7)
    model, test = genapp.load_model(str(folders["autoencoder"])), real[1].part(0, 100)
    scores = scoring.reconstruction(model, reader, test)
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


def test_requests_that_do_not_fit_are_refused(folders, real, reader, tmp_path):
    train, test = real
    with pytest.raises(ValueError, match="features of a judge"):
        Reader.load(str(folders["vae"]))
    with pytest.raises(ValueError, match="from 4 to 200"):
        evaluate(folders["gan"], train, test, reader, 201)
    large = make_generator(tmp_path / "large", size=16)
    with pytest.raises(ValueError, match="does not read the pictures of"):
        evaluate(large, train, test, reader, 10)
    with pytest.raises(ValueError, match="the test pictures are"):
        wrong = Pictures(np.zeros((20, 9, 9, 1), np.uint8), None, (), "00" * 32, "data/wrong")
        evaluate(folders["gan"], train, wrong, reader, 10)
    with pytest.raises(ValueError, match="no labels"):
        bare = Pictures(test.images, None, (), "00" * 32, "data/bare")
        evaluate(folders["judge"], train, bare, reader)


@pytest.mark.parametrize(
    ("model", "place", "says"),
    [
        ("gan", "gan/pairs.png", "inside the model folder"),
        ("gan", "gan/more/pairs.png", "inside the model folder"),
        ("gan", "nowhere/pairs.png", "there is no folder"),
        ("gan", "pairs.txt", r"must end in \.png"),
        ("autoencoder", "pairs.png", "draws no samples"),
    ],
)
def test_a_sheet_of_training_pictures_is_refused_before_the_work_begins(folders, real, reader, model, place, says):
    path = folders["gan"].parent / place
    with pytest.raises(ValueError, match=says):
        evaluate(folders[model], *real, reader, 10, nearest=path)
    assert not path.exists()
