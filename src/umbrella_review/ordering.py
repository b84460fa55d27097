"""Rows in the order in which a vocabulary lists their values."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def in_order_of(rows: pd.DataFrame, **columns: Iterable[str]) -> pd.DataFrame:
    """Sort rows by the places that their cells have in lists of values.

    Parameters
    ----------
    rows : DataFrame
        What to sort.
    **columns : iterable of str
        Per column its values in the order of print, e.g. a vocabulary of the review; the first
        column counts most.

    Returns
    -------
    DataFrame
        With a new index. Rows that are equal in all these columns keep their order; a value that
        is not listed, or missing, comes last.
    """
    keys = pd.DataFrame(
        {
            name: pd.Categorical(rows[name], list(values), ordered=True)
            for name, values in columns.items()
        }
    )
    ordered = keys.sort_values(list(columns), kind="stable", na_position="last")
    return rows.iloc[ordered.index].reset_index(drop=True)
