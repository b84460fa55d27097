from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import METAFOR, rows
from umbrella_review.bias import trimfill as module
from umbrella_review.bias.trimfill import trimfill
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.tau2 import Tau2

ROWS = rows("trimfill")
FIELDS = ("estimate", "se", "pval", "ci_lb", "ci_ub", "tau2")


@pytest.mark.parametrize(("analysis", "row"), ROWS, ids=lambda value: str(value)[:60])
def test_it_agrees_with_the_reference(analysis, row):
    content = METAFOR[analysis]
    side = None if row["side_arg"] == "default" else row["side_arg"]
    got = trimfill(
        content["yi"],
        content["vi"],
        method=row["method"],
        estimator=row["estimator"],
        side=side,
    )
    assert (got.side[0], got.k0[0]) == (row["side"], row["k0"])
    for value, wanted in ((got.se_k0[0], row["se_k0"]), (got.p_k0[0], row["p_k0"])):
        assert np.isnan(value) if wanted is None else value == pytest.approx(wanted, rel=1e-9)
    filled = np.array(row.get("filled_yi") or [], dtype=float)
    if row["method"] != "REML":
        np.testing.assert_allclose(studies(got.filled_yi), filled, rtol=1e-9)
        np.testing.assert_allclose(studies(got.filled_vi), row.get("filled_vi") or [], rtol=1e-9)
        for name in (*FIELDS, "I2", "Q"):
            value = getattr(got.fit, {"I2": "i2", "Q": "q"}.get(name, name))[0]
            assert value == pytest.approx(row[name], rel=1e-9, abs=1e-13), name
        return
    # The reference stops its search when tau2 moves by less than 1e-5: with small effects (risk
    # and arcsine differences) this shows in the estimate, by up to 0.6% of its standard error.
    assert got.fit.tau2[0] == pytest.approx(row["tau2"], rel=1e-3, abs=2e-5)
    for name in ("estimate", "se", "ci_lb", "ci_ub"):
        value = getattr(got.fit, name)[0]
        assert value == pytest.approx(row[name], rel=1e-3, abs=0.006 * row["se"]), name
    close = {"rtol": 1e-3, "atol": 0.01 * row["se"]}
    np.testing.assert_allclose(studies(got.filled_yi), filled, **close)


def studies(filled):
    """The studies that are filled in, of one analysis."""
    return filled[0, ~np.isnan(filled[0])]


def fit_with_the_stopping_rule_of_the_reference(yi, vi, **options):
    """Pool with REML by Fisher scoring from Hedges' estimate until tau2 moves by 1e-5 or less."""
    yi, vi = studies(yi), studies(vi)
    tau2, moved = max(0.0, np.var(yi, ddof=1) - vi.mean()), np.inf
    while moved > 1e-5:
        weights = 1 / (vi + tau2)
        projection = np.diag(weights) - np.outer(weights, weights) / weights.sum()
        squared = projection @ projection
        step = (yi @ squared @ yi - np.trace(projection)) / np.trace(squared)
        tau2, moved = max(0.0, tau2 + step), abs(max(0.0, tau2 + step) - tau2)
    return fit(yi, vi, tau2=Tau2(np.array([tau2]), np.array([np.nan]), "REML"), **options)


@pytest.mark.parametrize(
    ("analysis", "row"),
    [pair for pair in ROWS if pair[1]["method"] == "REML" and pair[1]["k0"] > 0],
    ids=lambda value: str(value)[:60],
)
def test_the_difference_under_reml_is_the_stopping_rule(analysis, row, monkeypatch):
    monkeypatch.setattr(module, "fit", fit_with_the_stopping_rule_of_the_reference)
    content = METAFOR[analysis]
    got = trimfill(content["yi"], content["vi"], estimator=row["estimator"], side=row["side"])
    np.testing.assert_allclose(studies(got.filled_yi), row["filled_yi"], rtol=1e-5)
    for name in FIELDS:
        assert getattr(got.fit, name)[0] == pytest.approx(row[name], rel=1e-5), name


def test_a_symmetric_funnel_is_full():
    for estimator in ("L0", "R0"):
        got = trimfill([-0.2, -0.1, 0.0, 0.1, 0.2], [0.3, 0.2, 0.1, 0.2, 0.3], estimator=estimator)
        assert got.k0 == 0
        assert got.fit.k[0] == 5
        assert got.fit.estimate[0] == pytest.approx(0, abs=1e-15)


def test_what_is_filled_in_mirrors_the_extreme_studies():
    yi, vi = METAFOR["dat.bcg-RR"]["yi"], METAFOR["dat.bcg-RR"]["vi"]
    got = trimfill(yi, vi, method="FE")
    extreme = np.sort(yi)[: int(got.k0[0])][::-1]
    centre = (studies(got.filled_yi) + extreme) / 2
    np.testing.assert_allclose(centre, centre[0])
    assert got.fit.k[0] == len(yi) + got.k0[0]


@pytest.mark.parametrize("estimator", ["L0", "R0"])
def test_identical_studies_and_single_ones_lack_none(estimator):
    for k in (1, 2, 5):
        got = trimfill(np.full(k, 0.4), np.full(k, 0.1), estimator=estimator)
        assert got.k0 == 0
        assert got.fit.estimate[0] == 0.4


def test_two_studies_tell_the_side_under_a_common_effect():
    # metafor 3.8.1: trimfill(rma(c(.5, .1), c(.1, .2), method="FE")).
    got = trimfill([0.5, 0.1], [0.1, 0.2], method="FE")
    assert (got.side[0], got.k0[0]) == ("right", 1)
    assert got.fit.estimate[0] == pytest.approx(0.5)
    assert got.filled_yi[0, 0] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("estimator", "yi", "vi"),
    [
        (
            "R0",
            [-0.12, -0.03, -0.45, -0.23, 0.18, 0.18, 0.23, 0.26, 0.33],
            [0.031, 0.326, 0.126, 0.003, 0.039, 0.047, 0.413, 0.971, 0.472],
        ),
        (
            "L0",
            [-0.17, 0.17, -0.6, -0.16, 0.04, -0.56, 0.4, -0.3, 0.1],
            [0.71, 0.794, 0.309, 0.536, 0.506, 0.579, 0.575, 0.004, 0.024],
        ),
    ],
)
def test_rounds_that_go_in_circles_give_nothing(estimator, yi, vi):
    got = trimfill(yi, vi, method="DL", estimator=estimator, side="left")
    assert np.isnan([got.k0[0], got.se_k0[0], got.fit.estimate[0]]).all()
    assert np.isnan(got.filled_yi).all()


def test_no_studies_give_nothing():
    got = trimfill([np.nan], [np.nan])
    assert np.isnan([got.k0[0], got.fit.estimate[0]]).all()


@pytest.mark.parametrize("estimator", ["L0", "R0"])
@pytest.mark.parametrize("method", ["FE", "DL", "REML"])
def test_a_batch_gives_what_its_analyses_give(method, estimator):
    names = list(METAFOR)
    yi, vi = np.full((len(names) + 1, 40), np.nan), np.full((len(names) + 1, 40), np.nan)
    for row, name in enumerate(names):  # the last row has no studies
        k = len(METAFOR[name]["yi"])
        there = np.sort(np.random.default_rng(row).choice(40, k, replace=False))  # with gaps
        yi[row, there], vi[row, there] = METAFOR[name]["yi"], METAFOR[name]["vi"]
    got = trimfill(yi, vi, method=method, estimator=estimator)
    for row, name in enumerate(names):
        analysis = METAFOR[name]
        alone = trimfill(analysis["yi"], analysis["vi"], method=method, estimator=estimator)
        assert got.side[row] == alone.side[0]
        for field in ("k0", "se_k0", "p_k0"):
            np.testing.assert_array_equal(getattr(got, field)[row], getattr(alone, field)[0])
        here = ~np.isnan(got.filled_yi[row])
        np.testing.assert_allclose(got.filled_yi[row, here], studies(alone.filled_yi), rtol=1e-9)
        np.testing.assert_allclose(got.fit.estimate[row], alone.fit.estimate[0], rtol=1e-9)
    assert np.isnan([got.k0[-1], got.fit.estimate[-1]]).all()


def test_unknown_options_are_named():
    with pytest.raises(ValueError, match="estimators"):
        trimfill([0.1], [0.1], estimator="Q9")
    with pytest.raises(ValueError, match="sides"):
        trimfill([0.1], [0.1], side="top")
