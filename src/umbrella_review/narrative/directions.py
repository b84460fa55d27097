"""Directions of effect: one per review, outcome group and time, and how many reviews have which.

A review that states several results for a group of outcomes counts once. Where its statements
agree, their direction stands; where too many differ, the direction is mixed. Statements are never
weighted by significance or by size (Boon and Thomson 2021, doi 10.1002/jrsm.1458), and reviews
are never pooled.
"""

from __future__ import annotations

from functools import partial

import pandas as pd

from umbrella_review.effects.reported import LATER
from umbrella_review.errors import Problem, StatisticsError
from umbrella_review.vocabulary import DIRECTIONS

FIRST = "first"  # the end of the intervention, mixed times, or a time that is not stated
ALL_AGREE = 1.0  # the rule of this package: any difference makes a direction mixed
CLEAR_MAJORITY = 0.7  # the rule of Boon and Thomson 2021, box 1
_UNIT = ["synthesis", "outcome_domain", "outcome_group", "review_id", "period"]


def combine(directions: pd.Series, agreement: float = ALL_AGREE) -> str:
    """Return the direction that several statements have in common.

    Parameters
    ----------
    directions : Series of str
        One or more directions of effect.
    agreement : float, default 1
        Share of the statements that must have one direction, above 0.5 and at most 1.

    Returns
    -------
    str
        The direction of that share of the statements, or ``mixed`` where there is none.

    Raises
    ------
    StatisticsError
        If `agreement` is out of its range.
    """
    if not 0.5 < agreement <= 1:
        found = f"the share of statements that must agree is {agreement}"
        raise StatisticsError(
            [Problem("agreement", found, "a number above 0.5 and at most 1", "Correct the number.")]
        )
    shares = directions.value_counts(normalize=True)
    return str(shares.index[0]) if shares.iloc[0] >= agreement else "mixed"


def by_review(directions: pd.DataFrame, *, agreement: float = ALL_AGREE) -> pd.DataFrame:
    """Return one row per synthesis, outcome group, review and period.

    Parameters
    ----------
    directions : DataFrame
        Rows of the table `effect_directions`.
    agreement : float, default 1
        Share of a review's statements that must have one direction, as in `combine`.

    Returns
    -------
    DataFrame
        `synthesis`, `outcome_domain`, `outcome_group`, `review_id` (missing where a statement
        names none), `period` (``first`` or ``follow_up``), `direction`, `n_statements` and
        `direction_ids`, the statements behind a row.

    Notes
    -----
    One direction a source and group of outcomes follows Boon and Thomson 2021 (doi
    10.1002/jrsm.1458), who take a clear majority of 70% (`CLEAR_MAJORITY`); that any difference
    makes it mixed is the stricter rule of this package.
    """
    rows = directions.assign(
        period=directions["followup_class"].where(directions["followup_class"].eq(LATER), FIRST)
    )
    groups = rows.groupby(_UNIT, sort=False, dropna=False)
    table = groups.agg(
        direction=("direction", partial(combine, agreement=agreement)),
        n_statements=("direction", "size"),
        direction_ids=("direction_id", tuple),
    )
    return table.reset_index()


def changed_units(units: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Return the units whose direction is another in a second reading of the same statements.

    Parameters
    ----------
    units, others : DataFrame
        As `by_review` gives them for the same rows, under different shares of agreement.

    Returns
    -------
    DataFrame
        Rows of `units`.
    """
    return units[units["direction"].ne(others["direction"])]


def first_results(units: pd.DataFrame) -> pd.DataFrame:
    """Keep each review's first result for an outcome group; a follow-up where it is all there is.

    Parameters
    ----------
    units : DataFrame
        As `by_review` gives it.

    Returns
    -------
    DataFrame
        One row a synthesis, outcome group and review, in their order, with a new index.
    """
    unit = [column for column in _UNIT if column != "period"]
    ordered = units.sort_values("period", key=lambda period: period.eq(LATER), kind="stable")
    return ordered.drop_duplicates(unit).sort_index().reset_index(drop=True)


def direction_counts(units: pd.DataFrame) -> pd.DataFrame:
    """Count reviews by direction, per synthesis and outcome group.

    Parameters
    ----------
    units : DataFrame
        One row a review, synthesis and outcome group, e.g. from `first_results`.

    Returns
    -------
    DataFrame
        `synthesis`, `outcome_domain`, `outcome_group`, `n_reviews`, one column a direction.
        A statement that names no review counts under its direction, but not as a review.

    Notes
    -----
    Counts without regard to significance or size: Boon and Thomson 2021 (doi 10.1002/jrsm.1458).
    """
    keys = ["synthesis", "outcome_domain", "outcome_group"]
    table = units.assign(**{word: units["direction"].eq(word) for word in DIRECTIONS})
    groups = table.groupby(keys, sort=False)
    counts = groups[list(DIRECTIONS)].sum().astype(int)
    counts.insert(0, "n_reviews", groups["review_id"].count())
    return counts.reset_index()
