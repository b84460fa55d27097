"""Does it matter which one review speaks for an outcome? The choices of all rules side by side."""

from __future__ import annotations

import pandas as pd

from umbrella_review.effects.reported import LATER
from umbrella_review.narrative.directions import combine
from umbrella_review.overlap.one_review import RULES, choices, one_review_per_outcome

_BY = ["outcome_group"]


def rule_choices(
    estimates: pd.DataFrame, reviews: pd.DataFrame, amstar2: pd.DataFrame
) -> pd.DataFrame:
    """Return the review that each rule chooses for an outcome, and the direction it reports.

    Parameters
    ----------
    estimates : DataFrame
        Results that reviews pool, with `outcome_group`, `followup_class` and `direction`.
    reviews, amstar2 : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        One row an outcome group with results of more than one review, in the order of first
        rows: `outcome_group`, `n_reviews`; per rule the chosen review (`latest`, `largest`,
        `best_rated`), what decided (`latest_decided` …) and the direction of its first results
        (`latest_direction` …, missing where none is stated); `same_review` and `same_direction`,
        the latter missing where a direction is.
    """
    tables = [_chosen(estimates, rule, reviews, amstar2) for rule in RULES]
    frame = pd.concat([tables[0][[*_BY, "n_reviews"]], *(t[_columns(t)] for t in tables)], axis=1)
    directions = frame[[f"{rule}_direction" for rule in RULES]]
    same = directions.nunique(axis=1).eq(1).astype("boolean")
    frame["same_review"] = frame[list(RULES)].nunique(axis=1).eq(1)
    frame["same_direction"] = same.mask(directions.isna().any(axis=1))
    return frame[frame["n_reviews"] > 1].reset_index(drop=True)


def _chosen(
    estimates: pd.DataFrame, rule: str, reviews: pd.DataFrame, amstar2: pd.DataFrame
) -> pd.DataFrame:
    table = choices(estimates, _BY, rule, reviews, amstar2)
    kept = estimates[one_review_per_outcome(estimates, _BY, rule, reviews, amstar2)]
    directions = {group: _direction(rows) for group, rows in kept.groupby("outcome_group")}
    return table[[*_BY, "n_reviews"]].assign(
        **{
            rule: table["review_id"],
            f"{rule}_decided": table["decided_by"],
            f"{rule}_direction": table["outcome_group"].map(directions),
        }
    )


def _columns(table: pd.DataFrame) -> list[str]:
    return [name for name in table.columns if name not in (*_BY, "n_reviews")]


def _direction(rows: pd.DataFrame) -> str | None:
    """Return the direction of a review's first results; of later ones where it has no others."""
    later = rows["followup_class"].eq(LATER)
    stated = rows.loc[later if later.all() else ~later, "direction"].dropna()
    return combine(stated) if len(stated) else None
