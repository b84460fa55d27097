"""Marks of an effect direction plot from directions by review."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.figures.direction_frame import DirectionWords
from umbrella_review.figures.forest_rows import rating_labels
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names

NOT_NAMED = "Review not named"


def direction_words(review: Review) -> DirectionWords:
    """Return the words of effect direction plots from the labels of a review.

    Parameters
    ----------
    review : Review
        Gives the labels and their order.

    Returns
    -------
    DirectionWords
        Also with a label for ratings that are not known.
    """
    return DirectionWords(
        review.vocabulary("direction"),
        rating_labels(review),
        review.vocabulary("outcome_group"),
        review.vocabulary("outcome_domain"),
        review.vocabulary("synthesis"),
        review.intervention,
    )


def direction_cells(
    units: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame
) -> pd.DataFrame:
    """Return the marks that `umbrella_review.figures.effect_direction` draws.

    Parameters
    ----------
    units : DataFrame
        As `umbrella_review.narrative.directions.by_review` gives it.
    reviews, amstar2 : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        The rows of `units` with `name`, `rating` and `n_primary_studies` of their reviews; the ids
        of the statements are joined by semicolons.
    """
    ratings = amstar2.set_index("review_id")["rating"]
    studies = reviews.set_index("review_id")["n_primary_studies"]
    return units.assign(
        name=units["review_id"].map(short_names(reviews)).fillna(NOT_NAMED),
        n_primary_studies=units["review_id"].map(studies).astype("Int64"),
        rating=units["review_id"].map(ratings).fillna(UNKNOWN),
        direction_ids=units["direction_ids"].map(";".join),
    )
