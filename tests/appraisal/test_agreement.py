from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from umbrella_review.appraisal.agreement import (
    NO_PAIRS,
    NO_VARIATION,
    ONE_CATEGORY,
    WEIGHTS,
    agreement_weights,
    cohen_kappa,
    gwet_ac,
    percent_agreement,
)
from umbrella_review.appraisal.raters import bounds_from_percent, rater_agreement
from umbrella_review.errors import StatisticsError

# Data set cont3x3abstractors of the R package irrCAC 1.0 (Gwet): 100 patients by two abstractors.
ABSTRACTORS = [[13, 0, 0], [0, 20, 7], [0, 4, 56]]
TABLES = st.integers(2, 4).flatmap(
    lambda q: st.lists(st.lists(st.integers(0, 30), min_size=q, max_size=q), min_size=q, max_size=q)
)


@pytest.mark.parametrize(
    ("measure", "weights", "estimate", "se", "interval"),
    [
        # As kappa2.table and gwet.ac1.table of irrCAC print them.
        (cohen_kappa, "unweighted", 0.7964094, 0.05891072, (0.680, 0.913)),
        (cohen_kappa, "linear", 0.843, None, (0.748, 0.938)),
        (cohen_kappa, "quadratic", 0.8921569, None, (0.822, 0.962)),
        (gwet_ac, "unweighted", 0.8493305, 0.04322, (0.764, 0.935)),
        (gwet_ac, "linear", 0.900, None, (0.842, 0.958)),
        (gwet_ac, "quadratic", 0.940, None, (0.905, 0.976)),
    ],
)
def test_the_abstractors_of_irrcac(measure, weights, estimate, se, interval):
    found = measure(ABSTRACTORS, weights=weights)
    digits = len(str(estimate)) - 2
    assert found.estimate == pytest.approx(estimate, abs=0.6 * 10**-digits)
    if se is not None:
        assert found.se == pytest.approx(se, abs=1e-5)
    assert (found.ci_lb, found.ci_ub) == pytest.approx(interval, abs=0.0006)
    assert found.n == 100


def test_the_percent_agreement_of_the_abstractors():
    found = percent_agreement(ABSTRACTORS)
    assert (found.estimate, found.se) == pytest.approx((0.89, math.sqrt(0.89 * 0.11 / 100)))


def test_the_diagnoses_of_cohen_1968():
    # Cohen 1968 (doi:10.1037/h0026256), table 1: 200 cases, kappa .492, weighted kappa .348.
    cases = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    distance = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
    assert cohen_kappa(cases).estimate == pytest.approx(0.492, abs=0.0005)
    weighted = cohen_kappa(cases, weights=1 - distance / 6)
    assert weighted.estimate == pytest.approx(0.348, abs=0.0005)
    assert weighted.weights == "own"


def test_kappa_falls_where_one_category_is_rare_and_ac1_does_not():
    # Feinstein and Cicchetti 1990 (doi:10.1016/0895-4356(90)90158-L): the same 85 in 100 agree.
    balanced, rare = [[40, 9], [6, 45]], [[80, 10], [5, 5]]
    assert cohen_kappa(balanced).estimate == pytest.approx(0.70, abs=0.005)
    assert cohen_kappa(rare).estimate == pytest.approx(0.32, abs=0.005)
    assert gwet_ac(rare).estimate > gwet_ac(balanced).estimate


def test_standard_errors_by_small_changes_of_the_cells():
    counts = np.array([[20.0, 5, 2], [3, 30, 6], [1, 4, 29]])
    n, cells = counts.sum(), counts / counts.sum()
    for measure in (cohen_kappa, gwet_ac):
        for kind in WEIGHTS:
            slopes = np.zeros((3, 3))
            for place in np.ndindex(3, 3):
                step = np.zeros((3, 3))
                step[place] = 1e-6
                ends = [
                    measure((cells + sign * step) * 1e9 / (1 + sign * 1e-6), weights=kind).estimate
                    for sign in (1, -1)
                ]
                slopes[place] = (ends[0] - ends[1]) / 2e-6
            variance = ((cells * slopes**2).sum() - (cells * slopes).sum() ** 2) / n
            assert measure(counts, weights=kind).se == pytest.approx(math.sqrt(variance), rel=1e-4)


@given(TABLES, st.sampled_from([cohen_kappa, gwet_ac]), st.sampled_from(WEIGHTS))
def test_range_and_symmetry(table, measure, kind):
    found = measure(table, weights=kind)
    assume(not found.reason)
    assert -1 - 1e-12 <= found.estimate <= 1 + 1e-12
    turned = measure(np.transpose(table), weights=kind)
    assert (turned.estimate, turned.se) == pytest.approx(
        (found.estimate, found.se), nan_ok=True, abs=1e-9
    )
    renamed = measure(np.array(table)[::-1, ::-1], weights=kind)
    assert renamed.estimate == pytest.approx(found.estimate)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=4), st.sampled_from(WEIGHTS))
def test_perfect_agreement_is_one(diagonal, kind):
    for measure in (cohen_kappa, gwet_ac):
        found = measure(np.diag(diagonal), weights=kind)
        assert found.estimate == pytest.approx(1)
        assert found.se == pytest.approx(0, abs=1e-7)
    assert percent_agreement(np.diag(diagonal)).ci_ub == pytest.approx(1)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (cohen_kappa([[5, 0], [0, 0]]), NO_VARIATION),
        (cohen_kappa([[0, 0], [0, 0]]), NO_PAIRS),
        (gwet_ac([[5]]), ONE_CATEGORY),
        (gwet_ac([[0, 0], [0, 0]]), NO_PAIRS),
        (percent_agreement([[0]]), NO_PAIRS),
    ],
)
def test_what_is_not_defined_says_why(found, reason):
    assert found.reason == reason
    assert math.isnan(found.estimate)
    assert math.isnan(found.se)


def test_ac1_of_one_category_in_use_is_defined():
    assert gwet_ac([[5, 0], [0, 0]]).estimate == 1


def test_one_pair_has_no_standard_error():
    found = cohen_kappa([[0, 1], [0, 0]])
    assert found.estimate == 0
    assert math.isnan(found.se)


def test_weights():
    assert agreement_weights(3, "linear").tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
    assert agreement_weights(3, "quadratic")[0].tolist() == [1, 0.75, 0]
    with pytest.raises(StatisticsError, match="unweighted, linear, quadratic"):
        agreement_weights(3, "cubic")
    with pytest.raises(StatisticsError, match="1 on the diagonal"):
        cohen_kappa([[1, 0], [0, 1]], weights=[[0, 1], [1, 0]])


@pytest.mark.parametrize("table", [[[1, 2]], [[1, -1], [0, 2]], [[math.nan, 1], [1, 1]]])
def test_tables_that_are_none(table):
    with pytest.raises(StatisticsError, match="table of agreement"):
        cohen_kappa(table)


def test_ratings_of_two_people():
    ratings = pd.DataFrame(
        {"one": ["no", "yes", "partly", None, "no"], "two": ["no", "partly", "partly", "no", None]}
    )
    found = rater_agreement(ratings, "one", "two", categories=["no", "partly", "yes"])
    assert found.n_dropped == 2
    assert found.counts.to_numpy().tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 0]]
    tidy = found.tidy()
    assert tidy["name"].tolist() == ["percent", *["kappa"] * 3, "ac1", "ac2", "ac2"]
    assert tidy["estimate"].iloc[0] == pytest.approx(2 / 3)
    assert set(tidy["n"]) == {3}
    plain = rater_agreement(ratings, "one", "two")
    assert plain.tidy()["weights"].unique().tolist() == ["unweighted"]


def test_no_ratings_at_all():
    found = rater_agreement(pd.DataFrame({"a": [None], "b": ["x"]}), "a", "b")
    assert found.n_dropped == 1
    assert set(found.tidy()["reason"]) == {NO_PAIRS}


def test_wrong_ratings_are_all_named():
    ratings = pd.DataFrame({"a": ["yes", "maybe"], "b": ["Yes", "yes"]})
    with pytest.raises(StatisticsError) as caught:
        rater_agreement(ratings, "a", "b", categories=["yes", "no", "yes"])
    assert [problem.where for problem in caught.value.problems] == [
        "categories", "row 2, column a", "row 1, column b",
    ]  # fmt: skip
    assert caught.value.rows == (1, 0)


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_no_table_leaves_the_bounds_of_its_percent_agreement(cells):
    a, b, c, d = cells
    assume(a + b + c + d)
    table = [[a, b], [c, d]]
    share = percent_agreement(table).estimate
    bounds = bounds_from_percent(100 * share, margin=0)
    ac1, kappa = gwet_ac(table).estimate, cohen_kappa(table)
    assert bounds.ac1[0] - 1e-9 <= ac1 <= bounds.ac1[1] + 1e-9
    if not kappa.reason:
        assert bounds.kappa[0] - 1e-9 <= kappa.estimate <= bounds.kappa[1] + 1e-9


@pytest.mark.parametrize(
    ("table", "end"),
    [
        ([[90, 5], [5, 0]], "kappa_min"),
        ([[45, 10], [0, 45]], "kappa_max"),
        ([[45, 5], [5, 45]], "ac1_min"),
        ([[90, 5], [5, 0]], "ac1_max"),
    ],
)
def test_the_bounds_are_reached(table, end):
    share = percent_agreement(table).estimate
    name, place = end.split("_")
    measure = {"kappa": cohen_kappa, "ac1": gwet_ac}[name]
    bound = getattr(bounds_from_percent(100 * share, margin=0), name)[place == "max"]
    assert measure(table).estimate == pytest.approx(bound)


def test_rounding_widens_the_bounds_and_percentages_have_ends():
    exact, rounded = bounds_from_percent(94, margin=0), bounds_from_percent(94)
    assert rounded.kappa[0] < exact.kappa[0] < exact.kappa[1] < rounded.kappa[1]
    assert bounds_from_percent(100, margin=0).kappa == (1, 1)
    with pytest.raises(StatisticsError, match="0 to 100"):
        bounds_from_percent(940)
