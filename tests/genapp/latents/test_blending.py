"""Sums of latents and children of parents, for style models and for single latents."""

from __future__ import annotations

import numpy as np
import pytest

from genapp.latents.blending import breed, combine
from genapp.model.model import Model
from genapp.picture.recipe import Recipe


@pytest.fixture(params=["face_gan", "face_vae"])
def model(request: pytest.FixtureRequest) -> Model:
    return request.getfixturevalue(request.param)


def _parents(model: Model, *seeds: int) -> list[np.ndarray]:
    return list(model.truncate(model.latents(seeds), 0.7))


def _length(model: Model, w: np.ndarray) -> np.ndarray:
    return np.linalg.norm(w - model.mean, axis=-1)


# --- sums -------------------------------------------------------------------------------------------------------------


def test_a_small_sum_is_plain_arithmetic(model: Model) -> None:
    a, b, c = model.truncate(model.latents([1, 2, 3]), 0.2)
    assert np.allclose(combine(model, a, b, c), a - b + c, atol=1e-5)


def test_what_is_taken_from_itself_leaves_the_other(model: Model) -> None:
    a, b = model.truncate(model.latents([1, 2]), 1.5)  # far out, and yet not pulled back
    assert np.allclose(combine(model, a, b, b), a, atol=1e-5)
    assert np.allclose(combine(model, a, a, b), b, atol=1e-5)


def test_a_sum_is_no_farther_out_than_typical_latents(model: Model) -> None:
    typical = np.median(_length(model, model.latents(range(300))), axis=0)
    pulled = 0
    for seed in range(30):
        a, b, c = _parents(model, seed, seed + 100, seed + 200)
        plain, made = a - b + c, combine(model, a, b, c)
        room = np.maximum(np.maximum(_length(model, a), _length(model, c)), 1.1 * typical)
        assert (_length(model, made) <= room).all() and made.dtype == np.float32
        along = (plain - model.mean) / np.linalg.norm(plain - model.mean, axis=-1, keepdims=True)
        assert np.allclose(made - model.mean, _length(model, made)[:, None] * along, atol=1e-4)
        pulled += (_length(model, plain) > _length(model, made) + 1e-3).any()
    assert pulled >= 5


def test_latents_of_other_shapes_are_refused(face_gan: Model, face_vae: Model) -> None:
    w, other = _parents(face_gan, 1)[0], _parents(face_vae, 1)[0]
    with pytest.raises(ValueError, match=r"a latent is \(1, 12\)"):
        combine(face_gan, w, w, other)
    with pytest.raises(ValueError, match=r"a latent is \(1, 12\)"):
        breed(face_gan, [w, other], 0.2, 2, 1)


# --- children ---------------------------------------------------------------------------------------------------------


def _likeness(model: Model, w: np.ndarray, parent: np.ndarray) -> float:
    a, b = (w - model.mean).ravel(), (parent - model.mean).ravel()
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_children_take_after_their_parents_and_no_strangers(model: Model, count: int) -> None:
    parents = _parents(model, *range(1, count + 1))
    children = breed(model, parents, 0, 64, 1)
    assert children.shape == (64, *parents[0].shape) and children.dtype == np.float32
    strangers = _parents(model, *range(50, 80))
    for parent in parents:
        own = np.mean([_likeness(model, child, parent) for child in children])
        assert own > 0.2 + np.mean([_likeness(model, stranger, parent) for stranger in strangers])
    if model.config.latent.layers > 1:
        low, high = np.min(parents, axis=0), np.max(parents, axis=0)
        assert (children >= low - 1e-5).all() and (children <= high + 1e-5).all()


def test_along_an_axis_a_child_is_like_one_parent(face_vae: Model) -> None:
    a, b = _parents(face_vae, 1, 2)
    for child in breed(face_vae, [a, b], 0, 16, 1):  # what it lacks of one it has of the other, on whatever axes
        assert ((child - a) * (child - b)).sum() == pytest.approx(0, abs=1e-4)
        assert 0.1 < np.linalg.norm(child - a) / np.linalg.norm(b - a) < 0.99


def test_ranges_of_styles_come_from_all_parents(face_gan: Model) -> None:
    parents = _parents(face_gan, 1, 2, 3)
    for child in breed(face_gan, parents, 0, 32, 1):
        nearest = {
            int(np.argmin([np.linalg.norm(child[low:high] - parent[low:high]) for parent in parents]))
            for low, high in face_gan.config.latent.styles.values()
        }
        assert nearest == {0, 1, 2}


def test_children_of_a_single_latent_keep_its_spread(face_vae: Model) -> None:
    parents = [face_vae.latents([seed])[0] for seed in (1, 2)]
    lengths = _length(face_vae, breed(face_vae, parents, 0, 64, 1))
    wanted = np.mean([_length(face_vae, parent) for parent in parents])
    assert lengths.mean() == pytest.approx(wanted, rel=0.1)  # the middle of both would be at about 0.7 of it
    assert _length(face_vae, np.mean(parents, axis=0)) < 0.85 * wanted


def test_children_differ_and_the_seed_decides_them(model: Model) -> None:
    parents = _parents(model, 1, 2)
    children = breed(model, parents, 0, 8, 1)
    gaps = [np.abs(one - other).max() for at, one in enumerate(children) for other in children[:at]]
    assert min(gaps) > 0.05
    assert np.array_equal(breed(model, parents, 0, 8, 1), children)
    assert np.array_equal(breed(model, parents, 0, 5, 1), children[:5])
    assert not np.allclose(breed(model, parents, 0, 8, 2), children)


def test_mutation_leads_from_the_family_to_strangers(model: Model) -> None:
    parents = _parents(model, 1, 2)
    pure = breed(model, parents, 0, 32, 1)
    likeness = [
        np.mean([_likeness(model, *pair) for pair in zip(breed(model, parents, mutation, 32, 1), pure, strict=True)])
        for mutation in (0, 0.25, 0.6, 1)
    ]
    assert likeness[0] == pytest.approx(1) and likeness[1] > 0.9 and abs(likeness[3]) < 0.35
    assert likeness == sorted(likeness, reverse=True)
    spread = [_length(model, breed(model, parents, mutation, 32, 1)).mean() for mutation in (0, 0.6, 1)]
    assert max(spread) < 1.5 * min(spread)


def test_a_single_parent_has_children_by_mutation_alone(model: Model) -> None:
    parent = _parents(model, 7)
    children = breed(model, parent, 0.3, 8, 1)
    assert all(0.7 < _likeness(model, child, parent[0]) < 0.999 for child in children)
    with pytest.raises(ValueError, match="second parent"):
        breed(model, parent, 0, 8, 1)


def test_a_child_is_a_recipe_of_its_latent(face_gan: Model) -> None:
    child = breed(face_gan, _parents(face_gan, 1, 2), 0.2, 1, 3)[0]
    made = Recipe(model="faces-gan", w=child.tolist())
    assert np.array_equal(made.render(face_gan), face_gan.decode(child[None])[0])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parents": []}, "0 parents"),
        ({"parents": 5}, "5 parents"),
        ({"mutation": 1.1}, "mutation is 1.1"),
        ({"mutation": float("nan")}, "mutation is nan"),
        ({"count": 0}, "0 children"),
        ({"count": 65}, "65 children"),
    ],
)
def test_nonsense_is_refused(face_gan: Model, change: dict, words: str) -> None:
    asked = {"parents": 2, "mutation": 0.2, "count": 2} | change
    parents = _parents(face_gan, *range(asked["parents"])) if asked["parents"] else []
    with pytest.raises(ValueError, match=words):
        breed(face_gan, parents, asked["mutation"], asked["count"], 1)
