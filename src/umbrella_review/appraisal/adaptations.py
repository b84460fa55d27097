"""Which items of AMSTAR 2 were left out or adapted for which reviews, by the protocol."""

from __future__ import annotations

import pandas as pd

from umbrella_review.appraisal.items import NO_META_ANALYSIS_REASON
from umbrella_review.instrument import META_ANALYSIS_ITEMS
from umbrella_review.review import Adaptation, Appraisal

BY_TYPE_REASON = "not scored for this type of review"


def items_not_scored(reviews: pd.DataFrame, appraisal: Appraisal) -> pd.DataFrame:
    """Return the items that are not scored for each review, and why.

    Parameters
    ----------
    reviews : DataFrame
        With `review_id` and `review_type`.
    appraisal : Appraisal
        What was agreed for each type of review.

    Returns
    -------
    DataFrame
        One row a review and item: `review_id`, `item` and `reason`, as
        `umbrella_review.appraisal.items.appraise` takes them.
    """
    rows = _rows(reviews, appraisal, "not_scored")
    about_meta_analysis = rows["item"].isin(META_ANALYSIS_ITEMS)
    rows["reason"] = about_meta_analysis.map({True: NO_META_ANALYSIS_REASON, False: BY_TYPE_REASON})
    return rows


def items_adapted(reviews: pd.DataFrame, appraisal: Appraisal) -> pd.DataFrame:
    """Return the items whose question was adapted to the type of review.

    Parameters
    ----------
    reviews : DataFrame
        With `review_id` and `review_type`.
    appraisal : Appraisal
        What was agreed for each type of review.

    Returns
    -------
    DataFrame
        One row a review and item: `review_id` and `item`.
    """
    return _rows(reviews, appraisal, "adapted")


def _rows(reviews: pd.DataFrame, appraisal: Appraisal, part: str) -> pd.DataFrame:
    plain = Adaptation()
    pairs = zip(reviews["review_id"], reviews["review_type"], strict=True)
    rows = [
        (review_id, item)
        for review_id, kind in pairs
        for item in getattr(appraisal.adaptations.get(kind, plain), part)
    ]
    return pd.DataFrame(rows, columns=["review_id", "item"]).astype({"item": int})
