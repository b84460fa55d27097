"""Prediction intervals of reported results and the variance behind them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pooling.reference import analyses
from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.reported_row import ReportedRow
from umbrella_review.audit.statistics import Bounded
from umbrella_review.credibility.heterogeneity import (
    APPROXIMATED,
    REPORTED,
    ZERO,
    heterogeneity,
    tau2_from_share,
)
from umbrella_review.credibility.prediction import (
    EXCLUDES,
    INCLUDES,
    NO_HETEROGENEITY,
    NO_INTERVAL,
    NO_SIGN,
    OPEN,
    UNKNOWN_K,
    PredictionChoice,
    predicted,
)
from umbrella_review.credibility.values import approximation_values, compared, prediction_values
from umbrella_review.effects.reported import harmonised
from umbrella_review.pooling.model import fit

CHOICE = PredictionChoice()
RESULT = {
    "estimate_id": "x1", "measure": "SMD", "estimate": 0.30, "ci_lb": 0.12, "ci_ub": 0.48,
    "k": 6, "q_df": None, "q": None, "i2": 40.0, "tau2": None, "higher_is_better": True,
    "sign_convention": "raw",
}  # fmt: skip


def one(**cells: object) -> pd.Series:
    """Return the prediction of one result with these cells."""
    frame = harmonised(pd.DataFrame([{**RESULT, **cells}]).astype({"higher_is_better": object}))
    return predicted(frame, CHOICE).iloc[0]


def spread(**cells: object):
    known = {name: cell for name, cell in {**RESULT, **cells}.items() if cell is not None}
    return heterogeneity(ReportedRow("x1", known, Settings()), Bounded(0.1, 0.09, 0.11))


@given(
    st.lists(st.floats(-2, 2), min_size=3, max_size=20), st.floats(0.01, 2),
    st.sampled_from(["DL", "REML", "PM"]),
)  # fmt: skip
def test_the_approximation_is_exact_for_equally_precise_studies(
    effects: list[float], v: float, method: str
) -> None:
    model = fit(effects, np.full(len(effects), v), method=method)
    share, error = Bounded.exact(model.i2[0]), Bounded.exact(model.se[0])
    found = tau2_from_share(share, error, len(effects)).value
    assert found == pytest.approx(model.tau2[0], rel=1e-6, abs=1e-9)


def test_the_approximation_is_as_near_on_real_data_as_the_module_says() -> None:
    ratios = {}
    for name, analysis in analyses():
        for model in analysis["models"]:
            if model["test"] == "z" and model["method"] in {"DL", "REML"}:
                share, error = Bounded.exact(model["I2"]), Bounded.exact(model["se"])
                near = tau2_from_share(share, error, model["k"]).value
                width = math.hypot(model["se"], math.sqrt(near))
                exact = math.hypot(model["se"], math.sqrt(model["tau2"]))
                ratios[name, model["method"], model["tau2"] > 1e-3] = width / exact
    far = [ratio for key, ratio in ratios.items() if key[2]]
    near_zero = [ratio for key, ratio in ratios.items() if not key[2]]
    assert len(ratios) >= 20
    assert 1.01 < min(far) < max(far) < 1.12
    assert len(near_zero) == 1
    assert near_zero[0] == pytest.approx(1.245, abs=0.001)


def test_a_reported_variance_comes_first_and_keeps_its_rounding() -> None:
    found = spread(tau2=0.02, i2=0.0)
    assert found.basis == REPORTED
    assert (found.tau2.value, found.tau2.low, found.tau2.high) == pytest.approx(
        (0.02, 0.015, 0.025)
    )


@pytest.mark.parametrize("cells", [{"i2": 0.0}, {"i2": None, "q": 4.9}, {"i2": 0.0, "q": 5.01}])
def test_no_heterogeneity_is_a_variance_of_zero(cells: dict) -> None:
    found = spread(**cells)
    assert (found.basis, found.tau2.value, found.tau2.low) == (ZERO, 0.0, 0.0)
    assert found.tau2.high < 0.001


def test_else_it_is_approximated_from_q_before_i2() -> None:
    found = spread(q=10.0, q_df=5, i2=50.0)
    assert found.basis == APPROXIMATED
    assert found.tau2.value == pytest.approx(0.5 * 6 * 0.01)
    assert found.tau2.low < found.tau2.value < found.tau2.high
    assert spread(i2=40.0).tau2.value == pytest.approx(0.4 * 6 * 0.01)


def test_results_pooled_are_counted_by_the_degrees_of_freedom() -> None:
    assert spread(k=16, q=91.38, q_df=20).k == 21
    assert spread(k=None, q_df=None).k is None


def test_the_interval_is_the_formula() -> None:
    row = one(tau2=0.02)
    se = 0.36 / (2 * 1.959963984540054)
    margin = 2.570581835636314 * math.sqrt(se**2 + 0.02)  # t with 5 degrees of freedom
    assert (row["pi_lb"], row["pi_ub"]) == pytest.approx((0.30 - margin, 0.30 + margin))
    assert row["pi_null"] == INCLUDES


def test_signs_and_ratios_are_turned_like_the_effects() -> None:
    plain, turned = one(tau2=0.02), one(
        tau2=0.02, estimate=-0.30, ci_lb=-0.48, ci_ub=-0.12, higher_is_better=False
    )  # fmt: skip
    ends = ["pi_lb", "pi_ub", "pi_lb_low", "pi_lb_high", "pi_ub_low", "pi_ub_high"]
    assert plain[ends].tolist() == pytest.approx(turned[ends].tolist())
    ratio = one(measure="RR", estimate=0.5, ci_lb=0.25, ci_ub=1.0, tau2=0.0, higher_is_better=False)
    assert (ratio["pi_lb"] + ratio["pi_ub"]) / 2 == pytest.approx(math.log(2))
    assert ratio["pi_null"] == INCLUDES


@given(
    st.floats(-0.004, 0.004), st.floats(-0.004, 0.004), st.floats(-0.004, 0.004),
    st.floats(-0.004, 0.004),
)  # fmt: skip
def test_bounds_hold_whatever_the_unrounded_figures_were(
    a: float, b: float, c: float, d: float
) -> None:
    row, true = one(tau2=0.02), one(
        estimate=0.30 + a, ci_lb=0.12 + b, ci_ub=0.48 + c, tau2=0.02 + d
    )  # fmt: skip
    assert row["pi_lb_low"] <= true["pi_lb"] <= row["pi_lb_high"]
    assert row["pi_ub_low"] <= true["pi_ub"] <= row["pi_ub_high"]


def test_rounding_may_leave_the_null_open() -> None:
    assert one(ci_lb=0.18, ci_ub=0.42, i2=0.0)["pi_null"] == EXCLUDES
    assert one(estimate=0.16, ci_lb=0.04, ci_ub=0.28, i2=0.0)["pi_null"] == OPEN


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"k": None}, UNKNOWN_K),
        ({"k": 2}, "fewer than 3 results are pooled"),
        ({"i2": None}, NO_HETEROGENEITY),
        ({"ci_lb": None, "ci_ub": None}, NO_INTERVAL),
        ({"sign_convention": None}, NO_SIGN),
        ({"measure": "XX"}, "on which scale XX is symmetric is not known"),
    ],
)
def test_what_is_missing_is_said(cells: dict, reason: str) -> None:
    row = one(**cells)
    assert row["reason"] == reason
    assert np.isnan(row["pi_lb"])
    assert not row["pi_null"]


def test_real_results(results: pd.DataFrame) -> None:
    rows = predicted(results, CHOICE).set_index("estimate_id")
    known = rows[rows["pi_lb"].notna()]
    assert len(known) == 24
    assert known["pi_lb"].lt(known["favours_lb"]).all()
    assert known["pi_ub"].gt(known["favours_ub"]).all()
    assert known.index[known["pi_null"].eq(EXCLUDES)].tolist() == ["ma007"]
    assert known["tau2_basis"].value_counts().to_dict() == {APPROXIMATED: 12, REPORTED: 7, ZERO: 5}
    assert rows.at["ma001", "k_pooled"] == 21
    # The same evidence in two reviews, once with and once without its variance.
    assert rows.at["ma020", "pi_lb"] == pytest.approx(rows.at["ma012", "pi_lb"], abs=0.06)


def test_values_and_comparison_on_real_results(results: pd.DataFrame) -> None:
    rows = predicted(results, CHOICE)
    found = compared(rows, CHOICE)
    assert len(found) == 7
    assert found["width"].between(97, 116).all()
    values = [*prediction_values("c", rows), *approximation_values("c", rows, CHOICE)]
    texts = {value.value_id: value.text for value in values}
    assert (texts["c.n_prediction"], texts["c.n_no_prediction"]) == ("24", "10")
    assert (texts["c.n_significant_pi_includes"], texts["c.n_significant_pi_excludes"]) == (
        "13",
        "1",
    )
    assert (texts["c.n_compared"], texts["c.n_compared_agree"]) == ("7", "5")


def test_nothing_left_is_no_error(results: pd.DataFrame) -> None:
    rows = predicted(results.iloc[:0], CHOICE)
    texts = {value.value_id: value.text for value in approximation_values("c", rows, CHOICE)}
    assert texts["c.width_lowest"] == "not known"
    assert prediction_values("c", rows)[0].text == "0"
