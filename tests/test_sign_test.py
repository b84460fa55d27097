"""Sign tests: published values, exact properties, cautions, and the directions of this review."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from umbrella_review.load import load_table
from umbrella_review.narrative.directions import by_review, first_results
from umbrella_review.narrative.sign_test import CAUTIONS, GENERAL, outcome_tests, sign_test
from umbrella_review.narrative.sign_test_values import (
    NOT_TESTABLE,
    agreement_values,
    sign_test_values,
)
from umbrella_review.paths import Project
from umbrella_review.review import Review

PROJECT = Project(Path(__file__).parents[1])
STATEMENTS = load_table(PROJECT, "effect_directions", Review.read(PROJECT.review_file))
UNITS = first_results(by_review(STATEMENTS))
TESTS = outcome_tests(UNITS)
COUNT = st.integers(0, 60)


@pytest.mark.parametrize(
    ("favours", "against", "p"),
    [
        (5, 0, 0.0625),  # a power of one half each
        (6, 0, 0.03125),
        (9, 0, 0.00390625),  # Boon and Thomson 2021, housing condition: 0.0039
        (5, 1, 0.21875),  # Boon and Thomson 2021, respiratory health: 0.2188
        (10, 2, 0.03857421875),  # Cochrane Handbook, section 12.4.2.3: 0.039
    ],
)
def test_p_is_exact_and_two_sided(favours: int, against: int, p: float) -> None:
    assert sign_test(favours, against).p.tolist() == pytest.approx([p], rel=1e-12)


@pytest.mark.parametrize(
    ("favours", "against", "lower", "upper"),
    [
        (6, 0, 0.025 ** (1 / 6), 1.0),  # closed form where all agree
        (10, 2, 0.5158623, 0.9791375),  # binom.test(10, 12) of R
        (1, 9, 0.002528579, 0.4450161),  # binom.test(1, 10) of R
    ],
)
def test_the_interval_is_that_of_clopper_and_pearson(
    favours: int, against: int, lower: float, upper: float
) -> None:
    test = sign_test(favours, against)
    assert [*test.ci_lb, *test.ci_ub] == pytest.approx([lower, upper], rel=1e-6)


@given(COUNT, COUNT)
def test_swapping_the_sides_mirrors_the_result(favours: int, against: int) -> None:
    one, other = sign_test(favours, against), sign_test(against, favours)
    np.testing.assert_allclose(one.p, other.p)
    np.testing.assert_allclose(one.proportion, 1 - other.proportion)
    np.testing.assert_allclose(one.ci_lb, 1 - other.ci_ub, atol=1e-9)
    assert one.cautions == other.cautions


@given(COUNT, COUNT, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_p_and_interval_stay_in_their_ranges(favours: int, against: int, level: float) -> None:
    test = sign_test(favours, against, level=level)
    if favours + against == 0:
        assert np.isnan([test.p, test.proportion, test.ci_lb, test.ci_ub]).all()
        return
    assert (test.p > 0).all()
    assert (test.smallest_p <= test.p * (1 + 1e-12)).all()
    assert (test.p <= 1).all()
    assert (test.ci_lb <= test.proportion).all()
    assert (test.proportion <= test.ci_ub).all()
    assert not (test.cannot_reach & (test.p < 1 - level)).any()


@given(st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1), st.randoms())
def test_each_test_stands_alone_whatever_the_order(
    counts: list[tuple[int, int, int]], random: object
) -> None:
    order = list(range(len(counts)))
    random.shuffle(order)  # type: ignore[attr-defined]
    whole = sign_test(*np.array(counts).T).tidy()
    shuffled = sign_test(*np.array([counts[place] for place in order]).T).tidy()
    pd.testing.assert_frame_equal(whole.loc[order].reset_index(drop=True), shuffled)


@given(COUNT, COUNT, st.integers(1, 60))
def test_units_without_a_side_change_the_cautions_alone(
    favours: int, against: int, left_out: int
) -> None:
    without, with_some = sign_test(favours, against), sign_test(favours, against, left_out)
    np.testing.assert_array_equal(without.p, with_some.p)
    assert set(with_some.cautions[0]) - set(without.cautions[0]) == {"left_out"}


def test_fewer_than_six_units_cannot_reach_the_usual_level() -> None:
    tests = sign_test(range(8), 0)
    assert tests.cannot_reach.tolist() == [True] * 6 + [False] * 2
    assert tests.smallest_p.tolist()[1:7] == [1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125]
    special = [[key for key in keys if key not in GENERAL] for keys in tests.cautions]
    assert special == [["no_unit"], *[["cannot_reach"]] * 5, [], []]


def test_every_result_carries_the_cautions_that_hold_for_all() -> None:
    assert all(set(GENERAL) <= set(keys) <= set(CAUTIONS) for keys in TESTS["cautions"])


def test_negative_numbers_of_units_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        sign_test([3, 2], [0, -1])


def test_no_counts_give_no_tests() -> None:
    assert sign_test([], []).tidy().empty


def test_directions_of_this_review() -> None:
    rows = TESTS.set_index(["synthesis", "outcome_group"])
    rated = rows.loc[("meta_analysis", "self-rated recovery")]
    assert (rated["n_favours"], rated["n_against"], rated["n_left_out"]) == (5, 0, 2)
    assert rated["p"] == 0.0625
    assert rows.loc[("narrative", "recovery"), "p"] == 0.03125
    assert np.isnan(rows.loc[("meta_analysis", "satisfaction"), "p"])
    assert TESTS["n_against"].sum() == 0


def test_statements_that_name_no_review_are_not_tested() -> None:
    unnamed = UNITS["review_id"].isna()
    assert unnamed.sum() == 4
    parts = TESTS[["n_favours", "n_against", "n_left_out"]].to_numpy()
    assert parts.sum() == TESTS["n_reviews"].sum() == (~unnamed).sum()
    assert "anxiety" not in set(TESTS["outcome_group"])


def test_values_add_up_and_name_their_statements() -> None:
    found = {v.value_id: v for v in sign_test_values("s.t", TESTS, UNITS, STATEMENTS, 0.95)}
    parts = [found[f"s.t.{name}"].value for name in ("n_favours", "n_against", "n_left_out")]
    assert sum(parts) == found["s.t.n_units"].value
    assert found["s.t.n_needed"].value == 6
    assert found["s.t.n_testable"].value == found["s.t.n_cannot_reach"].value + 1
    assert found["s.t.narrative.recovery.p"].text == "0.0312"
    assert found["s.t.meta_analysis.satisfaction.p"].value == NOT_TESTABLE
    assert found["s.t.narrative.suicidal_ideation.n_favours"].rows == {
        "effect_directions": tuple(
            STATEMENTS.loc[STATEMENTS["outcome_group"].eq("suicidal ideation"), "direction_id"]
        )
    }


def test_values_stay_when_filters_leave_nothing() -> None:
    none = STATEMENTS.iloc[:0]
    units = first_results(by_review(none))
    values = sign_test_values("s.t", outcome_tests(units), units, STATEMENTS, 0.95)
    full = sign_test_values("s.t", TESTS, UNITS, STATEMENTS, 0.95)
    assert [value.value_id for value in values] == [value.value_id for value in full]
    assert [value.value for value in agreement_values("s.t", none, 1.0)] == [0, 0, 70]


def test_a_clear_majority_would_change_no_direction_of_this_review() -> None:
    found = {value.value_id: value.value for value in agreement_values("s.t", STATEMENTS, 1.0)}
    assert found == {"s.t.n_read": 95, "s.t.n_changed": 0, "s.t.clear_majority": 70}
