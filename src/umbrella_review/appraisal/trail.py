"""What is known of the appraisal of each included review, down to its items."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.adaptations import items_adapted, items_not_scored
from umbrella_review.appraisal.comparison import compare_ratings
from umbrella_review.appraisal.items import appraise
from umbrella_review.review import Appraisal

_NO_CRITICAL = {"high", "moderate"}


def review_trails(
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
    appraisal: Appraisal,
    answers: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return for each review which items were scored, and what is known of its rating.

    Parameters
    ----------
    reviews, amstar2 : DataFrame
        The tables of these names.
    appraisal : Appraisal
        What was agreed before: critical items, and items left out or adapted.
    answers : DataFrame, optional
        Answers to the items, as `umbrella_review.appraisal.items.appraise` takes them; none
        where only overall ratings are published.

    Returns
    -------
    DataFrame
        One row a review, in the order of `reviews`: `review_id`; `not_scored` (dict of a reason
        to the items) and `adapted` (items); `n_critical_scored`; `computed`, `published`,
        `verdict` and `steps` as `umbrella_review.appraisal.comparison.compare_ratings` gives
        them; `critical_min` and `critical_max`, the critical weaknesses that the published
        rating implies (missing where it implies none).
    """
    left_out, adapted = (find(reviews, appraisal) for find in (items_not_scored, items_adapted))
    none = pd.DataFrame(columns=["review_id", "item", "answer"])
    appraised = appraise(
        none if answers is None else answers,
        critical=appraisal.critical_items,
        not_scored=left_out,
        review_ids=reviews["review_id"],
    )
    found = appraised.ratings.merge(compare_ratings(appraised.ratings, amstar2), on="review_id")
    found = found[found["review_id"].isin(reviews["review_id"])]
    pairs = zip(found["published"], found["n_critical_scored"], strict=True)
    implied = [_implied(set(ratings), n_scored) for ratings, n_scored in pairs]
    return pd.DataFrame(
        {
            "review_id": found["review_id"],
            "not_scored": [_by_reason(left_out, key) for key in found["review_id"]],
            "adapted": [_items(adapted, key) for key in found["review_id"]],
            "n_critical_scored": found["n_critical_scored"],
            "computed": found["computed"],
            "published": found["published"],
            "verdict": found["verdict"],
            "steps": found["steps"],
            "critical_min": pd.array([least for least, _ in implied], dtype="Int64"),
            "critical_max": pd.array([most for _, most in implied], dtype="Int64"),
        }
    )


def scored_counts(
    items: pd.DataFrame, not_scored: pd.DataFrame, reviews: pd.DataFrame
) -> pd.DataFrame:
    """Hold the reported numbers of reviews scored against those that the types of review give.

    Parameters
    ----------
    items : DataFrame
        The table `amstar2_items`.
    not_scored : DataFrame
        `review_id` and `item`, as `umbrella_review.appraisal.adaptations` gives them.
    reviews : DataFrame
        All included reviews.

    Returns
    -------
    DataFrame
        One row a group of items: `item_group_id`, `reported`, `expected` (reviews scored on one
        of its items at least) and `agrees`.
    """
    pairs = set(zip(not_scored["review_id"], not_scored["item"], strict=True))
    expected = [
        sum(
            any((review_id, int(item)) not in pairs for item in group)
            for review_id in reviews["review_id"]
        )
        for group in items["items"]
    ]
    frame = items[["item_group_id"]].assign(reported=items["n_scored"], expected=expected)
    return frame.assign(agrees=frame["reported"].eq(frame["expected"]))


def _implied(ratings: set[str], n_scored: int) -> tuple[int | None, int | None]:
    """Return the fewest and the most critical weaknesses of a review with such a rating."""
    ends = [(0, 0)] if ratings & _NO_CRITICAL else []
    ends += [(1, 1)] if "low" in ratings else []
    ends += [(2, n_scored)] if "critically_low" in ratings else []
    if not ends:
        return None, None
    return min(least for least, _ in ends), max(most for _, most in ends)


def _items(rows: pd.DataFrame, review_id: str) -> tuple[int, ...]:
    return tuple(rows.loc[rows["review_id"] == review_id, "item"])


def _by_reason(rows: pd.DataFrame, review_id: str) -> dict[str, tuple[int, ...]]:
    groups = rows[rows["review_id"] == review_id].groupby("reason", sort=False)["item"]
    return {str(reason): tuple(items) for reason, items in groups}
