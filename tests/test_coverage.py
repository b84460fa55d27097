"""What is known and what is missing: counts, and a reason for every gap."""

from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.coverage import contents, coverage, coverage_values, unexplained
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES
from umbrella_review.tables.coverage import contents_table, coverage_table
from umbrella_review.tables.rows import EVERY

NOT_EVIDENCE = ("gaps", "reporting_checklist")


@pytest.fixture(scope="module")
def everything(project: Project) -> dict[str, pd.DataFrame]:
    review = Review.read(project.review_file)
    return {name: load_table(project, name, review) for name in TABLES}


@pytest.fixture(scope="module")
def evidence(everything: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: frame for name, frame in everything.items() if name not in NOT_EVIDENCE}


@pytest.fixture
def small() -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    reviews = pd.DataFrame(
        {
            "doi": ["10.1/a", None, "10.1/c", None],
            "pages": ["1", "2", None, None],
            "designs": [("RCT",), (), (), ()],
        }
    )
    gaps = pd.DataFrame(
        {
            "gap_id": ["g1", "g2", "g3", "g4", "g5"],
            "table": ["reviews", "reviews", "reviews", "reviews", "estimates"],
            "column": [("doi",), ("doi", "pages"), ("designs",), (), ()],
            "expected": pd.array([None, 3, 2, None, 5], dtype="Int64"),
            "reason": ["a", "b", "c", "d", "e"],
        }
    )
    return {"reviews": reviews}, gaps


def test_known_and_expected_are_counted(
    small: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    found = coverage(*small)
    assert found["known"].tolist() == [2, 1, 1, 4]
    assert found["expected"].tolist()[:3] == [4, 3, 2]
    assert found["expected"].isna().tolist() == [False, False, False, True]
    assert found["percent"].tolist()[:3] == [50.0, pytest.approx(100 / 3), 50.0]
    assert found["percent"].isna().iloc[3]


def test_inputs_are_left_as_they_are(small: tuple[dict[str, pd.DataFrame], pd.DataFrame]) -> None:
    tables, gaps = small
    before = tables["reviews"].copy(), gaps.copy()
    coverage(tables, gaps)
    pd.testing.assert_frame_equal(tables["reviews"], before[0])
    pd.testing.assert_frame_equal(gaps, before[1])


def test_every_column_that_lacks_something_has_a_reason(
    evidence: dict[str, pd.DataFrame], everything: dict[str, pd.DataFrame]
) -> None:
    assert unexplained(evidence, everything["gaps"]) == []
    without = everything["gaps"].iloc[1:]
    first = everything["gaps"].iloc[0]
    assert unexplained(evidence, without) == [(first["table"], first["column"][0])]


def test_no_gap_is_closed_and_none_is_more_than_full(
    evidence: dict[str, pd.DataFrame], everything: dict[str, pd.DataFrame]
) -> None:
    found = coverage(evidence, everything["gaps"])
    assert len(found) == len(everything["gaps"])
    assert found["known"].lt(found["expected"]).fillna(value=True).all()


def test_expected_counts_follow_from_the_data(
    evidence: dict[str, pd.DataFrame], everything: dict[str, pd.DataFrame]
) -> None:
    gaps = everything["gaps"]
    asked = {(row.table, row.column): row.expected for row in gaps.itertuples()}
    estimates, reviews = evidence["estimates"], evidence["reviews"]
    pooled = estimates["analysis_type"].ne("single_study") & estimates["k"].ne(1).fillna(value=True)
    assert asked["estimates", ("i2",)] == pooled.sum()
    assert asked["estimates", ("tau2",)] == pooled.sum()
    with_meta_analysis = reviews["review_type"].eq("sr_meta_analysis").sum()
    assert asked["reviews", ("n_studies_meta_analysed",)] == with_meta_analysis
    facts = evidence["reported_overlap"].set_index("fact")["n_studies"]
    assert asked["primary_studies", ()] == facts["total"]


def test_cells_are_counted_by_table(evidence: dict[str, pd.DataFrame]) -> None:
    counts = contents(evidence).set_index("table")
    assert counts.loc["citations", "percent"] == 100
    assert counts.loc["reviews", "rows"] == 35
    assert (counts["known"] <= counts["cells"]).all()
    assert (counts["complete"] <= counts["columns"]).all()
    ratings = evidence["amstar2"]["rating"].isna().sum()
    assert counts.loc["amstar2", "cells"] - counts.loc["amstar2", "known"] == ratings


def test_values_add_up(
    evidence: dict[str, pd.DataFrame], everything: dict[str, pd.DataFrame]
) -> None:
    counts, found = contents(evidence), coverage(evidence, everything["gaps"])
    values = {value.value_id: value.value for value in coverage_values(counts, found)}
    assert values["coverage.n_cells"] == counts["cells"].sum()
    assert values["coverage.n_rows"] == sum(map(len, evidence.values()))
    assert values["coverage.n_gaps"] == len(found)
    assert 0 < values["coverage.percent_known_cells"] < 100


def test_tables_show_titles_and_reasons(
    small: tuple[dict[str, pd.DataFrame], pd.DataFrame],
) -> None:
    view = coverage_table(coverage(*small))
    assert [row["reviews"] for row in view.rows] == [EVERY] * 4
    assert [row["gaps"][0] for row in view.rows] == ["g1", "g2", "g3", "g4"]
    assert view.frame["What is incomplete"].tolist() == [
        "DOI",
        "DOI, Pages",
        "Designs",
        "Whole rows",
    ]
    assert view.frame["Expected"].tolist() == ["4", "3", "2", "not known"]
    assert view.frame["Share"].tolist() == ["50%", "33%", "50%", "not known"]
    assert view.frame["Table"].unique().tolist() == ["Included reviews"]


def test_table_of_contents_has_a_row_a_table(evidence: dict[str, pd.DataFrame]) -> None:
    frame = contents_table(contents(evidence)).frame
    assert len(frame) == len(evidence)
    assert frame["Cells known"].str.endswith("%").all()
