"""Prediction intervals and tests between subgroups from summaries alone."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pooling.reference import analyses
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.prediction import prediction_interval
from umbrella_review.pooling.subgroups import between_bounds, between_groups

MODELS = [
    pytest.param(model, id=f"{name}-{model['method']}")
    for name, analysis in analyses()
    for model in analysis["models"]
    if model["test"] == "z" and model["method"] != "FE"
]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(("kind", "field"), [("z", "pi"), ("t_k2", "pi_riley")])
def test_intervals_are_those_of_metafor(model: dict, kind: str, field: str) -> None:
    found = prediction_interval(
        model["estimate"], model["se"], model["tau2"], model["k"], kind=kind
    )
    expected = [model[f"{field}_lb"], model[f"{field}_ub"]]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


@given(
    st.floats(-3, 3), st.floats(0.01, 2), st.floats(0, 4), st.integers(2, 60),
    st.sampled_from(["z", "t_k1", "t_k2"]),
)  # fmt: skip
def test_an_interval_of_prediction_holds_that_of_the_mean(
    effect: float, se: float, tau2: float, k: int, kind: str
) -> None:
    lower, upper = prediction_interval(effect, se, tau2, k, kind=kind)
    assert lower <= effect - 1.9599 * se
    assert upper >= effect + 1.9599 * se
    assert lower + upper == pytest.approx(2 * effect, abs=1e-9)


def test_one_result_and_missing_numbers_give_no_interval() -> None:
    lower, upper = prediction_interval([1, 1, 1], [1, 1, np.nan], [0, np.nan, 0], [1, 5, 5])
    assert np.isnan(lower).all()
    assert np.isnan(upper).all()


@pytest.mark.parametrize("kind", ["metafor", "t"])
def test_only_kinds_that_a_summary_allows_are_taken(kind: str) -> None:
    with pytest.raises(StatisticsError, match="prediction interval"):
        prediction_interval(0, 1, 0, 5, kind=kind)


GROUP = st.tuples(st.floats(-2, 2), st.floats(0, 0.1), st.floats(0.05, 1), st.floats(0, 0.02))


@given(st.lists(GROUP, min_size=2, max_size=5), st.randoms(use_true_random=False))
def test_bounds_hold_every_q_that_rounding_allows(groups: list, chance) -> None:
    effect, half, se, half_se = np.array(groups).T
    low, high = between_bounds(effect - half, effect + half, se - half_se, se + half_se)
    for _ in range(5):
        y = effect + half * np.array([chance.uniform(-1, 1) for _ in effect])
        error = se + half_se * np.array([chance.uniform(-1, 1) for _ in se])
        q = float(between_groups(y, error).q[0])
        assert low - 1e-6 <= q <= high * (1 + 1e-9) + 1e-9


def test_bounds_are_sharp() -> None:
    low, high = between_bounds([0.1, 0.5, 0.9], [0.2, 0.6, 1.0], [0.1, 0.2, 0.1], [0.2, 0.3, 0.2])
    grid = np.linspace(0, 1, 11)
    found = [
        float(between_groups([0.1 + a / 10, 0.5 + b / 10, 0.9 + c / 10], errors).q[0])
        for a, b, c in itertools.product(grid, repeat=3)
        for errors in ([0.1, 0.2, 0.1], [0.2, 0.3, 0.2])
    ]
    assert low == pytest.approx(min(found), rel=1e-6)
    assert high == pytest.approx(max(found), rel=1e-12)


def test_groups_that_may_agree_have_a_q_of_zero_and_no_upper_bound_without_error() -> None:
    low, high = between_bounds([0.1, 0.15], [0.2, 0.25], [0, 0.1], [0.1, 0.1])
    assert low == pytest.approx(0, abs=1e-9)
    assert high == np.inf
