"""Hard numbers: exact results, documented gaps or named errors, and never a warning."""

from __future__ import annotations

import warnings
from decimal import Decimal, getcontext

import numpy as np
import pytest

from umbrella_review.errors import StatisticsError
from umbrella_review.pooling.confint import confint
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.prediction import KINDS, predict
from umbrella_review.pooling.tau2 import METHODS, Tau2, estimate_tau2
from umbrella_review.pooling.uwls import uwls

RNG = np.random.default_rng(20)
CASES = {
    "tiny variances": (RNG.normal(size=6), np.full(6, 1e-12)),
    "huge variances": (RNG.normal(size=6), np.full(6, 1e12)),
    "both": (RNG.normal(size=6), 10.0 ** np.array([-12, 12, 0, -6, 6, 3])),
    "one precise study": (np.array([1.0, 2, 5e7, -1e6]), np.array([1e-12, 1e12, 1e12, 1e12])),
    "far from zero": (np.array([1e8, 1e8 + 1, 1e8 + 2]), np.array([0.1, 0.2, 0.3])),
    "two peaks": (np.array([0, 0.01, 5, 5.01]), np.array([1e-6, 1e-6, 4, 4])),
    "two studies": (np.array([0.3, 0.9]), np.array([0.04, 0.01])),
    "a thousand": (RNG.normal(size=1000), RNG.uniform(0.01, 1, 1000)),
}


@pytest.fixture(autouse=True)
def _no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", CASES)
def test_results_are_finite(name, method):
    y, v = CASES[name]
    for test in TESTS:
        found = fit(y, v, method=method, test=test)
        for field in ("estimate", "se", "stat", "pval", "ci_lb", "ci_ub", "tau2", "i2", "h2", "q"):
            assert np.isfinite(getattr(found, field)).all(), field
        if method != "FE":
            assert np.isfinite(found.se_tau2).all()
            assert all(np.isfinite(predict(found, kind).ub).all() for kind in KINDS)
    if method != "FE":
        assert np.isfinite(confint(y, v, method).tau2).all()


def precise(y, v):
    """Return Q and the DL and REML estimates in seventy digits."""
    getcontext().prec = 70
    y, v = ([Decimal(float(x)) for x in values] for values in (y, v))

    def sums(tau2):
        w = [1 / (x + tau2) for x in v]
        total = sum(w)
        mean = sum(a * b for a, b in zip(w, y, strict=True)) / total
        trace = total - sum(a * a for a in w) / total
        return w, total, [b - mean for b in y], trace

    def height(tau2):
        w, total, residuals, _ = sums(tau2)
        logs = sum((x + tau2).ln() for x in v) + total.ln()
        return -logs - sum(a * r * r for a, r in zip(w, residuals, strict=True))

    def rises(tau2):
        w, _, residuals, trace = sums(tau2)
        return sum((a * r) ** 2 for a, r in zip(w, residuals, strict=True)) > trace

    w, _, residuals, trace = sums(Decimal(0))
    q = sum(a * r * r for a, r in zip(w, residuals, strict=True))
    grid = [Decimal(0)] + [Decimal(10) ** (Decimal(j) / 4) for j in range(-60, 80)]
    best = max(range(len(grid)), key=lambda j: height(grid[j]))
    low, high = grid[max(best - 1, 0)], grid[best + 1]
    for _ in range(120 if best else 0):
        middle = (low + high) / 2
        low, high = (middle, high) if rises(middle) else (low, middle)
    dl = max(Decimal(0), (q - (len(y) - 1)) / trace)
    return float(q), float(dl), float(low if best else 0)


@pytest.mark.parametrize("name", [name for name in CASES if name != "a thousand"])
def test_agrees_with_seventy_digits(name):
    y, v = CASES[name]
    q, dl, reml = precise(y, v)
    assert fit(y, v).q[0] == pytest.approx(q, rel=1e-13)
    assert estimate_tau2(y, v, "DL").value[0] == pytest.approx(dl, rel=1e-13)
    assert estimate_tau2(y, v, "REML").value[0] == pytest.approx(reml, rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_one_study_stands_for_itself(method):
    for test in TESTS:
        found = fit([0.3], [0.04], method=method, test=test)
        assert (found.k[0], found.estimate[0], found.se[0]) == (1, 0.3, 0.2)
        assert np.isnan(found.df[0])
        assert np.isnan(found.se_tau2[0])
        assert found.ci_ub[0] == pytest.approx(0.3 + 1.959963984540054 * 0.2, rel=1e-14)
        assert (found.tau2[0], found.q[0], found.q_pval[0]) == (0, 0, 1)
        assert np.isnan(predict(found).lb[0])
    assert np.isnan(uwls([0.3], [0.04]).se[0])
    if method != "FE":
        assert np.isnan(confint([0.3], [0.04], method).tau2).all()


@pytest.mark.parametrize("method", METHODS)
def test_no_study_has_no_result(method):
    found = fit([[np.nan], [0.2]], [[np.nan], [0.1]], method=method)
    for field in ("estimate", "se", "stat", "pval", "ci_lb", "tau2", "i2", "h2", "q", "q_pval"):
        assert np.isnan(getattr(found, field)[0]), field
    assert found.estimate[1] == 0.2


@pytest.mark.parametrize("method", METHODS)
def test_equal_effects(method):
    y, v = np.full(5, 0.1), np.arange(1, 6) / 10
    plain = fit(y, v, method=method)
    assert plain.estimate[0] == 0.1
    assert (plain.tau2[0], plain.q[0], plain.q_pval[0]) == (0, 0, 1)
    scaled = fit(y, v, method=method, test="knha")
    assert scaled.se[0] == 0
    assert np.isnan([scaled.stat[0], scaled.pval[0], scaled.ci_lb[0], scaled.ci_ub[0]]).all()
    careful = fit(y, v, method=method, test="adhoc")
    assert careful.se[0] == plain.se[0]
    assert careful.ci_ub[0] > plain.ci_ub[0]


def test_effects_that_agree_too_well_have_an_empty_interval():
    found = confint(np.full(5, 0.1), np.full(5, 1.0), "REML")
    assert found.empty[0]
    np.testing.assert_array_equal(found.tau2[0], [0, 0, 0])


@pytest.mark.parametrize(
    ("y", "v", "rows"),
    [
        ([0.1, 0.2], [0.1, 0.0], (0,)),
        ([0.1, 0.2], [0.1, -1.0], (0,)),
        ([0.1, 0.2], [0.1, np.inf], (0,)),
        ([0.1, np.inf], [0.1, 1.0], (0,)),
        ([0.1, np.nan], [0.1, 1.0], (0,)),
        ([[0.1, 0.2], [0.1, 0.2], [1, 2]], [[1, 1], [0.1, np.nan], [np.nan, 1]], (1, 2)),
    ],
)
def test_bad_studies_are_named(y, v, rows):
    with pytest.raises(StatisticsError) as caught:
        fit(y, v)
    assert caught.value.rows == rows
    assert "study" in str(caught.value)


def test_numbers_out_of_reach_are_named():
    with pytest.raises(StatisticsError, match="orders of magnitude"):
        fit([0, 1e200], [1e-300, 1.0])
    with pytest.raises(StatisticsError, match="orders of magnitude"):
        fit([0, 1], [1e-200, 1e200])


def test_options_are_checked():
    y, v = [0.1, 0.2], [1.0, 1.0]
    for wrong in ({"method": "XX"}, {"test": "XX"}, {"level": 95}):
        with pytest.raises(StatisticsError):
            fit(y, v, **wrong)
    with pytest.raises(StatisticsError):
        fit(y, [1.0])
    with pytest.raises(StatisticsError):
        fit(y, v, method="DL", tau2=Tau2(np.zeros(1), np.zeros(1), "REML"))
    with pytest.raises(StatisticsError):
        confint(y, v, "DL", kind="PL")
    with pytest.raises(StatisticsError):
        confint(y, v, "FE")
    with pytest.raises(StatisticsError):
        confint(y, v, kind="XX")
    with pytest.raises(StatisticsError):
        predict(fit(y, v), "XX")
