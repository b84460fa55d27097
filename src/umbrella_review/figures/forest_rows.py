"""Rows of a forest plot from the table `estimates`."""

from __future__ import annotations

import numpy as np
import pandas as pd

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.credibility.heterogeneity import APPROXIMATED
from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.figures.forest_frame import ForestWords
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names
from umbrella_review.tables.numbers import interval, number
from umbrella_review.words import with_true_signs

_UNKNOWN_LABEL = "Rating not found"


def forest_words(review: Review) -> ForestWords:
    """Return the words of forest plots from the labels of a review.

    Parameters
    ----------
    review : Review
        Gives the labels and the confidence level.

    Returns
    -------
    ForestWords
        Also with a label for ratings that are not known.
    """
    level = review.synthesis.confidence_level
    measures, ratings = review.vocabulary("measure"), rating_labels(review)
    return ForestWords(review.intervention, review.favours, measures, ratings, level)


def rating_labels(review: Review) -> dict[str, str]:
    """Return the labels of ratings, with one for ratings that are not known.

    Parameters
    ----------
    review : Review
        Gives the labels.

    Returns
    -------
    dict of str to str
        Best rating first, `umbrella_review.appraisal.amstar2.UNKNOWN` last.
    """
    return {**review.vocabulary("rating"), UNKNOWN: _UNKNOWN_LABEL}


def forest_rows(
    estimates: pd.DataFrame,
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
    repeated: pd.Series,
    review: Review,
) -> pd.DataFrame:
    """Return the rows that `umbrella_review.figures.forest.forest_plot` draws.

    Parameters
    ----------
    estimates : DataFrame
        As `umbrella_review.credibility.prediction.predicted` gives them, in order of print;
        results without a confidence interval are left out.
    reviews, amstar2 : DataFrame
        The tables of these names.
    repeated : Series of bool
        With the index of `estimates`: whether the same evidence enters twice.
    review : Review
        Labels.

    Returns
    -------
    DataFrame
        One row a result, in the same order, with `estimate_id`, `review_id` and the columns
        that the plot reads.
    """
    known = estimates.dropna(subset=["favours", "favours_lb", "favours_ub"])
    ratings = amstar2.set_index("review_id")["rating"]
    groups = [review.label("outcome_group", name) for name in known["outcome_group"]]
    details = zip(known["outcome"], known["timepoint"], groups, strict=True)
    return pd.DataFrame(
        {
            "estimate_id": known["estimate_id"],
            "review_id": known["review_id"],
            "domain": [review.label("outcome_domain", name) for name in known["outcome_domain"]],
            "measure": known["measure"],
            "sign": known["sign"],
            "group": groups,
            "name": known["review_id"].map(short_names(reviews)),
            "detail": [_detail(*cells) for cells in details],
            "rating": known["review_id"].map(ratings).fillna(UNKNOWN),
            "k": known["k"],
            "n": known["n_participants"],
            "favours": known["favours"],
            "favours_lb": known["favours_lb"],
            "favours_ub": known["favours_ub"],
            "pi_lb": known["pi_lb"],
            "pi_ub": known["pi_ub"],
            "text": [_text(row) for _, row in known.iterrows()],
            "pi_text": [_prediction_text(row) for _, row in known.iterrows()],
            "repeated": repeated[known.index],
        }
    ).reset_index(drop=True)


def _detail(outcome: str, timepoint: object, group: str) -> str:
    parts = [] if outcome.casefold() == group.casefold() else [outcome]
    parts += [timepoint] if isinstance(timepoint, str) else []
    return with_true_signs(", ".join(parts))


def _text(row: pd.Series) -> str:
    names = ["estimate", "ci_lb", "ci_ub"]
    if row["measure"] not in RATIOS:
        names = ["favours", "favours_lb", "favours_ub"]
    return interval(*row[names])


def _prediction_text(row: pd.Series) -> str:
    """Return the prediction interval as the estimate is printed; empty where there is none."""
    ends = [row["pi_lb"], row["pi_ub"]]
    if np.isnan(ends[0]):
        return ""
    if row["measure"] in RATIOS:
        ends = sorted(np.exp(row["sign"] * np.array(ends)))
    about = "≈ " if row["tau2_basis"] == APPROXIMATED else ""
    return f"{about}{number(ends[0])} to {number(ends[1])}"
