"""The table of contradictions found in the sources."""

from __future__ import annotations

import pandas as pd

from umbrella_review.ordering import in_order_of
from umbrella_review.review import Review
from umbrella_review.tables.citation import typeset
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.rows import one_row
from umbrella_review.tables.view import TableView


def contradictions_table(
    contradictions: pd.DataFrame, reviews: pd.DataFrame, review: Review
) -> TableView:
    """Return the contradictions by kind, with what the data give where a rule says how.

    Parameters
    ----------
    contradictions : DataFrame
        As `umbrella_review.audit.contradictions.recompute` gives it.
    reviews : DataFrame
        The table of this name; its short citations stand for ids of reviews in the texts.
    review : Review
        Gives the words for kinds, and their order.

    Returns
    -------
    TableView
        A row a contradiction.
    """
    if contradictions.empty:
        return empty_table()
    labels = review.vocabulary("contradiction_kind")
    rows = in_order_of(contradictions, kind=labels)
    frame = pd.DataFrame(
        {
            "Kind": rows["kind"].map(dict(labels)),
            "About": typeset(rows["location"], reviews),
            "One statement": typeset(rows["value_a"], reviews),
            "The other": typeset(rows["value_b"], reviews),
            "Recomputed": [
                f"{number}: {rule}" if number else ""
                for number, rule in zip(rows["recomputed"], rows["rule"], strict=True)
            ],
            "Note": typeset(rows["note"].fillna(""), reviews),
        }
    )
    widths = {
        "Kind": 1.2,
        "About": 2.0,
        "One statement": 2.2,
        "The other": 2.4,
        "Recomputed": 2.6,
        "Note": 2.2,
    }
    return TableView(frame, widths, rows=one_row("contradictions", rows["contradiction_id"]))
