"""What is recorded of sign tests: counts, p values, and how much hangs on the rule of agreement."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from umbrella_review.counting import make_value, slug
from umbrella_review.ledger import Value
from umbrella_review.narrative.directions import CLEAR_MAJORITY, by_review, changed_units
from umbrella_review.narrative.sign_test import OUTCOME

NOT_TESTABLE = "not testable"
_SIDES = {
    "n_favours": ["favours_intervention"],
    "n_against": ["favours_control"],
    "n_left_out": ["no_effect", "mixed"],
}


def sign_test_values(
    topic: str, tests: pd.DataFrame, units: pd.DataFrame, directions: pd.DataFrame, level: float
) -> list[Value]:
    """Return numbers of tests and of reviews behind them, in all and by outcome group.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    tests : DataFrame
        As `umbrella_review.narrative.sign_test.outcome_tests` gives them for `units`.
    units : DataFrame
        First results, one row a review, synthesis and outcome group.
    directions : DataFrame
        All statements before filtering: values are recorded for each of their outcome groups.
    level : float
        Confidence level.

    Returns
    -------
    list of Value
        ``n_tests``, ``n_testable``, ``n_cannot_reach``, ``n_below_level``, ``level``,
        ``n_needed`` (fewest units that can reach the level), ``n_units`` with its parts, and per
        synthesis and outcome group the parts and ``p``.
    """
    named = units[units["review_id"].notna()]
    testable = tests["p"].notna()
    needed = math.ceil(math.log2(2 / (1 - level)))
    counts = {
        "n_tests": len(tests),
        "n_testable": testable.sum(),
        "n_cannot_reach": (testable & tests["cannot_reach"].astype(bool)).sum(),
        "n_below_level": tests["p"].lt(1 - level).sum(),
    }
    return [
        *(make_value(f"{topic}.{name}", n, unit="tests") for name, n in counts.items()),
        make_value(f"{topic}.level", 1 - level, decimals=2),
        make_value(f"{topic}.n_needed", needed, unit="reviews"),
        _count(f"{topic}.n_units", named),
        *_parts(topic, named),
        *_group_values(topic, tests, named, directions),
    ]


def agreement_values(topic: str, directions: pd.DataFrame, agreement: float) -> list[Value]:
    """Return how many units the rule of a clear majority would change.

    Parameters
    ----------
    topic : str
        Beginning of the value ids.
    directions : DataFrame
        Statements on effects that are left.
    agreement : float
        Share of agreement in force.

    Returns
    -------
    list of Value
        ``n_read`` (units, follow-up included), ``n_changed`` under `CLEAR_MAJORITY`, with the
        statements behind them, and ``clear_majority`` in percent.
    """
    units = by_review(directions, agreement=agreement)
    changed = changed_units(units, by_review(directions, agreement=CLEAR_MAJORITY))
    return [
        _count(f"{topic}.n_read", units),
        _count(f"{topic}.n_changed", changed),
        make_value(f"{topic}.clear_majority", 100 * CLEAR_MAJORITY, unit="%", decimals=0),
    ]


def _group_values(
    topic: str, tests: pd.DataFrame, named: pd.DataFrame, directions: pd.DataFrame
) -> Iterable[Value]:
    outcome = list(OUTCOME)
    p = tests.set_index(outcome)["p"]
    parts = dict(iter(named.groupby(outcome)))
    every = by_review(directions).dropna(subset="review_id")[outcome].drop_duplicates()
    for keys in every.itertuples(index=False, name=None):
        start = f"{topic}.{slug(keys[0])}.{slug(keys[2])}"
        yield from _parts(start, parts.get(keys, named.iloc[:0]))
        value = p.get(keys, math.nan)
        shown = NOT_TESTABLE if math.isnan(value) else value
        yield make_value(f"{start}.p", shown, decimals=4)


def _parts(start: str, units: pd.DataFrame) -> list[Value]:
    return [
        _count(f"{start}.{name}", units[units["direction"].isin(words)])
        for name, words in _SIDES.items()
    ]


def _count(value_id: str, units: pd.DataFrame) -> Value:
    ids = [key for keys in units["direction_ids"] for key in keys]
    return make_value(value_id, len(units), rows={"effect_directions": ids}, unit="reviews")
