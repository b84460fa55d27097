from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.bias.e_value import e_value

EFFECTS = st.floats(-5, 5)


def on_ratios(estimate, lower, upper, **options):
    return e_value(*np.log([estimate, lower, upper]), **options)


def test_the_worked_example_of_the_article():
    # VanderWeele and Ding 2017: RR 3.9 (1.8 to 8.7) has the E-values 7.26 and 3.0.
    got = on_ratios(3.9, 1.8, 8.7)
    assert (round(float(got.estimate), 2), round(float(got.limit), 1)) == (7.26, 3.0)


def test_protective_effects_are_inverted():
    got, inverse = on_ratios(0.8, 0.71, 0.91), on_ratios(1 / 0.8, 1 / 0.91, 1 / 0.71)
    assert got.estimate == pytest.approx(float(inverse.estimate))
    assert got.limit == pytest.approx(float(inverse.limit))
    assert round(float(got.estimate), 2) == 1.81
    assert round(float(got.limit), 2) == 1.43


def test_an_interval_that_holds_no_effect_needs_no_confounding():
    assert on_ratios(1.5, 0.9, 2.5).limit == 1
    assert on_ratios(1.0, 1.0, 1.0).estimate == 1


def test_common_outcomes_and_differences_become_risk_ratios():
    odds = on_ratios(4.0, 2.25, 9.0, measure="OR")
    assert odds.risk_ratio == pytest.approx(2.0)
    assert odds.estimate == pytest.approx(2 + np.sqrt(2))
    assert on_ratios(4.0, 2.25, 9.0, measure="OR", rare=True).risk_ratio == pytest.approx(4.0)
    hazard = on_ratios(2.0, 1.5, 3.0, measure="HR").risk_ratio
    assert hazard == pytest.approx((1 - 0.5 ** np.sqrt(2)) / (1 - 0.5 ** np.sqrt(1 / 2)))
    assert on_ratios(2.0, 1.5, 3.0, measure="HR", rare=True).risk_ratio == pytest.approx(2.0)
    assert e_value(0.5, 0.2, 0.8, measure="SMD").risk_ratio == pytest.approx(np.exp(0.455))


@given(EFFECTS, st.floats(0, 2), st.sampled_from(["RR", "OR", "HR", "IRR", "SMD"]), st.booleans())
def test_e_values_do_not_depend_on_the_sign(effect, half, measure, rare):
    got = e_value(effect, effect - half, effect + half, measure=measure, rare=rare)
    turned = e_value(-effect, -effect - half, -effect + half, measure=measure, rare=rare)
    assert got.estimate == pytest.approx(float(turned.estimate), rel=1e-9)
    assert got.limit == pytest.approx(float(turned.limit), rel=1e-9)
    assert 1 <= got.limit <= got.estimate * (1 + 1e-12)


def test_missing_and_huge_numbers():
    assert np.isnan(e_value(np.nan, 0.1, 0.2).estimate)
    assert np.isnan(e_value(0.2, np.nan, 0.3).limit)
    assert np.isinf(e_value(1e6, 1e5, 1e7).estimate)


def test_other_measures_are_refused():
    with pytest.raises(ValueError, match="COR"):
        e_value(0.1, 0.0, 0.2, measure="COR")
