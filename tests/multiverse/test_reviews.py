"""The multiverse of the included reviews' results, from the project's own data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from umbrella_review.effects import reported
from umbrella_review.load import load_table
from umbrella_review.multiverse.curve import SEPARATOR, curve, option_rows, varied_axes
from umbrella_review.multiverse.evaluate import Models
from umbrella_review.multiverse.flips import counts, summary
from umbrella_review.multiverse.review_axes import Choices, Sources, review_axes
from umbrella_review.multiverse.reviews import (
    by_outcome,
    largest,
    models_of,
    poolable,
    shown,
)
from umbrella_review.multiverse.values import multiverse_values
from umbrella_review.paths import Project
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.prediction import KINDS
from umbrella_review.pooling.tau2 import METHODS
from umbrella_review.review import Review
from umbrella_review.tables.citation import short_names
from umbrella_review.tables.multiverse import multiverse_table

PROJECT = Project(Path(__file__).parents[2])
REVIEW = Review.read(PROJECT.review_file)
CHOICES = Choices.of(["critically_low", "low"], ["individual", "group"], [])
MODELS = Models(("REML", "FE"), ("z", "knha"), ("t_k1", "z"))


def table(name: str) -> pd.DataFrame:
    return load_table(PROJECT, name, REVIEW)


@pytest.fixture(scope="module")
def sources() -> Sources:
    reviews = table("reviews")
    overlap = table("reported_overlap")
    return Sources(reviews, table("amstar2"), overlap, short_names(reviews), REVIEW)


@pytest.fixture(scope="module")
def rows(sources: Sources) -> pd.DataFrame:
    reviews = sources.reviews
    known = reported.select_results(table("estimates"), reviews, reviews)
    return poolable(reported.pooled_results(reported.harmonised(known), 2))


@pytest.fixture(scope="module")
def tables(rows: pd.DataFrame, sources: Sources) -> dict[str, pd.DataFrame]:
    return by_outcome(rows, CHOICES, MODELS, sources)


def specification(found: pd.DataFrame, **options: str) -> pd.Series:
    wanted = {"Estimator": "Fixed effect", "Test": "Normal"} | options
    marks = found["Prediction interval"].eq("Normal")
    for axis in ("Rating", "Format", "Time", "Review left out", "Overlap"):
        marks &= found[axis].eq(wanted.pop(axis, found[axis].cat.categories[0]))
    evidence = found["Same evidence in two reviews"]
    marks &= evidence.eq(wanted.pop("Evidence", evidence.cat.categories[0]))
    for axis, option in wanted.items():
        marks &= found[axis].eq(option)
    assert marks.sum() == 1
    return found[marks].iloc[0]


def test_an_outcome_needs_two_reviews_with_differences_and_intervals(rows: pd.DataFrame) -> None:
    assert set(rows["measure"]) == {"SMD"}
    assert rows.groupby("outcome_group")["review_id"].nunique().min() >= 2
    assert (rows["variance"] > 0).all()
    assert "relational outcomes" not in set(rows["outcome_group"])  # of one review


def test_the_reference_is_the_fit_of_first_results(
    rows: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    own = rows[rows["estimate_id"].isin(["ma001", "ma002", "ma004"])]
    expected = fit(own["favours"], own["variance"])
    row = tables["depression"][tables["depression"]["reference"]].iloc[0]
    assert row["k"] == 3
    assert row["estimate"] == pytest.approx(expected.estimate[0], rel=1e-12)


def test_choices_select_the_results_they_name(tables: dict[str, pd.DataFrame]) -> None:
    hope = tables["hope"]
    assert specification(hope, Rating="Low or better")["k"] == 2
    assert specification(hope, Format="Individual alone")["estimate"] == pytest.approx(0.31)
    assert specification(hope, Format="Group alone")["result"] == "empty"
    assert specification(hope, **{"Review left out": "Peck et al. 2023"})["k"] == 3
    assert specification(hope, Overlap="The latest review")["estimate"] == pytest.approx(0.31)


def test_the_same_evidence_counts_once_or_twice(tables: dict[str, pd.DataFrame]) -> None:
    hope = {"Time": "Follow-up alone"}
    once, twice = (
        specification(tables["hope"], **hope, Evidence=option)
        for option in ("Counts once", "Counts each time")
    )
    assert (once["k"], twice["k"]) == (1, 2)
    assert once["estimate"] == pytest.approx(0.24)
    assert twice["se"] == pytest.approx(once["se"] / np.sqrt(2))
    assert len(tables["depression"]["Same evidence in two reviews"].cat.categories) == 1


def test_a_rule_for_overlap_chooses_among_what_other_choices_leave(
    tables: dict[str, pd.DataFrame],
) -> None:
    best = specification(tables["hope"], Overlap="The best rated review")
    other = specification(
        tables["hope"],
        **{"Overlap": "The best rated review", "Review left out": "Lloyd-Evans et al. 2014"},
    )
    assert (best["k"], other["k"]) == (1, 1)
    # Both reviews are rated low, and the earlier one is left when the later of equals is out.
    assert (best["estimate"], other["estimate"]) == pytest.approx((0.14, 0.24))


def test_each_choice_names_its_options_once(rows: pd.DataFrame, sources: Sources) -> None:
    own = rows[rows["outcome_group"].eq("hope")]
    twice = Choices.of(["low", "low"], ["group", "group"], ["all", "all"])
    axes = {axis.name: axis.names for axis in review_axes(own, twice, sources)}
    assert axes["Rating"] == ("Low or better",)
    assert axes["Format"] == ("Any format", "Group alone")
    assert axes["Overlap"] == ("All reviews",)
    assert Choices.of([], [], []).minimum_ratings == ("critically_low",)


def test_empty_lists_of_models_take_all() -> None:
    everything = models_of([], [], [], 0.9)
    assert (everything.methods, everything.tests) == (tuple(METHODS), TESTS)
    assert everything.prediction_intervals == KINDS
    assert models_of(["FE", "FE"], ["t"], ["z"], 0.9).methods == ("FE",)


@pytest.mark.parametrize(
    ("vocabulary", "known"),
    [("estimator", METHODS), ("test", TESTS), ("prediction_interval", KINDS)],
)
def test_every_model_has_a_printed_name(vocabulary: str, known: tuple[str, ...]) -> None:
    assert set(REVIEW.vocabulary(vocabulary)) == set(known)


def test_a_curve_holds_every_specification_once(tables: dict[str, pd.DataFrame]) -> None:
    for found in tables.values():
        axes = varied_axes(found, without="Prediction interval")
        drawn = curve(found, axes)
        assert drawn["n_specifications"].sum() == counts(found).n_evaluated
        assert drawn["estimate"].is_monotonic_increasing
        assert drawn["reference"].sum() == 1
        assert not drawn.duplicated(["subset", "estimate", "ci_lb", "ci_ub"]).any()
        for axis in axes:
            options = [name for name in drawn if name.startswith(axis + SEPARATOR)]
            np.testing.assert_allclose(drawn[options].sum(axis=1), 1)


def test_shares_of_options_are_those_of_the_specifications(
    tables: dict[str, pd.DataFrame],
) -> None:
    found = tables["depression"]
    axes = varied_axes(found)
    options = option_rows(curve(found, axes), axes).set_index(["axis", "option"])
    judged = found.dropna(subset=["significant"])
    for (axis, option), row in options.iterrows():
        own = judged[judged[axis].eq(option)]
        assert row["n"] == len(own)
        if len(own):
            assert row["share"] == pytest.approx(100 * own["significant"].mean())
        else:
            assert np.isnan(row["share"])


def test_the_outcome_with_most_sets_of_results_is_shown(tables: dict[str, pd.DataFrame]) -> None:
    sets = {name: counts(found).n_subsets for name, found in tables.items()}
    assert sets[shown(tables).group] == max(sets.values()) > min(sets.values())
    assert "Prediction interval" not in shown(tables).axes
    assert largest({}) == ""
    assert shown({}).curve.empty


def test_values_are_counts_of_the_tables(
    rows: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    labels = REVIEW.vocabulary("outcome_group")
    values = {
        value.value_id: value for value in multiverse_values("m", tables, rows, tables, labels)
    }
    assert values["m.n_outcomes"].value == len(tables)
    assert values["m.n_specifications"].value == sum(map(len, tables.values()))
    flips = {name: summary(found) for name, found in tables.items()}
    sign = [name for name, (first, *_) in flips.items() if first.n_flips]
    assert values["m.n_sign_flips"].value == len(sign)
    own = rows[rows["outcome_group"].eq("hope")]
    assert values["m.hope.n_results"].value == len(own)
    assert set(values["m.hope.share_positive"].rows["estimates"]) == set(own["estimate_id"])


def test_values_remain_where_nothing_is_left(rows: pd.DataFrame) -> None:
    labels = REVIEW.vocabulary("outcome_group")
    values = {
        value.value_id: value.text
        for value in multiverse_values("m", {}, rows[:0], ["hope"], labels)
    }
    assert values["m.hope.n_specifications"] == "0"
    assert values["m.hope.share_significant"] == "not known"
    assert (values["m.shown"], values["m.shown_in_words"]) == ("none", "not known")


def test_the_table_tells_shares_and_no_pooled_value(
    rows: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> None:
    view = multiverse_table(tables, rows, REVIEW)
    frame = view.frame.set_index("Outcome")
    assert list(frame.index) == [REVIEW.label("outcome_group", name) for name in tables]
    hope = counts(tables["hope"])
    assert frame.loc["Hope", "Specifications"] == f"{hope.n:,}"
    assert frame.loc["Hope", "Significant"] == f"{hope.share_significant:.0f}%"
    assert not {"Estimate", "Effect"} & set(view.frame.columns)
    alone = frame["Choices that alone flip significance"]
    assert alone["Self-rated recovery"] == "No choice alone"
    assert "Test: Knapp-Hartung" in alone["Depression"]
    assert any("no estimates of effects" in note for note in view.notes)
    assert "Nothing is left" in multiverse_table({}, rows[:0], REVIEW).frame.iloc[0, 0]
