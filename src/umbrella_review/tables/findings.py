"""What the tables of coded findings share: cited reviews, notes, the empty table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from umbrella_review.counting import NOT_KNOWN
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.view import TableView


def cited(review_ids: pd.Series, citations: pd.Series) -> list[str]:
    """Return per cell the citations of its reviews as Markdown.

    Parameters
    ----------
    review_ids : Series of tuple of str
        Reviews behind each finding; an empty tuple where they are not known.
    citations : Series
        Citations indexed by review id (`umbrella_review.tables.citation.cite`).

    Returns
    -------
    list of str
        ``not known`` where no review is known.
    """
    return ["; ".join(citations[key] for key in ids) or NOT_KNOWN for ids in review_ids]


def remarks(findings: pd.DataFrame) -> list[str]:
    """Return the notes of findings, each with the words of its finding.

    Parameters
    ----------
    findings : DataFrame
        With `finding` and `note`.

    Returns
    -------
    list of str
        One line a note.
    """
    noted = findings[findings["note"].notna()]
    return [
        f"On “{finding.rstrip('.')}”: {note.rstrip('.')}."
        for finding, note in zip(noted["finding"], noted["note"], strict=True)
    ]


def finished(view: TableView, notes: Iterable[str] = ()) -> TableView:
    """Return the table with its notes, or, where it has no rows, the table that says so.

    Parameters
    ----------
    view : TableView
        The table without notes.
    notes : iterable of str
        Lines to print below it.

    Returns
    -------
    TableView
        The table with notes, or `umbrella_review.tables.empty.empty_table`.
    """
    return view.with_notes(*notes) if len(view.frame) else empty_table()
