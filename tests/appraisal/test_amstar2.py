from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.appraisal.amstar2 import RATINGS, rating_from_flaws, reaches

COUNTS = st.integers(0, 16)


@pytest.mark.parametrize(
    ("critical", "others", "rating"),
    [
        (0, 0, "high"),
        (0, 1, "high"),
        (0, 2, "moderate"),
        (0, 9, "moderate"),
        (1, 0, "low"),
        (1, 9, "low"),
        (2, 0, "critically_low"),
        (7, 9, "critically_low"),
    ],
)
def test_the_rule_of_shea_2017(critical, others, rating):
    assert rating_from_flaws(critical, others) == rating


@given(COUNTS, COUNTS)
def test_one_more_weakness_never_improves_a_rating(critical, others):
    rating = rating_from_flaws(critical, others)
    assert reaches(rating, rating_from_flaws(critical + 1, others))
    assert reaches(rating, rating_from_flaws(critical, others + 1))


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="-1"):
        rating_from_flaws(-1, 0)


def test_reaches_follows_the_order_of_ratings():
    assert [reaches(rating, "low") for rating in RATINGS] == [False, True, True, True]
