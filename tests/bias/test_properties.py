"""What holds for all analyses, whatever their numbers."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from umbrella_review.bias.excess import tes
from umbrella_review.bias.failsafe import fsn
from umbrella_review.bias.influence import influence
from umbrella_review.bias.largest import largest_study
from umbrella_review.bias.ranktest import ranktest
from umbrella_review.bias.refit import cumulative, leave_one_out
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.stanley import excess_share
from umbrella_review.bias.trimfill import trimfill
from umbrella_review.pooling.model import fit

SETTINGS = settings(max_examples=40, deadline=None)


@st.composite
def analyses(draw, least=3, most=12):
    """Return effects and variances that differ from each other by more than rounding."""
    k = draw(st.integers(least, most))
    steps = st.integers(-300, 300)
    yi = np.array(draw(st.lists(steps, min_size=k, max_size=k, unique=True))) / 97
    vi = np.array(draw(st.lists(st.integers(1, 500), min_size=k, max_size=k, unique=True))) / 89
    return yi, vi


@SETTINGS
@given(analyses(), st.sampled_from(["FE", "DL", "REML"]))
def test_the_sign_of_effects_only_turns_results(studies, method):
    yi, vi = studies
    here, there = regtest(yi, vi), regtest(-yi, vi)
    np.testing.assert_allclose(here.stat, -there.stat, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(here.pval, there.pval, rtol=1e-9)
    assert ranktest(yi, vi).kendall_tau == -ranktest(-yi, vi).kendall_tau
    assert ranktest(yi, vi).pval == ranktest(-yi, vi).pval
    for kind in ("Rosenthal", "Orwin", "Rosenberg"):
        np.testing.assert_array_equal(fsn(yi, vi, kind).fsnum, fsn(-yi, vi, kind).fsnum)
    for function in (tes, excess_share):
        np.testing.assert_allclose(function(yi, vi).pval, function(-yi, vi).pval, rtol=1e-9)
    left = trimfill(yi, vi, method=method, side="left")
    right = trimfill(-yi, vi, method=method, side="right")
    np.testing.assert_array_equal(left.k0, right.k0)
    np.testing.assert_allclose(left.fit.estimate, -right.fit.estimate, rtol=1e-9, atol=1e-12)
    ours, turned = influence(yi, vi, method=method), influence(-yi, vi, method=method)
    np.testing.assert_allclose(ours.cook_d, turned.cook_d, rtol=1e-9)
    np.testing.assert_allclose(ours.dffits, -turned.dffits, rtol=1e-9)


@SETTINGS
@given(analyses(), st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_matter(studies, random):
    yi, vi = studies
    order = list(range(len(yi)))
    random.shuffle(order)
    mixed = yi[order], vi[order]
    np.testing.assert_allclose(regtest(*mixed).stat, regtest(yi, vi).stat, rtol=1e-8, atol=1e-10)
    for test in ("chi2", "binom", "exact"):
        np.testing.assert_allclose(
            tes(*mixed, test=test).pval, tes(yi, vi, test=test).pval, rtol=1e-8
        )
    np.testing.assert_allclose(excess_share(*mixed).pval, excess_share(yi, vi).pval, rtol=1e-8)
    np.testing.assert_array_equal(fsn(*mixed).fsnum, fsn(yi, vi).fsnum)
    np.testing.assert_allclose(
        leave_one_out(*mixed, method="DL").estimate[0],
        leave_one_out(yi, vi, method="DL").estimate[0, order],
        rtol=1e-9,
        atol=1e-12,
    )
    np.testing.assert_allclose(
        influence(*mixed, method="DL").cook_d[0],
        influence(yi, vi, method="DL").cook_d[0, order],
        rtol=1e-7,
    )
    assert largest_study(*mixed).yi == largest_study(yi, vi).yi


@SETTINGS
@given(analyses(), st.integers(-20, 20))
def test_the_unit_of_effects_does_not_matter(studies, power):
    yi, vi = studies
    unit = 2.0**power
    np.testing.assert_allclose(regtest(unit * yi, unit**2 * vi).pval, regtest(yi, vi).pval)
    ranks, again = ranktest(yi, vi), ranktest(unit * yi, unit**2 * vi)
    assert ranks == again
    limit = tes(yi, vi).theta_lim
    np.testing.assert_allclose(tes(unit * yi, unit**2 * vi).theta_lim, unit * limit, rtol=1e-9)


@SETTINGS
@given(analyses())
def test_powers_are_chances_and_tests_are_p_values(studies):
    yi, vi = studies
    for test in ("chi2", "binom", "exact"):
        got = tes(yi, vi, tau2=0.3, test=test)
        assert ((got.power >= 0.05 * (1 - 1e-9)) & (got.power <= 1)).all()
        assert 0 <= got.pval[0] <= 1
        assert 0 <= got.expected[0] <= got.k[0]


@SETTINGS
@given(analyses(least=1), st.sampled_from(["FE", "DL", "REML"]))
def test_the_last_cumulative_result_is_the_whole(studies, method):
    yi, vi = studies
    got = cumulative(yi, vi, -vi, method=method).fit
    np.testing.assert_allclose(
        got.estimate[0, -1], fit(yi, vi, method=method).estimate[0], rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("k", [1, 2, 3, 40, 1000])
@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e12])
@pytest.mark.parametrize("spread", [0.0, 1.0])
def test_extremes_give_finite_numbers_or_missing_ones(k, scale, spread):
    random = np.random.default_rng(k)
    yi = 0.5 + spread * random.normal(size=k)
    vi = np.full(k, scale) if spread == 0 else scale * random.uniform(0.5, 2, k)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = [
            regtest(yi, vi),
            regtest(yi, vi, model="rma", method="DL"),
            ranktest(yi, vi),
            *(fsn(yi, vi, kind) for kind in ("Rosenthal", "Orwin", "Rosenberg")),
            *(tes(yi, vi, test=test) for test in ("chi2", "binom", "exact")),
            excess_share(yi, vi),
            trimfill(yi, vi, method="DL"),
            influence(yi, vi, method="DL"),
            largest_study(yi, vi),
        ]
    for result in results:
        for name, value in vars(result).items():
            if isinstance(value, float | np.ndarray) and np.asarray(value).dtype.kind != "U":
                assert not np.isinf(np.asarray(value, dtype=float)).any(), (result, name)


def test_variances_of_all_sizes_in_one_analysis():
    yi, vi = np.array([0.1, 0.4, 0.2, 0.9]), np.array([1e-12, 1.0, 1e6, 1e12])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isfinite(regtest(yi, vi).stat).all()
        assert np.isfinite(ranktest(yi, vi).pval)
        assert np.isfinite(tes(yi, vi, test="exact").pval).all()
        assert np.isfinite(influence(yi, vi, method="REML").cook_d).all()
        assert np.isfinite(trimfill(yi, vi, method="REML").fit.estimate).all()
