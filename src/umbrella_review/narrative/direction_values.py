"""What is recorded of directions of effect: values with the ids of the statements behind them."""

from __future__ import annotations

import pandas as pd

from umbrella_review.counting import count_rows, make_value, slug
from umbrella_review.effects.reported import LATER
from umbrella_review.ledger import Value
from umbrella_review.narrative.directions import by_review, first_results
from umbrella_review.vocabulary import DIRECTIONS

_SHORT = dict(zip(DIRECTIONS, ("favours", "no_effect", "mixed", "control"), strict=True))


def direction_values(
    topic: str, synthesis: str, units: pd.DataFrame, directions: pd.DataFrame
) -> list[Value]:
    """Return, per outcome group, how many reviews have which direction.

    Parameters
    ----------
    topic : str
        Beginning of the value ids; the outcome group follows.
    synthesis : str
        Value of the column `synthesis`.
    units : DataFrame
        As `umbrella_review.narrative.directions.by_review` gives it.
    directions : DataFrame
        All statements before filtering: values are recorded for each of their outcome groups.

    Returns
    -------
    list of Value
        ``n_reviews``, ``n_favours``, ``n_no_effect``, ``n_mixed``, ``n_control`` of first
        results, and the same with ``later_`` in front for follow-up results where
        there are statements on them.
    """
    every = by_review(directions[directions["synthesis"].eq(synthesis)])
    of_kind = units[units["synthesis"].eq(synthesis)]
    periods = {"": first_results(of_kind), "later_": of_kind[of_kind["period"].eq(LATER)]}
    later = set(every.loc[every["period"].eq(LATER), "outcome_group"])
    return [
        value
        for group in every["outcome_group"].unique()
        for prefix, table in periods.items()
        if not prefix or group in later
        for value in _direction_counts(
            f"{topic}.{slug(group)}.{prefix}", table[table["outcome_group"].eq(group)]
        )
    ]


def _direction_counts(start: str, part: pd.DataFrame) -> list[Value]:
    kinds = {f"n_{_SHORT[word]}": part[part["direction"].eq(word)] for word in DIRECTIONS}
    named = part[part["review_id"].notna()]
    return [
        make_value(
            f"{start}{name}",
            len(rows),
            rows={"effect_directions": [key for keys in rows["direction_ids"] for key in keys]},
            unit="reviews",
        )
        for name, rows in {"n_reviews": named, **kinds}.items()
    ]


def statement_values(topic: str, directions: pd.DataFrame) -> list[Value]:
    """Return numbers of statements by synthesis and direction, and their fit with the numbers.

    Parameters
    ----------
    topic : str
        First part of the value ids.
    directions : DataFrame
        Statements on effects that are left.

    Returns
    -------
    list of Value
        With the ids of the statements behind each number.
    """
    checked = directions["consistent_with_estimates"]
    parts = {
        "n_statements": directions,
        "n_statements_review_not_named": directions[directions["review_id"].isna()],
        "n_statements_checked": directions[checked.notna()],
        "n_statements_consistent": directions[checked.eq(True).fillna(False).astype(bool)],
        "n_statements_inconsistent": directions[checked.eq(False).fillna(False).astype(bool)],
    }
    for short, kind in (("meta", "meta_analysis"), ("narrative", "narrative")):
        part = directions[directions["synthesis"].eq(kind)]
        parts[f"n_statements_{short}"] = part
        for word in DIRECTIONS:
            parts[f"n_statements_{short}_{_SHORT[word]}"] = part[part["direction"].eq(word)]
        parts[f"n_{short}_reviews"] = part.dropna(subset=["review_id"]).drop_duplicates("review_id")
    return [
        count_rows(
            f"{topic}.{name}",
            part,
            table="effect_directions",
            unit="reviews" if name.endswith("_reviews") else "statements",
        )
        for name, part in parts.items()
    ]
