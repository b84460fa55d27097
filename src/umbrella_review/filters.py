"""Which reviews an analysis takes in: the filters that the notebooks' parameters stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS, reaches


def rows_with(column: pd.Series, values: Collection[str]) -> pd.Series:
    """Mark the rows whose cell is, or holds, one of `values`; all rows if `values` is empty.

    Parameters
    ----------
    column : Series
        Of words, or of tuples of words.
    values : collection of str
        Wanted words.

    Returns
    -------
    Series of bool
        With the index of `column`.
    """
    if not values:
        return pd.Series(True, index=column.index)
    wanted = set(values)
    return column.map(lambda cell: not wanted.isdisjoint(_words(cell))).astype(bool)


def reaches_minimum(amstar2: pd.DataFrame, minimum_rating: str) -> pd.Series:
    """Mark the reviews that are certain to reach a minimum rating.

    A review whose rating is not known counts by the lowest of its possible ratings.

    Parameters
    ----------
    amstar2 : DataFrame
        One row a review, with `review_id`, `rating` and `possible_ratings`.
    minimum_rating : str
        One of `umbrella_review.appraisal.amstar2.RATINGS`.

    Returns
    -------
    Series of bool
        Indexed by review id.
    """
    lowest = [
        rating if isinstance(rating, str) else min(possible, key=RATINGS.index, default=RATINGS[0])
        for rating, possible in zip(amstar2["rating"], amstar2["possible_ratings"], strict=True)
    ]
    marks = [reaches(rating, minimum_rating) for rating in lowest]
    return pd.Series(marks, index=pd.Index(amstar2["review_id"], name="review_id"), dtype=bool)


def filter_reviews(
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
    *,
    minimum_rating: str = RATINGS[0],
    population_groups: Collection[str] = (),
    intervention_formats: Collection[str] = (),
    review_types: Collection[str] = (),
    questions: Collection[str] = (),
) -> pd.DataFrame:
    """Return the reviews that meet every condition; an empty collection sets none.

    Parameters
    ----------
    reviews, amstar2 : DataFrame
        The tables of these names.
    minimum_rating : str
        Lowest overall rating taken in; see `reaches_minimum` for reviews without a rating.
    population_groups, questions : collection of str
        A review is taken in if it has at least one of them.
    intervention_formats, review_types : collection of str
        A review is taken in if its own is among them.

    Returns
    -------
    DataFrame
        Rows of `reviews`, in their order, with a new index.
    """
    good = reaches_minimum(amstar2, minimum_rating)
    keep = (
        reviews["review_id"].isin(good.index[good])
        & rows_with(reviews["population_groups"], population_groups)
        & rows_with(reviews["intervention_format"], intervention_formats)
        & rows_with(reviews["review_type"], review_types)
        & rows_with(reviews["questions"], questions)
    )
    return reviews[keep].reset_index(drop=True)


def rows_of(table: pd.DataFrame, reviews: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a table that belong to the given reviews, with a new index.

    Parameters
    ----------
    table : DataFrame
        Any table with a column `review_id`.
    reviews : DataFrame
        The reviews to keep.

    Returns
    -------
    DataFrame
        Rows in their order; rows that name no review are left out.
    """
    return table[table["review_id"].isin(reviews["review_id"])].reset_index(drop=True)


def _words(cell: object) -> Iterable[str]:
    if isinstance(cell, str):
        return (cell,)
    return cell if isinstance(cell, tuple | list) else ()
