"""Pictures that nobody has labelled get the labels of a judge of attributes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from genapp.model.config import ModelConfig
from tests.training.conftest import Made
from tests.training.pictures import small_recipe
from training.data.labelling import as_often, completed, label_the_rest
from training.data.sources import DataError
from training.families.build import build, load_data
from training.run.export import load_run
from training.run.loop import Budget, train


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


def test_only_unknown_labels_change(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made.root)
    labeller = made.model("faces-labeller")
    pictures = load_data(small_recipe("faces-conditional-gan", made.data)).pictures
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
        load_data(replace(small_recipe("faces-gan", made.data), labeller="models/faces-labeller"))


def test_a_conditional_model_learns_from_them_and_says_so(made: Made, tmp_path: Path, monkeypatch) -> None:
    plain = load_run(made.run("faces-conditional-gan")).networks.exportable()
    labeller = made.folder("faces-labeller")
    config = replace(small_recipe("faces-conditional-gan", made.data), labeller=str(labeller))
    monkeypatch.chdir(made.root)
    train(build(config), tmp_path / "run", Budget(images=16, threads=1))
    exported = load_run(tmp_path / "run").networks.exportable()
    assert exported.joint.counts.sum() > plain.joint.counts.sum()
    assert {tuple(row) for row in exported.joint.rows} == {tuple(row) for row in plain.joint.rows}
    assert exported.labeller == ModelConfig.load(labeller).provenance.command and not plain.labeller
