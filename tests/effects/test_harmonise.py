from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.effects.harmonise import harmonise, linear, signs

NUMBERS = st.floats(-10, 10).map(lambda x: round(x, 3))
INTERVALS = st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted)


@pytest.mark.parametrize(
    ("better", "convention", "sign"),
    [
        (True, "raw", 1),
        (False, "raw", -1),
        (True, "negative_favours_intervention", -1),
        (False, "negative_favours_intervention", -1),
        (False, "positive_favours_intervention", 1),
        (pd.NA, "positive_favours_intervention", 1),
    ],
)
def test_signs(better: object, convention: str, sign: int) -> None:
    assert signs([better], [convention])[0] == sign


@pytest.mark.parametrize(("better", "convention"), [(pd.NA, "raw"), (None, "raw"), (True, np.nan)])
def test_a_sign_that_cannot_be_told_is_missing(better: object, convention: object) -> None:
    assert np.isnan(signs([better], [convention])[0])


def test_ratios_become_logarithms_and_differences_stay() -> None:
    result = linear([2.0, 0.5, -0.4, np.nan], ["RR", "OR", "SMD", "RR"])
    np.testing.assert_allclose(result, [np.log(2), -np.log(2), -0.4, np.nan])


def test_a_ratio_that_is_not_positive_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        linear([0.0], ["RR"])


def test_zero_is_never_negative() -> None:
    estimate, _, _ = harmonise([0.0], [-0.1], [0.2], [-1.0])
    assert not np.signbit(estimate[0])


@given(interval=INTERVALS, sign=st.sampled_from([1.0, -1.0]))
def test_harmonising_twice_gives_the_printed_numbers(interval: list[float], sign: float) -> None:
    lower, estimate, upper = interval
    once = harmonise(estimate, lower, upper, sign)
    twice = harmonise(*once, sign)
    np.testing.assert_allclose(twice, [estimate, lower, upper])


@given(interval=INTERVALS, better=st.booleans())
def test_the_ends_keep_their_order_and_the_width(interval: list[float], better: bool) -> None:
    lower, estimate, upper = interval
    result = harmonise(estimate, lower, upper, signs([better], ["raw"]))
    assert result[1] <= result[0] <= result[2]
    assert result[2] - result[1] == pytest.approx(upper - lower)


@given(interval=INTERVALS, better=st.booleans())
def test_a_review_that_signs_the_other_way_round_says_the_same(
    interval: list[float], better: bool
) -> None:
    lower, estimate, upper = interval
    positive = signs([better], ["positive_favours_intervention"])
    negative = signs([better], ["negative_favours_intervention"])
    one = harmonise(estimate, lower, upper, positive)
    other = harmonise(-estimate, -upper, -lower, negative)
    np.testing.assert_allclose(one, other)


@given(interval=INTERVALS)
def test_counting_the_opposite_of_an_outcome_turns_the_sign(interval: list[float]) -> None:
    lower, estimate, upper = interval
    symptoms = harmonise(estimate, lower, upper, signs([False], ["raw"]))
    health = harmonise(-estimate, -upper, -lower, signs([True], ["raw"]))
    np.testing.assert_allclose(symptoms, health)


@given(st.floats(0.05, 20))
def test_an_inverted_ratio_with_the_opposite_outcome_says_the_same(ratio: float) -> None:
    harm = linear([ratio], ["RR"]) * signs([False], ["raw"])
    benefit = linear([1 / ratio], ["RR"]) * signs([True], ["raw"])
    np.testing.assert_allclose(harm, benefit, atol=1e-12)
