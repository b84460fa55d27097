"""Counting reviews by what a column says, and the values that come of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from umbrella_review.filters import rows_with
from umbrella_review.ledger import Value, format_value
from umbrella_review.schemas import TABLES

ALL = "All"  # head of totals
NOT_KNOWN = "not known"


def percent(part: float, whole: float) -> float:
    """Return what part is of a whole in percent.

    Parameters
    ----------
    part, whole : float
        Counts.

    Returns
    -------
    float
        From 0 to 100; 0 where the whole is 0.
    """
    return 100 * part / whole if whole else 0.0


def count_by(reviews: pd.DataFrame, column: str, labels: Mapping[str, str]) -> pd.DataFrame:
    """Count the reviews that have each value of a column.

    Parameters
    ----------
    reviews : DataFrame
        One row a review, with `review_id`.
    column : str
        Column of words, or of tuples of words: then a review counts once for each.
    labels : mapping of str to str
        Printed label per value; its order is kept and values that no review has stay in.

    Returns
    -------
    DataFrame
        Columns `value`, `label`, `n`, `percent` (of all rows) and `review_ids` (tuple).
    """
    rows = []
    for value, label in labels.items():
        ids = tuple(reviews.loc[rows_with(reviews[column], [value]), "review_id"])
        rows.append((value, label, len(ids), percent(len(ids), len(reviews)), ids))
    return pd.DataFrame(rows, columns=["value", "label", "n", "percent", "review_ids"])


def cross_counts(
    reviews: pd.DataFrame,
    rows: tuple[str, Mapping[str, str]],
    columns: tuple[str, Mapping[str, str]],
) -> pd.DataFrame:
    """Count the reviews by two columns at once.

    Parameters
    ----------
    reviews : DataFrame
        One row a review.
    rows, columns : tuple of str and mapping
        Name of a column of `reviews` and the labels of its values, as in `count_by`.

    Returns
    -------
    DataFrame
        Labels of `rows` as index, labels of `columns` as columns, then a column ``All``.
    """
    (by, row_labels), (across, column_labels) = rows, columns
    table = pd.DataFrame(
        {
            label: count_by(reviews[rows_with(reviews[across], [value])], by, row_labels).set_index(
                "label"
            )["n"]
            for value, label in column_labels.items()
        }
    )
    table[ALL] = count_by(reviews, by, row_labels).set_index("label")["n"]
    return table


def count_values(prefix: str, counts: pd.DataFrame, *, table: str = "reviews") -> list[Value]:
    """Return counts as values to record, one per row of `count_by`.

    Parameters
    ----------
    prefix : str
        Beginning of the ids, e.g. ``characteristics.n_population``.
    counts : DataFrame
        As `count_by` gives it.
    table : str
        Name of the table that the counted rows stand in.

    Returns
    -------
    list of Value
        Ids end in the counted value.
    """
    rows = zip(counts["value"], counts["n"], counts["review_ids"], strict=True)
    return [
        make_value(f"{prefix}_{slug(word)}", n, unit="reviews", rows={table: ids})
        for word, n, ids in rows
    ]


def make_value(
    value_id: str,
    value: Any,
    *,
    rows: Mapping[str, Iterable[str]] | None = None,
    unit: str = "",
    decimals: int | None = None,
) -> Value:
    """Return a value to record, with its printed form.

    Parameters
    ----------
    value_id : str
        Dotted name.
    value : int, float or str
        The value; numpy scalars are accepted.
    rows : mapping of str to iterable of str, optional
        Per table the ids of the rows behind the value.
    unit : str, optional
        What is counted or measured.
    decimals : int, optional
        Digits after the point in print.

    Returns
    -------
    Value
        The value as a plain Python number or text.
    """
    plain = value.item() if hasattr(value, "item") else value
    ids = {table: tuple(keys) for table, keys in (rows or {}).items()}
    return Value(value_id, plain, format_value(plain, decimals), unit, ids, decimals)


def count_rows(value_id: str, rows: pd.DataFrame, *, table: str, unit: str) -> Value:
    """Return the number of some rows as a value to record.

    Parameters
    ----------
    value_id : str
        Dotted name.
    rows : DataFrame
        Rows of the table, with its key.
    table : str
        Name of the table.
    unit : str
        What is counted, in the plural.

    Returns
    -------
    Value
        With the ids of the rows.
    """
    return make_value(value_id, len(rows), rows=_ids(table, rows), unit=unit)


def share_rows(value_id: str, part: pd.DataFrame, whole: pd.DataFrame, *, table: str) -> Value:
    """Return what part some rows are of others as a value to record.

    Parameters
    ----------
    value_id : str
        Dotted name.
    part, whole : DataFrame
        Rows of the table, with its key.
    table : str
        Name of the table.

    Returns
    -------
    Value
        In percent, printed without decimals; with the ids of the part.
    """
    share = percent(len(part), len(whole))
    return make_value(value_id, share, rows=_ids(table, part), unit="%", decimals=0)


def slug(word: str) -> str:
    """Return a word as part of a value id.

    Parameters
    ----------
    word : str
        Any text.

    Returns
    -------
    str
        Lower-case letters, digits and underscores; for example ``quality_of_life`` for
        ``Quality of life``.
    """
    return re.sub(r"[^a-z0-9]+", "_", word.lower()).strip("_")


def known_range(column: pd.Series) -> dict[str, int | str]:
    """Return for how many rows a number is known, and the smallest, largest and total of these.

    Parameters
    ----------
    column : Series
        Whole numbers, with gaps.

    Returns
    -------
    dict
        ``n``, ``missing``, ``min``, ``max`` and ``sum``; the last three read ``not known`` where
        no number is.
    """
    known = column.dropna().astype(int)
    counts: dict[str, int | str] = {"n": len(known), "missing": len(column) - len(known)}
    if known.empty:
        return {**counts, "min": NOT_KNOWN, "max": NOT_KNOWN, "sum": NOT_KNOWN}
    return {**counts, "min": int(known.min()), "max": int(known.max()), "sum": int(known.sum())}


def _ids(table: str, rows: pd.DataFrame) -> dict[str, pd.Series]:
    return {table: rows[TABLES[table].key]}
