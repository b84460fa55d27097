from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import norm

from umbrella_review.audit import statistics
from umbrella_review.audit.statistics import Bounded

TRUE = st.floats(-3, 3)
ERRORS = st.floats(0.05, 2)
PLACES = st.integers(1, 3)


def printed(value: float, places: int) -> Bounded:
    return statistics.rounded(round(value, places), places)


@pytest.mark.parametrize(
    ("figure", "places"),
    [(78.0, 0), (90.0, 0), (0.4, 1), (-0.54, 2), ("0.40", 2), ("35", 0), ("-1.250", 3)],
)
def test_decimals_of_printed_figures(figure, places):
    assert statistics.decimals(figure) == places


def test_a_bounded_number_lies_in_its_bounds():
    with pytest.raises(ValueError, match="does not lie between"):
        Bounded(2, 0, 1)


def test_z_of_a_published_interval_and_its_rounding():
    figures = statistics.interval_figures(-0.39, -0.54, -0.24)
    z = statistics.z_from_interval(*figures)
    width = 2 * norm.ppf(0.975)
    assert z.value == pytest.approx(0.39 * width / 0.30)
    assert z.low == pytest.approx(0.385 * width / 0.31)
    assert z.high == pytest.approx(0.395 * width / 0.29)


def test_a_closing_zero_is_restored_from_the_other_figures():
    estimate, lower, upper = statistics.interval_figures(0.4, 0.15, 0.65)
    assert estimate.high - estimate.low == pytest.approx(0.01)
    assert (lower.low, upper.high) == pytest.approx((0.145, 0.655))


def test_z_of_a_ratio_is_taken_on_the_logarithmic_scale():
    figures = statistics.interval_figures(0.5, 0.25, 1.0)
    z = statistics.z_from_interval(*figures, ratio=True)
    assert z.value == pytest.approx(norm.ppf(0.975))


def test_the_level_of_the_interval_counts():
    figures = statistics.interval_figures(1.0, 0.5, 1.5)
    narrow = statistics.z_from_interval(*figures, level=0.90).value
    assert narrow == pytest.approx(2 * norm.ppf(0.95))


@given(estimate=TRUE, error=ERRORS, places=PLACES)
def test_the_true_z_lies_within_the_rounding_bounds(estimate, error, places):
    half = norm.ppf(0.975) * error
    assume(2 * half > 2 * 10.0**-places)
    z = statistics.z_from_interval(
        printed(estimate, places),
        printed(estimate - half, places),
        printed(estimate + half, places),
    )
    true = abs(estimate) / error
    assert z.low - 1e-9 <= true <= z.high + 1e-9


@given(estimate=TRUE, error=ERRORS, places=PLACES)
def test_the_true_z_of_a_ratio_lies_within_the_rounding_bounds(estimate, error, places):
    half = norm.ppf(0.975) * error
    ends = [math.exp(x) for x in (estimate, estimate - half, estimate + half)]
    figures = [printed(x, places) for x in ends]
    assume(figures[0].value > 0 and 0 < figures[1].value < figures[2].value)
    z = statistics.z_from_interval(*figures, ratio=True)
    true = abs(estimate) / error
    assert z.low - 1e-9 <= true <= z.high * (1 + 1e-9)


@given(q=st.floats(0, 200), df=st.integers(1, 40), places=PLACES)
def test_the_true_i2_lies_within_the_rounding_bounds(q, df, places):
    i2 = statistics.i2_from_q(printed(q, places), df)
    true = max(0.0, (q - df) / q) * 100 if q else 0.0
    assert i2.low - 1e-9 <= true <= i2.high + 1e-9
    assert 0 <= i2.low <= i2.high < 100


@given(z=st.floats(0, 6), spread=st.floats(0, 1))
def test_p_falls_as_z_rises(z, spread):
    p = statistics.p_from_z(Bounded(z, max(0, z - spread), z + spread))
    assert p.low <= p.value <= p.high
    assert p.value == pytest.approx(2 * norm.sf(z))


def test_p_of_a_published_interval():
    figures = statistics.interval_figures(-0.11, -0.42, 0.20)
    p = statistics.p_from_z(statistics.z_from_interval(*figures))
    assert [round(x, 2) for x in (p.value, p.low, p.high)] == [0.49, 0.46, 0.51]


def test_small_operations():
    assert statistics.df_from_k(16) == Bounded.exact(15)
    fall = statistics.relative_fall(statistics.rounded(0.86, 2))
    assert (fall.value, fall.low, fall.high) == pytest.approx((14, 13.5, 14.5))
    difference = statistics.rounded(0.23, 2) - statistics.rounded(-0.30, 2)
    assert (difference.value, difference.low, difference.high) == pytest.approx((0.53, 0.52, 0.54))


@pytest.mark.parametrize("ends", [(0.5, 0.5), (0.6, 0.4)])
def test_an_interval_without_width_is_refused(ends):
    figures = [statistics.rounded(x, 1) for x in (0.5, *ends)]
    with pytest.raises(ValueError, match="does not lie above"):
        statistics.z_from_interval(*figures)


def test_a_ratio_that_is_not_positive_is_refused():
    figures = [statistics.rounded(x, 1) for x in (0.5, -0.1, 0.9)]
    with pytest.raises(ValueError, match="positive"):
        statistics.z_from_interval(*figures, ratio=True)
