from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from umbrella_review.effects.reported import (
    additional_results,
    followup_pairs,
    harmonised,
    in_order,
    pooled_results,
    select_results,
    shared_evidence,
)
from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)


def table(name: str) -> pd.DataFrame:
    return load_table(PROJECT, name, REVIEW)


@pytest.fixture(scope="module")
def results() -> pd.DataFrame:
    return harmonised(table("estimates"))


@pytest.fixture(scope="module")
def reference() -> pd.DataFrame:
    """What an independent calculation on the printed numbers gave, rounded in print."""
    return pd.read_csv(PROJECT.root / "tests" / "reference" / "estimate_checks.csv")


def compare(results: pd.DataFrame, reference: pd.DataFrame, ours: str, theirs: str) -> pd.DataFrame:
    both = results.merge(reference, on="estimate_id", validate="one_to_one")
    assert len(both) == len(reference) == len(results)
    return both.dropna(subset=[theirs])[[ours, theirs]].astype(float)


def test_harmonised_estimates_agree_with_the_reference(
    results: pd.DataFrame, reference: pd.DataFrame
) -> None:
    both = compare(results, reference, "favours", "estimate_harmonised")
    assert len(both) > 50
    np.testing.assert_allclose(both["favours"], both["estimate_harmonised"], atol=1e-9)


@pytest.mark.parametrize(
    ("ours", "theirs", "tolerance"),
    [("se", "chk_se", 0.5001e-4), ("z_from_ci", "chk_z_from_ci", 0.5001e-2)],
)
def test_standard_errors_and_z_agree_with_the_reference(
    results: pd.DataFrame, reference: pd.DataFrame, ours: str, theirs: str, tolerance: float
) -> None:
    both = compare(results, reference, ours, theirs)
    assert len(both) > 50
    np.testing.assert_allclose(both[ours], both[theirs], atol=tolerance, rtol=0)


def test_p_values_agree_with_the_reference(results: pd.DataFrame, reference: pd.DataFrame) -> None:
    both = compare(results, reference, "p_from_ci", "chk_p_from_ci")
    assert len(both) > 50
    np.testing.assert_allclose(both["p_from_ci"], both["chk_p_from_ci"], rtol=0.051)


def test_every_harmonised_interval_holds_its_estimate(results: pd.DataFrame) -> None:
    known = results.dropna(subset=["favours", "favours_lb"])
    assert known["favours"].between(known["favours_lb"], known["favours_ub"]).all()


def test_the_stated_direction_of_main_results_fits_the_harmonised_interval(
    results: pd.DataFrame,
) -> None:
    known = results.dropna(subset=["favours_lb", "direction"])
    above, below = known["favours_lb"].gt(0), known["favours_ub"].lt(0)
    expected = np.select([above, below], ["favours_intervention", "favours_control"], "no_effect")
    assert list(known["direction"]) == list(expected)


def test_pooled_and_additional_results_are_the_whole(results: pd.DataFrame) -> None:
    pooled, additional = pooled_results(results, 2), additional_results(results, 2)
    assert sorted([*pooled["estimate_id"], *additional["estimate_id"]]) == sorted(
        results["estimate_id"]
    )
    assert pooled["analysis_type"].eq("main").all()
    assert not pooled["k"].lt(2).any()


def test_a_higher_minimum_of_studies_keeps_results_of_unknown_size(results: pd.DataFrame) -> None:
    pooled = pooled_results(results, 10)
    assert pooled["k"].dropna().ge(10).all()
    assert pooled["k"].isna().any()


def test_results_are_ordered_by_group_then_time(results: pd.DataFrame) -> None:
    groups = list(REVIEW.vocabulary("outcome_group"))
    ordered = in_order(results, groups)
    places = [groups.index(group) for group in ordered["outcome_group"]]
    assert places == sorted(places)
    for _, part in ordered.groupby("outcome_group"):
        assert part["followup_class"].eq("follow_up").is_monotonic_increasing


def test_the_same_evidence_in_two_reviews_is_marked(results: pd.DataFrame) -> None:
    mark = shared_evidence(results, table("reported_overlap"))
    assert sorted(results.loc[mark, "review_id"].unique()) == ["fuhr_2014", "lloyd_evans_2014"]
    assert list(results.loc[mark, "outcome_group"].value_counts()) == [2, 2]


def test_no_evidence_is_marked_without_a_stated_overlap(results: pd.DataFrame) -> None:
    overlap = table("reported_overlap")
    none = overlap[overlap["fact"].ne("shared_evidence")]
    assert not shared_evidence(results, none).any()


def row(review: str, time: str, direction: str | None, **more: object) -> dict[str, object]:
    return {
        "estimate_id": f"{review}-{time}-{direction}",
        "review_id": review,
        "outcome_group": "pain",
        "outcome": "pain",
        "timepoint": time,
        "followup_class": time,
        "direction": direction,
        "measure": "SMD",
        "favours": 0.1,
        "favours_lb": 0.0,
        "favours_ub": 0.2,
        **more,
    }


@pytest.mark.parametrize(
    ("first", "later", "change"),
    [
        ("favours_intervention", "favours_intervention", "kept"),
        ("favours_intervention", "no_effect", "lost"),
        ("no_effect", "favours_intervention", "gained"),
        ("no_effect", "no_effect", "none"),
        ("no_effect", "favours_control", "other"),
        ("no_effect", None, "unknown"),
    ],
)
def test_what_became_of_an_effect(first: str, later: str | None, change: str) -> None:
    pairs = followup_pairs(pd.DataFrame([row("a", "post", first), row("a", "follow_up", later)]))
    assert list(pairs["change"]) == [change]


def test_a_follow_up_without_an_earlier_result_of_its_review_is_unknown() -> None:
    rows = [row("a", "post", "no_effect"), row("b", "follow_up", "no_effect")]
    pairs = followup_pairs(pd.DataFrame(rows))
    assert list(pairs["change"]) == ["unknown"]
    assert pairs["estimate_id_first"].isna().all()


def test_results_without_a_review_stay_only_while_none_is_filtered_away() -> None:
    reviews, directions = table("reviews"), table("effect_directions")
    whole = select_results(directions, reviews, reviews)
    part = select_results(directions, reviews, reviews.iloc[:-1])
    assert whole["review_id"].isna().sum() == directions["review_id"].isna().sum() > 0
    assert part["review_id"].notna().all()


def test_a_result_without_a_format_has_that_of_its_review() -> None:
    reviews, directions = table("reviews"), table("effect_directions")
    found = select_results(directions, reviews, reviews, intervention_format=["any"])
    blank = directions[directions["intervention_format"].isna()]
    assert found["direction_id"].isin(blank["direction_id"]).any()
    assert found["intervention_format"].eq("any").all()


def test_filters_do_not_change_their_input(results: pd.DataFrame) -> None:
    before = results.copy()
    reviews = table("reviews")
    select_results(results, reviews, reviews, outcome_domain=["recovery"])
    in_order(results, list(REVIEW.vocabulary("outcome_group")))
    harmonised(results)
    pd.testing.assert_frame_equal(results, before)
