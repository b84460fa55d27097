from __future__ import annotations

from pathlib import Path

import pandas as pd

from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.contradictions import contradictions_table
from umbrella_review.tables.empty import MESSAGE

REVIEW = Review.read(Project.find(Path(__file__)).review_file)

REVIEWS = pd.DataFrame(
    {"review_id": ["roe_2020"], "authors": ["Roe A"], "year": pd.array([2020], dtype="Int64")}
)


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "contradiction_id": ["c1", "c2", "c3"],
            "kind": ["substance", "arithmetic", "substance"],
            "location": ["third", "first of roe_2020", "fourth"],
            "value_a": "SMD -0.39 (-0.54, -0.24), 3-6 months",
            "value_b": "b",
            "recomputed": ["", "15", ""],
            "rule": ["", "k − 1", ""],
            "note": [None, "remark", None],
        }
    )


def test_rows_are_ordered_by_kind_and_keep_their_order_within():
    view = contradictions_table(frame(), REVIEWS, REVIEW)
    assert [row["contradictions"] for row in view.rows] == [("c2",), ("c1",), ("c3",)]
    shown = view.frame
    assert list(shown["About"]) == ["first of Roe 2020", "third", "fourth"]
    assert list(shown["Kind"]) == ["Arithmetic", "Substance", "Substance"]
    assert list(shown["Recomputed"]) == ["15: k − 1", "", ""]
    assert shown["One statement"].iloc[0] == "SMD −0.39 (−0.54, −0.24), 3–6 months"
    assert list(shown["Note"]) == ["remark", "", ""]


def test_no_contradictions():
    assert contradictions_table(frame().iloc[:0], REVIEWS, REVIEW).frame.iat[0, 0] == MESSAGE
