"""Meta-regression against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from tests.pooling.reference import analyses, raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.tau2 import METHODS

BCG = raw("dat.bcg")
RR = dict(analyses())["dat.bcg-RR"]
Y, V = np.array(RR["yi"]), np.array(RR["vi"])
NONE = np.empty((Y.size, 0))


@pytest.mark.parametrize("test", TESTS)
@pytest.mark.parametrize("method", METHODS)
def test_without_moderators_it_is_the_meta_analysis(method, test):
    model, pooled = (
        regress(Y, V, NONE, method=method, test=test),
        fit(Y, V, method=method, test=test),
    )
    for field, value in {
        "estimate": model.beta[0], "se": model.se[0], "pval": model.pval[0],
        "ci_lb": model.ci_lb[0], "tau2": model.tau2, "se_tau2": model.se_tau2,
        "i2": model.i2, "h2": model.h2, "q": model.qe, "q_pval": model.qe_pval,
    }.items():  # fmt: skip
        np.testing.assert_allclose(value, getattr(pooled, field)[0], rtol=1e-10, err_msg=field)
    assert np.isnan(model.qm)


def test_two_moderators_as_published():
    # Viechtbauer 2010, doi 10.18637/jss.v036.i03, section 3.3: latitude and year.
    model = regress(Y, V, np.column_stack([BCG["ablat"], BCG["year"]]))
    assert model.tau2 == pytest.approx(0.1108, abs=5e-5)
    assert model.se_tau2 == pytest.approx(0.0845, abs=5e-5)
    assert (round(model.i2, 2), round(model.h2, 2)) == (71.98, 3.57)
    assert model.qe == pytest.approx(28.3251, abs=5e-5)
    assert model.qm == pytest.approx(12.20, abs=5e-3)
    np.testing.assert_allclose(np.round(model.beta, 4), [-3.5455, -0.0280, 0.0019], atol=2e-4)


def test_fixed_effects_by_the_normal_equations():
    x = np.column_stack([np.ones(Y.size), BCG["ablat"]])
    w = np.diag(1 / V)
    covariance = np.linalg.inv(x.T @ w @ x)
    model = regress(Y, V, BCG["ablat"], method="FE")
    np.testing.assert_allclose(model.beta, covariance @ x.T @ w @ Y, rtol=1e-10)
    np.testing.assert_allclose(model.covariance, covariance, rtol=1e-10)
    assert model.qm == pytest.approx(model.stat[1] ** 2)
    np.testing.assert_allclose(model.hat @ Y, x @ model.beta, rtol=1e-9)
    scaled = regress(Y, V, BCG["ablat"], method="FE", test="knha")
    np.testing.assert_allclose(scaled.covariance, covariance * model.qe / (Y.size - 2), rtol=1e-10)
    assert scaled.qm == pytest.approx(scaled.stat[1] ** 2)
    assert scaled.qm_pval == pytest.approx(scaled.pval[1])


def test_units_of_moderators_do_not_matter():
    one, other = (regress(Y, V, BCG["year"] * factor) for factor in (1.0, 1e-9))
    np.testing.assert_allclose(one.stat, other.stat, rtol=1e-6)
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-8)


@pytest.mark.parametrize(
    "moderators",
    [
        np.ones(Y.size),
        np.column_stack([BCG["ablat"], 2 * BCG["ablat"]]),
        np.eye(Y.size),
        np.full(Y.size, np.nan),
        np.arange(3.0),
    ],
)
def test_what_cannot_be_regressed_is_refused(moderators):
    with pytest.raises(StatisticsError):
        regress(Y, V, moderators)


def test_options_are_checked():
    for wrong in ({"method": "SJIT"}, {"test": "f"}, {"level": 2}):
        with pytest.raises(StatisticsError):
            regress(Y, V, BCG["ablat"], **wrong)


@pytest.mark.parametrize("test", TESTS[1:])
def test_t_tests_have_the_degrees_of_freedom_of_the_residuals(test):
    normal = regress(Y, V, BCG["ablat"], method="FE")
    model = regress(Y, V, BCG["ablat"], method="FE", test=test)
    assert model.df == Y.size - 2
    factor = {"t": 1.0, "knha": model.qe / model.df, "adhoc": max(1.0, model.qe / model.df)}[test]
    np.testing.assert_allclose(model.se, normal.se * np.sqrt(factor), rtol=1e-12)
    np.testing.assert_allclose(model.pval, 2 * t.sf(np.abs(model.stat), model.df), rtol=1e-9)


def test_the_scale_factor_of_the_ad_hoc_test_is_never_below_one():
    line = 0.2 + 0.1 * np.arange(6.0)  # effects that agree far better than chance allows
    normal, adhoc, knha = (
        regress(line + [0.01, -0.01] * 3, np.full(6, 0.04), np.arange(6.0), method="DL", test=test)
        for test in ("z", "adhoc", "knha")
    )
    np.testing.assert_allclose(adhoc.se, normal.se, rtol=1e-12)
    assert (knha.se < normal.se / 2).all()


@pytest.mark.parametrize("method", METHODS)
def test_effects_on_another_scale_give_the_same_tests(method):
    moderators = np.column_stack([BCG["ablat"], BCG["year"]])
    one = regress(Y, V, moderators, method=method)
    other = regress(-8 * Y, 64 * V, moderators, method=method)
    np.testing.assert_allclose(other.beta, -8 * one.beta, rtol=1e-9)
    np.testing.assert_allclose(other.se, 8 * one.se, rtol=1e-9)
    assert other.tau2 == pytest.approx(64 * one.tau2, rel=1e-9)
    assert other.i2 == pytest.approx(one.i2, rel=1e-9)
