"""Reading tables, whatever the bytes: a table or problems, never anything else."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from umbrella_review.cells import parts
from umbrella_review.csv_file import read_csv
from umbrella_review.errors import DataError, Problem
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES

ROOT = Path(__file__).parents[1]
SHARED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]),
    max_size=8,
)


@pytest.fixture(scope="module")
def copied(
    tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Project]
) -> Project:
    return copy_project(tmp_path_factory.mktemp("fuzz"))


def load(project: Project, name: str, review: Review) -> None:
    """Load a table; only a `DataError` with whole messages may come of it."""
    problems: tuple[Problem, ...] = ()
    try:
        load_table(project, name, review)
    except DataError as error:
        problems = error.problems
    for problem in problems:
        assert problem.where.startswith(f"data/{name}.csv")
        assert all((problem.found, problem.expected, problem.remedy))


@SHARED
@given(st.binary(max_size=60))
def test_any_bytes(copied: Project, review: Review, data: bytes) -> None:
    (copied.data / "key_findings.csv").write_bytes(data)
    load(copied, "key_findings", review)


@SHARED
@given(
    st.sampled_from(sorted(TABLES)),
    st.data(),
    st.one_of(CELLS, st.sampled_from(["0", "-1", "1e9", "true", "NA", "a;b", "9" * 30, "²", "١"])),
)
def test_any_cell(
    copied: Project, review: Review, name: str, data: st.DataObject, cell: str
) -> None:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    row = data.draw(st.integers(1, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = cell
    with (copied.data / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    load(copied, name, review)


@SHARED
@given(st.lists(st.lists(CELLS, min_size=8, max_size=8), max_size=5))
def test_rows_are_named_by_the_line_on_which_they_begin(
    tmp_path: Path, bodies: list[list[str]]
) -> None:
    schema = TABLES["key_findings"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(schema.names)
    lines = []
    for body in bodies:
        lines.append(text.getvalue().count("\n") + 1)
        writer.writerow(body)
    path = tmp_path / "key_findings.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    table, _ = read_csv(path, "data/key_findings.csv", schema)
    assert table is not None
    found = {row.line: row.cells for row in table.rows}
    assert found == {
        line: tuple(body)
        for line, body in zip(lines, bodies, strict=True)
        if any(cell.strip() for cell in body)
    }


@given(st.lists(st.text(st.characters(exclude_characters=";"), min_size=1).map(str.strip)))
def test_lists_come_back_as_they_were_joined(words: list[str]) -> None:
    assert parts(";".join(words)) == tuple(word for word in words if word)
