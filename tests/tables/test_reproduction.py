from __future__ import annotations

import re

import pandas as pd
import pytest

from umbrella_review.tables import reproduction
from umbrella_review.tables.empty import MESSAGE

REVIEWS = pd.DataFrame(
    {"review_id": ["roe_2020"], "authors": ["Roe A"], "year": pd.array([2020], dtype="Int64")}
)


@pytest.fixture
def results() -> pd.DataFrame:
    rows = [
        ("pr1", "reviews", "A", "reviews", "35", "35", "reproduced", ""),
        ("pr2", "studies", "B", "studies", "40927", "6,191", "partly", "known in 8 rows"),
        ("pr3", "earliest", "B", "year", "1979", "", "cannot", "not known"),
        ("pr4", "Z of <script>", "A", "z", "-9.40", "5.10", "differs", "beyond roe_2020"),
        ("pr5", "n_rows stored", "A", "rows", "2", "2", "circular", "repeats"),
    ]
    columns = [
        "result_id", "statement", "topic", "unit", "published", "recomputed", "status",
        "reason",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    rows = [("a", "b", "c", "d"), ("a",), (), ("a", "b"), ()]
    return frame.assign(
        stated_in="Results", rule="number of rows in reviews", table="reviews", rows=rows
    )


def test_every_number_stands_in_the_full_table(results):
    frame = reproduction.results_table(results, REVIEWS).frame
    assert list(frame["No."]) == ["pr1", "pr2", "pr3", "pr4", "pr5"]
    assert list(frame["Published"]) == ["35", "40,927", "1979", "−9.40", "2"]
    assert list(frame["Result"])[-2:] == ["Differs", "Circular"]
    assert list(frame["Statement"])[-1] == "n_rows stored"
    assert frame["Rule"].iloc[0] == "Number of rows in reviews"
    assert list(frame["Rows"]) == ["4 rows", "a", "", "a, b", ""]
    assert list(frame["Reason"])[1:3] == ["Known in 8 rows", "Not known"]


def test_the_summary_ends_with_all(results):
    frame = reproduction.summary_table(results).frame
    assert list(frame["Topic"]) == ["A", "B", "All"]
    assert frame.iloc[-1].to_dict() == {
        "Topic": "All",
        "Reproduced": 1,
        "Circular": 1,
        "Differs": 1,
        "Partly recomputable": 1,
        "Not recomputable": 1,
        "All": 5,
    }


def test_a_sentence_below_the_summary_counts_every_number_once(results):
    (note,) = reproduction.summary_table(results).notes
    assert note.startswith("Of 5 published numbers, 1 are reproduced by a rule that could have")
    assert sum(map(int, re.findall(r"\d+", note))) == 5 + 5


def test_differences_and_gaps_part_the_rest(results):
    differences = reproduction.differences_table(results, REVIEWS)
    assert list(differences.frame["Statement"]) == ["Z of <script>"]
    assert list(differences.frame["Reason"]) == ["Beyond Roe 2020"]
    gaps = reproduction.gaps_table(results, REVIEWS)
    assert list(gaps.frame["Result"]) == ["Partly recomputable", "Not recomputable"]
    assert r"\<script\>" in differences.to_markdown()


def test_nothing_to_show(results):
    fine = results[results["status"] == "reproduced"]
    for build in (reproduction.differences_table, reproduction.gaps_table):
        assert build(fine, REVIEWS).frame.iat[0, 0] == MESSAGE
