"""Estimators against their definitions, written out with matrices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2

from umbrella_review.pooling.model import fit
from umbrella_review.pooling.tau2 import estimate_tau2

Y = np.array([0.1, 0.9, -0.4, 1.3, 0.6, 2.0])
V = np.array([0.05, 0.1, 0.2, 0.02, 0.3, 0.15])
K = Y.size


def projection(w):
    return np.diag(w) - np.outer(w, w) / w.sum()


def test_dersimonian_laird_by_matrices():
    p = projection(1 / V)
    tau2 = (Y @ p @ Y - (K - 1)) / np.trace(p)
    s = np.diag(V + tau2)
    found = estimate_tau2(Y, V, "DL")
    assert found.value[0] == pytest.approx(tau2, rel=1e-13)
    assert found.se[0] == pytest.approx(np.sqrt(2 * np.trace(p @ s @ p @ s)) / np.trace(p))


def test_hunter_schmidt_correction():
    q, total = fit(Y, V).q[0], (1 / V).sum()
    assert estimate_tau2(Y, V, "HS").value[0] == pytest.approx((q - K) / total)
    assert estimate_tau2(Y, V, "HSk").value[0] == pytest.approx((K / (K - 1) * q - K) / total)


def test_sidik_jonkman_starts_from_the_variance_with_divisor_k():
    start = Y.var()
    r = V / start + 1
    mean = (Y / r).sum() / (1 / r).sum()
    expected = ((Y - mean) ** 2 / r).sum() / (K - 1)
    assert estimate_tau2(Y, V, "SJ").value[0] == pytest.approx(expected, rel=1e-13)


def test_median_unbiased_estimate_puts_q_at_its_median():
    tau2 = estimate_tau2(Y, V, "PMM").value[0]
    assert tau2 > estimate_tau2(Y, V, "PM").value[0]
    assert fit(Y, V + tau2, method="FE").q[0] == pytest.approx(chi2.median(K - 1), rel=1e-12)


def test_equal_variances_make_estimators_agree():
    v = np.full(K, 0.1)
    expected = Y.var(ddof=1) - 0.1
    for method in ("DL", "HE", "REML", "EB", "PM"):
        assert estimate_tau2(Y, v, method).value[0] == pytest.approx(expected, rel=1e-12)
    for method in ("ML", "HS"):
        assert estimate_tau2(Y, v, method).value[0] == pytest.approx(Y.var() - 0.1, rel=1e-12)


def test_the_higher_of_two_peaks_is_taken():
    y, v = np.array([0, 0.01, 5, 5.01]), np.array([1e-6, 1e-6, 4, 4])
    # The moment estimators are led to the wide peak, the likelihood is higher at the narrow one.
    assert estimate_tau2(y, v, "PM").value[0] > 1
    assert estimate_tau2(y, v, "REML").value[0] < 1e-3


def test_large_batches_are_cut_into_blocks():
    rng = np.random.default_rng(1)
    yi, vi = rng.normal(size=(3000, 40)), rng.uniform(0.1, 1, size=(3000, 40))
    hidden = np.arange(40) >= rng.integers(1, 41, size=3000)[:, None]
    yi[hidden] = vi[hidden] = np.nan
    together = fit(yi, vi)
    for row in (0, 17, 1500, 2999):
        k = int(together.k[row])
        alone = fit(yi[row, :k], vi[row, :k])
        assert together.estimate[row] == pytest.approx(alone.estimate[0], rel=1e-12)
        assert together.tau2[row] == pytest.approx(alone.tau2[0], rel=1e-9, abs=1e-12)


def test_given_estimates_are_used():
    tau2 = estimate_tau2(Y, V, "REML")
    assert fit(Y, V, test="knha", tau2=tau2).se[0] == fit(Y, V, test="knha").se[0]
