from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.counting import (
    count_by,
    count_values,
    cross_counts,
    known_range,
    percent,
    slug,
)
from umbrella_review.words import enumerate_words

LABELS = {"x": "Ex", "y y": "Why", "z": "Zed"}


@pytest.fixture
def reviews() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "review_id": ["a", "b", "c"],
            "groups": [("x", "y y"), ("x",), ()],
            "kind": ["k", "l", "k"],
        }
    )


def test_a_review_counts_once_for_each_of_its_values(reviews):
    counts = count_by(reviews, "groups", LABELS)
    assert counts["label"].tolist() == ["Ex", "Why", "Zed"]
    assert counts["n"].tolist() == [2, 1, 0]
    assert counts["review_ids"].tolist() == [("a", "b"), ("a",), ()]
    assert counts["percent"].iloc[0] == pytest.approx(200 / 3)


def test_values_of_counts_carry_ids_and_rows(reviews):
    values = count_values("topic.n_group", count_by(reviews, "groups", LABELS))
    assert [(value.value_id, value.text) for value in values] == [
        ("topic.n_group_x", "2"),
        ("topic.n_group_y_y", "1"),
        ("topic.n_group_z", "0"),
    ]
    assert values[0].rows == {"reviews": ("a", "b")}


def test_cross_counts_end_in_all_reviews_of_the_row(reviews):
    table = cross_counts(reviews, ("kind", {"k": "K", "l": "L"}), ("groups", LABELS))
    assert table.to_dict("list") == {
        "Ex": [1, 1],
        "Why": [1, 0],
        "Zed": [0, 0],
        "All": [2, 1],
    }


def test_ranges_count_what_is_missing():
    column = pd.Series([5, None, 2], dtype="Int64")
    assert known_range(column) == {"n": 2, "missing": 1, "min": 2, "max": 5, "sum": 7}


def test_a_range_of_nothing_is_said_not_to_be_known():
    facts = known_range(pd.Series([None, None], dtype="Int64"))
    assert facts == {
        "n": 0,
        "missing": 2,
        "min": "not known",
        "max": "not known",
        "sum": "not known",
    }


@pytest.mark.parametrize(
    ("words", "text"),
    [([], "none"), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined_as_in_a_sentence(words, text):
    assert enumerate_words(words) == text


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_part_is_between_nothing_and_all(part, rest):
    assert 0 <= percent(part, part + rest) <= 100


def test_slugs_fit_into_value_ids():
    assert slug("Quality of life (all)") == "quality_of_life_all"
