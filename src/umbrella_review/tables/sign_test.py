"""Table of sign tests: counts, proportion, p, and what speaks against each test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from umbrella_review.narrative.sign_test import CAUTIONS, GENERAL, OUTCOME
from umbrella_review.ordering import in_order_of
from umbrella_review.review import Review
from umbrella_review.tables.directions import statements_behind
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.estimate_cells import labels
from umbrella_review.tables.numbers import interval, number
from umbrella_review.tables.view import TableView
from umbrella_review.words import capitalised

SHORT: Mapping[str, str] = MappingProxyType(
    {"no_unit": "Nothing to test", "cannot_reach": "Too few", "left_out": "left out"}
)
GENERAL_ALONE = "Those of every row"
_P_DECIMALS = 4


def sign_test_table(tests: pd.DataFrame, units: pd.DataFrame, review: Review) -> TableView:
    """Return sign tests by synthesis and outcome group, with their cautions.

    Parameters
    ----------
    tests : DataFrame
        As `umbrella_review.narrative.sign_test.outcome_tests` gives them.
    units : DataFrame
        What was tested; rows that name no review are left out, as they are there.
    review : Review
        Labels, and the order of outcome groups.

    Returns
    -------
    TableView
        One row a test; cautions that hold for some tests stand in their rows, those that hold
        for all in the notes. Or the table that says that nothing is left.
    """
    if tests.empty:
        return empty_table()
    orders = {name: review.vocabulary(name) for name in (OUTCOME[0], OUTCOME[2])}
    rows = in_order_of(tests, **orders)
    counts = {
        "Reviews": rows["n_reviews"],
        review.favours["intervention"]: rows["n_favours"],
        review.favours["control"]: rows["n_against"],
        review.label("direction", "no_effect"): rows["no_effect"],
        review.label("direction", "mixed"): rows["mixed"],
    }
    level = review.synthesis.confidence_level
    share = f"Proportion ({level:.0%} CI)"
    numbers = rows[["proportion", "ci_lb", "ci_ub"]].itertuples(index=False)
    frame = pd.DataFrame(
        {
            "Synthesis": labels(rows["synthesis"], "synthesis", review),
            "Outcome": labels(rows["outcome_group"], "outcome_group", review),
            **{head: column.map(str) for head, column in counts.items()},
            share: [interval(*cells) for cells in numbers],
            "p": [number(p, _P_DECIMALS) for p in rows["p"]],
            "Caution": [_special(row) for _, row in rows.iterrows()],
        }
    )
    widths = {"Synthesis": 15, "Outcome": 19, share: 15, "p": 8, "Caution": 28}
    widths |= dict.fromkeys(counts, 10)
    align = dict.fromkeys([*counts, "p"], "right")
    behind = statements_behind(rows, units[units["review_id"].notna()])
    return TableView(frame, widths, align, notes=_notes(rows, level), rows=behind)


def _special(row: pd.Series) -> str:
    """Return the cautions that are special to a test, with the numbers that belong to them."""
    words = {
        "no_unit": SHORT["no_unit"],
        "cannot_reach": f"{SHORT['cannot_reach']} (p ≥ {number(row['smallest_p'], _P_DECIMALS)})",
        "left_out": f"{row['n_left_out']} {SHORT['left_out']}",
    }
    return "; ".join(words[key] for key in row["cautions"] if key in words) or GENERAL_ALONE


def _notes(rows: pd.DataFrame, level: float) -> tuple[str, ...]:
    used = {key for keys in rows["cautions"] for key in keys}
    special = [f"{capitalised(SHORT[key])}: {CAUTIONS[key]}." for key in SHORT if key in used]
    general = "; ".join(CAUTIONS[key] for key in GENERAL)
    return (
        "Each review counts once per outcome and synthesis, with its first result; statements "
        "that name no review are not tested. Proportion: of the reviews that point to a side, "
        "those that favour the intervention. p: exact and two-sided, from the same reviews; the "
        f"level of the test is {number(1 - level)}. The p in brackets is the smallest possible.",
        *special,
        f"Every row: {capitalised(general)}.",
    )
