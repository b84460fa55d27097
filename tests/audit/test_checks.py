from __future__ import annotations

import shutil

import pandas as pd
import pytest

from umbrella_review.audit import checks
from umbrella_review.errors import InputError
from umbrella_review.load import check_project
from umbrella_review.paths import Project

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


def test_checking_a_project_names_wrong_rules(project, tmp_path):
    shutil.copytree(project.data, tmp_path / "data")
    shutil.copy(project.review_file, tmp_path)
    path = tmp_path / "data" / "published_results.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("review_type=scoping", "review_type=skoping"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        check_project(Project(tmp_path))
    told = [problem for problem in caught.value.problems if "skoping" in problem.found]
    assert told[0].where == "data/published_results.csv, row 7, column where"
    assert "scoping" in told[0].expected
