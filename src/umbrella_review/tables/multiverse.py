"""Table of what choices change, outcome by outcome."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.counting import percent
from umbrella_review.multiverse.flips import Flip, counts, summary
from umbrella_review.review import Review
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.numbers import integer
from umbrella_review.tables.rows import group_rows
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised

_NO_CHOICE = "No choice alone"
_WIDTHS = {
    "Outcome": 1.5,
    "Reviews": 0.9,
    "Results": 0.9,
    "Specifications": 1.5,
    "Empty": 0.9,
    "Single": 0.9,
    "Positive": 1.0,
    "Significant": 1.2,
    "Sign flips": 1.0,
    "Significance flips": 1.4,
    "Choices that alone flip significance": 5.0,
}
_NOTES = (
    "Specifications: all combinations of choices. Empty: no result is left. Single: one result is "
    "left and stands as reported. Positive and significant: shares of the specifications that "
    "are not empty, significant in either direction. Flips: shares that differ from the "
    "reference, the first option of each choice.",
    "Reviews share primary studies, so values over several of them are no estimates of effects "
    "and are not given. Shares of specifications are no probabilities.",
)


def multiverse_table(
    tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame, review: Review
) -> TableView:
    """Return how far sign and significance depend on choices.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        From `umbrella_review.multiverse.reviews.by_outcome`.
    rows : DataFrame
        The results behind them, from `umbrella_review.multiverse.reviews.poolable`.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row an outcome, or the table that says that nothing is left.
    """
    if not tables:
        return empty_table()
    frame = pd.DataFrame(
        [_row(table, rows[rows["outcome_group"].eq(name)]) for name, table in tables.items()]
    )
    frame.insert(0, "Outcome", [review.label("outcome_group", name) for name in tables])
    numbers = [*_WIDTHS][1:-1]
    behind = group_rows("estimates", rows, "estimate_id", "outcome_group", tables)
    return TableView(frame, _WIDTHS, dict.fromkeys(numbers, "right"), notes=_NOTES, rows=behind)


def option_list(flip: Flip) -> str:
    """Return the options that alone flip a conclusion, by axis.

    Parameters
    ----------
    flip : Flip
        From `umbrella_review.multiverse.flips.summary`.

    Returns
    -------
    str
        For example ``Test: Knapp-Hartung; Estimator: Fixed effect, Hedges``; words that say so
        where there are none, and why where the reference leaves it open.
    """
    if not flip.n:
        return "Cannot be told for the reference"
    by_axis: dict[str, list[str]] = {}
    for axis, option in flip.alone:
        by_axis.setdefault(axis, []).append(option)
    return "; ".join(f"{axis}: {', '.join(names)}" for axis, names in by_axis.items()) or _NO_CHOICE


def _row(table: pd.DataFrame, rows: pd.DataFrame) -> dict[str, str]:
    found = counts(table)
    flips = {flip.kind: flip for flip in summary(table)}
    sign, significance = flips["sign"], flips["significance"]
    return {
        "Reviews": integer(rows["review_id"].nunique()),
        "Results": integer(len(rows)),
        "Specifications": integer(found.n),
        "Empty": _share(percent(found.n_empty, found.n)),
        "Single": _share(percent(found.n_single, found.n)),
        "Positive": _share(found.share_positive),
        "Significant": _share(found.share_significant),
        "Sign flips": _share(sign.share),
        "Significance flips": _share(significance.share),
        "Choices that alone flip significance": capitalised(option_list(significance)),
    }


def _share(percentage: float) -> str:
    """Return a share without decimals; what is not quite nothing or all is not printed as such."""
    if 0 < percentage < 1:
        return "<1%"
    return ">99%" if 99 < percentage < 100 else f"{percentage:.0f}%"
