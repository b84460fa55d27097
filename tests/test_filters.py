from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.filters import filter_reviews, reaches_minimum, rows_of, rows_with


@pytest.fixture
def reviews() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "review_id": ["a", "b", "c", "d"],
            "population_groups": [("x",), ("x", "y"), (), ("z",)],
            "intervention_format": ["group", "any", "group", "individual"],
            "review_type": ["scoping", "sr_narrative", "scoping", "sr_qualitative"],
            "questions": [("rq1",), ("rq1", "rq2"), ("rq2",), ("rq3",)],
        }
    )


@pytest.fixture
def amstar2() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "review_id": ["a", "b", "c", "d"],
            "rating": ["high", "low", float("nan"), float("nan")],
            "possible_ratings": [
                ("high",),
                ("low",),
                ("critically_low", "low"),
                ("low", "moderate"),
            ],
        }
    )


def kept(frame: pd.DataFrame) -> str:
    return "".join(frame["review_id"])


def test_no_condition_keeps_every_review(reviews, amstar2):
    assert kept(filter_reviews(reviews, amstar2)) == "abcd"


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [("critically_low", "abcd"), ("low", "abd"), ("moderate", "a"), ("high", "a")],
)
def test_an_unknown_rating_counts_by_its_lowest_possibility(reviews, amstar2, minimum, expected):
    assert kept(filter_reviews(reviews, amstar2, minimum_rating=minimum)) == expected


def test_a_rating_of_which_nothing_is_known_counts_as_the_worst():
    amstar2 = pd.DataFrame({"review_id": ["a"], "rating": [None], "possible_ratings": [()]})
    assert not reaches_minimum(amstar2, "low")["a"]
    assert reaches_minimum(amstar2, "critically_low")["a"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"population_groups": ["y", "z"]}, "bd"),
        ({"intervention_formats": ["group"]}, "ac"),
        ({"review_types": ["scoping"], "questions": ["rq2"]}, "c"),
        ({"questions": ["rq2", "rq3"]}, "bcd"),
        ({"population_groups": ["nothing"]}, ""),
    ],
)
def test_conditions_combine(reviews, amstar2, condition, expected):
    assert kept(filter_reviews(reviews, amstar2, **condition)) == expected


def test_the_tables_are_not_changed(reviews, amstar2):
    before = reviews.copy(deep=True)
    filter_reviews(reviews, amstar2, questions=["rq3"])
    pd.testing.assert_frame_equal(reviews, before)


def test_rows_with_takes_words_and_tuples_and_knows_missing_cells():
    column = pd.Series(["a", ("a", "b"), float("nan"), ()], index=[4, 5, 6, 7])
    assert rows_with(column, ["a"]).to_dict() == {4: True, 5: True, 6: False, 7: False}
    assert rows_with(column, []).all()


def test_rows_of_follows_the_reviews(reviews):
    table = pd.DataFrame({"review_id": ["c", "a", "c", "e"], "n": [1, 2, 3, 4]})
    assert rows_of(table, reviews[reviews["review_id"] == "c"])["n"].tolist() == [1, 3]
