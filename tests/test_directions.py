from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.errors import StatisticsError
from umbrella_review.load import load_table
from umbrella_review.narrative.direction_values import direction_values, statement_values
from umbrella_review.narrative.directions import (
    by_review,
    changed_units,
    combine,
    direction_counts,
    first_results,
)
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.vocabulary import DIRECTIONS

PROJECT = Project(Path(__file__).parents[1])
DIRECTIONS_TABLE = load_table(PROJECT, "effect_directions", Review.read(PROJECT.review_file))


def statement(
    review: str | None, time: str, direction: str, group: str = "pain"
) -> dict[str, object]:
    return {
        "direction_id": f"{review}-{time}-{direction}-{group}",
        "review_id": review,
        "outcome_domain": "clinical",
        "outcome_group": group,
        "followup_class": time,
        "synthesis": "meta_analysis",
        "direction": direction,
    }


@given(st.lists(st.sampled_from(DIRECTIONS), min_size=1))
def test_statements_that_differ_are_mixed(directions: list[str]) -> None:
    expected = directions[0] if len(set(directions)) == 1 else "mixed"
    assert combine(pd.Series(directions)) == expected


@pytest.mark.parametrize(
    ("n_favours", "n_no_effect", "agreement", "expected"),
    [
        (7, 3, 0.7, "favours_intervention"),  # 70% are enough: Boon and Thomson 2021
        (7, 3, 1.0, "mixed"),
        (2, 1, 0.7, "mixed"),
        (2, 1, 0.6, "favours_intervention"),
        (3, 3, 0.51, "mixed"),
    ],
)
def test_a_clear_majority_may_be_enough(
    n_favours: int, n_no_effect: int, agreement: float, expected: str
) -> None:
    statements = ["favours_intervention"] * n_favours + ["no_effect"] * n_no_effect
    assert combine(pd.Series(statements), agreement) == expected
    assert combine(pd.Series(statements[::-1]), agreement) == expected


@pytest.mark.parametrize("agreement", [0.5, 0.0, 1.1])
def test_a_share_that_decides_nothing_is_refused(agreement: float) -> None:
    with pytest.raises(StatisticsError, match=r"above 0\.5 and at most 1"):
        by_review(DIRECTIONS_TABLE, agreement=agreement)


def test_changed_units_are_those_that_a_lower_share_decides() -> None:
    units = by_review(DIRECTIONS_TABLE)
    changed = changed_units(units, by_review(DIRECTIONS_TABLE, agreement=0.6))
    assert list(changed["direction_ids"]) == [("de015", "de017", "de018")]
    assert list(changed["direction"]) == ["mixed"]


def test_a_review_counts_once_per_group_and_period() -> None:
    rows = [
        statement("a", "post", "favours_intervention"),
        statement("a", "not_stated", "no_effect"),
        statement("a", "follow_up", "no_effect"),
        statement("b", "follow_up", "favours_intervention"),
    ]
    units = by_review(pd.DataFrame(rows))
    assert list(units["direction"]) == ["mixed", "no_effect", "favours_intervention"]
    assert list(units["period"]) == ["first", "follow_up", "follow_up"]
    first = first_results(units)
    assert list(zip(first["review_id"], first["direction"], strict=True)) == [
        ("a", "mixed"),
        ("b", "favours_intervention"),
    ]


def test_no_statement_is_lost() -> None:
    units = by_review(DIRECTIONS_TABLE)
    ids = [key for keys in units["direction_ids"] for key in keys]
    assert sorted(ids) == sorted(DIRECTIONS_TABLE["direction_id"])
    assert units["n_statements"].sum() == len(DIRECTIONS_TABLE)


@pytest.mark.parametrize(
    ("group", "favours", "no_effect"),
    [
        ("depression", 2, 3),
        ("self-rated recovery", 5, 2),
        ("hope", 4, 3),
        ("self-efficacy", 3, 0),
        ("quality of life", 2, 2),
    ],
)
def test_counts_of_the_published_text(group: str, favours: int, no_effect: int) -> None:
    counts = direction_counts(first_results(by_review(DIRECTIONS_TABLE)))
    row = counts[counts["synthesis"].eq("meta_analysis") & counts["outcome_group"].eq(group)]
    assert row["favours_intervention"].item() == favours
    assert row["no_effect"].item() == no_effect


def test_a_statement_without_a_review_is_no_review() -> None:
    counts = direction_counts(by_review(pd.DataFrame([statement(None, "post", "mixed")])))
    assert counts["n_reviews"].item() == 0
    assert counts["mixed"].item() == 1


def test_values_are_recorded_for_groups_that_filters_emptied() -> None:
    units = by_review(DIRECTIONS_TABLE).iloc[:0]
    values = direction_values("rq1", "meta_analysis", units, DIRECTIONS_TABLE)
    found = {value.value_id: value for value in values}
    assert found["rq1.self_rated_recovery.n_favours"].value == 0
    assert "rq1.hope.later_n_no_effect" in found
    assert "rq1.stigma.later_n_no_effect" not in found


def test_values_name_the_statements_behind_them() -> None:
    units = by_review(DIRECTIONS_TABLE)
    values = direction_values("rq1", "meta_analysis", units, DIRECTIONS_TABLE)
    found = {value.value_id: value for value in values}
    assert found["rq1.depression.n_favours"].rows == {"effect_directions": ("de001", "de002")}


def test_statements_by_synthesis_and_direction_add_up() -> None:
    found = {value.value_id: value.value for value in statement_values("rq1", DIRECTIONS_TABLE)}
    for kind in ("meta", "narrative"):
        parts = [
            found[f"rq1.n_statements_{kind}_{name}"]
            for name in ("favours", "no_effect", "mixed", "control")
        ]
        assert sum(parts) == found[f"rq1.n_statements_{kind}"]
    assert found["rq1.n_statements"] == len(DIRECTIONS_TABLE)
    checked = found["rq1.n_statements_consistent"] + found["rq1.n_statements_inconsistent"]
    assert checked == found["rq1.n_statements_checked"]
