"""Cluster-robust tests against their definitions, written with full matrices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import cholesky, pinvh, sqrtm

from tests.pooling.reference import analyses, raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.robust import KINDS, robust

BCG = raw("dat.bcg")
RR = dict(analyses())["dat.bcg-RR"]
Y, V = np.array(RR["yi"]), np.array(RR["vi"])
NONE = np.empty((Y.size, 0))
PAIRS = (np.arange(Y.size) // 2).tolist()
UNEVEN = [0, 0, 0, 0, 1, 2, 2, 3, 4, 4, 4, 5, 6]


def by_matrices(model, design, cluster):
    """CR2 as its authors write it: weights, working variances and adjustments as k x k matrices.

    Returns variances, Satterthwaite degrees of freedom, and the variances that the estimator
    expects under the working model.
    """
    k = len(V)
    cluster = np.array(cluster)
    target = np.diag(V + model.tau2)
    weights = np.linalg.inv(target)
    bread = np.linalg.inv(design.T @ weights @ design)
    maker = np.eye(k) - design @ bread @ design.T @ weights
    residual = Y - design @ model.beta
    meat, directions = np.zeros_like(bread), []
    for label in dict.fromkeys(cluster.tolist()):
        at = cluster == label
        factor = cholesky(target[np.ix_(at, at)])
        inner = factor @ maker[at] @ target @ maker[at].T @ factor.T
        adjustment = factor.T @ np.real(sqrtm(pinvh(inner))) @ factor
        scores = bread @ design[at].T @ weights[np.ix_(at, at)] @ adjustment
        meat += np.outer(scores @ residual[at], scores @ residual[at])
        directions.append(scores @ maker[at])
    variance, df, expected = [], [], []
    for place in range(design.shape[1]):
        part = np.array([one[place] for one in directions])
        products = part @ target @ part.T
        variance.append(meat[place, place])
        df.append(np.trace(products) ** 2 / (products**2).sum())
        expected.append(np.trace(products))
    return np.array(variance), np.array(df), np.array(expected)


@pytest.mark.parametrize("cluster", [list(range(Y.size)), PAIRS, UNEVEN])
@pytest.mark.parametrize("moderators", [NONE, BCG["ablat"][:, None] - 30])
def test_cr2_by_matrices(moderators, cluster):
    model = regress(Y, V, moderators)
    variance, df, expected = by_matrices(
        model, np.column_stack([np.ones(Y.size), moderators]), cluster
    )
    found = robust(model, Y, V, moderators, cluster)
    np.testing.assert_allclose(found.se, np.sqrt(variance), rtol=1e-9)
    np.testing.assert_allclose(found.df, df, rtol=1e-9)
    assert found.clusters == len(set(cluster))
    # The correction makes the estimator unbiased where the working model is true.
    np.testing.assert_allclose(expected, np.diag(model.covariance), rtol=1e-8)


def test_cr2_of_balanced_clusters_is_the_t_test_of_their_means():
    effects, variances = Y[:12], np.full(12, 0.1)
    model = regress(effects, variances, np.empty((12, 0)), method="FE")
    found = robust(model, effects, variances, np.empty((12, 0)), list(np.arange(12) // 3))
    means = effects.reshape(4, 3).mean(axis=1)
    assert found.se[0] == pytest.approx(means.std(ddof=1) / 2, rel=1e-12)
    assert found.df[0] == pytest.approx(3, rel=1e-12)


def test_cr2_with_a_cluster_that_alone_fits_a_coefficient_is_finite():
    alone = np.zeros(Y.size)
    alone[:2] = 1
    model = regress(Y, V, alone)
    found = robust(model, Y, V, alone, PAIRS)
    assert np.isfinite(found.se).all()
    assert np.isfinite(found.df).all()


def test_units_of_moderators_do_not_matter():
    for kind in KINDS:
        one, other = (
            robust(regress(Y, V, x), Y, V, x, PAIRS, kind=kind)
            for x in (BCG["year"], BCG["year"] * 1e-3)
        )
        np.testing.assert_allclose(one.stat, other.stat, rtol=1e-6)
        np.testing.assert_allclose(one.df, other.df, rtol=1e-6)


def test_cr1_by_hand():
    model = regress(Y, V, NONE)
    w = 1 / (V + model.tau2)
    parts = np.bincount(PAIRS, weights=w * (Y - model.beta[0]))
    m = parts.size
    expected = np.sqrt((parts**2).sum() * m / (m - 1)) / w.sum()
    found = robust(model, Y, V, NONE, PAIRS, kind="CR1")
    assert found.se[0] == pytest.approx(expected, rel=1e-12)
    assert (found.df[0], found.clusters) == (m - 1, m)
    assert found.ci_lb[0] < found.beta[0] < found.ci_ub[0]


def test_what_has_no_answer_is_refused():
    model = regress(Y, V, NONE)
    with pytest.raises(StatisticsError):
        robust(model, Y, V, NONE, ["one"] * Y.size)
    with pytest.raises(StatisticsError):
        robust(model, Y[1:], V[1:], NONE[1:], PAIRS[1:])
    with pytest.raises(StatisticsError):
        robust(model, Y, V, NONE, PAIRS, kind="CR3")
