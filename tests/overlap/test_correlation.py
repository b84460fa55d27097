from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from umbrella_review.overlap.correlation import (
    correlation_from_counts,
    estimate_correlation,
    naive_pooling,
    shared_correlation,
)

SHAPES = array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=8)
INCLUDED = arrays(bool, SHAPES)
WEIGHTS = arrays(float, SHAPES, elements=st.just(0.0) | st.floats(1e-3, 1e3))


def known(correlation):
    rows = ~np.isnan(np.diag(correlation))
    return correlation[np.ix_(rows, rows)]


def test_one_study_of_two_in_common_is_a_correlation_of_a_half():
    included = [[1, 0], [1, 1], [0, 1]]
    assert shared_correlation(included) == pytest.approx(np.array([[1, 0.5], [0.5, 1]]))


def test_by_hand_with_unequal_weights_and_variances():
    # Weights (1/2, 1/2, 0) and (0, 1/4, 3/4), variances 1, 4, 4: the covariance is 1/2 * 1/4 * 4
    # = 1/2, the variances 1/4 + 1 = 5/4 and 1/4 + 9/4 = 5/2.
    weights = np.array([[0.5, 0], [0.5, 0.25], [0, 0.75]])
    found = estimate_correlation(weights, [1, 4, 4])[0, 1]
    assert found == pytest.approx(0.5 / np.sqrt(5 / 4 * 5 / 2))
    assert estimate_correlation(weights * [3, 8], [1, 4, 4])[0, 1] == pytest.approx(found)


def test_a_simulation_finds_the_same_correlations():
    rng = np.random.default_rng(20240311)
    included = rng.random((12, 3)) < 0.6
    variances = rng.uniform(0.02, 0.5, 12)
    weights = included / variances[:, None]
    weights = weights / weights.sum(axis=0)
    studies = rng.normal(0.3, np.sqrt(variances), size=(200_000, 12))
    simulated = np.corrcoef(studies @ weights, rowvar=False)
    assert estimate_correlation(weights, variances) == pytest.approx(simulated, abs=0.01)


def test_a_simulation_with_equal_weights():
    rng = np.random.default_rng(7)
    included = np.array([[1, 1], [1, 1], [1, 0], [1, 0], [0, 1]], dtype=float)
    studies = rng.normal(size=(200_000, 5))
    simulated = np.corrcoef(studies @ (included / included.sum(axis=0)), rowvar=False)
    assert shared_correlation(included)[0, 1] == pytest.approx(2 / np.sqrt(4 * 3))
    assert simulated[0, 1] == pytest.approx(2 / np.sqrt(4 * 3), abs=0.01)


@given(WEIGHTS, st.data())
def test_correlations_are_positive_semidefinite(weights, data):
    variances = data.draw(arrays(float, weights.shape[0], elements=st.floats(1e-6, 1e6)))
    correlation = estimate_correlation(weights, variances)
    assert np.array_equal(correlation, correlation.T, equal_nan=True)
    part = known(correlation)
    assert np.diag(part) == pytest.approx(np.ones(len(part)))
    assert ((part >= 0) & (part <= 1)).all()
    if len(part):
        assert np.linalg.eigvalsh(part).min() >= -1e-9


@given(INCLUDED)
def test_counts_and_matrix_agree(included):
    matrix = shared_correlation(included)
    cells = included.astype(int)
    shared, size = cells.T @ cells, cells.sum(axis=0)
    again = correlation_from_counts(size[:, None], size[None, :], shared)
    assert matrix == pytest.approx(again, nan_ok=True)


@given(INCLUDED)
def test_equal_weights_are_a_case_of_any_weights(included):
    same = estimate_correlation(included, np.full(included.shape[0], 0.3))
    assert shared_correlation(included) == pytest.approx(same, nan_ok=True)


def test_identical_reviews_correlate_fully_and_disjoint_ones_not_at_all():
    assert shared_correlation([[1, 1], [1, 1]])[0, 1] == pytest.approx(1)
    assert shared_correlation([[1, 0], [0, 1]])[0, 1] == 0
    assert np.isnan(shared_correlation([[1, 0], [1, 0]])[0, 1])


def test_counts_that_are_not_known_give_no_correlation():
    found = correlation_from_counts([19, 19, 0], [11, np.nan, 4], [2, 1, 0])
    assert found[0] == pytest.approx(2 / np.sqrt(209))
    assert np.isnan(found[1:]).all()
    with pytest.raises(ValueError, match="cannot share more"):
        correlation_from_counts([2], [11], [3])


@pytest.mark.parametrize(
    ("weights", "variances", "words"),
    [
        (np.ones((3, 2)), np.ones(2), "do not fit"),
        (np.ones(3), np.ones(3), "do not fit"),
        (np.ones((2, 2)), [1, 0], "positive"),
        (np.ones((2, 2)), [1, np.nan], "positive"),
    ],
)
def test_weights_that_cannot_be_are_refused(weights, variances, words):
    with pytest.raises(ValueError, match=words):
        estimate_correlation(weights, variances)


def test_the_same_evidence_twice_is_worth_one_review():
    found = naive_pooling(np.ones((2, 2)), [0.1, 0.1])
    assert found.inflation == pytest.approx(2)
    assert found.effective_reviews == pytest.approx(1)
    assert found.se == pytest.approx(0.1)
    assert found.se_naive == pytest.approx(0.1 / np.sqrt(2))


def test_independent_reviews_lose_nothing():
    found = naive_pooling(np.eye(4), [0.1, 0.2, 0.3, 0.4])
    assert found.inflation == pytest.approx(1)
    assert found.effective_reviews == pytest.approx(4)
    assert found.se_naive == pytest.approx((1 / sum(s**-2 for s in (0.1, 0.2, 0.3, 0.4))) ** 0.5)


@given(st.integers(2, 6), st.floats(0, 1))
def test_equal_correlations_inflate_as_in_the_formula(n, rho):
    found = naive_pooling(np.full((n, n), rho) + (1 - rho) * np.eye(n))
    assert found.inflation == pytest.approx(1 + (n - 1) * rho)
    assert found.effective_reviews == pytest.approx(n / (1 + (n - 1) * rho))


def test_the_simulated_variance_of_an_average_of_reviews():
    rng = np.random.default_rng(11)
    included = np.array([[1, 1, 0], [1, 1, 1], [1, 0, 1], [0, 1, 0]], dtype=float)
    means = rng.normal(size=(200_000, 4)) @ (included / included.sum(axis=0))
    errors = 1 / np.sqrt(included.sum(axis=0))
    found = naive_pooling(shared_correlation(included), errors)
    weight = errors**-2 / (errors**-2).sum()
    assert (means @ weight).std() == pytest.approx(found.se, rel=0.01)
    assert found.se > found.se_naive


def test_perfectly_opposed_reviews_cancel():
    found = naive_pooling([[1, -1], [-1, 1]])
    assert (found.se, found.inflation, found.effective_reviews) == (0, 0, np.inf)


@pytest.mark.parametrize(
    ("correlation", "errors", "words"),
    [
        ([[1, np.nan], [np.nan, 1]], None, "must be known"),
        ([[1, 0, 0], [0, 1, 0]], None, "is square"),
        (np.eye(2), [1, 0], "positive"),
        (np.eye(2), [1, 1, 1], "one a review"),
    ],
)
def test_what_is_not_known_is_not_pooled(correlation, errors, words):
    with pytest.raises(ValueError, match=words):
        naive_pooling(correlation, errors)
