from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit.operations import OPERATIONS
from umbrella_review.audit.outcome import Outcome, Settings
from umbrella_review.audit.reproduce import number_text, rule_words
from umbrella_review.audit.rules import parse
from umbrella_review.audit.statistics import Bounded
from umbrella_review.errors import ParameterError


def frames() -> dict[str, pd.DataFrame]:
    reviews = pd.DataFrame(
        {
            "review_id": ["a", "b", "c", "d"],
            "review_type": ["scoping", "scoping", "sr_narrative", "sr_narrative"],
            "reference_numbers": [("1",), ("2", "3"), ("4",), ()],
            "n_participants": pd.array([120, None, 80, None], dtype="Int64"),
            "n_reports": pd.array([1, 2, 1, 1], dtype="Int64"),
        }
    )
    directions = pd.DataFrame({"direction_id": ["x", "y", "z"], "review_id": ["b", "b", "c"]})
    flow = pd.DataFrame(
        {
            "flow_id": ["f1", "f2", "f3", "f4"],
            "item": ["assessed", "excluded", "database", "included"],
            "value": ["93", "57", "MEDLINE", None],
        }
    )
    estimates = pd.DataFrame(
        {
            "estimate_id": ["e1", "e2", "e3", "e4"],
            "measure": ["SMD", "RR", "SMD", None],
            "estimate": [-0.39, 0.86, 0.39, None],
            "ci_lb": [-0.54, 0.66, 0.24, None],
            "ci_ub": [-0.24, 1.13, 0.54, None],
            "k": pd.array([16, 5, 16, None], dtype="Int64"),
            "n_participants": pd.array([500, 497, 500, None], dtype="Int64"),
            "q": [91.38, None, 91.38, 4.0],
            "q_df": pd.array([20, None, None, None], dtype="Int64"),
        }
    )
    return {
        "reviews": reviews,
        "effect_directions": directions,
        "selection_flow": flow,
        "estimates": estimates,
    }


def run(
    operation: str, table: str, where: str = "", column: str = "", argument: str = ""
) -> Outcome:
    cells = {"table": table, "where": where, "operation": operation}
    rule = parse({**cells, "column": column, "argument": argument})
    return OPERATIONS[operation].compute(rule, frames(), Settings())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("count", "reviews", "review_type=scoping"), 2),
        (("count", "reviews", "review_type=none"), 0),
        (("count_distinct", "reviews", "", "review_type"), 2),
        (("count_distinct", "reviews", "", "reference_numbers"), 4),
        (("count_distinct", "effect_directions", "", "review_id"), 2),
        (("count_distinct", "effect_directions", "", "review_id.reference_numbers"), 3),
        (("share_percent", "reviews", "review_id!=a"), 75),
        (("sum", "reviews", "", "n_reports"), 5),
        (("lookup", "reviews", "review_id=b", "n_reports"), 2),
        (("lookup", "reviews", "review_id!=b", "n_reports"), 1),
        (("lookup", "selection_flow", "item=assessed", "value"), 93),
        (("difference", "selection_flow", "item=assessed", "value", "item=excluded"), 36),
        (("difference", "estimates", "estimate_id=e3", "estimate", "estimate_id=e1"), 0.78),
        (("relative_fall_percent", "estimates", "estimate_id=e2", "estimate"), 14),
        (("count_excluding_no_effect", "estimates", "estimate_id!=e4"), 2),
        (("shared_figures", "estimates", "estimate_id=e1|e3"), 6),
        (("shared_figures", "estimates", "estimate_id=e1|e2"), 0),
        (("z_from_interval", "estimates", "estimate_id=e1"), 5.0959),
        (("p_from_interval", "estimates", "estimate_id=e2"), 0.27162),
        (("i2_from_q", "estimates", "estimate_id=e1"), 100 * 71.38 / 91.38),
        (("i2_from_q", "estimates", "estimate_id=e3"), 100 * 76.38 / 91.38),
        (("df_from_k", "estimates", "estimate_id=e1"), 15),
    ],
)
def test_operations(arguments, expected):
    outcome = run(*arguments)
    assert outcome.number is not None
    assert outcome.number.value == pytest.approx(expected, abs=1e-4)
    assert outcome.gap == ""


def test_every_operation_is_tried_here():
    tried = {
        mark.args[1][place][0][0]
        for mark in test_operations.pytestmark
        for place in range(len(mark.args[1]))
    }
    assert tried | {"minimum", "maximum", "none"} == set(OPERATIONS)


@pytest.mark.parametrize(
    ("operation", "expected"), [("minimum", 80), ("maximum", 120), ("sum", 200)]
)
def test_rows_left_out_are_counted(operation, expected):
    outcome = run(operation, "reviews", "", "n_participants")
    assert outcome.number == Bounded.exact(expected)
    assert (outcome.known, outcome.needed, outcome.complete) == (2, 4, False)


def test_intervals_left_out_are_counted():
    outcome = run("count_excluding_no_effect", "estimates")
    assert (outcome.known, outcome.needed) == (3, 4)


@pytest.mark.parametrize(
    ("arguments", "gap"),
    [
        (("lookup", "selection_flow", "item=nothing", "value"), "no row of selection_flow"),
        (("lookup", "selection_flow", "item=included", "value"), "not known in the row"),
        (("lookup", "selection_flow", "item=database", "value"), "not known in the row"),
        (("lookup", "reviews", "", "n_reports"), "4 matching rows hold different n_reports"),
        (("lookup", "reviews", "", "n_participants"), "not known in one of the 4 rows"),
        (("minimum", "reviews", "review_id=b", "n_participants"), "known in none of the 1 rows"),
        (("difference", "selection_flow", "item=assessed", "value", "item=x"), "no row"),
        (("z_from_interval", "estimates", "estimate_id=e4"), "measure, estimate, ci_lb, ci_ub of"),
        (("p_from_interval", "estimates", "estimate_id=e4"), "of e4 not known"),
        (("z_from_interval", "estimates", "estimate_id=e1|e2"), "2 rows of estimates match"),
        (("relative_fall_percent", "estimates", "estimate_id=e4", "estimate"), "not known"),
        (("i2_from_q", "estimates", "estimate_id=e2"), "q of e2 not known"),
        (("i2_from_q", "estimates", "estimate_id=e4"), "neither the degrees of freedom"),
        (("df_from_k", "estimates", "estimate_id=e4"), "k of e4 not known"),
        (("shared_figures", "estimates", "estimate_id=e1"), "1 rows of estimates match"),
        (("none", ""), ""),
        (("none", "reviews", "", "n_participants"), "known in 2 of 4 rows of reviews"),
    ],
)
def test_what_is_missing_is_said(arguments, gap):
    outcome = run(*arguments)
    assert outcome.number is None
    assert gap in outcome.gap


@pytest.mark.parametrize(
    ("figures", "gap"),
    [
        ({"ci_lb": 0.4, "ci_ub": 0.4}, "does not lie above"),
        ({"measure": "RR", "estimate": -0.39}, "must be positive"),
    ],
)
def test_impossible_intervals_are_a_gap(figures, gap):
    tables = frames()
    row = tables["estimates"].index[0]
    for column, value in figures.items():
        tables["estimates"].loc[row, column] = value
    cells = {"table": "estimates", "where": "estimate_id=e1", "operation": "z_from_interval"}
    rule = parse({**cells, "column": "", "argument": ""})
    assert gap in OPERATIONS["z_from_interval"].compute(rule, tables, Settings()).gap


def test_a_share_of_nothing_has_no_value():
    rule = parse(
        {
            "table": "reviews",
            "where": "",
            "operation": "share_percent",
            "column": "",
            "argument": "",
        }
    )
    empty = {"reviews": frames()["reviews"].iloc[:0]}
    assert OPERATIONS["share_percent"].compute(rule, empty, Settings()).gap == "reviews has no rows"


def test_rules_in_words():
    cells = {"table": "selection_flow", "where": "item=assessed", "operation": "difference"}
    rule = parse({**cells, "column": "value", "argument": "item=excluded"})
    assert rule_words(rule) == (
        "value, less that where item is excluded, in selection_flow where item is assessed"
    )


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Bounded.exact(2131), 0, "2,131"),
        (Bounded(-0.25, -0.3, -0.2), 2, "−0.25 (−0.30 to −0.20)"),
        (Bounded(78.11, 78.10, 78.12), 0, "78"),
    ],
)
def test_numbers_are_printed_with_bounds_only_where_they_show(number, places, text):
    assert number_text(number, places) == text


@pytest.mark.parametrize("tolerance", [-0.5, float("nan")])
def test_a_tolerance_is_not_negative(tolerance):
    with pytest.raises(ParameterError, match="decimals_tolerance"):
        Settings(tolerance=tolerance)
