"""Every specification is the single call on its subset, whatever the grid."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.pooling.reference import analyses, assert_close
from umbrella_review.errors import StatisticsError
from umbrella_review.multiverse.evaluate import Evaluation, Models, evaluate
from umbrella_review.multiverse.subsets import compact, distinct, product, without_each
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.prediction import KINDS, predict
from umbrella_review.pooling.tau2 import METHODS

ALL = Models(tuple(METHODS), tuple(TESTS), tuple(KINDS))
FIELDS = ("k", "q", "estimate", "tau2", "i2", "h2", "se", "stat", "df", "pval", "ci_lb", "ci_ub")


def at(found: Evaluation, name: str, place: tuple[int, ...]) -> float:
    values = getattr(found, name)
    return float(values[place[: values.ndim]])


@st.composite
def grids(draw):
    n = draw(st.integers(1, 9))
    effects = st.floats(-3, 3, allow_subnormal=False)
    yi = draw(arrays(float, n, elements=effects))
    vi = draw(arrays(float, n, elements=st.floats(1e-3, 4)))
    axes = [
        draw(arrays(bool, (draw(st.integers(1, 3)), n), elements=st.booleans()))
        for _ in range(draw(st.integers(1, 3)))
    ]
    models = Models(
        tuple(draw(st.lists(st.sampled_from(METHODS), min_size=1, max_size=3, unique=True))),
        tuple(draw(st.lists(st.sampled_from(TESTS), min_size=1, max_size=2, unique=True))),
        tuple(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True))),
        draw(st.sampled_from([0.8, 0.95])),
    )
    return yi, vi, product(axes), models


@given(grids())
@settings(deadline=None, max_examples=40)
def test_every_specification_equals_the_single_call(grid):
    yi, vi, subsets, models = grid
    found = evaluate(yi, vi, subsets, models)
    for s, chosen in enumerate(subsets):
        assert found.k[s] == chosen.sum()
        if not chosen.any():
            assert np.isnan(found.estimate[s]).all()
            assert np.isnan(found.pval[s]).all()
            continue
        for m, method in enumerate(models.methods):
            for t, test in enumerate(models.tests):
                one = fit(yi[chosen], vi[chosen], method=method, test=test, level=models.level)
                for name in FIELDS:
                    value = at(found, name, (s, m, t))
                    np.testing.assert_allclose(value, getattr(one, name)[0], rtol=1e-12)
                for p, kind in enumerate(models.prediction_intervals):
                    interval = predict(one, kind)
                    ends = found.pi_lb[s, m, t, p], found.pi_ub[s, m, t, p]
                    np.testing.assert_allclose(ends, (interval.lb[0], interval.ub[0]), rtol=1e-12)


@given(grids(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_studies_changes_nothing(grid, random):
    yi, vi, subsets, models = grid
    order = list(range(yi.size))
    random.shuffle(order)
    here = evaluate(yi, vi, subsets, models)
    there = evaluate(yi[order], vi[order], subsets[:, order], models)
    assert (here.subset == there.subset).all()
    for name in (*FIELDS, "pi_lb", "pi_ub"):
        np.testing.assert_allclose(
            getattr(here, name), getattr(there, name), rtol=1e-6, atol=1e-9, err_msg=name
        )


@given(grids())
@settings(deadline=None, max_examples=25)
def test_equal_subsets_are_evaluated_once(grid):
    _, _, subsets, _ = grid
    found = distinct(subsets)
    assert len(np.unique(found.masks, axis=0)) == len(found.masks)
    np.testing.assert_array_equal(found.masks[found.place], subsets)


@pytest.mark.parametrize("name", ["dat.bcg-RR", "dat.bcg-OR", "dat.bcg-RD"])
def test_the_whole_of_dat_bcg_has_the_values_of_metafor(name):
    reference = dict(analyses())[name]
    yi, vi = np.array(reference["yi"]), np.array(reference["vi"])
    found = evaluate(yi, vi, without_each(yi.size), ALL)
    riley = ALL.prediction_intervals.index("t_k2")
    compared = 0
    for model in reference["models"]:
        m, t = ALL.methods.index(model["method"]), ALL.tests.index(model["test"])
        for field, attribute in {
            "k": "k", "estimate": "estimate", "se": "se", "pval": "pval", "ci_lb": "ci_lb",
            "ci_ub": "ci_ub", "tau2": "tau2", "I2": "i2", "H2": "h2", "Q": "q",
        }.items():  # fmt: skip
            assert_close(at(found, attribute, (0, m, t)), model[field], 1e-8, what=field)
        assert_close(found.pi_lb[0, m, t, riley], model.get("pi_riley_lb"), 1e-8)
        compared += 1
    assert compared == len(reference["models"]) >= 12


def test_leaving_out_each_study_of_dat_bcg_has_the_values_of_metafor():
    reference = dict(analyses())["dat.bcg-RR"]
    yi, vi = np.array(reference["yi"]), np.array(reference["vi"])
    found = evaluate(yi, vi, without_each(yi.size), ALL)
    compared = 0
    for case in reference["leave1out"]:
        m, t = ALL.methods.index(case["method"]), ALL.tests.index(case["test"])
        for name in ("estimate", "se", "pval", "ci_lb", "ci_ub", "tau2"):
            if not case[name]:  # metafor gives no heterogeneity for fixed effects
                continue
            ours = getattr(found, name)
            values = ours[1:, m] if ours.ndim == 2 else ours[1:, m, t]
            np.testing.assert_allclose(values, case[name], rtol=1e-8, atol=1e-10)
            compared += 1
    assert compared


def test_a_single_study_has_its_own_result_whatever_the_test():
    found = evaluate([0.3, 0.9], [0.01, 0.04], [[True, False]], ALL)
    assert found.k.tolist() == [1]
    np.testing.assert_allclose(found.estimate, 0.3)
    np.testing.assert_allclose(found.se, 0.1)
    assert np.ptp(found.pval) == 0
    assert np.isnan(found.pi_lb).all()


def test_no_studies_at_all_are_an_empty_subset():
    found = evaluate([], [], np.ones((2, 0), dtype=bool), ALL)
    assert found.k.tolist() == [0, 0]
    assert np.isnan(found.ci_lb).all()


def test_the_last_axis_changes_fastest():
    found = product([[[1, 1], [1, 0]], [[1, 1], [0, 1]]])
    assert found.astype(int).tolist() == [[1, 1], [0, 1], [1, 0], [0, 0]]


def test_chosen_values_move_together():
    found = compact([1.0, 2.0, 3.0], np.array([[True, False, True], [False, True, False]]))
    np.testing.assert_array_equal(found, [[1, 3], [2, np.nan]])


@pytest.mark.parametrize(
    "wrong",
    [
        {"methods": ("REML", "REML")},
        {"methods": ("nothing",)},
        {"tests": ()},
        {"prediction_intervals": ("t",)},
    ],
)
def test_choices_that_there_are_not_are_refused(wrong):
    with pytest.raises(StatisticsError):
        Models(**wrong)


@pytest.mark.parametrize(
    ("yi", "subsets"),
    [([0.1, 0.2], [[True]]), ([0.1, np.nan], [[True, True]])],
)
def test_numbers_that_do_not_fit_are_refused(yi, subsets):
    vi = np.where(np.isnan(yi), np.nan, 0.1)
    with pytest.raises(StatisticsError):
        evaluate(yi, vi, subsets)


def test_axes_of_different_studies_are_refused():
    with pytest.raises(StatisticsError):
        product([np.ones((2, 3)), np.ones((2, 4))])
