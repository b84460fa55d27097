"""Picking rows and cells of validated tables by a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from umbrella_review.audit.rules import Condition, Path
from umbrella_review.schemas import TABLES

Frames = Mapping[str, pd.DataFrame]


def cells(table: str, rows: pd.DataFrame, path: Path, frames: Frames) -> pd.Series:
    """Return the cells of a column, also of one that is reached through a key.

    Parameters
    ----------
    table : str
        Name of the table that the rows belong to.
    rows : DataFrame
        Some or all of its rows.
    path : Path
        The column.
    frames : mapping of str to DataFrame
        Validated tables by name.

    Returns
    -------
    Series
        With the index of `rows`; missing where the key is empty.
    """
    if not path.link:
        return rows[path.column]
    target, key = TABLES[table].column(path.link).references.split(".")
    other = frames[target].set_index(key)[path.column]
    return rows[path.link].map(other)


def select(table: str, conditions: Iterable[Condition], frames: Frames) -> pd.DataFrame:
    """Pick the rows of a table for which all conditions hold.

    Parameters
    ----------
    table : str
        Name of the table.
    conditions : iterable of Condition
        None of them picks all rows.
    frames : mapping of str to DataFrame
        Validated tables by name.

    Returns
    -------
    DataFrame
        Rows in their order, with their index.
    """
    rows = frames[table]
    for condition in conditions:
        found = cells(table, rows, condition.path, frames)
        test = _test(condition)
        rows = rows[[test(cell) for cell in found.astype(object)]]
    return rows


def parts(cell: object) -> tuple[str, ...]:
    """Read what a cell holds.

    Parameters
    ----------
    cell : object
        A cell of a validated table.

    Returns
    -------
    tuple of str
        The parts of a list, one text, or nothing; whole numbers have no point, and truth
        values read ``true`` and ``false``.
    """
    if isinstance(cell, tuple):
        return tuple(str(part) for part in cell)
    if cell is None or pd.isna(cell):  # type: ignore[call-overload]
        return ()
    if isinstance(cell, float) and cell.is_integer():
        return (str(int(cell)),)
    return (str(cell).lower() if isinstance(cell, bool) else str(cell),)


def _test(condition: Condition) -> Callable[[object], bool]:
    test = {"=": _is, "~": _holds, "^": _starts}[condition.sign.removeprefix("!")]
    wanted = not condition.sign.startswith("!")
    return lambda cell: any(test(cell, value) for value in condition.values) is wanted


def _is(cell: object, value: str) -> bool:
    found = parts(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and found and value:
        return float(cell) == float(value)
    return found == ((value,) if value else ())


def _holds(cell: object, value: str) -> bool:
    found = parts(cell)
    return value in found if isinstance(cell, tuple) else any(value in text for text in found)


def _starts(cell: object, value: str) -> bool:
    return any(text.startswith(value) for text in parts(cell))
