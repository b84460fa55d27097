"""Meta-regression and robust tests against closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pooling.reference import analyses, raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.robust import robust

BCG = raw("dat.bcg")
RR = dict(analyses())["dat.bcg-RR"]
Y, V = np.array(RR["yi"]), np.array(RR["vi"])
NONE = np.empty((Y.size, 0))


@pytest.mark.parametrize("test", ["z", "knha"])
@pytest.mark.parametrize("method", ["FE", "DL", "ML", "REML"])
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
    for wrong in ({"method": "PM"}, {"test": "t"}, {"level": 2}):
        with pytest.raises(StatisticsError):
            regress(Y, V, BCG["ablat"], **wrong)


def test_robust_errors_by_hand():
    model = regress(Y, V, NONE)
    cluster = np.arange(Y.size) // 2
    w = 1 / (V + model.tau2)
    parts = np.bincount(cluster, weights=w * (Y - model.beta[0]))
    m = parts.size
    expected = np.sqrt((parts**2).sum() * m / (m - 1)) / w.sum()
    found = robust(model, Y, V, NONE, cluster.tolist())
    assert found.se[0] == pytest.approx(expected, rel=1e-12)
    assert (found.df, found.clusters) == (m - 1, m)
    assert found.ci_lb[0] < found.beta[0] < found.ci_ub[0]
    with pytest.raises(StatisticsError):
        robust(model, Y, V, NONE, ["one"] * Y.size)
    with pytest.raises(StatisticsError):
        robust(model, Y[1:], V[1:], NONE[1:], cluster[1:].tolist())
