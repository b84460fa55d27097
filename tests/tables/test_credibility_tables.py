"""Tables of prediction intervals, classes and tests between subgroups."""

from __future__ import annotations

import pandas as pd
import pytest

from umbrella_review.audit.outcome import Settings
from umbrella_review.credibility.classes import grade_reported
from umbrella_review.credibility.prediction import PredictionChoice, predicted
from umbrella_review.credibility.subgroup_tests import recompute_tests
from umbrella_review.effects import reported
from umbrella_review.load import load_table
from umbrella_review.tables.credibility import prediction_table, subgroup_table
from umbrella_review.tables.empty import MESSAGE
from umbrella_review.tables.grades import grades_table, trail_table


@pytest.fixture(scope="module")
def every(project, review) -> pd.DataFrame:
    return reported.harmonised(load_table(project, "estimates", review))


@pytest.fixture(scope="module")
def rows(every, review) -> pd.DataFrame:
    ordered = reported.in_order(every, list(review.vocabulary("outcome_group")))
    pooled = reported.with_estimate(reported.pooled_results(ordered, 2))
    return predicted(pooled, PredictionChoice())


@pytest.fixture(scope="module")
def graded(rows):
    return grade_reported(rows, "ioannidis", Settings())


def test_approximated_intervals_are_marked_in_every_cell(rows, reviews, review) -> None:
    view = prediction_table(rows, reviews, "t_k1", review)
    frame = view.frame
    marked = frame["Source of τ²"].eq("Approximated")
    assert len(frame) == 24
    assert frame["Prediction interval"].str.startswith("≈").eq(marked).all()
    assert frame["τ²"].str.startswith("≈").eq(marked).all()
    assert frame.loc[0, "k"] == "16 (21 results)"
    assert frame.loc[0, "Prediction interval"] == "≈ −0.28 to 1.06".replace(
        " ", "\N{NO-BREAK SPACE}"
    )
    assert "t with k − 1 degrees of freedom" in view.notes[0]
    assert "6 because fewer than 3 results are pooled" in view.notes[1]
    assert "4 because the number of studies is not known" in view.notes[1]


def test_every_result_stands_in_one_row_of_classes(rows, graded, reviews) -> None:
    frame = grades_table(rows, graded, reviews).frame.set_index("Class")
    assert list(frame.index) == [
        "I, II, III or IV", "II or III", "III", "III or IV", "IV", "ns",
    ]  # fmt: skip
    assert frame["Results"].astype(int).sum() == len(rows)
    assert frame.at["III", "Which"].endswith(r"[@peck_2023]: self\-perceived recovery, hopefulness")
    assert frame.at["IV", "Ruled out above by"] == "p (15), Participants (10)"
    assert frame.at["II or III", "Left open by"] == "p, Largest study"


def test_the_trail_has_every_criterion_that_some_result_allows(rows, graded, reviews, review):
    view = trail_table(rows, graded, reviews, review)
    frame = view.frame
    assert list(frame.columns) == [
        "Outcome", "Review", "n", "p", "p < 0.05", "p < 0.001", "Participants > 1000",
        "p < 10⁻⁶", "Prediction interval without 0", "I² < 50", "Class",
    ]  # fmt: skip
    assert len(frame) == len(rows)
    first = frame.iloc[0]
    assert first["p < 10⁻⁶"] == "Not assessable (a)"
    assert first["I² < 50"] == "Not met"
    assert "a: the rounding of the printed figures leaves it open." in view.notes
    assert view.notes[-1].startswith("Not assessable for any result: largest study, ")


def test_subgroups_are_shown_with_what_is_known(project, review, reviews, every) -> None:
    tests, effects = (
        load_table(project, name, review) for name in ("subgroup_tests", "study_effects")
    )
    done = recompute_tests(tests, every, effects, Settings())
    frame = subgroup_table(done, every, reviews).frame
    assert frame.loc[0, "Recomputed"].startswith("Q 4.69 (4.39 to 5.01), p 0.0303 (")
    assert frame.loc[0, "Subgroups"].startswith("lower organisational support, k 1: 0.50 (0.14,")
    assert (frame.loc[1, "Printed"], frame.loc[1, "Recomputed"]) == ("Q 4.27, p 0.039", "–")
    changed = done.assign(moderator="<i>x</i>")
    assert r"\<i\>" in subgroup_table(changed, every, reviews).to_markdown().lower()


def test_nothing_left_is_said(rows, every, reviews, review, project) -> None:
    none = rows.iloc[:0]
    tests = load_table(project, "subgroup_tests", review).iloc[:0]
    views = [
        prediction_table(none, reviews, "z", review),
        grades_table(none, (), reviews),
        trail_table(none, (), reviews, review),
        subgroup_table(tests, every, reviews),
    ]
    assert [view.frame.iat[0, 0] for view in views] == [MESSAGE] * 4
