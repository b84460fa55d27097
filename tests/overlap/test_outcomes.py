from __future__ import annotations

import math

import pandas as pd
import pytest

from umbrella_review.overlap.outcomes import NO_REVIEW, NO_ROOM, ONE_REVIEW, by_outcome


def inclusions(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["outcome", "review_id", "study_id"])


ROWS = inclusions(
    ("pain", "a", "s1"),
    ("sleep", "a", "s1"),
    ("pain", "a", "s2"),
    ("pain", "b", "s1"),
    ("pain", "b", "s1"),
    ("pain", "b", "s3"),
    ("cost", "b", None),
)


def test_each_outcome_has_an_area_of_its_own():
    table = by_outcome(ROWS).set_index("outcome")
    assert table.index.tolist() == ["pain", "sleep", "cost"]
    pain = table.loc["pain"]
    assert (pain["n_reviews"], pain["n_studies"], pain["n_inclusions"]) == (2, 3, 4)
    assert pain["covered_area"] == pytest.approx(1 / 3)
    assert (pain["pieper"], pain["groove"], pain["reason"]) == ("very high", "very high", "")


def test_why_an_area_is_not_defined():
    table = by_outcome(ROWS).set_index("outcome")
    for outcome, reason in (("sleep", ONE_REVIEW), ("cost", NO_REVIEW)):
        row = table.loc[outcome]
        assert math.isnan(row["covered_area"])
        assert row["reason"] == reason
        assert pd.isna(row["pieper"])


def test_structural_zeros_count_by_outcome():
    possible = pd.DataFrame(True, index=["s1", "s2", "s3"], columns=["a", "b"])
    possible.loc["s3", "a"] = False
    pain = by_outcome(ROWS, possible).iloc[0]
    assert pain["n_impossible"] == 1
    assert pain["covered_area"] == pytest.approx(1 / 2)
    apart = inclusions(("pain", "a", "s2"), ("pain", "b", "s3"))
    possible.loc["s2", "b"] = False
    assert by_outcome(apart, possible).iloc[0]["reason"] == NO_ROOM


def test_identical_and_disjoint_reviews():
    same = inclusions(("x", "a", "s1"), ("x", "b", "s1"), ("y", "a", "s1"), ("y", "b", "s2"))
    assert by_outcome(same)["covered_area"].tolist() == [1, 0]


def test_no_outcome_is_no_error():
    assert by_outcome(inclusions()).empty
