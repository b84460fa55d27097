from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.effects import conversion

REFERENCE = Path(__file__).parents[1] / "reference" / "metafor" / "escalc.json"
TRANSFORMS = json.loads(REFERENCE.read_text(encoding="utf-8"))["transforms"]

effects = st.floats(-4, 4)
correlations = st.floats(-0.99, 0.99)
variances = st.floats(1e-6, 1e3)
sizes = st.integers(1, 10_000)
THERE_AND_BACK = [
    (conversion.d_to_log_odds_ratio, conversion.log_odds_ratio_to_d, effects, False),
    (conversion.d_to_r, conversion.r_to_d, effects, True),
    (conversion.r_to_d, conversion.d_to_r, correlations, True),
    (conversion.r_to_z, conversion.z_to_r, correlations, False),
    (conversion.log_odds_ratio_to_r, conversion.r_to_log_odds_ratio, effects, True),
]


@pytest.mark.parametrize(
    ("name", "function", "source", "target"),
    [
        ("rtoz", conversion.r_to_z, "r", "z"),
        ("ztor", conversion.z_to_r, "z", "r"),
        ("logor_to_d_cox_pi", conversion.log_odds_ratio_to_d, "lnor", "d"),
        ("d_to_r", conversion.d_to_r, "d", "r"),
    ],
)
def test_reference_transforms(name, function, source, target):
    found, _ = function(TRANSFORMS[name][source], 1.0)
    np.testing.assert_allclose(found, TRANSFORMS[name][target], rtol=1e-9, atol=0)


def test_the_formulas_by_hand():
    # The logistic distribution has the standard deviation pi / sqrt(3) = 1.8138.
    effect, variance = conversion.d_to_log_odds_ratio(0.5, 0.0205)
    np.testing.assert_allclose([effect, variance], [0.9069, 0.0674], atol=5e-5)
    r, spread = conversion.d_to_r(0.5, 0.0205, 30, 10)  # a = 40^2 / 300
    a = 16 / 3
    assert float(r) == pytest.approx(0.5 / np.sqrt(0.25 + a), rel=1e-14)
    assert float(spread) == pytest.approx(a**2 * 0.0205 / (0.25 + a) ** 3, rel=1e-14)


@pytest.mark.parametrize(("there", "back", "values", "sized"), THERE_AND_BACK)
def test_conversions_round_trip(there, back, values, sized):
    @given(values, variances, sizes, sizes)
    def check(effect, variance, n1, n2):
        groups = (n1, n2) if sized else ()
        returned = back(*there(effect, variance, *groups), *groups)
        np.testing.assert_allclose(returned, [effect, variance], rtol=1e-6, atol=1e-12)

    check()


@pytest.mark.parametrize(("function", "back", "values", "sized"), THERE_AND_BACK)
def test_conversions_are_odd_and_keep_the_order(function, back, values, sized):
    @given(values, values, variances)
    def check(one, other, variance):
        first, second = function(one, variance)[0], function(other, variance)[0]
        assert function(-one, variance) == (-first, function(one, variance)[1])
        assert (first <= second) == (one <= other) or np.isclose(one, other)

    check()


@pytest.mark.parametrize(("function", "back", "values", "sized"), THERE_AND_BACK)
def test_the_variance_is_that_of_the_delta_method(function, back, values, sized):
    at = np.array([-0.7, -0.1, 0.0, 0.2, 0.6])
    step = 1e-6
    slope = (function(at + step, 1.0)[0] - function(at - step, 1.0)[0]) / (2 * step)
    np.testing.assert_allclose(function(at, 0.3)[1], 0.3 * slope**2, rtol=1e-7)


def test_a_perfect_correlation_has_no_counterpart():
    for function in (conversion.r_to_d, conversion.r_to_z):
        assert np.isnan(function([1.0, -1.0], 0.1)).all()
