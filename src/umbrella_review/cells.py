"""Cells of text as values of the types that a contract names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from umbrella_review.csv_file import Finding, RawTable
from umbrella_review.schemas import Column, TableSchema
from umbrella_review.schemas.model import LIST_SEPARATOR

if TYPE_CHECKING:
    import pandas as pd

_WHOLE = re.compile(r"[+-]?\d{1,18}")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,2})?")
_TRUTH = {"true": True, "false": False}
_NOTHING = {"na", "n/a", "nan", "null", "none", "nr", "-", "–", "?", "."}

Parser = Callable[[str], Any]
Words = tuple[str, str, str]  # found, expected, remedy


def _integer(cell: str) -> int | None:
    return int(cell) if _WHOLE.fullmatch(cell) else None


def _number(cell: str) -> float | None:
    return float(cell) if _DECIMAL.fullmatch(cell) else None


def _boolean(cell: str) -> bool | None:
    return _TRUTH.get(cell.casefold())


_PARSERS: dict[str, tuple[Parser, str]] = {
    "integer": (_integer, "a whole number in digits"),
    "number": (_number, "a number with a point before decimals"),
    "boolean": (_boolean, "true or false"),
}
_DTYPES = {"text": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def parts(cell: str) -> tuple[str, ...]:
    """Return the parts of a list cell, without blanks around them and without empty ones.

    Parameters
    ----------
    cell : str
        The cell.

    Returns
    -------
    tuple of str
        In the order of the cell.
    """
    found = (part.strip() for part in cell.split(LIST_SEPARATOR))
    return tuple(part for part in found if part)


@dataclass(frozen=True)
class Parsed:
    """A table with types.

    Parameters
    ----------
    frame : DataFrame
        Columns in the order of the contract, those that the file lacks left out.
    findings : list of Finding
        Cells that are not of their type, untidy lists, blanks at the ends of cells.
    unread : set of tuple of int and str
        Row number and column of cells that are not of their type; missing in the frame.
    """

    frame: pd.DataFrame
    findings: list[Finding]
    unread: set[tuple[int, str]]


def parse(table: RawTable, schema: TableSchema) -> Parsed:
    """Return a table with types; ragged rows are left out.

    Parameters
    ----------
    table : RawTable
        Cells as text.
    schema : TableSchema
        The types.

    Returns
    -------
    Parsed
        Typed columns, and what is wrong with the cells.
    """
    import pandas as pd  # slow to import, and the command line starts without it

    parsed = Parsed(pd.DataFrame(), [], set())
    columns = {
        column.name: pd.Series(
            _values(table, column, parsed),
            dtype=_DTYPES.get(column.kind, object),
        )
        for column in schema.columns
        if column.name in table
    }
    return replace(parsed, frame=pd.DataFrame(columns))


def _values(table: RawTable, column: Column, parsed: Parsed) -> list[Any]:
    """Return the values of a column; what is wrong with them is added to `parsed`."""
    values: list[Any] = []
    for row, cell in table.cells(column.name):
        text = cell.strip()
        value, *wrong = _value(text, column)
        if text != cell:
            wrong.append((repr(cell), "no blanks at the ends", "Remove the blanks."))
        if value is None and text:
            parsed.unread.add((row.number, column.name))
        values.append(value)
        parsed.findings.extend(table.finding(row, column.name, *words) for words in wrong)
    return values


def _value(text: str, column: Column) -> tuple[Any, *tuple[Words, ...]]:
    """Return the value of a cell and, in words, what is wrong with it."""
    if column.kind == "list":
        value = parts(text)
        wrong = _untidy(text, value)
        return (value, wrong) if wrong else (value,)
    if not text:
        return (None,)
    if column.kind == "text":
        return (text,)
    parser, expected = _PARSERS[column.kind]
    found = parser(text)
    if found is None:
        return None, (repr(text), expected, _remedy(text))
    return (found,)


def _untidy(cell: str, found: tuple[str, ...]) -> Words | None:
    tidy = LIST_SEPARATOR.join(dict.fromkeys(found))
    if tidy == cell:
        return None
    expected = "parts joined by semicolons, without blanks, each once"
    return repr(cell), expected, f"Write {tidy!r}."


def _remedy(cell: str) -> str:
    if cell.casefold() in _NOTHING:
        return "Leave the cell empty where the value is not known."
    if _DECIMAL.fullmatch(_with_point(cell)):
        return f"Write {_with_point(cell)}."
    return "Correct the cell, or leave it empty and put the words into the note."


def _with_point(cell: str) -> str:
    return cell.replace("−", "-").replace("–", "-").replace("%", "").replace(",", ".").strip()


def joined(words: Iterable[str]) -> str:
    """Return words in quotes, separated by commas.

    Parameters
    ----------
    words : iterable of str
        Any words.

    Returns
    -------
    str
        For messages.
    """
    return ", ".join(repr(word) for word in words)
