from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit import checks

GOOD = {
    "table": "reviews",
    "where": "review_type=scoping",
    "operation": "count",
    "column": "",
    "argument": "",
}


def found(review, *rows):
    frame = pd.DataFrame([{**GOOD, **row} for row in rows])
    return checks.problems("published_results", frame, review.vocabulary)


@pytest.mark.parametrize("name", ["published_results", "contradictions"])
def test_the_rules_of_the_project_hold(data, review, name):
    assert checks.problems(name, data[name], review.vocabulary) == []


def test_a_table_without_rules_has_no_problem(data, review):
    assert checks.problems("reviews", data["reviews"], review.vocabulary) == []


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ({"operation": "eval"}, "operation", "'eval'"),
        ({"operation": "__import__('os')"}, "operation", "__import__"),
        ({"table": "review"}, "table", "'review'"),
        ({"table": ""}, "table", "''"),
        ({"where": "review_type"}, "where", "is not a condition"),
        ({"where": "type=scoping"}, "where", "'type'"),
        ({"where": "review_type=scopign"}, "where", "'scopign'"),
        ({"where": "questions~rq9"}, "where", "'rq9'"),
        ({"where": "grade_used=yes"}, "where", "'yes'"),
        ({"where": "n_reports=many"}, "where", "n_reports=many"),
        ({"where": "n_reports^1"}, "where", "n_reports^1"),
        ({"where": "title.review_type=scoping"}, "where", "'title'"),
        ({"operation": "sum", "column": "n_report"}, "column", "'n_report'"),
        ({"operation": "sum", "column": "questions"}, "column", "holds no numbers"),
        ({"operation": "sum"}, "column", "an empty cell"),
        ({"column": "n_reports"}, "column", "'n_reports'"),
        ({"operation": "sum", "column": "a b"}, "column", "not the name of a column"),
        ({"operation": "df_from_k"}, "table", "'reviews'"),
        ({"argument": "review_type=scoping"}, "argument", "conditions"),
        ({"operation": "difference", "column": "n_reports"}, "argument", "an empty cell"),
        ({"operation": "none", "column": "nothing"}, "column", "'nothing'"),
        ({"operation": ""}, "operation", "''"),
    ],
)
def test_each_mistake_is_named_with_its_cell(review, row, column, told):
    (problem,) = found(review, {}, row)
    assert problem.where == f"data/published_results.csv, row 3, column {column}"
    assert told in problem.found
    assert problem.expected
    assert problem.remedy


def test_all_mistakes_are_named_at_once(review):
    problems = found(
        review, {"table": "x"}, {}, {"where": "a=1; b=2"}, {"operation": "sum", "column": "c"}
    )
    assert [problem.where.split(", ")[1] for problem in problems] == [
        "row 2",
        *["row 4"] * 2,
        "row 5",
    ]


def test_a_row_without_a_rule_is_no_mistake(review):
    assert found(review, dict.fromkeys(GOOD, ""), dict.fromkeys(GOOD, None)) == []
