"""The contracts themselves: complete, consistent, and quick to import."""

from __future__ import annotations

import csv
import re
import subprocess
import sys

import pytest

from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import BIBLIOGRAPHY, TABLES, Column, TableSchema

EVERY_TABLE = pytest.mark.parametrize("schema", TABLES.values(), ids=TABLES)
KEYS = {
    "reviews": "review_id",
    "estimates": "estimate_id",
    "effect_directions": "direction_id",
    "amstar2": "review_id",
    "amstar2_items": "item_group_id",
    "amstar2_statements": "statement_id",
    "citations": "citation_id",
    "reported_overlap": "overlap_id",
    "selection_flow": "flow_id",
    "implementation_findings": "finding_id",
    "experience_findings": "finding_id",
    "key_findings": "key_finding_id",
    "primary_studies": "primary_study_id",
    "study_outcomes": "study_outcome_id",
    "study_effects": "study_effect_id",
    "published_results": "result_id",
    "contradictions": "contradiction_id",
    "gaps": "gap_id",
}


def test_every_table_has_the_key_by_which_values_name_its_rows() -> None:
    assert KEYS.items() <= {name: schema.key for name, schema in TABLES.items()}.items()


@EVERY_TABLE
def test_columns_stand_in_the_order_of_the_file(schema: TableSchema, project: Project) -> None:
    with (project.data / f"{schema.name}.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == schema.names


def test_no_file_is_without_a_contract(project: Project) -> None:
    assert {path.stem for path in project.data.glob("*.csv")} == set(TABLES)


@EVERY_TABLE
def test_every_column_is_described(schema: TableSchema) -> None:
    assert len(set(schema.names)) == len(schema.names)
    for column in schema.columns:
        assert (
            column.title[0].isupper()
            or column.title in {"k", "p", "τ²", "p of Q"}
            or (column.title.startswith("p "))
        ), column.name
        assert column.description.strip().endswith("."), column.name
        assert column.empty, column.name
        assert not (column.allowed and column.vocabulary), column.name


@EVERY_TABLE
def test_contracts_name_columns_tables_and_vocabularies_that_exist(
    schema: TableSchema, project: Project
) -> None:
    review = Review.read(project.review_file)
    assert schema.column(schema.key).required
    assert all(set(group) <= set(schema.names) for group in schema.unique)
    for check in schema.checks:
        assert {check.at, *check.columns} <= set(schema.names)
        assert check.at in check.columns
        assert len(check.columns) >= 2
    for column in schema.columns:
        assert not column.vocabulary or review.vocabulary(column.vocabulary)
        assert not column.pattern or re.compile(column.pattern)
        if column.references and column.references != BIBLIOGRAPHY:
            table, name = column.references.split(".")
            assert name in TABLES[table].names


@EVERY_TABLE
def test_required_columns_say_that_empty_is_not_allowed(schema: TableSchema) -> None:
    for column in schema.columns:
        assert not (column.empty == "not allowed" and not column.required), column.name


def test_contracts_speak_of_no_single_review() -> None:
    words = [
        text
        for schema in TABLES.values()
        for text in (
            schema.title,
            schema.description,
            *(f"{column.title} {column.description} {column.empty}" for column in schema.columns),
        )
    ]
    assert not re.search(r"\b(peer|mental|psychi|cooper|depress|cfir)", " ".join(words).lower())


def test_contracts_are_quick_to_import() -> None:
    code = (
        "import sys, umbrella_review.schemas;"
        "print([name for name in ('pandas', 'pandera', 'numpy') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("minimum", "maximum", "words"),
    [
        (1, None, "a number of at least 1"),
        (None, 1, "a number of at most 1"),
        (0, 100, "a number between 0 and 100"),
    ],
)
def test_ranges_are_put_in_words(minimum: float | None, maximum: float | None, words: str) -> None:
    column = Column("x", "X", "X.", "number", minimum=minimum, maximum=maximum)
    assert column.range_in_words == words


def test_foreign_keys_leave_the_bibliography_aside() -> None:
    assert TABLES["estimates"].foreign_keys == (("review_id", "reviews", "review_id"),)
    assert ("study_id", "primary_studies", "study_id") in TABLES["study_outcomes"].foreign_keys


@pytest.mark.parametrize(
    ("empty", "lacks"), [("not found in the sources", True), ("there is nothing to remark", False)]
)
def test_a_column_says_whether_an_empty_cell_is_a_gap(empty: str, *, lacks: bool) -> None:
    assert Column("x", "X", "X.", empty=empty).lacks_when_empty is lacks
