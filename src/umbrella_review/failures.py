"""Broken contracts in words: what a cell or a row holds, what it should hold, what to do."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from umbrella_review.cells import Parsed, Words, joined, parts
from umbrella_review.csv_file import Finding, RawTable, Row
from umbrella_review.schemas import Column, TableSchema
from umbrella_review.shapes import nearest

if TYPE_CHECKING:
    import pandas as pd

Vocabulary = Mapping[str, Collection[str]]
# One entry of a source: a key of the bibliography, with a place in brackets if need be, or the
# address of a page.
SOURCE = re.compile(r"(?P<key>[A-Za-z][\w.:-]*)(?: \([^()|]+\))?|https?://[^\s|]+")
SOURCE_SEPARATOR = " | "


def allowed_values(column: Column, vocabularies: Vocabulary) -> tuple[str, ...]:
    """Return the values that a column allows; none where it is free.

    Parameters
    ----------
    column : Column
        The column.
    vocabularies : mapping of str to collection of str
        Allowed values by name.

    Returns
    -------
    tuple of str
        In the order of print.
    """
    return tuple(column.allowed or vocabularies.get(column.vocabulary, ()))


def bad_sources(cell: str) -> list[str]:
    """Return the entries of a source that are neither key nor address.

    Parameters
    ----------
    cell : str
        Entries joined by ``SOURCE_SEPARATOR``.

    Returns
    -------
    list of str
        In the order of the cell.
    """
    return [part for part in cell.split(SOURCE_SEPARATOR) if not SOURCE.fullmatch(part)]


@dataclass(frozen=True)
class Failures:
    """Turns the failure cases of pandera into findings.

    Parameters
    ----------
    parsed : Parsed
        The table that was checked.
    table : RawTable
        The same as text.
    schema : TableSchema
        Its contract.
    vocabularies : mapping of str to collection of str
        Allowed values by name.
    """

    parsed: Parsed
    table: RawTable
    schema: TableSchema
    vocabularies: Vocabulary

    def findings(self, cases: pd.DataFrame) -> list[Finding]:
        """Return one finding per failed cell or row check.

        Parameters
        ----------
        cases : DataFrame
            ``SchemaErrors.failure_cases``: one row per cell that a failed check has seen.
        """
        rows = [row for row in self.table.rows if not row.ragged]
        found: dict[tuple[int, str], Finding] = {}
        failed = zip(cases["check"], cases["column"], cases["index"], strict=True)
        # Cells come first: a row is not blamed for a cell that is reported itself.
        for check, column, index in sorted(failed, key=lambda case: ":" in str(case[0])):
            row = rows[int(index)]
            rule, _, number = str(check).partition(":")
            place = str(check) if number else str(column)
            if (row.number, place) in found or self._unread(rule, number, place, row):
                continue
            if rule == "row":
                checked = self.schema.checks[int(number)].columns
                if any((row.number, name) in found for name in checked):
                    continue
                finding = self._row(int(number), row)
            elif rule == "unique":
                finding = self._unique(self.schema.unique_groups[int(number)], rows, int(index))
            else:
                finding = self._cell(rule, self.schema.column(place), row)
            found[row.number, place] = finding
        return list(found.values())

    def _unread(self, rule: str, number: str, column: str, row: Row) -> bool:
        """Return whether a check rests on a cell that could not be read, which is reported."""
        touched: tuple[str, ...] = (column,)
        if rule == "row":
            touched = self.schema.checks[int(number)].columns
        elif rule == "unique":
            touched = self.schema.unique_groups[int(number)]
        return any((row.number, name) in self.parsed.unread for name in touched)

    def _row(self, number: int, row: Row) -> Finding:
        check = self.schema.checks[number]
        found = ", ".join(f"{name} = {self._text(row, name)}" for name in check.columns)
        return self.table.finding(row, check.at, found, check.expected, check.remedy)

    def _unique(self, group: tuple[str, ...], rows: list[Row], position: int) -> Finding:
        frame = self.parsed.frame[list(group)]
        same = (frame.eq(frame.iloc[position]) | (frame.isna() & frame.iloc[position].isna())).all(
            axis=1
        )
        first = rows[int(same.to_numpy(dtype=bool).argmax())]
        values = ", ".join(self._text(rows[position], name) for name in group)
        return self.table.finding(
            rows[position],
            group[0],
            f"{values} for the second time",
            f"{' with '.join(group)} once in the table, and {first.place} has it",
            "Remove one of the two rows, or correct the value.",
        )

    def _cell(self, rule: str, column: Column, row: Row) -> Finding:
        text = row.cells[self.table.header.index(column.name)].strip()
        return self.table.finding(row, column.name, *self._words(rule, column, text))

    def _words(self, rule: str, column: Column, text: str) -> Words:
        if not text:
            return "an empty cell", f"a value ({column.description.rstrip('.')})", "Fill it in."
        if rule == "allowed":
            allowed = allowed_values(column, self.vocabularies)
            words = parts(text) if column.kind == "list" else (text,)
            wrong = [word for word in words if word not in allowed]
            expected = f"one of {', '.join(allowed)}"
            return joined(wrong), expected, nearest(wrong[0], allowed, _choose(column))
        if rule == "range":
            return text, column.range_in_words, "Compare the number with the source."
        if rule == "source":
            expected = "keys of data/references.bib or page addresses, joined by ' | '"
            return joined(bad_sources(text)), expected, "Write e.g. 'smith_2020 (Table 2)'."
        remedy = "Compare the cell with the other cells of the column."
        return repr(text), f"a text of the form {column.pattern}", remedy

    def _text(self, row: Row, column: str) -> str:
        return row.cells[self.table.header.index(column)].strip() or "(empty)"


def _choose(column: Column) -> str:
    if column.vocabulary:
        return f"Choose one of these, the vocabulary {column.vocabulary!r}."
    return "Choose one of these."
