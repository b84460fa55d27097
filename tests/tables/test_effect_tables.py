from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.effects.reported import (
    additional_results,
    followup_pairs,
    harmonised,
    in_order,
    pooled_results,
)
from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables import directions, estimates
from umbrella_review.tables.empty import MESSAGE
from umbrella_review.tables.numbers import interval, number, p_text

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
REVIEWS, AMSTAR2, ESTIMATES, STATEMENTS = (
    load_table(PROJECT, name, REVIEW)
    for name in ("reviews", "amstar2", "estimates", "effect_directions")
)
RESULTS = in_order(harmonised(ESTIMATES), list(REVIEW.vocabulary("outcome_group")))
POOLED = pooled_results(RESULTS, 2)


def pooled_view(domain: str) -> pd.DataFrame:
    part = POOLED[POOLED["outcome_domain"].eq(domain)].reset_index(drop=True)
    return estimates.pooled_table(part, REVIEWS, AMSTAR2, REVIEW).frame


def test_numbers_in_print() -> None:
    assert number(-0.1) == "−0.10"
    assert number(1234, 0) == "1,234"
    assert number(pd.NA) == "–"
    assert interval(0.1, -0.2, 0.4) == "0.10 (−0.20,\N{NO-BREAK SPACE}0.40)"
    assert interval(0.1, float("nan"), float("nan")) == "0.10"
    assert [p_text(p) for p in (0.00001, 0.00171, 0.0216, 0.327, 1.0)] == [
        "<0.0001",
        "0.0017",
        "0.022",
        "0.33",
        "1.00",
    ]


def test_a_row_keeps_the_printed_numbers_and_turns_the_sign_beside() -> None:
    frame = pooled_view("recovery")
    row = frame[frame["Review"].str.contains("lloyd_evans_2014")].iloc[0]
    space = "\N{NO-BREAK SPACE}"
    assert row["As printed"] == f"SMD −0.24 (−0.39,{space}−0.09)"
    assert row["Harmonised"] == f"0.24 (0.09,{space}0.39)"
    assert row["Heterogeneity"] == "I² 27%; Q 4.09, p 0.25"
    assert row["Direction"] == REVIEW.favours["intervention"]
    assert row["p"] == "0.0017‡"  # the review prints none


def test_a_result_without_numbers_is_shown_with_dashes() -> None:
    frame = pooled_view("clinical")
    hidden = frame[frame["Numbers from"].eq("Not found")]
    assert len(hidden) > 10
    assert hidden[["As printed", "Harmonised", "p", "Heterogeneity"]].eq("–").all(axis=None)
    assert hidden["Direction"].ne("–").all()


def test_no_pooled_result_is_lost() -> None:
    rows = sum(len(pooled_view(domain)) for domain in REVIEW.outcome_tables)
    assert rows == len(POOLED)


def test_each_group_is_headed_once() -> None:
    frame = pooled_view("psychosocial")
    headed = frame["Outcome"].str.startswith("**").sum()
    assert (
        headed == POOLED.loc[POOLED["outcome_domain"].eq("psychosocial"), "outcome_group"].nunique()
    )
    assert frame["Outcome"].ne("").all()


def test_an_unknown_rating_shows_what_is_possible() -> None:
    frame = pooled_view("recovery")
    smit = frame[frame["Review"].str.contains("smit_2022")]
    assert set(smit["Rating"]) == {"Low or critically low"}


def test_the_published_table_is_named() -> None:
    part = POOLED[POOLED["outcome_domain"].eq("recovery")].reset_index(drop=True)
    notes = estimates.pooled_table(part, REVIEWS, AMSTAR2, REVIEW).notes
    assert "Corresponds to table 3 of the published review." in notes


def test_text_of_the_data_is_shown_as_it_is() -> None:
    row = POOLED.iloc[[0]].assign(outcome="<script>*x*</script>", timepoint="{{< var x >}}")
    markdown = estimates.pooled_table(row, REVIEWS, AMSTAR2, REVIEW).to_markdown()
    assert "<script>" not in markdown
    assert "{{<" not in markdown


def test_additional_results_name_the_kind_of_analysis() -> None:
    extra = additional_results(RESULTS, 2)
    frame = estimates.additional_table(extra, REVIEWS, AMSTAR2, REVIEW).frame
    assert len(frame) + len(POOLED) == len(ESTIMATES)
    assert set(frame["Analysis"]) == {"Subgroup", "Single study", "Equivalence trials"}


def test_followup_shows_both_results() -> None:
    frame = estimates.followup_table(followup_pairs(POOLED), REVIEWS, REVIEW).frame
    hope = frame[frame["Outcome"].eq("**Hope**")].iloc[0]
    assert hope["First result"].startswith("Post-intervention: favours")
    assert ", SMD 0.14 (" in hope["First result"]
    assert hope["Follow-up"].startswith("3–6 months follow-up: favours")
    assert ", SMD 0.24 (" in hope["Follow-up"]
    assert hope["Effect"] == "Kept"


def test_summary_counts_first_and_follow_up_results() -> None:
    frame = directions.summary_table(by_review(STATEMENTS), REVIEW).frame
    meta = frame[frame["Synthesis"].eq("Meta-analysis")].set_index("Outcome")
    favours = REVIEW.favours["intervention"]
    hope = meta.loc["Hope"]
    assert (hope["Reviews"], hope[favours], hope["No effect"]) == ("7", "4", "3")
    assert hope[f"Follow-up: {favours[0].lower()}{favours[1:]}"] == "2"


def test_contradicted_statements_are_listed_with_the_reason() -> None:
    frame = directions.inconsistent_table(STATEMENTS, REVIEWS, REVIEW).frame
    assert list(frame["Outcome"]) == ["Risk of hospitalisation", "Quality of life"]
    assert frame.iloc[:, -1].str.contains("0.86|0.24", regex=True).all()
    assert frame.iloc[:, -1].str.match("[A-Z]").all()


def test_narrative_statements_are_complete() -> None:
    narrative = STATEMENTS[STATEMENTS["synthesis"].eq("narrative")]
    frame = directions.statements_table(narrative, REVIEWS, AMSTAR2, REVIEW).frame
    assert len(frame) == len(narrative)
    assert frame["Review"].eq("not named").sum() == narrative["review_id"].isna().sum()
    notes = " ".join(frame["Note"].dropna())
    assert not any(key in notes for key in REVIEWS["review_id"])


@pytest.mark.parametrize(
    "view",
    [
        estimates.pooled_table(POOLED.iloc[:0], REVIEWS, AMSTAR2, REVIEW),
        estimates.additional_table(POOLED.iloc[:0], REVIEWS, AMSTAR2, REVIEW),
        estimates.followup_table(followup_pairs(POOLED.iloc[:0]), REVIEWS, REVIEW),
        directions.summary_table(by_review(STATEMENTS.iloc[:0]), REVIEW),
        directions.statements_table(STATEMENTS.iloc[:0], REVIEWS, AMSTAR2, REVIEW),
        directions.inconsistent_table(STATEMENTS.iloc[:0], REVIEWS, REVIEW),
    ],
)
def test_an_empty_table_says_so(view: object) -> None:
    assert MESSAGE.rstrip(".") in view.to_markdown()  # type: ignore[attr-defined]
