from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr

from umbrella_review.effects.intervals import critical_value, p_value
from umbrella_review.effects.recover import (
    interval_bounds,
    p_bounds,
    standard_error_from_interval,
    standard_error_from_p,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "metafor" / "escalc.json"
RATIOS = json.loads(REFERENCE.read_text(encoding="utf-8"))["ratio_ci_to_se"]


def test_ratios_agree_with_the_reference() -> None:
    error = standard_error_from_interval(RATIOS["lo"], RATIOS["hi"], ratio=True)
    np.testing.assert_allclose(error, RATIOS["se"], rtol=1e-9)


def test_a_p_value_stands_for_its_quantile() -> None:
    # Two-sided p of 0.05 and 0.005 are z of 1.959964 and 2.807034.
    assert float(standard_error_from_p(-3.8, 0.05)) == pytest.approx(3.8 / 1.959964, rel=1e-6)
    error = -np.log(0.81) / 2.807034
    assert float(standard_error_from_p(0.81, 0.005, ratio=True)) == pytest.approx(error, rel=1e-6)


def test_t_intervals_and_t_tests_are_undone() -> None:
    df, effect, error = np.array([4.0, 30.0]), 0.8, 0.5
    p = 2 * stdtr(df, -effect / error)
    np.testing.assert_allclose(standard_error_from_p(effect, p, df=df), error, rtol=1e-12)
    half = 2.776445105197793 * error  # t quantile at 4 degrees of freedom
    from_interval = standard_error_from_interval(effect - half, effect + half, df=4)
    assert float(from_interval) == pytest.approx(error, rel=1e-12)


def test_many_degrees_of_freedom_are_the_normal_distribution() -> None:
    for df in (None, 1e12):
        assert float(standard_error_from_interval(0, 1, df=df)) == pytest.approx(
            0.5 / critical_value(0.95), rel=1e-9
        )


def test_tiny_p_values_keep_their_digits() -> None:
    assert float(standard_error_from_p(20.0, p_value(20.0))) == pytest.approx(1.0, rel=1e-12)


def test_what_tells_no_standard_error() -> None:
    assert np.isnan(standard_error_from_p([1, 1, 0, np.nan], [0, 1, 0.5, 0.5])).all()
    assert np.isnan(standard_error_from_p(-1, 0.5, ratio=True))
    assert np.isnan(standard_error_from_interval([0.0, -1.0], [2.0, 2.0], ratio=True)).all()
    assert np.isnan(standard_error_from_interval(2, 1))


@given(
    st.floats(-3, 3),
    st.floats(0.01, 2),
    st.integers(1, 4),
    st.booleans(),
    st.sampled_from([None, 9]),
)
def test_interval_bounds_hold_the_unrounded_standard_error(effect, error, places, ratio, df):
    half = critical_value(0.95) * error
    ends = [effect - half, effect + half]
    printed = [round(float(end), places) for end in (np.exp(ends) if ratio else ends)]
    if printed[0] == printed[1] or (ratio and printed[0] <= 0):
        return
    scale = standard_error_from_interval(*ends, df=df)
    least, greatest = interval_bounds(*printed, places, df=df, ratio=ratio)
    assert least <= scale * (1 + 1e-9)
    assert greatest >= scale * (1 - 1e-9)


def test_the_width_of_the_interval_bounds() -> None:
    least, greatest = interval_bounds(0.1, 0.3, 1)
    crit = critical_value(0.95)
    np.testing.assert_allclose([least, greatest], [0.05 / crit, 0.15 / crit], rtol=1e-12)
    least, greatest = interval_bounds(0.04, 0.05, 1, ratio=True)
    assert (least, greatest) == (0, np.inf)
    assert np.isnan(interval_bounds(np.nan, 1, 2)).all()


@given(st.floats(-3, 3), st.floats(0.05, 2), st.integers(1, 4), st.integers(1, 4), st.booleans())
def test_p_bounds_hold_the_unrounded_standard_error(effect, error, places, p_places, ratio):
    p = round(float(p_value(effect / error)), p_places)
    printed = round(float(np.exp(effect)) if ratio else effect, places)
    least, greatest = p_bounds(printed, p, places, p_places, ratio=ratio)
    if not np.isnan(least):
        assert least <= error * (1 + 1e-6)
        assert greatest >= error * (1 - 1e-6)
    else:
        assert ratio
        assert printed <= 0


def test_the_ends_of_the_p_bounds() -> None:
    least, greatest = p_bounds(1.5, 0.0, 1, 3)
    assert least == 0  # any p below 0.0005
    assert float(greatest) == pytest.approx(float(standard_error_from_p(1.55, 0.0005)), rel=1e-12)
    least, greatest = p_bounds(0.5, 1.0, 1, 2)
    assert greatest == np.inf
    assert p_bounds(0.0, 0.9, 1, 2)[0] == 0
    assert np.isnan(p_bounds(0.5, 1.2, 1, 2)).all()
