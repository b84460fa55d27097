from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.filters import filter_reviews
from umbrella_review.load import load_table
from umbrella_review.narrative import framework
from umbrella_review.narrative.findings import (
    TOTAL,
    UNKNOWN,
    best_supported,
    by_review,
    keep_findings,
    review_totals,
)
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite, short_names
from umbrella_review.tables.implementation import implementation_table

PROJECT = Project(Path(__file__).parents[1])
DOMAINS = ("inner", "outer")


def made(rows: list[tuple[str, str, str, tuple[str, ...]]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["finding_id", "framework_domain", "determinant", "ids"])
    return frame.rename(columns={"ids": "review_ids"}).assign(finding="Words.", note=None)


def made_reviews(*keys: str) -> pd.DataFrame:
    return pd.DataFrame({"review_id": list(keys)})


FINDINGS = made(
    [
        ("f1", "inner", "facilitator", ("a", "b")),
        ("f2", "inner", "barrier", ("b",)),
        ("f3", "outer", "facilitator", ("b",)),
        ("f4", "outer", "neutral", ()),
    ]
)
EVERYONE = made_reviews("a", "b")


@pytest.fixture(scope="module")
def findings(review: Review) -> pd.DataFrame:
    return load_table(PROJECT, "implementation_findings", review)


@pytest.fixture(scope="module")
def kept(reviews: pd.DataFrame, review: Review) -> pd.DataFrame:
    return filter_reviews(reviews, load_table(PROJECT, "amstar2", review), questions=["rq2"])


def cell(matrix: pd.DataFrame, row: str, column: str, kind: str) -> int:
    at = matrix["row"].eq(row) & matrix["column"].eq(column) & matrix["kind"].eq(kind)
    return int(matrix.loc[at, "n_findings"].item())


def test_a_finding_loses_reviews_that_are_left_out_and_stays_while_one_is_left() -> None:
    left = keep_findings(FINDINGS, made_reviews("a"), EVERYONE)
    assert dict(zip(left["finding_id"], left["review_ids"], strict=True)) == {"f1": ("a",)}


def test_a_finding_of_an_unknown_review_stays_only_with_all_reviews() -> None:
    assert "f4" in set(keep_findings(FINDINGS, EVERYONE, EVERYONE)["finding_id"])
    assert "f4" not in set(keep_findings(FINDINGS, made_reviews("b"), EVERYONE)["finding_id"])


def test_findings_are_kept_by_the_values_of_a_column() -> None:
    left = keep_findings(FINDINGS, EVERYONE, EVERYONE, framework_domain=["outer"])
    assert list(left["finding_id"]) == ["f3", "f4"]


def test_keeping_findings_does_not_change_its_input() -> None:
    before = FINDINGS.copy(deep=True)
    keep_findings(FINDINGS, made_reviews("a"), EVERYONE)
    pd.testing.assert_frame_equal(FINDINGS, before)


def test_domain_counts_count_findings_and_reviews() -> None:
    counts = framework.domain_counts(FINDINGS, ["outer", "inner", "empty"])
    assert counts.to_dict("list") == {
        "framework_domain": ["outer", "inner", "empty"],
        "facilitator": [1, 1, 0],
        "barrier": [0, 1, 0],
        "neutral": [1, 0, 0],
        "n_findings": [2, 2, 0],
        "n_reviews": [1, 2, 0],
    }


def test_matrix_shows_a_shared_finding_in_each_row_and_once_in_the_total() -> None:
    matrix = framework.domain_by_review(FINDINGS, DOMAINS, EVERYONE)
    assert cell(matrix, "a", "inner", "facilitator") == 1
    assert cell(matrix, "b", "inner", "facilitator") == 1
    assert cell(matrix, TOTAL, "inner", "facilitator") == 1
    assert cell(matrix, "b", TOTAL, "facilitator") == 2


def test_matrix_has_a_row_for_unknown_reviews_only_where_needed() -> None:
    rows = framework.domain_by_review(FINDINGS, DOMAINS, EVERYONE)["row"].unique()
    assert list(rows) == ["b", "a", UNKNOWN, TOTAL]
    known = FINDINGS[FINDINGS["finding_id"].ne("f4")]
    assert UNKNOWN not in set(framework.domain_by_review(known, DOMAINS, EVERYONE)["row"])


def test_a_review_without_findings_has_a_row() -> None:
    matrix = framework.domain_by_review(FINDINGS, DOMAINS, made_reviews("a", "b", "z"))
    assert "z" in set(matrix["row"])
    assert matrix.loc[matrix["row"].eq("z"), "n_findings"].sum() == 0


def test_best_supported_is_that_of_most_reviews() -> None:
    assert list(best_supported(FINDINGS)["finding_id"]) == ["f1"]
    assert best_supported(FINDINGS[FINDINGS["finding_id"].eq("f4")]).empty


codes = st.tuples(
    st.sampled_from(DOMAINS),
    st.sampled_from(framework.DETERMINANTS),
    st.lists(st.sampled_from("abc"), unique=True, max_size=3).map(tuple),
)


@given(st.lists(codes, max_size=12))
def test_totals_count_every_finding_once(rows: list[tuple[str, str, tuple[str, ...]]]) -> None:
    table = made([(f"f{n}", *row) for n, row in enumerate(rows)])
    matrix = framework.domain_by_review(table, DOMAINS, made_reviews(*"abc"))
    corner = matrix[matrix["row"].eq(TOTAL) & matrix["column"].eq(TOTAL)]
    assert corner["n_findings"].sum() == len(table)
    inner = matrix[matrix["row"].ne(TOTAL) & matrix["column"].ne(TOTAL)]
    assert inner["n_findings"].sum() == len(by_review(table))
    assert framework.domain_counts(table, DOMAINS)["n_findings"].sum() == len(table)


def test_all_reviews_of_the_question_have_a_finding(
    findings: pd.DataFrame, kept: pd.DataFrame
) -> None:
    assert set(review_totals(findings)["review_id"]) == set(kept["review_id"])


def test_values_of_the_data(
    findings: pd.DataFrame, kept: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> None:
    domains = list(review.vocabulary("framework_domain"))
    names = short_names(reviews)
    recorded = framework.values("rq2", findings, findings, kept=kept, domains=domains, names=names)
    values = {value.value_id: value for value in recorded}
    assert len(values) == len(recorded)
    parts = [values[f"rq2.n_{kind}"].value for kind in framework.DETERMINANTS]
    assert sum(parts) == values["rq2.n_findings"].value == len(findings)
    assert values["rq2.n_reviews"].value == len(kept)
    by_domain = [values[f"rq2.n_findings_{domain}"].value for domain in domains]
    assert sum(by_domain) == len(findings)
    supports = [values[f"rq2.support_{key}"].value for key in findings["finding_id"]]
    assert max(supports) == values["rq2.best_support"].value
    assert supports.count(0) == values["rq2.n_review_not_known"].value
    assert values["rq2.n_barrier"].rows["implementation_findings"] == tuple(
        findings.loc[findings["determinant"].eq("barrier"), "finding_id"]
    )


def test_table_names_every_finding_in_the_order_of_domains(
    findings: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> None:
    view = implementation_table(findings, cite(reviews), review)
    assert sorted(view.frame["Finding"]) == sorted(findings["finding"])
    labels = list(review.vocabulary("framework_domain").values())
    assert list(dict.fromkeys(view.frame["Domain"])) == labels
    unknown = findings["review_ids"].map(len).eq(0)
    assert view.frame["Reviews"].eq("not known").sum() == unknown.sum()


def test_nothing_left_is_said_not_an_error(reviews: pd.DataFrame, review: Review) -> None:
    nothing = FINDINGS.iloc[:0]
    nobody = made_reviews()
    view = implementation_table(nothing, cite(reviews), review)
    assert "Nothing is left" in view.to_markdown()
    names = short_names(reviews)
    recorded = framework.values("rq2", FINDINGS, nothing, kept=nobody, domains=DOMAINS, names=names)
    assert {value.value for value in recorded} == {0, "none"}
