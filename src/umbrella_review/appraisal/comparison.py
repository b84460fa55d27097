"""Ratings that were computed held against ratings that were published."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.appraisal.ratings import rating_keys

SAME, DIFFERS, POSSIBLE, NOT_COMPARABLE = "same", "differs", "possible", "not_comparable"
_STEPS = np.subtract.outer(np.arange(len(RATINGS)), np.arange(len(RATINGS)))


def compare_ratings(ratings: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Hold computed ratings against published ones.

    Parameters
    ----------
    ratings : DataFrame
        `ratings` of `umbrella_review.appraisal.items.Appraised`.
    published : DataFrame
        `review_id`, `rating` and `possible_ratings`, as in the table `amstar2`.

    Returns
    -------
    DataFrame
        One row a review of `ratings`: `review_id`, `computed` and `published` (tuples of the
        ratings that are possible, best first), `verdict` and `steps`. The verdict is ``same`` or
        ``differs`` where that can be told, ``possible`` where ratings are open and agree in one
        of them, ``not_comparable`` where one side leaves every rating open or says nothing.
        `steps` is by how much the published rating is better than the nearest computed one;
        missing where the verdict is open.
    """
    keys = rating_keys(published)
    said = [tuple(keys.get(review_id, ())) for review_id in ratings["review_id"]]
    computed = _masks(list(ratings["possible_ratings"]))
    stated = _masks(said)
    certain = (computed.sum(axis=1) == 1) & (stated.sum(axis=1) == 1)
    common = (computed & stated).any(axis=1)
    silent = ~stated.any(axis=1) | stated.all(axis=1) | computed.all(axis=1)
    verdict = np.select(
        [silent, common & certain, common],
        [NOT_COMPARABLE, SAME, POSSIBLE],
        DIFFERS,
    )
    told = np.isin(verdict, (SAME, DIFFERS))
    return pd.DataFrame(
        {
            "review_id": ratings["review_id"].to_numpy(),
            "computed": ratings["possible_ratings"].to_numpy(),
            "published": pd.Series(said, dtype=object),
            "verdict": verdict,
            "steps": pd.Series(_steps(stated, computed), dtype="Int64").where(told),
        }
    )


def _masks(sets: list[tuple[str, ...]]) -> NDArray[np.bool_]:
    marks = [[rating in possible for rating in RATINGS] for possible in sets]
    return np.array(marks, dtype=bool).reshape(len(sets), len(RATINGS))


def _steps(stated: NDArray[np.bool_], computed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the smallest distance between two sets, positive where the first is better."""
    pairs = (stated[:, :, None] & computed[:, None, :]).reshape(len(stated), _STEPS.size)
    distances = np.where(pairs, np.abs(_STEPS).ravel(), len(RATINGS))
    return np.asarray(_STEPS.ravel()[distances.argmin(axis=1)])
