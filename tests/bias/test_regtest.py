from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import METAFOR, rows
from umbrella_review.bias.regtest import regtest
from umbrella_review.pooling.tau2 import METHODS

FIELDS = (
    "stat",
    "df",
    "pval",
    "slope",
    "slope_se",
    "intercept",
    "intercept_se",
    "limit_est",
    "limit_ci_lb",
    "limit_ci_ub",
)
ALONE = {"ids": lambda value: value["call"] if isinstance(value, dict) else str(value)}


@pytest.mark.parametrize(("analysis", "row"), rows("regtest"), **ALONE)
def test_it_agrees_with_the_reference(analysis, row):
    content = METAFOR[analysis]
    got = regtest(
        content["yi"],
        content["vi"],
        model=row["model"],
        predictor=row["predictor"],
        method=row["method"] or "FE",
        ni=content["ni"],
    )
    assert got.method == row["method"]
    for name in FIELDS:
        value = getattr(got, name)[0]
        if row.get(name) is None:
            assert np.isnan(value), name
        else:
            tolerance = 1e-6 if row["method"] == "REML" else 1e-9
            assert value == pytest.approx(row[name], rel=tolerance, abs=1e-15), name


def test_a_batch_gives_what_its_analyses_give():
    yi, vi = METAFOR["dat.bcg-RR"]["yi"], METAFOR["dat.bcg-RR"]["vi"]
    batch = np.full((3, 20), np.nan), np.full((3, 20), np.nan)
    for values, wide in zip((yi, vi), batch, strict=True):
        wide[0, :13] = values
        wide[1, 5:12] = values[:7]
        wide[2, :2] = values[:2]
    for model, method in (("lm", "REML"), *(("rma", name) for name in METHODS)):
        got = regtest(*batch, model=model, method=method)
        for row, part in ((0, slice(None)), (1, slice(7))):
            alone = regtest(yi[part], vi[part], model=model, method=method)
            for name in ("stat", "pval", "slope", "limit_ci_ub"):
                assert getattr(got, name)[row] == pytest.approx(getattr(alone, name)[0], rel=1e-9)
        untested = np.isnan([got.stat[2], got.limit_ci_lb[2], got.pval[2]])
        assert (untested == (method != "FE")).all()


def test_a_known_limit_effect_is_found():
    se = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    noise = np.array([1, -2, 1, 0, 0]) * 1e-3
    got = regtest(0.3 + 2 * se + noise, se**2)
    assert got.limit_est[0] == pytest.approx(0.3, abs=5e-3)
    assert got.slope[0] == pytest.approx(2, abs=2e-2)


@pytest.mark.parametrize("model", ["lm", "rma"])
def test_equal_variances_allow_no_regression(model):
    got = regtest([0.1, 0.5, 0.9, 0.4], np.full(4, 0.3), model=model)
    assert np.isnan([got.stat[0], got.slope[0], got.limit_est[0]]).all()


def test_a_line_through_all_studies_leaves_no_error_to_test_with():
    se = np.array([0.1, 0.2, 0.3, 0.4])
    for yi in (1 + 2 * se, np.full(4, 0.7)):
        got = regtest(yi, se**2)
        assert np.isnan([got.stat[0], got.pval[0], got.slope_se[0]]).all()
        assert np.isfinite(got.limit_est[0])


def test_two_studies_give_a_line_and_under_a_common_effect_a_test():
    # metafor 3.8.1: regtest(c(.5, .1), c(.1, .2)) and regtest(rma(..., method="FE")).
    yi, vi = [0.5, 0.1], [0.1, 0.2]
    line = regtest(yi, vi)
    assert line.slope[0] == pytest.approx(-3.05376544606718, rel=1e-12)
    assert line.limit_est[0] == pytest.approx(1.46568542494924, rel=1e-12)
    assert line.df[0] == 0
    assert np.isnan([line.stat, line.pval, line.slope_se, line.limit_ci_lb]).all()
    test = regtest(yi, vi, model="rma", method="FE")
    assert test.stat[0] == pytest.approx(-0.730296743340218, rel=1e-12)
    assert test.pval[0] == pytest.approx(0.465208818452144, rel=1e-12)
    assert test.limit_ci_ub[0] == pytest.approx(4.45832057071152, rel=1e-12)
    for method in ("DL", "REML"):
        assert np.isnan(regtest(yi, vi, model="rma", method=method).slope).all()


def test_studies_without_a_sample_size_are_left_out():
    yi, vi, ni = [0.1, 0.5, 0.9, 0.2], [0.1, 0.2, 0.4, 0.1], [100, 60, 30, np.nan]
    got = regtest(yi, vi, predictor="ninv", ni=ni)
    alone = regtest(yi[:3], vi[:3], predictor="ninv", ni=ni[:3])
    assert (got.k[0], got.stat[0]) == (3, alone.stat[0])


def test_wrong_options_are_named():
    with pytest.raises(ValueError, match="models"):
        regtest([0.1], [0.1], model="glm")
    with pytest.raises(ValueError, match="sample sizes"):
        regtest([0.1], [0.1], predictor="ni")
    with pytest.raises(ValueError, match="sample sizes"):
        regtest([0.1], [0.1], predictor="ni", ni=[0])
