"""Pictures that nobody has labelled get the labels of a judge of attributes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import genapp
from tests.training.pictures import make_folder, make_table, small_recipe
from training.data.labelling import as_often, completed, label_the_rest
from training.data.pictures import DataError
from training.families.build import build, load_data
from training.run import export
from training.run.loop import Budget, train


def made(name: str, root: Path, images: int, **fields) -> genapp.Model:
    """The served model of a small recipe."""
    config = replace(small_recipe(name, root / "data" / "mine"), **fields)
    train(build(config), root / "runs" / name, Budget(images=images, threads=1))
    return genapp.load_model(export.export(root / "runs" / name, root / "models"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("labelling")
    make_table(root / "data" / "table", make_folder(root / "data" / "mine"))
    patch = pytest.MonkeyPatch()
    patch.chdir(root)
    made("faces-labeller", root, 16)
    patch.undo()
    return root


def test_it_says_yes_as_often_as_people_did() -> None:
    random = np.random.RandomState(0)
    probabilities, truth = random.random_sample((1000, 3)), random.random_sample((1000, 3)) < [0.05, 0.5, 0.0]
    probabilities[:, 1] = 0.9 + 0.1 * probabilities[:, 1]
    limits = as_often(probabilities.astype(np.float32), truth)
    assert (probabilities > limits).sum(0) == pytest.approx(truth.sum(0), abs=1)


def test_what_people_said_stays_and_what_they_never_saw_together_is_not_said() -> None:
    labels = np.array([[1, 0, 0], [0, 0, 0], [0, -1, 0]], np.float32)
    reads = np.array([[False, True, False], [True, True, True], [True, True, False]])
    possible = np.array([[1, 1, -1], [1, -1, -1]], np.int8)
    assert completed(labels, reads, possible).tolist() == [[1, 1, -1], [0, 0, 0], [1, -1, -1]]


def test_only_unknown_labels_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    labeller = genapp.load_model(root / "models" / "faces-labeller")
    pictures = load_data(small_recipe("faces-conditional-gan", root / "data" / "mine")).pictures
    labelled = label_the_rest(pictures, labeller)
    known = pictures.labels != 0
    assert np.array_equal(labelled.labels[known], pictures.labels[known])
    assert 0 < known.all(1).sum() < (labelled.labels != 0).all(1).sum()
    with pytest.raises(DataError, match="does not know 'hat'; it knows bars, bright"):
        label_the_rest(replace(pictures, label_names=("bars", "hat")), labeller)
    with pytest.raises(DataError, match="does not read pictures of 28x28x1"):
        label_the_rest(replace(pictures, images=pictures.images[..., :1]), labeller)
    with pytest.raises(DataError, match="too few pictures say for all of bars, bright"):
        label_the_rest(replace(pictures, labels=np.zeros_like(pictures.labels)), labeller)
    with pytest.raises(DataError, match="give --attributes"):
        load_data(replace(small_recipe("faces-gan", root / "data" / "mine"), labeller="models/faces-labeller"))


def test_a_model_to_order_learns_from_them_and_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    plain = made("faces-conditional-gan", root, 16)
    (root / "runs" / "faces-conditional-gan").rename(root / "runs" / "plain")
    model = made("faces-conditional-gan", root, 16, labeller="models/faces-labeller")
    assert model.joint.counts.sum() > plain.joint.counts.sum()
    assert {tuple(row) for row in model.joint.rows} == {tuple(row) for row in plain.joint.rows}
    assert model.config.provenance.labeller.startswith("python ") and not plain.config.provenance.labeller
