from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.effects.reported import followup_pairs, harmonised, pooled_results
from umbrella_review.ledger import Value, write_variables
from umbrella_review.load import load_table
from umbrella_review.narrative import direction_values, effect_values
from umbrella_review.narrative.directions import by_review
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names

PROJECT = Project(Path(__file__).parents[1])
REVIEW = Review.read(PROJECT.review_file)
REVIEWS, AMSTAR2, ESTIMATES, STATEMENTS = (
    load_table(PROJECT, name, REVIEW)
    for name in ("reviews", "amstar2", "estimates", "effect_directions")
)
NAMES = short_names(REVIEWS)
RATINGS = AMSTAR2.set_index("review_id")["rating"]
RESULTS = harmonised(ESTIMATES)
POOLED = pooled_results(RESULTS, 2)


def every_value(pooled: pd.DataFrame, results: pd.DataFrame) -> list[Value]:
    units = by_review(STATEMENTS)
    return [
        *effect_values.review_values("rq1", REVIEWS, REVIEWS, STATEMENTS),
        *effect_values.pooled_values("rq1", pooled, RATINGS, NAMES),
        *effect_values.group_values("rq1.group", pooled, ESTIMATES, NAMES),
        *effect_values.pooled_values("rq1.domain.recovery", pooled, RATINGS, NAMES),
        *effect_values.additional_values("rq1.additional", results, NAMES),
        *effect_values.followup_values("rq1.followup", followup_pairs(pooled), pooled),
        *direction_values.statement_values("rq1", STATEMENTS),
        *direction_values.direction_values("rq1", "meta_analysis", units, STATEMENTS),
        *direction_values.direction_values("rq1.narrative", "narrative", units, STATEMENTS),
    ]


def test_no_id_is_the_beginning_of_another(tmp_path: Path) -> None:
    values = every_value(POOLED, RESULTS)
    by_id = {value.value_id: value for value in values}
    assert len(by_id) == len(values)
    write_variables(by_id, tmp_path / "_variables.yml")


def test_the_same_values_are_recorded_where_nothing_is_left() -> None:
    whole, empty = every_value(POOLED, RESULTS), every_value(POOLED.iloc[:0], RESULTS.iloc[:0])
    assert [value.value_id for value in whole] == [value.value_id for value in empty]
    found = {value.value_id: value.text for value in empty}
    assert found["rq1.n_pooled"] == "0"
    assert found["rq1.smd_highest"] == "not known"


def test_pooled_results_by_numbers_and_by_rating_add_up() -> None:
    found = {v.value_id: v.value for v in effect_values.pooled_values("x", POOLED, RATINGS, NAMES)}
    assert found["x.n_pooled"] == len(POOLED)
    assert found["x.n_pooled_with_numbers"] + found["x.n_pooled_without_numbers"] == len(POOLED)
    ratings = ("high", "moderate", "low", "critically_low", "not_known")
    assert sum(found[f"x.n_pooled_{rating}"] for rating in ratings) == len(POOLED)
    sides = ("above_null", "with_null", "below_null")
    assert sum(found[f"x.n_smd_{side}"] for side in sides) == found["x.n_smd"]


def test_extremes_name_every_review_that_has_them() -> None:
    part = POOLED[POOLED["outcome_group"].eq("quality of life")]
    values = effect_values.group_values("x", part, ESTIMATES, NAMES)
    found = {value.value_id: value for value in values}
    assert found["x.quality_of_life.smd_highest"].value == pytest.approx(0.24)
    reviews = found["x.quality_of_life.smd_highest_review"].value.split(", ")
    assert sorted(reviews) == ["Fuhr et al. 2014", "Lloyd-Evans et al. 2014"]
    assert len(found["x.quality_of_life.smd_highest"].rows["estimates"]) == 2
