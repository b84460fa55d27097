from __future__ import annotations

import numpy as np
import pytest

from tests.bias.cases import MEAN_DIFFERENCES, correction, metaumbrella
from umbrella_review.bias.largest import largest_study
from umbrella_review.bias.regtest import regtest
from umbrella_review.bias.stanley import excess_share

RUNS = metaumbrella()
IDS = [f"{name}-{call}" for name, call, *_ in RUNS]


def column(part, name, length):
    return np.array(part.get(name) or [None] * length, dtype=float)


def sample_sizes(part, length):
    size = column(part, "n_sample", length)
    for first, second in (("n_cases", "n_controls"), ("n_exp", "n_nexp")):
        both = column(part, first, length) + column(part, second, length)
        size = np.where(np.isnan(size), both, size)
    return size


@pytest.mark.parametrize(("name", "call", "part", "result"), RUNS, ids=IDS)
def test_excess_significance_agrees_with_metaumbrella(name, call, part, result):
    yi = np.array(result["studies"]["value"], dtype=float)
    se = np.array(result["studies"]["se"], dtype=float)
    vi, significant = se**2, None
    size = sample_sizes(part, len(yi))
    largest = largest_study(yi, vi, size)
    if result["measure"] in MEAN_DIFFERENCES:
        # Powers of mean differences take the uncorrected d and its variance under no effect.
        first, second = part["n_cases"], part["n_controls"]
        n1, n2 = np.array(first, dtype=float), np.array(second, dtype=float)
        significant = np.abs(yi / se) > 1.959963984540054
        yi, vi = yi / correction(n1 + n2 - 2), 1 / n1 + 1 / n2
    theta = yi[largest.index] if "largest" in call else None
    got = excess_share(yi, vi, theta=theta, tau2=result["tau2"] or 0.0, significant=significant)
    esb = result["esb"]
    np.testing.assert_allclose(got.power[0], esb["power"], rtol=1e-8)
    assert got.significant[0].tolist() == esb["sig"]
    assert got.observed[0] == esb["observed_sig"]
    assert got.expected[0] == pytest.approx(esb["expected_sig"], rel=1e-8)
    kind = next((kind for kind in ("TESS", "PSST") if f'"{kind}"' in call), None)
    z, pval = {
        None: (got.z, got.pval),
        "TESS": (got.z_tess, got.pval_tess),
        "PSST": (got.z_psst, got.pval_psst),
    }[kind]
    assert z[0] == pytest.approx(esb["z"], rel=1e-8)
    assert pval[0] == pytest.approx(esb["p"], rel=1e-8, abs=1e-14)
    if kind is None:
        assert got.pval_tess[0] == pytest.approx(esb["p_TESS"], rel=1e-8, abs=1e-14)
        assert got.pval_psst[0] == pytest.approx(esb["p_PSST"], rel=1e-8, abs=1e-14)


@pytest.mark.parametrize(("name", "call", "part", "result"), RUNS, ids=IDS)
def test_egger_and_the_largest_study_agree_with_metaumbrella(name, call, part, result):
    studies = result["studies"]
    yi, vi = np.array(studies["value"]), np.square(studies["se"])
    egger = regtest(yi, vi)
    assert egger.stat[0] == pytest.approx(result["egger_t"], rel=1e-8)
    assert egger.pval[0] == pytest.approx(result["egger_p"], rel=1e-8)
    place = largest_study(yi, vi, sample_sizes(part, len(yi))).index[0]
    assert studies["ci_lo"][place] == pytest.approx(result["largest_ci_lo"], rel=1e-9)
    assert studies["ci_up"][place] == pytest.approx(result["largest_ci_up"], rel=1e-9)


def test_the_smaller_p_value_is_taken():
    got = excess_share([0.5, 0.6, 0.7, 0.1], [0.05, 0.05, 0.05, 0.01])
    assert got.pval[0] == min(got.pval_tess[0], got.pval_psst[0])
    assert got.z[0] == max(got.z_tess[0], got.z_psst[0])


def test_an_analysis_without_studies_is_missing():
    got = excess_share([[np.nan], [0.5]], [[np.nan], [0.1]])
    assert np.isnan([got.observed[0], got.expected[0], got.pval[0]]).all()
    assert np.isfinite(got.pval[1])
