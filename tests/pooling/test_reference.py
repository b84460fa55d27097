"""Every model, interval and regression of the reference, from its effects and variances."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pooling.reference import analyses, assert_close
from umbrella_review.pooling.confint import confint
from umbrella_review.pooling.model import fit, weights_percent
from umbrella_review.pooling.prediction import predict
from umbrella_review.pooling.regression import regress
from umbrella_review.pooling.uwls import uwls

EVERY = pytest.mark.parametrize(
    "analysis", [a for _, a in analyses()], ids=[n for n, _ in analyses()]
)
ITERATIVE = {"ML", "REML", "EB", "PM"}
FIELDS = {
    "k": "k", "estimate": "estimate", "se": "se", "stat": "stat", "df": "df", "pval": "pval",
    "ci_lb": "ci_lb", "ci_ub": "ci_ub", "tau2": "tau2", "se_tau2": "se_tau2",
    "I2": "i2", "H2": "h2", "Q": "q", "Qp": "q_pval",
}  # fmt: skip
PREDICTORS = {
    "sei": lambda v, n: np.sqrt(v),
    "vi": lambda v, n: v,
    "ni": lambda v, n: n,
    "ninv": lambda v, n: 1 / n,
    "sqrtni": lambda v, n: np.sqrt(n),
    "sqrtninv": lambda v, n: 1 / np.sqrt(n),
}


@EVERY
def test_models(analysis):
    for model in analysis["models"]:
        found = fit(analysis["yi"], analysis["vi"], method=model["method"], test=model["test"])
        rtol = 1e-11 if model["method"] in ITERATIVE else 1e-12
        for field, attribute in FIELDS.items():
            what = f"{model['method']} {model['test']} {field}"
            assert_close(float(getattr(found, attribute)[0]), model[field], rtol, what=what)
        default, hts = predict(found), predict(found, "t_k2")
        for field, value in {
            "pi_lb": default.lb, "pi_ub": default.ub,
            "pi_riley_lb": hts.lb, "pi_riley_ub": hts.ub,
        }.items():  # fmt: skip
            assert_close(value[0], model.get(field), 1e-10, what=f"{model['method']} {field}")
        if "weights_pct" in model:
            weights = weights_percent(analysis["yi"], analysis["vi"], found.tau2)[0]
            np.testing.assert_allclose(weights, model["weights_pct"], rtol=1e-11)


@EVERY
def test_intervals_of_heterogeneity(analysis):
    for case in analysis["confint"]:
        found = confint(analysis["yi"], analysis["vi"], case["method"], kind=case["type"])
        for field in ("tau2", "tau", "I2", "H2"):
            np.testing.assert_allclose(
                getattr(found, field.lower())[0], case[field], rtol=1e-9, err_msg=str(case)
            )
        assert found.truncated[0] == (case["tau2"][1] == 0)
        assert not found.empty[0]


@EVERY
def test_multiplicative_heterogeneity(analysis):
    found = uwls(analysis["yi"], analysis["vi"])
    expected = analysis["birge"]
    names = {"se_uwls": "se", "t": "stat", "se_birge_not_below_fe": "se_not_below_fe"}
    for field, value in expected.items():
        if field != "H2":
            attribute = names.get(field, field)
            assert_close(getattr(found, attribute)[0], value, 1e-12, what=field)


@EVERY
def test_mixed_regressions(analysis):
    v = np.array(analysis["vi"])
    n = np.array(analysis["ni"], dtype=float) if "ni" in analysis else None
    compared = 0
    for case in analysis["regtest"]:
        if case["model"] != "rma":
            continue
        moderator = PREDICTORS[case["predictor"]](v, n)
        found = regress(analysis["yi"], v, moderator, method=case["method"])
        for field, value in {
            "stat": found.stat[1], "pval": found.pval[1],
            "slope": found.beta[1], "slope_se": found.se[1],
            "intercept": found.beta[0], "intercept_se": found.se[0],
        }.items():  # fmt: skip
            assert_close(value, case[field], 1e-10, what=f"{case['call']} {field}")
        if case["limit_est"] is not None:
            assert_close(found.ci_lb[0], case["limit_ci_lb"], 1e-10)
            assert_close(found.ci_ub[0], case["limit_ci_ub"], 1e-10)
        compared += 1
    assert compared >= 6
