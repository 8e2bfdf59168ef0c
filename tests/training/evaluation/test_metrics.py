"""The scores against closed forms and against an independent computation of each."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import sqrtm

from training.evaluation import metrics


def normal(count: int, width: int = 8, seed: int = 0, mean: float = 0.0, scale: float = 1.0) -> np.ndarray:
    return (mean + scale * np.random.RandomState(seed).standard_normal((count, width))).astype(np.float32)


def with_moments(count: int, mean: np.ndarray, covariance: np.ndarray, seed: int) -> np.ndarray:
    """A sample whose mean and unbiased covariance are exactly the given ones."""
    rows = np.random.RandomState(seed).standard_normal((count, len(mean)))
    rows -= rows.mean(0)
    whiten = np.linalg.inv(np.linalg.cholesky(np.cov(rows.T))).T
    return rows @ whiten @ np.linalg.cholesky(covariance).T + mean


def test_frechet_distance_of_gaussians_with_diagonal_covariances_is_the_closed_form():
    mean_a, mean_b = np.array([1.0, -2.0, 0.5]), np.array([0.0, 3.0, 0.5])
    spread_a, spread_b = np.array([1.0, 4.0, 9.0]), np.array([2.25, 0.25, 9.0])
    a = with_moments(500, mean_a, np.diag(spread_a), seed=1)
    b = with_moments(700, mean_b, np.diag(spread_b), seed=2)
    # Commuting covariances: |mean difference|^2 + sum (standard deviation difference)^2.
    expected = 26 + (1 - 1.5) ** 2 + (2 - 0.5) ** 2
    assert metrics.frechet_distance(a, b) == pytest.approx(expected, rel=1e-9)


def test_frechet_distance_agrees_with_scipys_matrix_root():
    random = np.random.RandomState(3)
    a = np.maximum(random.standard_normal((400, 32)) @ random.standard_normal((32, 32)), 0)
    b = np.maximum(random.standard_normal((300, 32)) @ random.standard_normal((32, 32)) + 0.5, 0)
    cov_a, cov_b = np.cov(a.T), np.cov(b.T)
    root = sqrtm(cov_a @ cov_b).real
    expected = np.sum((a.mean(0) - b.mean(0)) ** 2) + np.trace(cov_a + cov_b - 2 * root)
    assert metrics.frechet_distance(a, b) == pytest.approx(expected, rel=1e-6)


def test_frechet_distance_survives_dead_features_and_a_large_offset():
    a, b = normal(300, 16, seed=1), normal(300, 16, seed=2)
    expected = metrics.frechet_distance(a, b)
    a[:, :4] = b[:, :4] = 0
    part = metrics.frechet_distance(a, b)
    assert 0 < part < expected
    offset = 1e4
    assert metrics.frechet_distance(a.astype(float) + offset, b.astype(float) + offset) == pytest.approx(part, rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(shift=st.floats(-50, 50), seed=st.integers(0, 1000))
def test_frechet_distance_of_a_shifted_copy_is_the_squared_shift(shift, seed):
    rows = normal(50, 4, seed).astype(np.float64)
    assert metrics.frechet_distance(rows + shift, rows) == pytest.approx(4 * shift**2, rel=1e-6, abs=1e-6)


def test_kernel_distance_equals_the_unbiased_estimator_written_out():
    a, b = normal(20, 4, seed=1).astype(float), normal(20, 4, seed=2, mean=0.7).astype(float)

    def kernel(x, y):
        return (x @ y / 4 + 1) ** 3

    def within(rows):
        return np.mean([kernel(x, y) for i, x in enumerate(rows) for j, y in enumerate(rows) if i != j])

    expected = within(a) + within(b) - 2 * np.mean([kernel(x, y) for x in a for y in b])
    mean, deviation = metrics.kernel_distance(a, b, subsets=3, subset_size=20)
    assert mean == pytest.approx(expected, rel=1e-9)
    assert deviation == pytest.approx(0, abs=1e-9)  # each subset is the whole set


def test_kernel_distance_is_seeded_unbiased_and_leaves_torchs_random_state_alone():
    a, b, far = normal(600, seed=1), normal(600, seed=2), normal(600, seed=3, mean=0.5)
    state = torch.get_rng_state()
    first = metrics.kernel_distance(a, b, subsets=20, subset_size=100, seed=4)
    assert torch.equal(state, torch.get_rng_state())
    assert first == metrics.kernel_distance(a, b, subsets=20, subset_size=100, seed=4)
    assert first != metrics.kernel_distance(a, b, subsets=20, subset_size=100, seed=5)
    assert abs(first[0]) < first[1]
    assert metrics.kernel_distance(far, b, subsets=20, subset_size=100)[0] > 5 * first[1]


def test_precision_and_recall_of_identical_and_of_distant_sets():
    rows = normal(300)
    assert metrics.precision_recall(rows, rows) == (1.0, 1.0)
    assert metrics.precision_recall(rows + 100, rows) == (0.0, 0.0)


def test_a_collapsed_set_is_precise_with_no_recall_and_a_scattered_one_the_reverse():
    real = normal(500, 4, seed=1)
    collapsed = real[:1] + normal(500, 4, seed=2, scale=1e-3)
    precision, recall = metrics.precision_recall(collapsed, real)
    assert precision > 0.95
    assert recall < 0.01
    precision, recall = metrics.precision_recall(normal(500, 4, seed=3, scale=5), real)
    assert precision < 0.3
    assert recall > 0.8


def test_precision_and_recall_match_the_definition_written_out(monkeypatch):
    monkeypatch.setattr(metrics, "_CHUNK_ELEMENTS", 200)  # several chunks, the last one shorter
    fake, real = normal(47, 3, seed=1, mean=0.5).astype(float), normal(53, 3, seed=2).astype(float)

    def inside(points, centres):
        between = np.linalg.norm(centres[:, None] - centres, axis=2)
        radii = np.sort(between, axis=1)[:, 3]
        return np.mean([(np.linalg.norm(centres - point, axis=1) <= radii).any() for point in points])

    assert metrics.precision_recall(fake, real, k=3) == (inside(fake, real), inside(real, fake))


def test_nearest_distance_finds_copies_exactly_and_matches_brute_force(monkeypatch):
    monkeypatch.setattr(metrics, "_CHUNK_ELEMENTS", 1000)
    reference = normal(200, 16, seed=1, mean=30)
    queries = np.concatenate([reference[[17, 0, 199]], normal(60, 16, seed=2, mean=30)])
    found = metrics.nearest_distance(queries, reference)
    brute = np.linalg.norm(queries[:, None].astype(float) - reference, axis=2)
    assert found.indices[:3].tolist() == [17, 0, 199]
    assert found.distances[:3].tolist() == [0, 0, 0]
    assert np.array_equal(found.indices, brute.argmin(1))
    np.testing.assert_allclose(found.distances, brute.min(1), rtol=1e-6, atol=1e-6)


def test_memorised_share_is_the_percentile_for_fresh_pictures_and_one_for_copies():
    training, held_out, fresh = normal(1000, 4, seed=1), normal(2000, 4, seed=2), normal(2000, 4, seed=3)
    held = metrics.nearest_distance(held_out, training).distances
    assert metrics.memorised_share(held, held) == pytest.approx(0.01, abs=1e-3)
    assert metrics.memorised_share(metrics.nearest_distance(fresh, training).distances, held) < 0.025
    assert metrics.memorised_share(metrics.nearest_distance(training[:50], training).distances, held) == 1.0


@pytest.mark.parametrize("width", [8, 400])
def test_a_linear_classifier_cannot_tell_equal_distributions_apart_even_with_many_columns(width):
    a, b = normal(800, width, seed=1), normal(1000, width, seed=2)
    assert metrics.linear_accuracy(a, b) == pytest.approx(0.5, abs=0.06)


def test_linear_accuracy_of_shifted_gaussians_is_near_the_best_that_is_possible():
    a, b = normal(4000, 4, seed=1), normal(4000, 4, seed=2)
    a[:, 0] += 2  # the best boundary lies in the middle: Phi(1) = 0.841 are on the right side
    assert metrics.linear_accuracy(100 + 30 * a, 100 + 30 * b) == pytest.approx(0.841, abs=0.015)
    assert metrics.linear_accuracy(a + 50, b) == 1.0


def test_linear_accuracy_is_seeded_ignores_dead_columns_and_balances_the_sets():
    a, b = normal(300, 6, seed=1), normal(900, 6, seed=2, mean=0.3)
    a[:, 5] = b[:, 5] = 7
    first = metrics.linear_accuracy(a, b, seed=3)
    assert first == metrics.linear_accuracy(a, b, seed=3)
    assert first != metrics.linear_accuracy(a, b, seed=4)
    # Always saying "reference" is right on three quarters of the rows, but only on half of a balanced set.
    assert metrics.linear_accuracy(normal(300, 6, seed=5), b[:, :5].repeat(2, 1)[:, :6]) < 0.7


def test_balanced_accuracy_counts_both_sides_alike_and_only_what_is_known():
    truth = np.array([[1, 1], [-1, 1], [-1, 0], [-1, 1], [0, 0]])
    reads = np.array([[True, True], [True, True], [False, False], [False, False], [False, True]])
    found = metrics.balanced_accuracy(reads, truth)
    assert found[0] == pytest.approx((1 + 2 / 3) / 2) and np.isnan(found[1])  # nobody is known to be without the second


def test_class_shares_confusion_and_calibration():
    probabilities = np.array([[0.9, 0.1, 0.0], [0.8, 0.1, 0.1], [0.2, 0.8, 0.0], [0.6, 0.4, 0.0]], np.float32)
    assert metrics.class_shares(probabilities).tolist() == [0.75, 0.25, 0.0]
    labels = np.array([0, 0, 1, 1])
    matrix = metrics.confusion(probabilities.argmax(1), labels, classes=3)
    assert matrix.tolist() == [[2, 0, 0], [1, 1, 0], [0, 0, 0]]
    # Bins of confidence: one picture at 0.9 (right), two at 0.8 (right), one at 0.6 (wrong).
    assert metrics.calibration_error(probabilities, labels) == pytest.approx((0.1 + 2 * 0.2 + 0.6) / 4, abs=1e-6)


@pytest.mark.parametrize(
    ("features", "reference", "says"),
    [
        (np.zeros((1, 4)), np.zeros((9, 4)), "N >="),
        (np.zeros((9, 4)), np.zeros((9, 5)), "one network"),
        (np.full((9, 4), np.nan), np.zeros((9, 4)), "not finite"),
        (np.zeros(9), np.zeros((9, 4)), "features must be"),
    ],
)
def test_unusable_features_are_refused(features, reference, says):
    scores = (metrics.frechet_distance, metrics.kernel_distance, metrics.precision_recall, metrics.linear_accuracy)
    for score in scores:
        with pytest.raises(ValueError, match=says):
            score(features, reference)


def test_nothing_to_count_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        metrics.memorised_share(np.array([]), np.ones(3))
    with pytest.raises(ValueError, match="N > 0"):
        metrics.class_shares(np.zeros((0, 10)))
