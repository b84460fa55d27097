"""What the data hold and what they lack: cells, columns, and the gaps that have a reason."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.counting import make_value, percent
from umbrella_review.ledger import Value
from umbrella_review.schemas import TABLES, Column

Tables = Mapping[str, pd.DataFrame]
GAP_COLUMNS = ["gap_id", "table", "column", "known", "expected", "percent", "reason"]
_CONTENT_COLUMNS = ["table", "rows", "columns", "complete", "cells", "known", "percent"]


def coverage(tables: Tables, gaps: pd.DataFrame) -> pd.DataFrame:
    """Count for each gap how much is known of how much is expected.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by name; gaps of other tables are left out.
    gaps : DataFrame
        The table `gaps`.

    Returns
    -------
    DataFrame
        `gap_id`; `table`; `column`, the tuple of names, empty for whole rows; `known`, rows in
        which all these are known, or all rows; `expected`, from `gaps`, else all rows where
        columns are named, else missing (Int64); `percent`, missing where `expected` is; `reason`.
    """
    asked = gaps[gaps["table"].isin(list(tables))]
    cells = (asked[name] for name in ("gap_id", "table", "column", "expected", "reason"))
    rows = []
    for gap, table, columns, asked_for, reason in zip(*cells, strict=True):
        frame = tables[table]
        known = int(_known(frame, columns).all(axis=1).sum()) if columns else len(frame)
        expected = len(frame) if columns and pd.isna(asked_for) else asked_for
        share = None if pd.isna(expected) else percent(known, expected)
        rows.append((gap, table, columns, known, expected, share, reason))
    found = pd.DataFrame(rows, columns=GAP_COLUMNS)
    return found.astype({"known": "Int64", "expected": "Int64", "percent": "float64"})


def contents(tables: Tables) -> pd.DataFrame:
    """Count the cells of each table that hold something.

    Columns that may be empty because nothing applies, such as notes, are left out.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by name.

    Returns
    -------
    DataFrame
        `table`, `rows`, `columns`, `complete` (columns without gaps), `cells`, `known` and
        `percent` (of the cells).
    """
    rows = []
    for name, frame in tables.items():
        counted = [column.name for column in TABLES[name].columns if _counts(column)]
        known = _known(frame, tuple(counted))
        cells, filled = known.size, int(known.to_numpy().sum())
        complete = int(known.all().sum())
        share = percent(filled, cells)
        rows.append((name, len(frame), len(counted), complete, cells, filled, share))
    return pd.DataFrame(rows, columns=_CONTENT_COLUMNS)


def unexplained(tables: Tables, gaps: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the columns, by table and name, that lack something and are in no gap.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables by name.
    gaps : DataFrame
        The table `gaps`.

    Returns
    -------
    list of tuple of str
        Table and column.
    """
    pairs = zip(gaps["table"], gaps["column"], strict=True)
    explained = {(table, column) for table, columns in pairs for column in columns}
    lacking = [
        (name, column.name)
        for name, frame in tables.items()
        for column in TABLES[name].columns
        if column.lacks_when_empty and not _known(frame, (column.name,)).all(axis=None)
    ]
    return [place for place in lacking if place not in explained]


def coverage_values(counts: pd.DataFrame, found: pd.DataFrame) -> list[Value]:
    """Return the values to record.

    Parameters
    ----------
    counts : DataFrame
        As `contents` gives it.
    found : DataFrame
        As `coverage` gives it.

    Returns
    -------
    list of Value
        Of the topic ``coverage``.
    """
    total = counts[["rows", "columns", "complete", "cells", "known"]].sum()
    share = percent(total["known"], total["cells"])
    complete = percent(total["complete"], total["columns"])
    return [
        make_value("coverage.n_tables", len(counts), unit="tables"),
        make_value("coverage.n_rows", total["rows"], unit="rows"),
        make_value("coverage.n_cells", total["cells"], unit="cells"),
        make_value("coverage.n_known_cells", total["known"], unit="cells"),
        make_value("coverage.percent_known_cells", share, unit="%", decimals=0),
        make_value("coverage.n_columns", total["columns"], unit="columns"),
        make_value("coverage.n_complete_columns", total["complete"], unit="columns"),
        make_value("coverage.percent_complete_columns", complete, unit="%", decimals=0),
        make_value("coverage.n_gaps", len(found), unit="gaps"),
    ]


def _counts(column: Column) -> bool:
    return column.required or column.lacks_when_empty


def _known(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Return which cells of some columns hold something; an empty list holds nothing."""
    return pd.DataFrame(
        {
            name: frame[name].map(len) > 0 if frame[name].dtype == object else frame[name].notna()
            for name in columns
        },
        index=frame.index,
    )
