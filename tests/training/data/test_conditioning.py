"""Conditions of models in training."""

from __future__ import annotations

import json

import numpy as np
import torch

from training.data.conditioning import MOST, Vocabulary, forget, half_of, joint_table, mistaken, weights_of
from training.data.pictures import batch_indices

ATTRIBUTES = np.array([[1, -1, 0]] * 90 + [[1, 1, -1]] * 9 + [[-1, -1, 1]], np.float32)


def test_another_class_is_never_the_same_and_may_be_any() -> None:
    conditions = torch.arange(10).repeat(200)
    other = mistaken(conditions, 10)
    assert not (other == conditions).any()
    assert all(len(other[conditions == label].unique()) == 9 for label in range(10))


def test_one_known_attribute_is_turned_round() -> None:
    conditions = torch.tensor([[1.0, -1.0, 0.0]] * 200 + [[0.0, 0.0, 0.0]])
    other = mistaken(conditions, 3)
    changed = other != conditions
    assert changed[:-1].sum(1).tolist() == [1] * 200 and not changed[-1].any()
    assert not changed[:, 2].any() and 60 < changed[:, 0].sum() < 140
    assert torch.equal(other[changed], -conditions[changed])


def test_some_are_free_of_conditions() -> None:
    left = forget(torch.ones(2000, 3), 0.1)
    assert set(left.flatten().tolist()) == {0.0, 1.0} and torch.equal(left.min(1).values, left.max(1).values)
    assert 0.87 < left[:, 0].mean() < 0.93


def test_rare_attributes_are_seen_more_often() -> None:
    weights = weights_of(ATTRIBUTES)
    assert weights[0] == 1.0  # what nearly all have
    assert weights[95] == 0.25 / 0.09
    assert weights[99] == 0.25 / 0.1
    assert weights_of(np.array([[1]] + [[-1]] * 99)).max() == MOST
    drawn = np.concatenate([batch_indices(100, 50, step, 0, weights) for step in range(400)])
    assert np.isclose((drawn == 95).sum() / (drawn == 0).sum(), weights[95], rtol=0.3)
    assert np.array_equal(batch_indices(100, 50, 7, 0, weights), batch_indices(100, 50, 7, 0, weights))


def test_the_halves_of_the_labelled_pictures_have_nothing_in_common() -> None:
    labels = np.array([[1, -1], [0, 0], [-1, 0], [1, 1], [0, 0], [-1, -1]], np.float32)
    assert half_of(labels, "first").tolist() == [1, 0, 0, 1, 0, 0]
    assert half_of(labels, "second").tolist() == [0, 0, 1, 0, 0, 1]
    assert half_of(labels, "both").tolist() == [1, 0, 1, 1, 0, 1]
    assert set(batch_indices(6, 50, 0, 0, half_of(labels, "second")).tolist()) == {2, 5}


def test_the_joint_table_counts_what_is_known_of_all() -> None:
    table = joint_table(ATTRIBUTES)
    assert table.rows.tolist() == [[-1, -1, 1], [1, 1, -1]] and table.counts.tolist() == [1, 9]


def test_a_vocabulary_survives_a_runs_json() -> None:
    classes = Vocabulary("digit", ("0", "1"))
    attributes = Vocabulary("", ("a", "b", "c"), joint_table(ATTRIBUTES))
    assert json.loads(json.dumps(attributes.describe()))["joint"] == {"--+": 1, "++-": 9}
    for vocabulary in (Vocabulary(), classes, attributes):
        again = Vocabulary.of(json.loads(json.dumps(vocabulary.describe())))
        assert again.conditions("generator") == vocabulary.conditions("generator")
        assert (again.joint is None) == (vocabulary.joint is None)
    assert np.array_equal(again.joint.rows, attributes.joint.rows) and again.joint.rows.dtype == np.int8
    assert np.array_equal(again.joint.counts, attributes.joint.counts)
