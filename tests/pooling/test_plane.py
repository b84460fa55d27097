"""Batches of regressions against full matrices, and their between-study variances."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import chdtri

from tests.pooling.reference import analyses, raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.plane import project
from umbrella_review.pooling.tau2 import METHODS, estimate_tau2

RR = dict(analyses())["dat.bcg-RR"]
Y, V = np.array(RR["yi"]), np.array(RR["vi"])
X = np.column_stack([raw("dat.bcg")["ablat"], raw("dat.bcg")["year"] - 1950.0])
DESIGN = np.column_stack([np.ones(Y.size), X])
K, P = DESIGN.shape


def projection(tau2, variances=V):
    """The matrix P by its definition."""
    w = np.diag(1 / (variances + tau2))
    return w - w @ DESIGN @ np.linalg.inv(DESIGN.T @ w @ DESIGN) @ DESIGN.T @ w


def q_at(tau2):
    return Y @ projection(tau2) @ Y


def spread(p, tau2):
    """The standard deviation of y'Py."""
    s = np.diag(V + tau2)
    return np.sqrt(2 * np.trace(p @ s @ p @ s))


def by_definition(method):
    """Estimate and standard error written with full matrices."""
    at_zero, plain = projection(0.0), projection(1.0, np.zeros(K))
    total, df = (1 / V).sum(), K - P
    if method in {"EB", "PM", "PMM"}:
        goal = chdtri(df, 0.5) if method == "PMM" else df
        tau2 = brentq(lambda x: q_at(x) - goal, 0, 10, xtol=1e-14)
        return tau2, K * np.sqrt(2 / df) / (1 / (V + tau2)).sum()
    if method in {"ML", "REML"}:

        def score(tau2):
            p = projection(tau2)
            return Y @ p @ p @ Y - (np.trace(p) if method == "REML" else (1 / (V + tau2)).sum())

        tau2 = brentq(score, 0, 10, xtol=1e-14)
        p = projection(tau2) if method == "REML" else np.diag(1 / (V + tau2))
        return tau2, np.sqrt(2 / np.trace(p @ p))
    if method == "DL":
        tau2, p, factor = (q_at(0) - df) / np.trace(at_zero), at_zero, 1 / np.trace(at_zero)
    elif method == "HE":
        tau2, p, factor = (Y @ plain @ Y - np.trace(plain @ np.diag(V))) / df, plain, 1 / df
    elif method in {"HS", "HSk"}:
        scale = K / df if method == "HSk" else 1.0
        tau2, p, factor = (scale * q_at(0) - K) / total, at_zero, scale / total
    else:
        first = np.var(Y)
        p, factor = projection(first), first / df
        tau2 = first * (Y @ p @ Y) / df
    return tau2, factor * spread(p, tau2)


@pytest.mark.parametrize("method", METHODS[1:])
def test_every_estimator_with_moderators(method):
    found = estimate_tau2(Y, V, method, moderators=X[None])
    tau2, se = by_definition(method)
    assert tau2 > 0  # so that the formulas are not cut off
    assert found.value[0] == pytest.approx(tau2, rel=1e-9)
    assert found.se[0] == pytest.approx(se, rel=1e-8)


def test_likelihood_as_published():
    # Viechtbauer 2010, doi 10.18637/jss.v036.i03, section 3.3: latitude and year, REML.
    found = estimate_tau2(Y, V, "REML", moderators=X[None])
    assert found.value[0] == pytest.approx(0.1108, abs=5e-5)
    assert found.se[0] == pytest.approx(0.0845, abs=5e-5)


@pytest.mark.parametrize("method", METHODS)
def test_a_batch_gives_what_its_analyses_give(method):
    rows = [np.arange(K), np.array([3, 4, 6, 8, 11]), np.array([1, 2, 5]), np.array([0, 7])]
    y, v = np.full((4, 20), np.nan), np.full((4, 20), np.nan)
    x = np.full((4, 20, 2), np.nan)
    for row, part in enumerate(rows):
        there = np.sort(np.random.default_rng(row).choice(20, part.size, replace=False))  # gaps
        y[row, there], v[row, there], x[row, there] = Y[part], V[part], X[part]
    together = estimate_tau2(y, v, method, moderators=x)
    for row, part in enumerate(rows[:2]):
        alone = estimate_tau2(Y[part], V[part], method, moderators=X[None, part])
        assert together.value[row] == pytest.approx(alone.value[0], rel=1e-9, abs=1e-12)
        np.testing.assert_allclose(together.se[row], alone.se[0], rtol=1e-8)
    assert together.value[2] == 0  # as many studies as coefficients leave nothing over
    assert np.isnan([together.value[3], *together.se[2:]]).all()


def test_the_parts_of_a_projection():
    s = np.random.default_rng(1).uniform(0.1, 2, (K, 1))
    got = project(Y[:, None], 1 / V[:, None], X.T[:, :, None])
    p = projection(0.0)
    np.testing.assert_allclose(got.u[:, 0], p @ Y, rtol=1e-8, atol=1e-10)
    assert got.q[0] == pytest.approx(Y @ p @ Y, rel=1e-10)
    np.testing.assert_allclose(got.diagonal()[:, 0], np.diag(p), rtol=1e-8)
    assert got.trace()[0] == pytest.approx(np.trace(p), rel=1e-10)
    scaled = p @ np.diag(s[:, 0])
    assert got.trace_psps(s)[0] == pytest.approx(np.trace(scaled @ scaled), rel=1e-10)
    assert got.slope_of_trace()[0] == pytest.approx(np.trace(p @ p), rel=1e-8)
    assert got.form(s)[0] == pytest.approx(s[:, 0] @ p @ s[:, 0], rel=1e-10)
    determinant = np.linalg.slogdet(DESIGN.T @ np.diag(1 / V) @ DESIGN)[1]
    assert got.log_determinant[0] == pytest.approx(determinant, rel=1e-10)


@pytest.mark.parametrize(
    "variances", [np.full(6, 1e-12), np.full(6, 1e12), 10.0 ** np.array([-12, 12, 0, -6, 6, 3])]
)
@pytest.mark.parametrize("method", METHODS)
def test_extremes_are_finite(variances, method):
    effects = np.random.default_rng(20).normal(size=6)
    found = estimate_tau2(effects, variances, method, moderators=np.arange(6.0)[None, :, None])
    assert np.isfinite(found.value).all()


def test_moderators_are_checked():
    for wrong in (X, X[None, 1:], np.where(X[3] == X, np.nan, X)[None]):
        with pytest.raises(StatisticsError):
            estimate_tau2(Y, V, "DL", moderators=wrong)
