"""AMSTAR 2 from the answers to its items: the rating of each review, with its trail."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from umbrella_review.appraisal.amstar2 import RATINGS, possible_from_flaws
from umbrella_review.appraisal.answers import checked_answers
from umbrella_review.instrument import (
    CRITICAL_ITEMS,
    ITEMS,
    N_ITEMS,
    NO,
    NO_META_ANALYSIS,
    PARTIAL_YES,
)

NO_META_ANALYSIS_REASON = "no meta-analysis"
PARTIAL_YES_REASON = "a partial yes is no weakness"
MISSING_REASON = "the answer is not known"
_RULES = {
    "critically_low": "more than one critical weakness",
    "low": "one critical weakness",
    "moderate": "no critical weakness, more than one other",
    "high": "no critical weakness, at most one other",
}
_BEST_FIRST = RATINGS[::-1]
# The ratings that each combination of open ratings stands for; bit i is RATINGS[i].
_SETS = tuple(
    tuple(rating for rating in _BEST_FIRST if bits >> RATINGS.index(rating) & 1)
    for bits in range(2 ** len(RATINGS))
)


@dataclass(frozen=True)
class Appraised:
    """Ratings of reviews by AMSTAR 2 and how they came about.

    Parameters
    ----------
    critical : tuple of int
        The items that are critical.
    ratings : DataFrame
        One row a review: `review_id`, `rating` (missing where the answers leave several open),
        `possible_ratings` (best first), `critical_min`, `critical_max`, `other_min`, `other_max`
        (weaknesses), `n_scored`, `n_critical_scored`, `n_missing` (items) and `rule`.
    trail : DataFrame
        One row a review and item: `review_id`, `item`, `title`, `answer`, `critical`, `counted`,
        `weakness` (missing where the answer is) and `reason` (why the answer counts as it does).
    """

    critical: tuple[int, ...]
    ratings: pd.DataFrame
    trail: pd.DataFrame

    def tidy(self) -> pd.DataFrame:
        """Return the trail with the rating of the review beside each item.

        Returns
        -------
        DataFrame
            The columns of `trail`, then `rating`, `possible_ratings` and `rule`.
        """
        columns = ["review_id", "rating", "possible_ratings", "rule"]
        return self.trail.merge(self.ratings[columns], on="review_id", how="left", sort=False)


def appraise(
    answers: pd.DataFrame,
    *,
    critical: Collection[int] = CRITICAL_ITEMS,
    not_scored: pd.DataFrame | None = None,
    review_ids: Iterable[str] = (),
) -> Appraised:
    """Rate reviews by AMSTAR 2 from the answers to its items.

    Parameters
    ----------
    answers : DataFrame
        One row an answer: `review_id`, `item` (1 to 16) and `answer` (``yes``, ``partial_yes``,
        ``no``, ``no_meta_analysis``). An answer that is missing, or has no row, is not known.
    critical : collection of int, optional
        Critical items, as they were agreed before.
    not_scored : DataFrame, optional
        Items left out for single reviews: `review_id`, `item`, `reason`. They never count,
        whatever the answer.
    review_ids : iterable of str, optional
        Reviews to rate even where no answer is known; they come first, in this order.

    Returns
    -------
    Appraised
        Where answers are missing, the set of ratings that they leave open.

    Raises
    ------
    DataError
        With every answer that the instrument does not have, and every answer given twice.

    Notes
    -----
    The rule is that of Shea et al. 2017 (doi:10.1136/bmj.j4008). A no is a weakness, a partial
    yes is none; items on a meta-analysis that does not exist, and items not scored, are left out.
    """
    given = checked_answers(answers)
    nothing = pd.DataFrame(columns=["review_id", "item", "reason"])
    left_out = nothing if not_scored is None else not_scored
    ids = list(dict.fromkeys([*review_ids, *given["review_id"], *left_out["review_id"]]))
    answer = _grid(given, "answer", ids)
    reason = _grid(left_out, "reason", ids)
    reason[answer == NO_META_ANALYSIS] = NO_META_ANALYSIS_REASON
    counted = pd.isna(reason)
    missing = counted & pd.isna(answer)
    weak = counted & (answer == NO)
    reason[counted & (answer == PARTIAL_YES)] = PARTIAL_YES_REASON
    reason[missing] = MISSING_REASON
    is_critical = np.isin(list(ITEMS), list(critical))
    trail = pd.DataFrame(
        {
            "review_id": np.repeat(np.array(ids, dtype=object), N_ITEMS),
            "item": np.tile(list(ITEMS), len(ids)),
            "title": np.tile(list(ITEMS.values()), len(ids)),
            "answer": answer.ravel(),
            "critical": np.tile(is_critical, len(ids)),
            "counted": counted.ravel(),
            "weakness": pd.array(weak.ravel(), dtype="boolean"),
            "reason": pd.Series(reason.ravel(), dtype=object).fillna(""),
        }
    )
    trail.loc[missing.ravel(), "weakness"] = pd.NA
    ratings = _ratings(ids, (counted, weak, missing), is_critical)
    return Appraised(tuple(sorted(critical)), ratings, trail)


def _grid(rows: pd.DataFrame, column: str, ids: list[str]) -> NDArray[np.object_]:
    """Return a column as an array of shape reviews x items; None where there is no row."""
    grid = np.full((len(ids), N_ITEMS), None, dtype=object)
    places = pd.Index(ids).get_indexer(pd.Index(rows["review_id"]))
    grid[places, rows["item"].to_numpy(dtype=int) - 1] = rows[column].to_numpy(dtype=object)
    return grid


def _ratings(
    ids: list[str], marks: tuple[NDArray[np.bool_], ...], is_critical: NDArray[np.bool_]
) -> pd.DataFrame:
    counted, weak, missing = marks
    critical, other = (
        (weak[:, chosen].sum(axis=1), (weak | missing)[:, chosen].sum(axis=1))
        for chosen in (is_critical, ~is_critical)
    )
    possible = possible_from_flaws(critical, other)
    sets = [_SETS[bits] for bits in possible @ (1 << np.arange(len(RATINGS)))]
    n_missing = missing.sum(axis=1)
    known = [ratings[0] if len(ratings) == 1 else None for ratings in sets]
    rules = [
        _RULES[rating] if rating else f"open, since {n} answers are not known"
        for rating, n in zip(known, n_missing, strict=True)
    ]
    return pd.DataFrame(
        {
            "review_id": pd.Series(ids, dtype=object),
            "rating": pd.Series(known, dtype=object),
            "possible_ratings": pd.Series(sets, dtype=object),
            "critical_min": critical[0],
            "critical_max": critical[1],
            "other_min": other[0],
            "other_max": other[1],
            "n_scored": counted.sum(axis=1),
            "n_critical_scored": counted[:, is_critical].sum(axis=1),
            "n_missing": n_missing,
            "rule": pd.Series(rules, dtype=object),
        }
    )
