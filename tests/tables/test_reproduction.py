from __future__ import annotations

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
        ("pr1", "reviews", "A", "reviews", "35", "35", "reproduced", False, ""),
        ("pr2", "studies", "B", "studies", "40927", "6,191", "partly", False, "known in 8 rows"),
        ("pr3", "earliest", "B", "year", "1979", "", "cannot", False, "not known"),
        ("pr4", "Z of <script>", "A", "z", "-9.40", "5.10", "differs", False, "beyond roe_2020"),
        ("pr5", "n_rows stored", "A", "rows", "2", "2", "reproduced", True, "repeats"),
    ]
    columns = [
        "result_id", "statement", "topic", "unit", "published", "recomputed", "status",
        "circular", "reason",
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(stated_in="Results", rule="number of rows in reviews")


def test_every_number_stands_in_the_full_table(results):
    frame = reproduction.results_table(results, REVIEWS).frame
    assert list(frame["No."]) == ["pr1", "pr2", "pr3", "pr4", "pr5"]
    assert list(frame["Published"]) == ["35", "40,927", "1979", "−9.40", "2"]
    assert list(frame["Result"])[-2:] == ["Differs", "Reproduced, but circular"]
    assert list(frame["Statement"])[-1] == "n_rows stored"
    assert frame["Rule"].iloc[0] == "Number of rows in reviews"


def test_the_summary_ends_with_all(results):
    frame = reproduction.summary_table(results).frame
    assert list(frame["Topic"]) == ["A", "B", "All"]
    assert frame.iloc[-1].to_dict() == {
        "Topic": "All",
        "Reproduced": 1,
        "Reproduced, but circular": 1,
        "Differs": 1,
        "Partly recomputable": 1,
        "Not recomputable": 1,
        "All": 5,
    }


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
