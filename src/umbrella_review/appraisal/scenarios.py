"""How many reviews can be critically low, by how much of the published appraisal is believed."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.appraisal.bounds import GROUPS, rating_bounds
from umbrella_review.appraisal.ratings import rating_keys
from umbrella_review.filters import rows_with

SCENARIOS = {
    "counts": "The counts of weaknesses alone",
    "total": "Besides, how many reviews are rated high or moderate",
    "read": "Besides, the ratings that were read in a table",
    "all": "Besides, the ratings that follow from a sentence",
    "sentence": "As with the ratings read, among the reviews rated by a sentence",
}


def bound_scenarios(
    amstar2: pd.DataFrame,
    items: pd.DataFrame,
    not_scored: pd.DataFrame,
    *,
    critical: Collection[int],
    n_without: int | None,
    read: Collection[str],
    by_sentence: Collection[str],
) -> pd.DataFrame:
    """Bound the numbers of ratings, believing more and more of what is published.

    Parameters
    ----------
    amstar2, items : DataFrame
        The tables `amstar2` and `amstar2_items`.
    not_scored : DataFrame
        As `umbrella_review.appraisal.adaptations.items_not_scored` gives it.
    critical : collection of int
        Critical items.
    n_without : int or None
        Reviews said to have no critical weakness, see `n_without_critical`.
    read, by_sentence : collection of str
        Values of `rating_basis`: ratings that were read, and that follow from a sentence.

    Returns
    -------
    DataFrame
        One row for each of `SCENARIOS`: `scenario`, `label`, `n_reviews`, `feasible`, and for
        each of `umbrella_review.appraisal.bounds.GROUPS` two columns that end in ``_min`` and
        ``_max``, missing where what is believed contradicts itself.
    """
    keys = rating_keys(amstar2)
    anything = keys.map(lambda _: RATINGS[::-1])
    seen = rows_with(amstar2["rating_basis"], read).to_numpy(dtype=bool)
    told = rows_with(amstar2["rating_basis"], by_sentence).to_numpy(dtype=bool)
    some = keys.where(pd.Series(seen, index=keys.index), anything)
    given = {
        "counts": (anything, None, None),
        "total": (anything, n_without, None),
        "read": (some, n_without, None),
        "all": (keys, n_without, None),
        "sentence": (some, n_without, list(keys.index[told])),
    }
    rows = []
    for name, (possible, number, among) in given.items():
        found = rating_bounds(
            possible, items, not_scored, critical=critical, n_without=number, among=among
        )
        row = {"scenario": name, "label": SCENARIOS[name], "n_reviews": found.n_reviews}
        row["feasible"] = found.feasible
        for group in GROUPS:
            ends = found.bounds.get(group, (pd.NA, pd.NA))
            row |= {f"{group}_min": ends[0], f"{group}_max": ends[1]}
        rows.append(row)
    numbers = [f"{group}_{end}" for group in GROUPS for end in ("min", "max")]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "Int64"))


def n_without_critical(statements: pd.DataFrame) -> int | None:
    """Return how many reviews are said to be rated high or moderate.

    Parameters
    ----------
    statements : DataFrame
        The table `amstar2_statements`, with the topics ``total_high`` and ``total_moderate``.

    Returns
    -------
    int or None
        None where one of the two is not stated.
    """
    chosen = statements[statements["topic"].isin(("total_high", "total_moderate"))]
    values = chosen["value"].dropna()
    return int(values.sum()) if len(values) == 2 else None
