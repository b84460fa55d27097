"""Subgroups, and one effect per cluster."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pooling.reference import analyses, raw
from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.dependence import aggregate, shared_arm_size
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.subgroups import between_groups, subgroups

RR = dict(analyses())["dat.bcg-RR"]
Y, V = np.array(RR["yi"]), np.array(RR["vi"])
ALLOCATION = raw("dat.bcg")["alloc"].tolist()


def test_groups_are_pooled_alone():
    found = subgroups(Y, V, ALLOCATION, test="knha")
    for place, name in enumerate(found.groups):
        mine = [other == name for other in ALLOCATION]
        alone = fit(Y[mine], V[mine], test="knha")
        assert found.fits.estimate[place] == pytest.approx(alone.estimate[0], rel=1e-12)
        assert found.fits.ci_lb[place] == pytest.approx(alone.ci_lb[0], rel=1e-10)
    plain = subgroups(Y, V, ALLOCATION)
    w = 1 / plain.fits.se**2
    mean = (w * plain.fits.estimate).sum() / w.sum()
    expected = (w * (plain.fits.estimate - mean) ** 2).sum()
    for groups in (plain, found):
        assert groups.between.q[0] == pytest.approx(expected, rel=1e-12)
        assert groups.between.df[0] == len(groups.groups) - 1


def test_fixed_effect_q_adds_up():
    found = subgroups(Y, V, ALLOCATION, method="FE")
    whole = fit(Y, V, method="FE").q[0]
    assert found.between.q[0] + found.fits.q.sum() == pytest.approx(whole, rel=1e-12)


@pytest.mark.parametrize("method", ["FE", "DL", "REML"])
def test_a_common_variance_is_the_regression_on_groups(method):
    found = subgroups(Y, V, ALLOCATION, method=method, tau2="common")
    names = found.groups
    dummies = np.array([[name == mine for mine in names[1:]] for name in ALLOCATION], dtype=float)
    model = regress(Y, V, dummies, method=method)
    assert found.between.q[0] == pytest.approx(model.qm, rel=1e-9)
    assert found.between.pval[0] == pytest.approx(model.qm_pval, rel=1e-9)
    np.testing.assert_allclose(found.fits.tau2, model.tau2)


def test_a_group_of_one_study_takes_the_common_variance():
    found = subgroups(Y, V, ["alone", *ALLOCATION[1:]], tau2="common")
    tau2 = found.fits.tau2[0]
    assert tau2 > 0
    assert found.fits.se[0] == pytest.approx(np.sqrt(V[0] + tau2), rel=1e-12)


def test_reported_groups_alone():
    found = between_groups(
        [[0.2, 0.5, np.nan], [0.1, np.nan, np.nan]],
        [[0.1, 0.2, np.nan]] * 1 + [[0.3, np.nan, np.nan]],
    )
    assert found.q[0] == pytest.approx(0.3**2 / (0.1**2 + 0.2**2))
    assert found.df.tolist() == [1, 0]
    assert found.pval[1] == 1


def test_wrong_groups_are_refused():
    with pytest.raises(StatisticsError):
        subgroups(Y, V, ALLOCATION[1:])
    with pytest.raises(StatisticsError):
        subgroups(Y, V, ALLOCATION, tau2="XX")
    with pytest.raises(StatisticsError):
        subgroups(Y, V, list(range(Y.size)), tau2="common")


SIZES = st.integers(1, 4)


@given(st.lists(SIZES, min_size=1, max_size=5), st.floats(-0.3, 0.95), st.integers(0, 1000))
def test_aggregates_by_matrices(sizes, rho, seed):
    rng = np.random.default_rng(seed)
    cluster = [name for name, size in enumerate(sizes) for _ in range(size)]
    y, v = rng.normal(size=len(cluster)), rng.uniform(0.1, 2, size=len(cluster))
    equal = aggregate(y, v, cluster, rho=rho)
    best = aggregate(y, v, cluster, rho=rho, weights="inverse")
    for name, size in enumerate(sizes):
        mine = np.array(cluster) == name
        s = np.sqrt(v[mine])
        covariance = np.outer(s, s) * (rho + (1 - rho) * np.eye(size))
        ones = np.ones(size)
        inverse = np.linalg.inv(covariance)
        assert equal.yi[name] == pytest.approx(y[mine].mean(), abs=1e-12)
        assert equal.vi[name] == pytest.approx(ones @ covariance @ ones / size**2, rel=1e-10)
        assert best.vi[name] == pytest.approx(1 / (ones @ inverse @ ones), rel=1e-7)
        assert best.yi[name] == pytest.approx(
            ones @ inverse @ y[mine] / (ones @ inverse @ ones), rel=1e-6, abs=1e-9
        )
        assert best.vi[name] <= equal.vi[name] * (1 + 1e-9)
        assert equal.m[name] == size


def test_independent_groups_pool_by_inverse_variance():
    found = aggregate(Y, V, ["one"] * Y.size, rho=0, weights="inverse")
    pooled = fit(Y, V, method="FE")
    assert found.yi[0] == pytest.approx(pooled.estimate[0], rel=1e-12)
    assert found.vi[0] == pytest.approx(pooled.se[0] ** 2, rel=1e-12)


@pytest.mark.parametrize("rho", [-0.5, 1.1, np.nan])
def test_impossible_correlations_are_refused(rho):
    with pytest.raises(StatisticsError):
        aggregate(Y, V, ALLOCATION, rho=rho)


def test_wrong_clusters_are_refused():
    with pytest.raises(StatisticsError):
        aggregate(Y, V, ALLOCATION[1:], rho=0.5)
    with pytest.raises(StatisticsError):
        aggregate(Y, V, ALLOCATION, rho=1, weights="inverse")
    with pytest.raises(StatisticsError):
        aggregate(Y, V, ALLOCATION, rho=0.5, weights="XX")


def test_shared_arms_are_split():
    np.testing.assert_array_equal(shared_arm_size([60, 50], [3, 1]), [20, 50])
    with pytest.raises(StatisticsError):
        shared_arm_size([60], [0])
