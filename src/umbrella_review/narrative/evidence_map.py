"""Evidence map: where there are reviews, which way they point, and where nothing is known.

A cell is a group of outcomes among a group of people (or in a format of the intervention). A
review counts once in a cell, with one direction: its first results, by the rule of `by_review`.
The direction of a cell is that of a clear majority of its reviews, else mixed, after the share that
Boon and Thomson (2021, doi 10.1002/jrsm.1458) take for several outcomes of one study. Nothing is
pooled, and the direction of a cell is a summary for the eye: the counts stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN
from umbrella_review.narrative.directions import (
    ALL_AGREE,
    CLEAR_MAJORITY,
    by_review,
    combine,
    first_results,
)
from umbrella_review.schemas.model import LIST_SEPARATOR
from umbrella_review.vocabulary import DIRECTIONS

POPULATION, FORMAT = "population_groups", "intervention_format"
_CELL = ["outcome_domain", "outcome_group", "column"]
_REVIEW = [*_CELL, "review_id"]


def evidence_map(
    statements: pd.DataFrame,
    results: pd.DataFrame,
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
    by: str,
    *,
    agreement: float = ALL_AGREE,
    majority: float = CLEAR_MAJORITY,
) -> pd.DataFrame:
    """Return one row for each cell in which there is a review.

    Parameters
    ----------
    statements : DataFrame
        Rows of the table `effect_directions`; those that name no review are left out.
    results : DataFrame
        Rows of the table `estimates`, e.g. pooled results alone.
    reviews, amstar2 : DataFrame
        The tables of these names.
    by : str
        Column of `reviews` whose values are the columns of the map. Where statements and results
        have it too, theirs goes before that of their review.
    agreement : float, default 1
        Share of a review's statements that must agree, as in `by_review`.
    majority : float, default 0.7
        Share of a cell's reviews that must agree.

    Returns
    -------
    DataFrame
        In the order of the data: `outcome_domain`, `outcome_group`, `column` (a value of `by`);
        `n_reviews`; one column a direction and ``not_known`` with the number of reviews;
        `direction`; `best_rating` and `ratings` (best first, one a review); `n_statements`,
        `n_results`; `review_ids`, `direction_ids` and `estimate_ids` as tuples.
    """
    said = _spread(statements, reviews, by)
    found = _spread(results, reviews, by)
    units = pd.concat([_directions(said, agreement), found[_REVIEW]]).drop_duplicates(_REVIEW)
    units = units.assign(direction=units["direction"].fillna(UNKNOWN))
    ratings = amstar2.set_index("review_id")["rating"]
    units["rating"] = units["review_id"].map(ratings).fillna(UNKNOWN)
    for word in (*DIRECTIONS, UNKNOWN):
        units[word] = units["direction"].eq(word)
    groups = units.groupby(_CELL, sort=False)
    cells = groups.agg(
        n_reviews=("review_id", "size"),
        **{word: (word, "sum") for word in (*DIRECTIONS, UNKNOWN)},
        direction=("direction", partial(_common, majority=majority)),
        best_rating=("rating", lambda cell: _best_first(cell)[0]),
        ratings=("rating", _best_first),
        review_ids=("review_id", tuple),
    ).reset_index()
    return cells.join(_sources(said, "direction_id", "n_statements"), on=_CELL).pipe(
        lambda table: _filled(table.join(_sources(found, "estimate_id", "n_results"), on=_CELL))
    )


def with_joined_ids(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells as a table for files: ids and ratings joined by semicolons.

    Parameters
    ----------
    cells : DataFrame
        As `evidence_map` gives them.

    Returns
    -------
    DataFrame
        The same rows and columns.
    """
    lists = ("ratings", "review_ids", "direction_ids", "estimate_ids")
    return cells.assign(**{name: cells[name].map(LIST_SEPARATOR.join) for name in lists})


def columns_of(
    cells: pd.DataFrame, reviews: pd.DataFrame, by: str, order: Sequence[str]
) -> list[str]:
    """Return the columns that a map has, also those without any result.

    Parameters
    ----------
    cells : DataFrame
        As `evidence_map` gives them.
    reviews : DataFrame
        The reviews that were asked, with or without results.
    by : str
        As for `evidence_map`.
    order : sequence of str
        All values in the order of print.

    Returns
    -------
    list of str
        Values that a cell or a review has.
    """
    present = {*cells["column"], *reviews[by].explode()}
    return [value for value in order if value in present]


def _spread(rows: pd.DataFrame, reviews: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the rows once for each value of `by`, as `column`."""
    named = rows[rows["review_id"].notna()]
    inherited = named["review_id"].map(reviews.set_index("review_id")[by])
    values = named[by].fillna(inherited) if by in named else inherited
    return named.assign(column=values).explode("column").dropna(subset=["column"])


def _directions(said: pd.DataFrame, agreement: float) -> pd.DataFrame:
    """Return one row a cell and review with its direction over all kinds of synthesis."""
    parts = [
        first_results(by_review(rows, agreement=agreement)).assign(column=value)
        for value, rows in said.groupby("column", sort=False)
    ]
    if not parts:
        return pd.DataFrame(columns=[*_REVIEW, "direction"])
    units = pd.concat(parts).groupby(_REVIEW, sort=False)["direction"]
    return units.agg(partial(combine, agreement=agreement)).reset_index()


def _common(directions: pd.Series, majority: float) -> str:
    known = directions[directions.ne(UNKNOWN)]
    return UNKNOWN if known.empty else combine(known, majority)


def _best_first(ratings: pd.Series) -> tuple[str, ...]:
    order = (*reversed(RATINGS), UNKNOWN)
    return tuple(sorted(ratings, key=order.index))


def _sources(rows: pd.DataFrame, key: str, count: str) -> pd.DataFrame:
    ids = rows.groupby(_CELL, sort=False)[key].agg(tuple)
    return pd.DataFrame({count: ids.map(len), f"{key}s": ids})


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table without gaps: a cell without statements has none, not an unknown number."""
    for count, ids in (("n_statements", "direction_ids"), ("n_results", "estimate_ids")):
        table[ids] = [cell if isinstance(cell, tuple) else () for cell in table[ids]]
        table[count] = table[ids].map(len)
    return table
