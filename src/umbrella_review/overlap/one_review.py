"""One review for each outcome: results that do not overlap, as a sensitivity analysis."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from umbrella_review.appraisal.amstar2 import RATINGS
from umbrella_review.appraisal.ratings import rating_keys

ALL = "all"
# What each rule looks at, in this order; the review id, in alphabetical order, ends any tie.
KEYS = {
    "latest": ("year", "participants", "studies"),
    "largest": ("participants", "studies", "year"),
    "best_rated": ("rating", "year", "participants", "studies"),
}
RULES = tuple(KEYS)
ONLY = "only_review"
_NAME = "review_id"


def one_review_per_outcome(
    estimates: pd.DataFrame,
    by: Sequence[str],
    rule: str,
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
) -> pd.Series:
    """Mark the results of the one review that a rule chooses in each group.

    Parameters
    ----------
    estimates : DataFrame
        Results, with `review_id`, `n_participants`, `k` and the columns of `by`.
    by : sequence of str
        Columns whose values make a group; a missing value is a value of its own.
    rule : {'all', 'latest', 'largest', 'best_rated'}
        See Notes; ``all`` keeps every row.
    reviews, amstar2 : DataFrame
        The tables of these names; a review that one of them lacks has no year, or no rating.

    Returns
    -------
    Series of bool
        With the index of `estimates`. True for all rows of the chosen review in its group; a
        row that names no review is never chosen.

    Raises
    ------
    ValueError
        If there is no such rule.

    Notes
    -----
    ``latest``: the year of publication, then size as below. ``largest``: the most participants
    that one of the review's results in the group has, then the most studies, then the year.
    ``best_rated``: the AMSTAR 2 rating, where an open one counts as its worst possible, then as
    ``latest``. The alphabetical order of the ids ends any tie. What is missing never wins
    against what is known, so a review known by its studies alone yields to one whose
    participants are known.
    """
    if rule == ALL:
        return pd.Series(True, index=estimates.index)
    chosen = _ranked(estimates, by, rule, reviews, amstar2).drop_duplicates("group")
    pairs = set(zip(chosen["group"], chosen[_NAME], strict=True))
    groups = _groups(estimates, by)
    keep = [pair in pairs for pair in zip(groups, estimates[_NAME], strict=True)]
    return pd.Series(keep, index=estimates.index, dtype=bool)


def choices(
    estimates: pd.DataFrame,
    by: Sequence[str],
    rule: str,
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
) -> pd.DataFrame:
    """Return which review a rule chooses in each group, and why.

    Parameters
    ----------
    estimates : DataFrame
        Results, as for `one_review_per_outcome`.
    by : sequence of str
        Columns whose values make a group.
    rule : {'latest', 'largest', 'best_rated'}
        As for `one_review_per_outcome`.
    reviews, amstar2 : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        One row a group, in the order of first rows: the columns of `by`, `review_id` (chosen),
        `rule`, `n_reviews`, `decided_by` (``year``, ``participants``, ``studies``, ``rating``,
        ``review_id`` for a full tie, or ``only_review``), `reason` (the same in words, with the
        numbers of the first two) and `runners_up` (tuple of ids, best first).

    Raises
    ------
    ValueError
        If there is no such rule; ``all`` chooses none.
    """
    ranked = _ranked(estimates, by, rule, reviews, amstar2)
    rows = []
    for _, standing in ranked.groupby("group", sort=True):
        decided, reason = _why(standing, rule)
        ids = standing[_NAME].tolist()
        rows.append((*standing[list(by)].iloc[0], ids[0], rule, len(ids), decided, reason, ids[1:]))
    columns = [*by, _NAME, "rule", "n_reviews", "decided_by", "reason", "runners_up"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(runners_up=frame["runners_up"].map(tuple))


def _ranked(
    estimates: pd.DataFrame,
    by: Sequence[str],
    rule: str,
    reviews: pd.DataFrame,
    amstar2: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row for each group and review, the best of a group first."""
    if rule not in KEYS:
        raise ValueError(f"no such rule: {rule!r}; there are {', '.join((ALL, *RULES))}")
    ranks = {rating: rank for rank, rating in enumerate(RATINGS)}
    worst = {key: ranks[known[-1]] for key, known in rating_keys(amstar2).items() if known}
    results = estimates.reset_index(drop=True).assign(group=_groups(estimates, by).to_numpy())
    rows = results.loc[results[_NAME].notna(), [*by, _NAME, "group"]].assign(
        participants=_number(results["n_participants"]), studies=_number(results["k"])
    )
    sizes = rows.groupby(["group", _NAME])[["participants", "studies"]].transform("max")
    standing = rows.assign(
        participants=sizes["participants"],
        studies=sizes["studies"],
        year=_number(rows[_NAME].map(reviews.set_index("review_id")["year"])),
        rating=_number(rows[_NAME].map(worst)),
    ).drop_duplicates(["group", _NAME])
    keys = list(KEYS[rule])
    descending = [False] * len(keys)
    return standing.sort_values(["group", *keys, _NAME], ascending=[True, *descending, True])


def _groups(estimates: pd.DataFrame, by: Sequence[str]) -> pd.Series:
    return estimates.groupby(list(by), sort=False, dropna=False).ngroup()


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column).astype("Float64").astype("float64")


def _why(standing: pd.DataFrame, rule: str) -> tuple[str, str]:
    """Return the first key in which the chosen review and the next differ, and it in words."""
    if len(standing) == 1:
        return ONLY, "the only review"
    first, second = standing.iloc[0], standing.iloc[1]
    for key in KEYS[rule]:
        if first[key] == second[key] or (pd.isna(first[key]) and pd.isna(second[key])):
            continue
        return key, f"{key} {_shown(key, first[key])} against {_shown(key, second[key])}"
    return _NAME, "all equal; first by alphabet"


def _shown(key: str, value: float) -> str:
    if pd.isna(value):
        return "not known"
    return RATINGS[int(value)].replace("_", " ") if key == "rating" else str(int(value))
