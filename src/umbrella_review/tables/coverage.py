"""Tables on what is known and what is missing."""

from __future__ import annotations

import pandas as pd

from umbrella_review.counting import NOT_KNOWN
from umbrella_review.ledger import format_value
from umbrella_review.schemas import TABLES
from umbrella_review.tables.rows import EVERY, one_row, together
from umbrella_review.tables.view import TableView

WHOLE_ROWS = "Whole rows"


def coverage_table(found: pd.DataFrame) -> TableView:
    """Return the gaps with their reasons.

    Parameters
    ----------
    found : DataFrame
        As `umbrella_review.coverage.coverage` gives it.

    Returns
    -------
    TableView
        One row a gap.
    """
    frame = pd.DataFrame(
        {
            "Table": [TABLES[name].title for name in found["table"]],
            "What is incomplete": [
                _what(name, columns)
                for name, columns in zip(found["table"], found["column"], strict=True)
            ],
            "Known": found["known"].map(format_value),
            "Expected": found["expected"].map(_number),
            "Share": [
                _number(share) if pd.isna(share) else f"{format_value(share, 0)}%"
                for share in found["percent"]
            ],
            "Reason": found["reason"],
        }
    )
    widths = {
        "Table": 1.7,
        "What is incomplete": 2.2,
        "Known": 0.8,
        "Expected": 1.0,
        "Share": 0.9,
        "Reason": 5.4,
    }
    align = {"Known": "right", "Expected": "right", "Share": "right"}
    counted = [{name: EVERY} for name in found["table"]]
    return TableView(frame, widths, align, rows=together(one_row("gaps", found["gap_id"]), counted))


def contents_table(counts: pd.DataFrame) -> TableView:
    """Return how full each table is.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.coverage.contents` gives it.

    Returns
    -------
    TableView
        One row a table.
    """
    frame = pd.DataFrame(
        {
            "Table": [TABLES[name].title for name in counts["table"]],
            "Rows": counts["rows"].map(format_value),
            "Columns": counts["columns"].map(format_value),
            "Complete": counts["complete"].map(format_value),
            "Cells known": [f"{format_value(share, 0)}%" for share in counts["percent"]],
        }
    )
    align = dict.fromkeys(("Rows", "Columns", "Complete", "Cells known"), "right")
    behind = [{name: EVERY} for name in counts["table"]]
    return TableView(frame, {"Table": 3.0, "Cells known": 1.2}, align, rows=behind)


def _what(table: str, columns: tuple[str, ...]) -> str:
    if not columns:
        return WHOLE_ROWS
    return ", ".join(TABLES[table].column(name).title for name in columns)


def _number(value: object) -> str:
    return NOT_KNOWN if pd.isna(value) else format_value(value)  # type: ignore[call-overload]
