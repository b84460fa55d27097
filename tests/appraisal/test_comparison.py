from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.appraisal.comparison import compare_ratings

ALL = ("high", "moderate", "low", "critically_low")


def compare(computed: tuple[str, ...], published: tuple[str, ...] | None) -> tuple[str, object]:
    ratings = pd.DataFrame({"review_id": ["a"], "possible_ratings": [computed]})
    rows = [] if published is None else [published]
    stated = pd.DataFrame(
        {
            "review_id": ["a"] * len(rows),
            "rating": pd.Series([row[0] if len(row) == 1 else None for row in rows], dtype=object),
            "possible_ratings": pd.Series(rows, dtype=object),
        }
    )
    row = compare_ratings(ratings, stated).iloc[0]
    return row["verdict"], None if pd.isna(row["steps"]) else int(row["steps"])


@pytest.mark.parametrize(
    ("computed", "published", "expected"),
    [
        (("low",), ("low",), ("same", 0)),
        (("low",), ("high",), ("differs", 2)),
        (("high",), ("critically_low",), ("differs", -3)),
        (("high", "low"), ("low",), ("possible", None)),
        (("low",), ("low", "critically_low"), ("possible", None)),
        (("high", "low"), ("critically_low",), ("differs", -1)),
        (("critically_low",), ("high", "moderate"), ("differs", 2)),
        (ALL, ("low",), ("not_comparable", None)),
        (("low",), ALL, ("not_comparable", None)),
        (("low",), (), ("not_comparable", None)),
        (("low",), None, ("not_comparable", None)),
    ],
)
def test_verdicts(computed, published, expected):
    assert compare(computed, published) == expected


def test_no_reviews():
    empty = pd.DataFrame({"review_id": [], "possible_ratings": []}, dtype=object)
    published = pd.DataFrame({"review_id": [], "rating": [], "possible_ratings": []}, dtype=object)
    assert compare_ratings(empty, published).empty
