from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import binom, norm

from tests.bias.cases import METAFOR, rows, tau2_of
from umbrella_review.bias.excess import tes
from umbrella_review.bias.largest import largest_study

ROWS = rows("tes")
# The reference integrates over the true effects by quadrature from -5 to 5 standard deviations,
# which loses 6e-7 in the tails; with the very unequal variances of these risk differences it also
# passes over the narrow dip of the power at no effect.
DIP_PASSED_OVER = {("dat.bcg-RD", "REML")}


def supposed(analysis, model):
    if model.startswith("theta"):
        largest = largest_study(METAFOR[analysis]["yi"], METAFOR[analysis]["vi"])
        return float(largest.yi[0]), 0.0
    return tau2_of(analysis, "FE" if model == "EE" else model)


@pytest.mark.parametrize(("analysis", "row"), ROWS, ids=lambda value: str(value)[:40])
def test_it_agrees_with_the_reference(analysis, row):
    theta, tau2 = supposed(analysis, row["model"])
    content = METAFOR[analysis]
    got = tes(content["yi"], content["vi"], theta=theta, tau2=tau2, test=row["test"])
    tolerance = 1e-6 if tau2 == 0 else 1e-4
    if (analysis, row["model"]) in DIP_PASSED_OVER:
        tolerance = 0.15
    assert (got.k[0], got.observed[0]) == (row["k"], row["O"])
    assert got.expected[0] == pytest.approx(row["E"], rel=tolerance)
    assert got.ratio[0] == pytest.approx(row["OE_ratio"], rel=tolerance)
    assert got.pval[0] == pytest.approx(row["pval"], rel=tolerance)
    assert got.theta[0] == pytest.approx(row["theta"], rel=1e-9)
    if row["X2"] is None:
        assert np.isnan(got.x2[0])
    else:
        assert got.x2[0] == pytest.approx(row["X2"], rel=tolerance, abs=tolerance)
    if "power" in row:
        np.testing.assert_allclose(got.power[0], row["power"], atol=max(1e-6, tolerance / 5))
    if "sig" in row:
        assert got.significant[0].tolist() == row["sig"]


@pytest.mark.parametrize(
    ("analysis", "row"),
    [pair for pair in ROWS if "theta_lim" in pair[1]],
    ids=lambda value: str(value)[:40],
)
def test_the_limit_agrees_with_the_reference(analysis, row):
    theta, tau2 = supposed(analysis, row["model"])
    content = METAFOR[analysis]
    got = tes(content["yi"], content["vi"], theta=theta, tau2=tau2, test=row["test"])
    if row["theta_lim"] is None:
        assert np.isnan(got.theta_lim[0])
    else:
        # The root search of the reference stops within about 1e-4.
        assert got.theta_lim[0] == pytest.approx(row["theta_lim"], rel=1e-3, abs=1.3e-4)


@pytest.mark.parametrize("test", ["chi2", "binom", "exact"])
def test_the_p_value_at_the_limit_is_the_level(test):
    yi, vi = METAFOR["dat.bcg-RR"]["yi"], METAFOR["dat.bcg-RR"]["vi"]
    limit = tes(yi, vi, test=test).theta_lim
    assert tes(yi, vi, theta=limit, test=test).pval[0] == pytest.approx(0.1, rel=1e-9)


def test_power_is_the_mean_over_the_true_effects():
    content = METAFOR["dat.bcg-RD"]
    theta, tau2 = tau2_of("dat.bcg-RD", "REML")
    got = tes(content["yi"], content["vi"], theta=theta, tau2=tau2)
    spread = np.sqrt(tau2)
    for variance, power in zip(content["vi"], got.power[0], strict=True):
        se = np.sqrt(variance)

        def weighted(true, se=se):
            beyond = norm.sf(norm.isf(0.025) - true / se) + norm.cdf(-norm.isf(0.025) - true / se)
            return beyond * norm.pdf(true, theta, spread)

        dip = [bound for bound in (-8 * se, 0, 8 * se) if abs(bound) < 9 * spread]
        mean = quad(weighted, theta - 9 * spread, theta + 9 * spread, points=dip, limit=500)[0]
        assert power == pytest.approx(mean, rel=1e-7)


def test_equal_powers_make_the_exact_test_binomial():
    yi, vi = np.array([[0.1, 0.9, 0.7, 0.2, 0.8]]), np.full((1, 5), 0.1)
    exact, simple = (tes(yi, vi, theta=0.3, test=test) for test in ("exact", "binom"))
    assert exact.pval[0] == pytest.approx(simple.pval[0], rel=1e-12)
    assert simple.pval[0] == pytest.approx(binom.sf(simple.observed[0] - 1, 5, simple.power[0, 0]))


def test_nothing_significant_is_no_excess():
    for test in ("chi2", "binom", "exact"):
        got = tes([0.0, 0.01], [1.0, 2.0], test=test)
        assert got.observed[0] == 0
        assert got.pval[0] >= 0.5
        assert np.isnan(got.theta_lim[0])


def test_certain_power_leaves_no_room():
    all_found = tes([1.0, 1.0], [1e-12, 1e-12])
    assert all_found.pval[0] == 0.5
    none_found = tes([0.0, 0.0], [1e-12, 1e-12], theta=1.0)
    assert none_found.pval[0] == 1.0


def test_an_analysis_without_studies_is_missing():
    got = tes([[np.nan, np.nan], [0.5, np.nan]], [[np.nan, np.nan], [0.1, np.nan]], test="exact")
    assert np.isnan([got.observed[0], got.expected[0], got.pval[0], got.theta_lim[0]]).all()
    assert np.isfinite(got.pval[1])


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="fisher"):
        tes([0.1], [0.1], test="fisher")
    with pytest.raises(ValueError, match="levels"):
        tes([0.1], [0.1], alpha=5)
