"""What holds for every meta-analysis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umbrella_review.pooling.batch import blocks, read
from umbrella_review.pooling.confint import confint
from umbrella_review.pooling.likelihood import log_likelihood
from umbrella_review.pooling.model import TESTS, fit
from umbrella_review.pooling.prediction import KINDS, predict
from umbrella_review.pooling.tau2 import METHODS, estimate_tau2

FIELDS = (
    "estimate", "se", "stat", "pval", "ci_lb", "ci_ub",
    "tau2", "se_tau2", "i2", "h2", "q", "q_pval",
)  # fmt: skip
METHOD = st.sampled_from(METHODS)
TEST = st.sampled_from(TESTS)


@st.composite
def studies(draw, least=2, most=12):
    k = draw(st.integers(least, most))
    y = draw(st.lists(st.floats(-5, 5).map(lambda x: round(x, 3)), min_size=k, max_size=k))
    v = draw(st.lists(st.floats(-6, 3), min_size=k, max_size=k))
    return np.array(y), 10.0 ** np.array(v)


def same(one, other, rtol=1e-6, atol=1e-9, fields=FIELDS):
    for field in fields:
        np.testing.assert_allclose(
            getattr(one, field), getattr(other, field), rtol=rtol, atol=atol, err_msg=field
        )


@given(studies(), METHOD, TEST, st.randoms(use_true_random=False))
def test_order_does_not_matter(data, method, test, random):
    y, v = data
    order = list(range(y.size))
    random.shuffle(order)
    same(fit(y, v, method=method, test=test), fit(y[order], v[order], method=method, test=test))


@given(studies(), METHOD, TEST)
def test_sign_only_turns_the_effect(data, method, test):
    y, v = data
    one, other = fit(y, v, method=method, test=test), fit(-y, v, method=method, test=test)
    same(one, other, fields=("se", "pval", "tau2", "se_tau2", "i2", "h2", "q", "q_pval"))
    np.testing.assert_allclose(one.estimate, -other.estimate, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(one.ci_lb, -other.ci_ub, rtol=1e-9, atol=1e-12)


@given(studies(), METHOD, TEST, st.sampled_from([1e-5, 0.3, 7.0, 1e6]))
def test_scale_carries_through(data, method, test, factor):
    y, v = data
    one = fit(y, v, method=method, test=test)
    other = fit(y * factor, v * factor**2, method=method, test=test)
    same(one, other, fields=("stat", "pval", "i2", "h2", "q", "q_pval"))
    for field, power in {"estimate": 1, "se": 1, "ci_ub": 1, "tau2": 2, "se_tau2": 2}.items():
        np.testing.assert_allclose(
            getattr(other, field) / factor**power, getattr(one, field), rtol=1e-6, atol=1e-9
        )


@given(studies(), METHOD, TEST, st.floats(-1e3, 1e3))
def test_shift_moves_the_estimate_alone(data, method, test, shift):
    y, v = data
    one, other = fit(y, v, method=method, test=test), fit(y + shift, v, method=method, test=test)
    same(one, other, rtol=1e-4, atol=1e-5, fields=("se", "tau2", "i2"))
    np.testing.assert_allclose(other.estimate - shift, one.estimate, atol=1e-6)


@given(st.lists(studies(least=1), min_size=1, max_size=8), METHOD, TEST)
def test_batch_equals_one_by_one(many, method, test):
    width = max(y.size for y, _ in many) + 1
    yi = np.full((len(many), width), np.nan)
    vi = yi.copy()
    for row, (y, v) in enumerate(many):
        # Missing studies may stand anywhere.
        at = np.arange(y.size) + (row % 2) * (width - y.size)
        yi[row, at], vi[row, at] = y, v
    together = fit(yi, vi, method=method, test=test)
    for row, (y, v) in enumerate(many):
        alone = fit(y, v, method=method, test=test)
        for field in ("k", "df", *FIELDS):
            np.testing.assert_allclose(
                getattr(together, field)[row], getattr(alone, field)[0], rtol=1e-9, atol=1e-12
            )


@given(studies(), METHOD)
def test_no_heterogeneity_is_the_fixed_effect_model(data, method):
    y, v = data
    random, fixed = fit(y, v, method=method), fit(y, v, method="FE")
    if random.tau2[0] == 0:
        same(random, fixed, fields=("estimate", "se", "ci_lb", "q"), rtol=1e-12)


@given(studies(), st.sampled_from(["ML", "REML"]))
@settings(max_examples=150)
def test_likelihood_is_nowhere_higher(data, method):
    y, v = data
    block = next(blocks(*read(y, v)))
    tau2 = estimate_tau2(y, v, method).value / block.unit**2
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 1e10, 4000)])
    every = block.take(np.zeros(grid.size, dtype=np.intp))
    restricted = method == "REML"
    heights = log_likelihood(every, grid, restricted=restricted)
    peak = log_likelihood(block, tau2, restricted=restricted)[0]
    assert peak >= heights.max() - 1e-9 * max(1.0, abs(peak))


@given(studies(), st.sampled_from(["EB", "PM"]))
def test_q_equation_is_solved(data, method):
    y, v = data
    tau2 = estimate_tau2(y, v, method).value[0]
    q = fit(y, v + tau2, method="FE").q[0]
    if tau2 > 0:
        assert q == pytest.approx(y.size - 1, rel=1e-7)
    else:
        assert q <= (y.size - 1) * (1 + 1e-12)


@given(studies())
def test_intervals_hold_their_definition(data):
    y, v = data
    found = confint(y, v, "REML")
    _, low, high = found.tau2[0]
    assert 0 <= low <= high
    assert found.empty[0] == (high == 0)
    assert found.truncated[0] == (low == 0)
    profile = confint(y, v, "REML", kind="PL")
    middle, low, high = profile.tau2[0]
    assert 0 <= low <= middle <= high
    assert np.isfinite(high)
    wider = confint(y, v, "REML", kind="PL", level=0.99).tau2[0]
    assert wider[1] <= low
    assert high <= wider[2]


@given(studies(), METHOD, TEST, st.sampled_from(KINDS))
def test_prediction_holds_the_confidence_interval(data, method, test, kind):
    found = fit(*data, method=method, test=test)
    interval = predict(found, kind)
    if method == "FE" or not found.se[0] > 0:
        assert method != "FE" or np.isnan(interval.lb[0])
    elif kind == "metafor":
        assert interval.lb[0] <= found.ci_lb[0]
        assert interval.ub[0] >= found.ci_ub[0]


@given(studies(), METHOD)
def test_adhoc_is_never_narrower_than_the_plain_t_test(data, method):
    y, v = data
    careful, plain = fit(y, v, method=method, test="adhoc"), fit(y, v, method=method, test="t")
    assert careful.se[0] >= plain.se[0]
