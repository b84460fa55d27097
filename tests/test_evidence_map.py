"""Evidence map: which reviews stand in a cell, and which way it points."""

from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.narrative.evidence_map import FORMAT, POPULATION, columns_of, evidence_map

REVIEWS = pd.DataFrame(
    {
        "review_id": ["a", "b", "c", "d"],
        "population_groups": [("young",), ("young", "old"), ("old",), ("none",)],
        "intervention_format": ["any", "group", "group", "any"],
    }
)
AMSTAR2 = pd.DataFrame({"review_id": ["a", "b"], "rating": ["low", "high"]})
UP, NONE, DOWN = "favours_intervention", "no_effect", "favours_control"


def said(*rows: tuple[str | None, str, str]) -> pd.DataFrame:
    """Return statements: review, outcome group, direction."""
    table = pd.DataFrame(rows, columns=["review_id", "outcome_group", "direction"])
    return table.assign(
        direction_id=[f"s{n}" for n in range(len(rows))],
        outcome_domain="clinical",
        synthesis="narrative",
        followup_class="post",
        intervention_format=None,
    )


def found(*rows: tuple[str, str, str | None]) -> pd.DataFrame:
    """Return results: review, outcome group, format."""
    table = pd.DataFrame(rows, columns=["review_id", "outcome_group", "intervention_format"])
    table["intervention_format"] = table["intervention_format"].astype(object)
    return table.assign(estimate_id=[f"e{n}" for n in range(len(rows))], outcome_domain="clinical")


def cell(cells: pd.DataFrame, group: str, column: str) -> pd.Series:
    chosen = cells[cells["outcome_group"].eq(group) & cells["column"].eq(column)]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_a_review_stands_once_in_each_of_its_populations() -> None:
    statements = said(("a", "pain", UP), ("b", "pain", UP), ("b", "pain", UP), (None, "pain", DOWN))
    cells = evidence_map(statements, found(), REVIEWS, AMSTAR2, POPULATION)
    assert list(zip(cells["column"], cells["n_reviews"], strict=True)) == [("young", 2), ("old", 1)]
    young = cell(cells, "pain", "young")
    assert (young["review_ids"], young["direction_ids"]) == (("a", "b"), ("s0", "s1", "s2"))
    assert (young["best_rating"], young["ratings"]) == ("high", ("high", "low"))
    assert (young["n_statements"], young["n_results"], young["estimate_ids"]) == (3, 0, ())


@pytest.mark.parametrize(
    ("directions", "majority", "expected"),
    [
        ((UP, UP, NONE), 0.7, "mixed"),
        ((UP, UP, NONE), 0.6, UP),
        ((NONE, NONE, NONE), 0.7, NONE),
        ((UP, DOWN), 0.7, "mixed"),
    ],
)
def test_a_cell_points_where_a_clear_majority_points(
    directions: tuple[str, ...], majority: float, expected: str
) -> None:
    reviews = REVIEWS.assign(population_groups=[("young",)] * 4)
    statements = said(*((key, "pain", way) for key, way in zip("abc", directions, strict=False)))
    cells = evidence_map(statements, found(), reviews, AMSTAR2, POPULATION, majority=majority)
    one = cell(cells, "pain", "young")
    assert one["direction"] == expected
    assert one[[UP, NONE, DOWN]].sum() == len(directions)


def test_a_result_without_a_statement_has_no_known_direction() -> None:
    results = found(("a", "sleep", None), ("c", "pain", None))
    cells = evidence_map(said(("b", "pain", UP)), results, REVIEWS, AMSTAR2, POPULATION)
    alone, old = cell(cells, "sleep", "young"), cell(cells, "pain", "old")
    assert (alone["direction"], alone["not_known"], alone["n_statements"]) == ("not_known", 1, 0)
    assert (old["direction"], old["not_known"], old["n_reviews"]) == (UP, 1, 2)
    assert (old["best_rating"], old["ratings"]) == ("high", ("high", "not_known"))


def test_the_format_of_a_result_goes_before_that_of_its_review() -> None:
    results = found(("a", "pain", "group"), ("a", "pain", None))
    cells = evidence_map(said(), results, REVIEWS, AMSTAR2, FORMAT)
    assert set(cells["column"]) == {"group", "any"}
    assert cell(cells, "pain", "group")["estimate_ids"] == ("e0",)


def test_columns_without_any_result_stay() -> None:
    order = ["other", "old", "young", "none"]
    cells = evidence_map(said(), found(), REVIEWS, AMSTAR2, POPULATION)
    assert cells.empty
    assert columns_of(cells, REVIEWS, POPULATION, order) == ["old", "young", "none"]
    other = pd.DataFrame({"column": ["other"]})
    assert columns_of(other, REVIEWS, POPULATION, order) == order
