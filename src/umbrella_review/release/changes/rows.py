"""Which rows of the data were added, removed or changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from umbrella_review.release.changes.report import Cells, Report, Table
from umbrella_review.schemas.model import LIST_SEPARATOR

REVIEWS = "reviews"
REVIEW_KEYS = ("review_id", "review_ids")  # columns that name one review, or several
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class RowChange:
    """A row that is not the same in both reports.

    Parameters
    ----------
    table : str
        Name of the table.
    row : str
        Key of the row.
    old, new : mapping of str to str, optional
        Cells by column; None where the report has no such row.
    columns : tuple of str
        Columns in which both differ; empty for a row that was added or removed.
    """

    table: str
    row: str
    old: Cells | None
    new: Cells | None
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if self.old is None:
            return "added"
        return "removed" if self.new is None else "changed"

    @property
    def place(self) -> tuple[str, str]:
        """Table and key."""
        return self.table, self.row

    @property
    def versions(self) -> tuple[Cells, ...]:
        """The cells before and after, where there are any."""
        return tuple(cells for cells in (self.old, self.new) if cells is not None)

    @property
    def reviews(self) -> frozenset[str]:
        """Ids of the reviews that the change concerns: of a list, those that came or went."""
        named = [frozenset(reviews_of(cells)) for cells in self.versions]
        if self.columns and set(self.columns) <= set(REVIEW_KEYS):
            return named[0] ^ named[1]
        return frozenset().union(*named)

    @property
    def own_cells(self) -> Iterator[tuple[str, str, str]]:
        """Column, cell before and cell after of each column that differs."""
        for column in self.columns:
            yield column, (self.old or {})[column], (self.new or {})[column]


@dataclass(frozen=True)
class ColumnChange:
    """A column, or a whole table, that only one report has.

    Parameters
    ----------
    table : str
        Name of the table.
    column : str
        The column; empty for a whole table.
    kind : str
        ``added`` or ``removed``.
    """

    table: str
    column: str
    kind: str


def reviews_of(cells: Cells) -> list[str]:
    """Return the ids of the reviews that a row belongs to.

    Parameters
    ----------
    cells : mapping of str to str
        The row.

    Returns
    -------
    list of str
        From the columns that name reviews.
    """
    listed = (cells.get(column, "").split(LIST_SEPARATOR) for column in REVIEW_KEYS)
    return [part.strip() for parts in listed for part in parts if part.strip()]


def words_of(cells: Cells) -> frozenset[str]:
    """Return every word in the cells of a row, in which ids of other rows can stand.

    Parameters
    ----------
    cells : mapping of str to str
        The row.

    Returns
    -------
    frozenset of str
        Words with underscores and digits.
    """
    return frozenset(word for cell in cells.values() for word in _WORD.findall(cell))


def differing_words(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return what remains of the words of two cells when the words of both are taken out.

    Parameters
    ----------
    old, new : str
        The cells.

    Returns
    -------
    tuple of list of str and list of str
        Words of the first alone and of the second alone.
    """
    first, second = _WORD.findall(old), _WORD.findall(new)
    common = set(first) & set(second)
    return [w for w in first if w not in common], [w for w in second if w not in common]


def changed_rows(old: Report, new: Report) -> list[RowChange]:
    """Return the rows that differ, in tables that both reports have.

    Parameters
    ----------
    old, new : Report
        The reports.

    Returns
    -------
    list of RowChange
        By table and key; columns that only one report has are left out of the comparison.
    """
    found: list[RowChange] = []
    for name in sorted(old.tables.keys() & new.tables.keys()):
        found += _compare(old.tables[name], new.tables[name])
    return found


def changed_columns(old: Report, new: Report) -> list[ColumnChange]:
    """Return tables and columns that only one report has.

    Parameters
    ----------
    old, new : Report
        The reports.

    Returns
    -------
    list of ColumnChange
        By table and column.
    """
    found = []
    for name in sorted(old.tables.keys() | new.tables.keys()):
        if name not in new.tables or name not in old.tables:
            found.append(ColumnChange(name, "", "removed" if name in old.tables else "added"))
            continue
        before, after = old.tables[name].columns, new.tables[name].columns
        for column in sorted(set(before) ^ set(after)):
            found.append(ColumnChange(name, column, "removed" if column in before else "added"))
    return found


def _compare(old: Table, new: Table) -> Iterator[RowChange]:
    shared = [column for column in old.columns if column in new.columns]
    for key in sorted(old.rows.keys() | new.rows.keys()):
        before, after = old.rows.get(key), new.rows.get(key)
        if before is None or after is None:
            yield RowChange(old.name, key, before, after)
        elif columns := tuple(sorted(c for c in shared if before[c] != after[c])):
            yield RowChange(old.name, key, before, after, columns)


def either(old: Report, new: Report, table: str, row: str) -> list[Mapping[str, str]]:
    """Return the cells of a row in both reports.

    Parameters
    ----------
    old, new : Report
        The reports.
    table, row : str
        Table and key.

    Returns
    -------
    list of mapping of str to str
        None, one or two.
    """
    tables = (report.tables.get(table) for report in (old, new))
    return [one.rows[row] for one in tables if one is not None and row in one.rows]
