from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import METAFOR, rows
from umbrella_review.bias import refit
from umbrella_review.bias.influence import influence
from umbrella_review.bias.refit import cumulative, leave_one_out
from umbrella_review.pooling.model import fit

FIELDS = {
    "estimate": "estimate",
    "se": "se",
    "pval": "pval",
    "ci_lb": "ci_lb",
    "ci_ub": "ci_ub",
    "Q": "q",
    "tau2": "tau2",
    "I2": "i2",
}
IDS = {"ids": lambda value: value["method"] if isinstance(value, dict) else str(value)}


def compare(got, row, method):
    for name, field in FIELDS.items():
        if row[name]:  # the reference lists no heterogeneity for the fixed-effect model
            closed = method in {"FE", "DL"}
            least = 1e-12 if closed else 1e-8
            np.testing.assert_allclose(
                getattr(got, field)[0],
                np.array(row[name], dtype=float),
                rtol=1e-9 if closed else 1e-6,
                atol=least if name in {"tau2", "I2", "Q"} else 0,
                err_msg=name,
            )


@pytest.mark.parametrize(("analysis", "row"), rows("leave1out"), **IDS)
def test_leave_one_out_agrees_with_the_reference(analysis, row):
    content = METAFOR[analysis]
    got = leave_one_out(content["yi"], content["vi"], method=row["method"], test=row["test"])
    compare(got, row, row["method"])


@pytest.mark.parametrize(
    ("analysis", "row"),
    [(name, row) for name, content in METAFOR.items() for row in content["cumul"]["results"]],
    **IDS,
)
def test_cumulative_agrees_with_the_reference(analysis, row):
    content = METAFOR[analysis]
    k, order = content["k"], content["cumul"]["order"]
    order = np.arange(k) if isinstance(order, str) else np.array(order) - 1
    got = cumulative(
        content["yi"], content["vi"], np.argsort(order), method=row["method"], test=row["test"]
    )
    assert got.order[0].tolist() == order.tolist()
    compare(got.fit, row, row["method"])


@pytest.mark.parametrize(("analysis", "row"), rows("influence"), **IDS)
def test_influence_agrees_with_the_reference(analysis, row):
    content = METAFOR[analysis]
    got = influence(content["yi"], content["vi"], method=row["method"])
    for name in (
        "rstudent",
        "dffits",
        "cook_d",
        "cov_r",
        "tau2_del",
        "QE_del",
        "hat",
        "weight_pct",
        "dfbs",
    ):
        np.testing.assert_allclose(
            getattr(got, {"QE_del": "q_del"}.get(name, name))[0],
            row[name],
            rtol=1e-9 if row["method"] == "FE" else 1e-6,
            atol=1e-12 if row["method"] == "FE" else 1e-8,
            err_msg=name,
        )
    assert got.is_infl[0].tolist() == row["is_infl"]


YI = np.array([[0.1, np.nan, 0.5, 0.9], [0.3, 0.2, np.nan, np.nan], [0.4, np.nan, np.nan, np.nan]])
VI = np.where(np.isnan(YI), np.nan, [0.02, 0.03, 0.05, 0.01])


def test_a_batch_gives_what_its_analyses_give(monkeypatch):
    whole = leave_one_out(YI, VI, method="DL")
    monkeypatch.setattr(refit, "_CELLS_AT_A_TIME", 8)
    np.testing.assert_array_equal(leave_one_out(YI, VI, method="DL").estimate, whole.estimate)
    alone = leave_one_out(YI[0, [0, 2, 3]], VI[0, [0, 2, 3]], method="DL")
    np.testing.assert_allclose(whole.estimate[0, [0, 2, 3]], alone.estimate[0], rtol=1e-12)
    assert np.isnan(whole.estimate[0, 1])
    np.testing.assert_allclose(whole.estimate[1, :2], [0.2, 0.3])
    assert np.isnan(whole.estimate[2]).all()


def test_studies_enter_by_the_given_order_and_unknown_ones_last():
    years = [[2001, 1990, np.nan, 1990], [2000, 1999, 5, 5], [1, 1, 1, 1]]
    got = cumulative(YI, VI, years, method="FE")
    assert got.order.tolist() == [[3, 0, 2, -1], [1, 0, -1, -1], [0, -1, -1, -1]]
    assert got.fit.estimate[0, 0] == 0.9
    np.testing.assert_allclose(got.fit.estimate[0, 2], fit(YI[:1], VI[:1], method="FE").estimate[0])
    assert np.isnan(got.fit.estimate[0, 3])


def test_without_an_order_studies_enter_as_they_stand():
    assert cumulative(YI, VI, method="FE").order[0].tolist() == [0, 2, 3, -1]
    with pytest.raises(ValueError, match="shape"):
        cumulative(YI, VI, [1, 2, 3])


def test_a_batch_without_studies_is_missing():
    nothing = np.full((2, 3), np.nan)
    assert np.isnan(leave_one_out(nothing, nothing).estimate).all()
    assert np.isnan(influence(nothing, nothing).rstudent).all()


def test_a_single_study_has_all_weight_and_no_influence():
    got = influence([[0.3, np.nan]], [[0.1, np.nan]])
    assert got.weight_pct[0, 0] == 100
    assert not got.is_infl.any()
    assert np.isnan([got.rstudent[0, 0], got.cook_d[0, 0]]).all()


def test_an_outlier_is_influential():
    yi = np.append(np.linspace(0.1, 0.2, 9), 3.0)
    assert influence(yi, np.full(10, 0.01)).is_infl[0].tolist() == [False] * 9 + [True]
