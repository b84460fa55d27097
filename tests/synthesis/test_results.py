"""Results of the engine as data frames."""

from __future__ import annotations

import numpy as np
import pytest

from umbrella_review.bias.excess import tes
from umbrella_review.bias.influence import influence
from umbrella_review.bias.ranktest import ranktest
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.trimfill import trimfill
from umbrella_review.grading.evidence import Evidence
from umbrella_review.grading.profiles import grade
from umbrella_review.pooling.confint import confint
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.regression import regress
from umbrella_review.synthesis import tidy

YI = np.array([[0.1, 0.3, 0.5, 0.2], [0.4, -0.1, 0.2, np.nan]])
VI = np.array([[0.02, 0.03, 0.05, 0.04], [0.1, 0.05, 0.02, np.nan]])


def test_a_fit_has_a_row_an_analysis():
    fitted = fit(YI, VI, method="DL")
    frame = tidy(fitted, ["a", "b"])
    assert frame["analysis"].to_list() == ["a", "b"]
    assert frame["estimate"].to_list() == fitted.estimate.tolist()
    assert frame["method"].to_list() == ["DL", "DL"]
    assert tidy(fitted)["analysis"].to_list() == ["1", "2"]


@pytest.mark.parametrize(
    "result", [regtest(YI, VI), tes(YI, VI), trimfill(YI, VI), confint(YI, VI)]
)
def test_tests_have_a_row_an_analysis(result):
    frame = tidy(result)
    assert len(frame) == 2
    assert all(
        frame[column].map(np.isscalar).all() for column in frame.columns.difference(["method"])
    )


def test_intervals_of_heterogeneity_are_three_columns():
    found = confint(YI, VI)
    frame = tidy(found)
    assert frame[["tau2", "tau2_lb", "tau2_ub"]].to_numpy().tolist() == found.tau2.tolist()


def test_results_without_each_study_have_a_row_a_study():
    frame = tidy(leave_one_out(YI, VI, method="FE"), ["a", "b"], studies=list("wxyz"))
    assert frame["study"].to_list() == [*"wxyz", *"wxy"]
    assert frame["analysis"].to_list() == ["a"] * 4 + ["b"] * 3
    assert len(tidy(influence(YI, VI))) == 7


def test_a_regression_has_a_row_a_coefficient():
    model = regress(YI[0], VI[0], np.arange(4.0))
    frame = tidy(model, ["intercept", "dose"], by="term")
    assert frame["term"].to_list() == ["intercept", "dose"]
    assert frame["beta"].to_list() == model.beta.tolist()
    assert "covariance" not in frame


def test_a_result_of_single_values_has_one_row():
    assert tidy(ranktest(YI[0], VI[0]))["k"].to_list() == [4]


def test_a_grade_has_a_row_a_criterion():
    frame = tidy(grade(Evidence("ratio", 7, p_value=0.2), "ioannidis"))
    assert frame["name"].is_unique is False
    assert set(frame["status"]) <= {"met", "not met", "not assessable"}


def test_what_is_no_result_is_refused():
    for wrong in (3, "fit", Evidence):
        with pytest.raises(TypeError, match="no result"):
            tidy(wrong)
