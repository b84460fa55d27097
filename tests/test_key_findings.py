from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from umbrella_review.load import load_table
from umbrella_review.narrative.key_findings import (
    Evidence,
    as_findings,
    gather,
    question_counts,
    values,
)
from umbrella_review.paths import Project
from umbrella_review.review import Review
from umbrella_review.tables.key_findings import key_finding_table

PROJECT = Project(Path(__file__).parents[1])
REVIEWS = pd.DataFrame(
    {"review_id": ["a", "b", "c"], "questions": [("q1",), ("q1", "q2"), ("q2",)]}
)
STATEMENTS = as_findings(
    pd.DataFrame(
        {
            "direction_id": list("123456"),
            "review_id": ["a", "b", "a", "a", "b", None],
            "outcome_group": ["x", "x", "y", "y", "z", "z"],
            "direction": [
                "favours_intervention",
                "no_effect",
                "favours_intervention",
                "favours_intervention",
                "mixed",
                "mixed",
            ],
        }
    )
)
CODED = pd.DataFrame(
    {
        "finding_id": ["1", "2", "3"],
        "determinant": ["facilitator", "barrier", "facilitator"],
        "review_ids": [("b", "c"), ("c",), ("b",)],
    }
)
THEMED = pd.DataFrame(
    {
        "finding_id": ["1", "2", "3"],
        "theme": ["t", "t", "u"],
        "valence": ["benefit", "challenge", "benefit"],
        "review_ids": [("b",), ("c",), ("c",)],
    }
)


def key(question: str, kind: str, theme: str | None = None, n: int = 2) -> pd.DataFrame:
    row = {"key_finding_id": "k", "question": question, "n_reviews": n, "finding": "Words."}
    return pd.DataFrame([{**row, "finding_type": kind, "theme": theme}])


def only(table: pd.DataFrame, key_finding: pd.DataFrame, kept: pd.DataFrame) -> Evidence:
    return gather(key_finding, {key_finding["question"].item(): table}, kept, REVIEWS)["k"]


def test_a_benefit_counts_statements_that_favour_the_intervention() -> None:
    evidence = only(STATEMENTS, key("q1", "benefit"), REVIEWS)
    assert (evidence.supporting, evidence.total, evidence.reviews) == (3, 6, ("a",))
    assert evidence.table == "effect_directions"
    assert (evidence.matching, evidence.considered) == (("1", "3", "4"), tuple("123456"))


def test_a_mixed_finding_counts_groups_whose_results_differ() -> None:
    evidence = only(STATEMENTS, key("q1", "mixed"), REVIEWS)
    assert (evidence.supporting, evidence.total, evidence.reviews) == (2, 3, ("a", "b"))


def test_a_determinant_counts_its_findings() -> None:
    evidence = only(CODED, key("q2", "facilitator"), REVIEWS)
    assert (evidence.supporting, evidence.total, evidence.reviews) == (2, 3, ("b", "c"))


def test_a_theme_counts_its_own_findings_only() -> None:
    evidence = only(THEMED, key("q2", "benefit", "t"), REVIEWS)
    assert (evidence.supporting, evidence.total, evidence.reviews) == (1, 2, ("b",))


def test_evidence_follows_the_reviews_that_are_kept() -> None:
    evidence = only(CODED, key("q2", "facilitator"), REVIEWS[REVIEWS["review_id"].eq("c")])
    assert (evidence.supporting, evidence.total, evidence.reviews) == (1, 2, ("c",))


@pytest.mark.parametrize(("reported", "agrees"), [(2, True), (3, False)])
def test_reported_and_counted_reviews_are_compared(reported: int, agrees: bool) -> None:
    counts = question_counts(key("q1", "mixed", n=reported), REVIEWS)
    assert counts.to_dict("records") == [
        {"question": "q1", "reported": reported, "counted": 2, "agrees": agrees}
    ]


def test_two_reported_numbers_for_one_question_do_not_agree() -> None:
    both = pd.concat([key("q1", "mixed", n=2), key("q1", "benefit", n=1)])
    assert list(question_counts(both, REVIEWS)["agrees"]) == [False]


def test_key_findings_of_the_data() -> None:
    review = Review.read(PROJECT.review_file)
    names = ("key_findings", "reviews", "effect_directions")
    table, reviews, directions = (load_table(PROJECT, name, review) for name in names)
    coded = [
        load_table(PROJECT, f"{name}_findings", review) for name in ("implementation", "experience")
    ]
    tables = {"rq1": as_findings(directions), "rq2": coded[0], "rq3": coded[1]}
    evidence = gather(table, tables, reviews, reviews)
    counts = question_counts(table, reviews)
    view = key_finding_table(table, counts, evidence, review)
    assert list(view.frame["Key finding"]) == list(table["finding"])
    assert list(view.frame["Agree"]) == ["Yes"] * len(table)
    assert all(0 < part.supporting <= part.total for part in evidence.values())
    recorded = {value.value_id: value.value for value in values("key", table, reviews, evidence)}
    assert recorded["key.n_questions_agree"] == recorded["key.n_questions"] == len(counts)
    facilitators = coded[0]["determinant"].eq("facilitator").sum()
    kinds = table.set_index("key_finding_id")["finding_type"]
    (helping,) = kinds.index[kinds.eq("facilitator")]
    assert recorded[f"key.supporting_{helping}"] == facilitators


def test_no_key_finding_left_is_said() -> None:
    review = Review.read(PROJECT.review_file)
    nothing = key("q1", "mixed").iloc[:0]
    view = key_finding_table(nothing, question_counts(nothing, REVIEWS), {}, review)
    assert "Nothing is left" in view.to_markdown()
