"""The cells of an AMSTAR 2 traffic light: what is known of each item of each review."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.instrument import ITEMS, NO_META_ANALYSIS

NOT_SCORED = "not_applicable"


def item_states(trails: pd.DataFrame, answers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the state of every item of every review; what is not published stays not known.

    Parameters
    ----------
    trails : DataFrame
        As `umbrella_review.appraisal.trail.review_trails` gives it.
    answers : DataFrame, optional
        `review_id`, `item` and `answer`, where answers to single items are published.

    Returns
    -------
    DataFrame
        One row a review and item: `review_id`, `item`, `state` (an answer, ``not_applicable``
        for an item that was not scored, ``not_known``) and `adapted` (whether its question was
        put in other words).
    """
    found: dict[tuple[str, int], str] = {}
    if answers is not None:
        columns = answers.dropna(subset=["answer"])[["review_id", "item", "answer"]]
        found = {(review_id, int(item)): answer for review_id, item, answer in columns.to_numpy()}
    rows = []
    for review_id, groups, adapted in zip(
        trails["review_id"], trails["not_scored"], trails["adapted"], strict=True
    ):
        left_out = {item for items in groups.values() for item in items}
        for item in ITEMS:
            state = found.get((review_id, item), UNKNOWN)
            if item in left_out or state == NO_META_ANALYSIS:
                state = NOT_SCORED
            rows.append((review_id, item, state, item in adapted and state != NOT_SCORED))
    return pd.DataFrame(rows, columns=["review_id", "item", "state", "adapted"])
