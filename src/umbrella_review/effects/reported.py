"""The table `estimates` made ready to print: harmonised, selected, ordered, paired over time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from umbrella_review.effects.harmonise import harmonise, linear, signs
from umbrella_review.effects.intervals import p_value, standard_error, z_statistic
from umbrella_review.filters import rows_with
from umbrella_review.ordering import in_order_of

MAIN = "main"
LATER = "follow_up"  # the class of results after the end of the intervention
_SAME = ["outcome_group", "n_participants"]
_NUMBERS = ["favours", "favours_lb", "favours_ub"]
_PAIR = ["review_id", "outcome_group", "outcome"]


def harmonised(estimates: pd.DataFrame, level: float = 0.95) -> pd.DataFrame:
    """Add harmonised effects and what their intervals imply.

    Parameters
    ----------
    estimates : DataFrame
        Rows of the table `estimates`.
    level : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    DataFrame
        With `sign`; `favours`, `favours_lb`, `favours_ub` (positive favours the intervention;
        ratios as natural logarithms); `se`, `z_from_ci` (absolute) and `p_from_ci`.
    """
    measure = estimates["measure"].to_numpy(dtype=object)
    sign = signs(estimates["higher_is_better"].to_numpy(dtype=object), estimates["sign_convention"])
    effect, lower, upper = (
        linear(estimates[name], measure) for name in ("estimate", "ci_lb", "ci_ub")
    )
    favours, favours_lb, favours_ub = harmonise(effect, lower, upper, sign)
    z = z_statistic(effect, lower, upper, level)
    return estimates.assign(
        sign=sign,
        favours=favours,
        favours_lb=favours_lb,
        favours_ub=favours_ub,
        se=standard_error(lower, upper, level),
        z_from_ci=abs(z),
        p_from_ci=p_value(z),
    )


def select_results(
    rows: pd.DataFrame,
    reviews: pd.DataFrame,
    kept: pd.DataFrame,
    **columns: Collection[str],
) -> pd.DataFrame:
    """Return the results of the kept reviews whose columns hold wanted values.

    A result that names no intervention format has that of its review. A result that names no
    review stays only while no review has been filtered away: it may be of one of those.

    Parameters
    ----------
    rows : DataFrame
        Table `estimates` or `effect_directions`.
    reviews, kept : DataFrame
        Reviews before and after filtering.
    **columns : collection of str
        Per column the values to keep; an empty collection keeps all.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index.
    """
    formats = reviews.set_index("review_id")["intervention_format"]
    filled = rows.assign(
        intervention_format=rows["intervention_format"].fillna(rows["review_id"].map(formats))
    )
    complete = set(reviews["review_id"]) <= set(kept["review_id"])
    keep = rows["review_id"].isin(kept["review_id"]) | (rows["review_id"].isna() & complete)
    for column, values in columns.items():
        keep &= rows_with(filled[column], values)
    return filled[keep].reset_index(drop=True)


def pooled_results(estimates: pd.DataFrame, minimum_k: int) -> pd.DataFrame:
    """Return main analyses of at least `minimum_k` studies, or of a number that is not known.

    Parameters
    ----------
    estimates : DataFrame
        Rows of the table `estimates`.
    minimum_k : int
        Fewest studies of a pooled result.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index.
    """
    enough = estimates["k"].isna() | estimates["k"].ge(minimum_k).fillna(False)
    return estimates[estimates["analysis_type"].eq(MAIN) & enough].reset_index(drop=True)


def with_estimate(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the results whose estimate is known.

    Parameters
    ----------
    estimates : DataFrame
        Rows of the table `estimates`.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index.
    """
    return estimates[estimates["estimate"].notna()].reset_index(drop=True)


def additional_results(estimates: pd.DataFrame, minimum_k: int) -> pd.DataFrame:
    """Return all results that `pooled_results` leaves out: subgroups, single studies and so on.

    Parameters
    ----------
    estimates : DataFrame
        Rows of the table `estimates`.
    minimum_k : int
        Fewest studies of a pooled result.

    Returns
    -------
    DataFrame
        Rows in their order, with a new index.
    """
    pooled = pooled_results(estimates, minimum_k)["estimate_id"]
    return estimates[~estimates["estimate_id"].isin(pooled)].reset_index(drop=True)


def in_order(rows: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """Sort results by outcome group, early before later ones, then as they stand in the data.

    Parameters
    ----------
    rows : DataFrame
        With `outcome_group` and `followup_class`.
    groups : sequence of str
        Outcome groups in the order of print.

    Returns
    -------
    DataFrame
        All rows, with a new index.
    """
    later_last = rows["followup_class"].eq(LATER).sort_values(kind="stable").index
    return in_order_of(rows.loc[later_last], outcome_group=groups)


def evidence_sets(estimates: pd.DataFrame, reported_overlap: pd.DataFrame) -> pd.Series:
    """Name the evidence of results that enter twice because two reviews pooled the same.

    Parameters
    ----------
    estimates : DataFrame
        With the columns of `harmonised`.
    reported_overlap : DataFrame
        Table of this name; its rows ``shared_evidence`` name the reviews.

    Returns
    -------
    Series
        The first `estimate_id` of those with the same evidence, where another of the named
        reviews reports the same harmonised numbers from as many participants for the same group
        of outcomes; else missing.
    """
    sets = pd.Series(pd.NA, index=estimates.index, dtype="object")
    facts = reported_overlap[reported_overlap["fact"].eq("shared_evidence")]
    for named in facts["review_ids"]:
        rows = estimates[estimates["review_id"].isin(named)].dropna(subset=["favours"])
        keys = rows[_SAME].join(rows[_NUMBERS].round(6))
        by = [keys[column] for column in keys]
        twice = rows["review_id"].groupby(by).transform("nunique").gt(1)
        sets.loc[rows.index[twice]] = rows["estimate_id"].groupby(by).transform("first")[twice]
    return sets


def shared_evidence(estimates: pd.DataFrame, reported_overlap: pd.DataFrame) -> pd.Series:
    """Mark results that enter twice because two reviews pooled the same evidence.

    Parameters
    ----------
    estimates, reported_overlap : DataFrame
        As for `evidence_sets`.

    Returns
    -------
    Series of bool
        True where the result shares its evidence.
    """
    return evidence_sets(estimates, reported_overlap).notna()


def followup_pairs(estimates: pd.DataFrame) -> pd.DataFrame:
    """Hold each follow-up result against the earlier result for the same outcome and review.

    Parameters
    ----------
    estimates : DataFrame
        Main results with the columns of `harmonised`; `direction` may be missing.

    Returns
    -------
    DataFrame
        One row a follow-up result, with the columns of `estimates`; those of the earlier result
        carry the suffix ``_first``; `change` is ``kept``, ``lost``, ``gained``, ``none`` (no
        effect at either time), ``other`` or ``unknown`` (no earlier result, or no direction).
    """
    later = estimates[estimates["followup_class"].eq(LATER)]
    early = estimates[~estimates["followup_class"].eq(LATER)]
    columns = [*_PAIR, "estimate_id", "timepoint", "followup_class", "direction", "measure"]
    first = early[[*columns, *_NUMBERS]].drop_duplicates(_PAIR)
    pairs = later.merge(first, on=_PAIR, how="left", suffixes=("", "_first"))
    directions = zip(pairs["direction_first"], pairs["direction"], strict=True)
    change = [_change(first, then) for first, then in directions]
    return pairs.assign(change=pd.Series(change, index=pairs.index, dtype=object))


_CHANGES: Mapping[tuple[str, str], str] = {
    ("favours_intervention", "favours_intervention"): "kept",
    ("favours_intervention", "no_effect"): "lost",
    ("no_effect", "favours_intervention"): "gained",
    ("no_effect", "no_effect"): "none",
}


def _change(first: object, later: object) -> str:
    if not isinstance(first, str) or not isinstance(later, str):
        return "unknown"
    return _CHANGES.get((first, later), "other")
