"""What overlap does to results: by outcome, by pair, and by the rule that keeps one review."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from umbrella_review.effects.reported import pooled_results
from umbrella_review.load import load_table
from umbrella_review.overlap import estimate_values as values
from umbrella_review.overlap.dependence import LISTS, SAME_EVIDENCE, dependence
from umbrella_review.overlap.known import STATED, known_pairs
from umbrella_review.overlap.outcomes import ONE_REVIEW, known_by_outcome
from umbrella_review.overlap.recurrence import recurrence
from umbrella_review.overlap.rules import rule_choices
from umbrella_review.overlap.structural import known_zeros
from umbrella_review.tables import overlap_results as tables

NAMES = ("estimates", "study_outcomes", "citations", "reported_overlap", "amstar2")


@pytest.fixture(scope="module")
def data(project, review) -> dict[str, pd.DataFrame]:
    loaded = {name: load_table(project, name, review) for name in NAMES}
    citations = loaded["citations"]
    stated = citations["certainty"].eq(STATED)
    unnamed = citations["study_label"].str.contains("name not available")
    return loaded | {
        "estimates": pooled_results(loaded["estimates"], review.synthesis.minimum_k),
        "named": citations[stated & ~unnamed],
    }


@pytest.fixture(scope="module")
def dependent(data, reviews) -> pd.DataFrame:
    return dependence(known_pairs(data["named"], reviews), data["reported_overlap"])


def texts(recorded) -> dict[str, str]:
    return {value.value_id.removeprefix("overlap."): value.text for value in recorded}


def test_no_outcome_has_lists_of_two_reviews(data, review):
    table = known_by_outcome(data["estimates"], data["study_outcomes"], data["citations"])
    assert table["n_pooling"].gt(1).all()
    assert table["covered_area"].isna().all()
    life = table.set_index("outcome").loc["quality of life"]
    assert (life["n_reviews"], life["n_studies"], life["reason"]) == (1, 9, ONE_REVIEW)
    found = texts(values.outcome_values(table, data["study_outcomes"], data["estimates"]))
    assert found["n_outcomes_pooled"] == "10"
    assert found["n_outcomes_area"] == "0"
    assert found["n_outcomes_unassigned"] == "4"
    pooling = tables.outcomes_table(table, data["estimates"], data["study_outcomes"], review)
    life_rows = dict(zip(table["outcome"], pooling.rows, strict=True))["quality of life"]
    assert len(life_rows["study_outcomes"]) == life["n_studies"]
    assert pooling.rows[0]["estimates"]
    view = pooling.frame
    assert view["Corrected covered area"].eq("–").all()


def test_lists_of_two_reviews_give_an_area(data):
    more = data["study_outcomes"].query("outcome == 'hope'").assign(review_id="pitt_2013")
    both = pd.concat([data["study_outcomes"], more])
    cited = pd.concat([data["citations"], more])
    table = known_by_outcome(data["estimates"], both, cited).set_index("outcome")
    assert table.at["hope", "covered_area"] == 1
    assert (table.at["hope", "pieper"], table.at["hope", "reason"]) == ("very high", "")


def test_only_citations_that_are_taken_in_count(data):
    few = data["citations"][data["citations"]["study_id"].eq("simon_2011")]
    table = known_by_outcome(data["estimates"], data["study_outcomes"], few).set_index("outcome")
    assert table.at["hope", "n_studies"] == 1
    assert table.at["quality of life", "n_studies"] == 0


def test_structural_zeros_over_all_reviews(data, reviews):
    dated, zeros = known_zeros(data["named"], reviews)
    assert dated == 20
    years = reviews.set_index("review_id")["year"]
    labels = data["named"].drop_duplicates("study_id")["study_label"].str[-4:].astype(int)
    assert zeros == sum(int((years < year).sum()) for year in labels)
    counts = recurrence(data["reported_overlap"], len(reviews))
    found = texts(values.zero_values(data["named"], reviews, counts))
    assert found["n_structural_zeros"] == str(zeros)
    raised = 100 * (221 / (426 * 34 - zeros) - 221 / (426 * 34))
    assert found["cca_lowest_raised_by"] == f"{raised:.2f}"


def test_known_pairs_depend_on_each_other(dependent):
    lists = dependent[dependent["basis"].eq(LISTS)].iloc[0]
    rho = 2 / math.sqrt(19 * 11)
    assert lists["correlation"] == pytest.approx(rho)
    assert lists["inflation"] == pytest.approx(1 + rho)
    assert lists["effective_reviews"] == pytest.approx(2 / (1 + rho))
    same = dependent[dependent["basis"].eq(SAME_EVIDENCE)]
    assert same["inflation"].tolist() == [2, 2]
    assert same["effective_reviews"].tolist() == [1, 1]


def test_a_pair_whose_own_numbers_are_unknown_has_no_correlation(data, reviews):
    pairs = known_pairs(data["named"], reviews).assign(own_b=pd.NA)
    found = dependence(pairs, data["reported_overlap"].head(0))
    assert found[["correlation", "inflation", "effective_reviews"]].isna().all(axis=None)
    view = tables.dependence_table(found, data["named"], data["reported_overlap"], reviews)
    row = view.frame.iloc[0]
    assert (row["Correlation"], row["Their studies"]) == ("–", "19 and –")


def test_lower_bounds_are_marked_and_same_evidence_is_not(dependent, data, reviews):
    table = tables.dependence_table(dependent, data["named"], data["reported_overlap"], reviews)
    assert [sorted(row) for row in table.rows] == [
        ["citations", "reviews"],
        *[["reported_overlap", "reviews"]] * 2,
    ]
    view = table.frame
    assert view["Correlation"].tolist() == ["≥ 0.14", "1.00", "1.00"]
    assert view["Independent reviews worth"].tolist() == ["≤ 1.76", "1.00", "1.00"]
    found = texts(values.dependence_values(dependent, data["reported_overlap"]))
    assert found["lists_inflation"] == "1.14"
    assert found["same_evidence_inflation"] == "2.00"


def test_each_rule_chooses_one_review_with_its_direction(data, reviews, review):
    choices = rule_choices(data["estimates"], reviews, data["amstar2"]).set_index("outcome_group")
    recovery = choices.loc["self-rated recovery"]
    assert (recovery["latest"], recovery["best_rated"]) == ("peck_2023", "chien_2019")
    assert recovery["best_rated_direction"] == "no_effect"
    assert not recovery["same_direction"]
    assert choices.loc["self-efficacy", "same_review"]
    assert choices["n_reviews"].gt(1).all()
    found = texts(
        values.rule_values(
            choices.reset_index(), data["estimates"], review.vocabulary("outcome_group")
        )
    )
    parts = ("n_same_direction", "n_direction_differs", "n_direction_unknown")
    assert sum(int(found[f"rules.{part}"]) for part in parts) == len(choices)
    assert "self-rated recovery" in found["rules.groups_that_differ"]


def test_a_direction_that_is_not_stated_stays_open(data, reviews, review):
    silent = data["estimates"].assign(
        direction=data["estimates"]["direction"].mask(
            data["estimates"]["review_id"].eq("chien_2019")
        )
    )
    choices = rule_choices(silent, reviews, data["amstar2"])
    row = choices.set_index("outcome_group").loc["self-rated recovery"]
    assert pd.isna(row["best_rated_direction"])
    assert pd.isna(row["same_direction"])
    view = tables.rules_table(choices, silent, reviews, review).frame.set_index("Outcome")
    assert view.at["Self-rated recovery", "Its direction"] == "–"
    assert view.at["Self-rated recovery", "Best rated"].endswith("Direction not stated")


def test_nothing_known_is_no_error(data, reviews, review):
    none = data["estimates"].head(0)
    choices = rule_choices(none, reviews, data["amstar2"])
    by_outcome = known_by_outcome(none, data["study_outcomes"].head(0), data["citations"].head(0))
    pairs = known_pairs(data["named"].head(0), reviews)
    nothing = dependence(pairs, data["reported_overlap"].head(0))
    for table in (
        tables.rules_table(choices, none, reviews, review),
        tables.outcomes_table(by_outcome, none, data["study_outcomes"], review),
        tables.dependence_table(nothing, data["named"], data["reported_overlap"], reviews),
    ):
        assert len(table.frame) == 1
    found = texts(
        [
            *values.rule_values(choices, none, review.vocabulary("outcome_group")),
            *values.dependence_values(nothing, data["reported_overlap"].head(0)),
        ]
    )
    assert found["rules.n_outcomes"] == "0"
    assert found["rules.groups_that_differ"] == "none"
    assert found["lists_correlation"] == "not known"
    assert known_zeros(data["named"].head(0), reviews) == (0, 0)
