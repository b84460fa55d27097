"""What a table contract is made of: columns, and checks that span columns, all as plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "integer", "number", "boolean", "list"]
Rule = Literal["ascending", "sum", "together", "needs", "member"]

BIBLIOGRAPHY = "references.bib"
LIST_SEPARATOR = ";"


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Head of the column in the CSV file.
    title : str
        Head for readers.
    description : str
        What a cell holds.
    kind : {'text', 'integer', 'number', 'boolean', 'list'}
        Type; the parts of a list are joined by semicolons.
    unit : str, optional
        What is counted or measured.
    allowed : tuple of str, optional
        The values that a cell, or each part of a list, may have.
    vocabulary : str, optional
        Name of a vocabulary of `umbrella_review.vocabulary` or ``review.yml`` that lists them.
    required : bool, optional
        Whether a cell must not be empty.
    minimum, maximum : float, optional
        Range of numbers, both ends included.
    pattern : str, optional
        Regular expression that the whole cell must match.
    references : str, optional
        ``table.column`` that must hold the value, or each part of a list; ``references.bib``
        for keys of the bibliography or page addresses, joined by `` | ``.
    empty : str, optional
        How an empty cell is to be read.
    """

    name: str
    title: str
    description: str
    kind: Kind = "text"
    unit: str = ""
    allowed: tuple[str, ...] = ()
    vocabulary: str = ""
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    pattern: str = ""
    references: str = ""
    empty: str = "not found in the sources"

    @property
    def lacks_when_empty(self) -> bool:
        """Whether an empty cell means that something is missing, not that nothing applies."""
        return self.empty.startswith(("not found", "not known"))

    @property
    def limits(self) -> tuple[float, float]:
        """Both ends of the range."""
        low = -math.inf if self.minimum is None else self.minimum
        return low, math.inf if self.maximum is None else self.maximum

    @property
    def range_in_words(self) -> str:
        """The range, for messages."""
        low, high = self.limits
        if high == math.inf:
            return f"a number of at least {low:g}"
        if low == -math.inf:
            return f"a number of at most {high:g}"
        return f"a number between {low:g} and {high:g}"


@dataclass(frozen=True)
class RowCheck:
    """A condition on several columns of one row; cells that are empty are left out of it.

    Parameters
    ----------
    rule : {'ascending', 'sum', 'together', 'needs', 'member'}
        ``ascending``: the numbers do not fall from left to right; ``sum``: the first is the sum
        of the others, where all are known; ``together``: all are known or none is; ``needs``:
        where the first is known, so are the others; ``member``: the first is one of the words of
        the second, a list.
    columns : tuple of str
        Two or more columns of the table.
    at : str
        Column that is named in the message.
    expected : str
        The condition in words.
    remedy : str
        What to do where it does not hold.
    """

    rule: Rule
    columns: tuple[str, ...]
    at: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class TableSchema:
    """The contract of one table.

    Parameters
    ----------
    name : str
        Stem of its file in ``data/``.
    title : str
        Name for readers.
    description : str
        What one row is.
    key : str
        Column that identifies a row; never empty, never twice the same.
    columns : tuple of Column
        In the order of the file.
    named_by : tuple of str
        Columns whose cells name a row for readers who do not know its key.
    unique : tuple of tuple of str, optional
        Further groups of columns that no two rows share.
    checks : tuple of RowCheck, optional
        Conditions within a row.
    """

    name: str
    title: str
    description: str
    key: str
    columns: tuple[Column, ...]
    named_by: tuple[str, ...]
    unique: tuple[tuple[str, ...], ...] = ()
    checks: tuple[RowCheck, ...] = ()

    @property
    def unique_groups(self) -> tuple[tuple[str, ...], ...]:
        """The key and the further groups of columns that no two rows share."""
        return ((self.key,), *self.unique)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return self.columns[self.names.index(name)]

    @property
    def foreign_keys(self) -> tuple[tuple[str, str, str], ...]:
        """Triples of own column, other table and its column."""
        pairs = ((column.name, column.references) for column in self.columns)
        return tuple(
            (name, *target.split("."))  # type: ignore[misc]
            for name, target in pairs
            if target and target != BIBLIOGRAPHY
        )
