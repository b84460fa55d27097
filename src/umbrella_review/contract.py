"""Table contracts as pandera schemas."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from umbrella_review.cells import Parsed
from umbrella_review.csv_file import Finding, RawTable
from umbrella_review.failures import Failures, Vocabulary, allowed_values, bad_sources
from umbrella_review.schemas import BIBLIOGRAPHY, Column, RowCheck, TableSchema

if TYPE_CHECKING:
    import pandas as pd
    import pandera.pandas as pa

FrameTest = Callable[["pd.DataFrame"], "pd.Series[bool]"]


def check_frame(
    parsed: Parsed, table: RawTable, schema: TableSchema, vocabularies: Vocabulary
) -> list[Finding]:
    """Return every cell and row of a table that breaks its contract.

    Parameters
    ----------
    parsed : Parsed
        The table with types.
    table : RawTable
        The same as text, for messages.
    schema : TableSchema
        The contract; columns that the table lacks are left out.
    vocabularies : mapping of str to collection of str
        Allowed values by name; columns of other vocabularies are not held to one.

    Returns
    -------
    list of Finding
        Empty where the table holds.
    """
    from pandera.errors import SchemaErrors  # slow to import

    contract = pandera_schema(schema, vocabularies, frozenset(parsed.frame.columns))
    try:
        contract.validate(parsed.frame, lazy=True)
    except SchemaErrors as errors:
        failures = Failures(parsed, table, schema, vocabularies)
        return failures.findings(errors.failure_cases)
    return []


def pandera_schema(
    schema: TableSchema, vocabularies: Vocabulary, present: frozenset[str]
) -> pa.DataFrameSchema:
    """Return the pandera schema of a contract.

    Parameters
    ----------
    schema : TableSchema
        The contract.
    vocabularies : mapping of str to collection of str
        Allowed values by name.
    present : frozenset of str
        Columns to check; checks of rows need all of theirs.

    Returns
    -------
    pandera.DataFrameSchema
        Checks are named ``allowed``, ``range``, …; those of rows ``row:2`` and ``unique:0``, with
        their place in the contract.
    """
    import pandera.pandas as pa  # slow to import

    columns = {}
    for column in schema.columns:
        if column.name in present:
            tests = _cell_tests(column, allowed_values(column, vocabularies))
            checks = [pa.Check(test, name=name) for name, test in tests.items()]
            columns[column.name] = pa.Column(None, checks, nullable=not column.required)
    wide = [
        pa.Check(_unique(group), name=f"unique:{number}", ignore_na=False)
        for number, group in enumerate(schema.unique_groups)
        if present.issuperset(group)
    ]
    wide += [
        pa.Check(_ROW_TESTS[check.rule](check), name=f"row:{number}", ignore_na=False)
        for number, check in enumerate(schema.checks)
        if present.issuperset(check.columns)
    ]
    return pa.DataFrameSchema(columns, checks=wide)


def _cell_tests(column: Column, allowed: tuple[str, ...]) -> dict[str, Any]:
    """Return the tests of single cells by name; each takes a column and returns truth values."""
    tests: dict[str, Any] = {}
    if column.kind == "list":
        if column.required:
            tests["required"] = lambda cells: cells.map(len) > 0
        if allowed:
            tests["allowed"] = lambda cells: cells.map(lambda words: set(words) <= set(allowed))
    elif allowed:
        tests["allowed"] = lambda cells: cells.isin(allowed)
    if column.minimum is not None or column.maximum is not None:
        tests["range"] = lambda cells: cells.between(*column.limits)
    if column.pattern:
        tests["pattern"] = lambda cells: cells.str.fullmatch(column.pattern)
    if column.references == BIBLIOGRAPHY:
        tests["source"] = lambda cells: cells.map(lambda cell: not bad_sources(cell))
    return tests


def _unique(group: tuple[str, ...]) -> FrameTest:
    columns = list(group)

    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        # Rows in which the whole group is empty say nothing; of equal rows the first is right.
        return frame[columns].isna().all(axis=1) | ~frame[columns].duplicated(keep="first")

    return test


def _ascending(check: RowCheck) -> FrameTest:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        numbers = frame[list(check.columns)].astype("float64")
        # No number may be below the greatest one before it, gaps aside.
        return ~numbers.lt(numbers.cummax(axis=1).ffill(axis=1)).any(axis=1)

    return test


def _sum(check: RowCheck) -> FrameTest:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        numbers = frame[list(check.columns)].astype("float64")
        total, *others = check.columns
        return numbers.isna().any(axis=1) | numbers[total].eq(numbers[others].sum(axis=1))

    return test


def _together(check: RowCheck) -> FrameTest:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        known = frame[list(check.columns)].notna()
        return known.all(axis=1) | ~known.any(axis=1)

    return test


def _needs(check: RowCheck) -> FrameTest:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        first, *others = check.columns
        return frame[first].isna() | frame[others].notna().all(axis=1)

    return test


def _member(check: RowCheck) -> FrameTest:
    def test(frame: pd.DataFrame) -> pd.Series[bool]:
        value, words = check.columns
        inside = [one in several for one, several in zip(frame[value], frame[words], strict=True)]
        return frame[value].isna() | np.array(inside, dtype=bool)

    return test


_ROW_TESTS: dict[str, Callable[[RowCheck], FrameTest]] = {
    "ascending": _ascending,
    "sum": _sum,
    "together": _together,
    "needs": _needs,
    "member": _member,
}
