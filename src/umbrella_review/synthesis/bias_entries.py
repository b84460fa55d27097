"""Tests of small-study effects and of excess significance, for all analyses of a batch."""

from __future__ import annotations

import numpy as np

from umbrella_review.bias.excess import tes
from umbrella_review.bias.failsafe import KINDS, fsn
from umbrella_review.bias.largest import largest_study
from umbrella_review.bias.ranktest import ranktest
from umbrella_review.bias.regtest import regtest
from umbrella_review.pooling.model import fit
from umbrella_review.synthesis.batch import Batch
from umbrella_review.synthesis.entries import Entry, by_analysis, cut, entries, joined, same

_METHODS = ("FE", "DL", "REML")
_PREDICTORS = ("sei", "vi")
_SIZE_PREDICTORS = ("ni", "ninv", "sqrtni", "sqrtninv")
_REGTEST = same(
    *("stat", "df", "pval", "slope", "slope_se", "intercept", "intercept_se"),
    *("limit_est", "limit_ci_lb", "limit_ci_ub"),
)
_TES = {
    **same("k"),
    **{"O": "observed", "E": "expected", "OE_ratio": "ratio", "X2": "x2"},
    **same("pval", "theta", "theta_lim"),
}
_POWER = {"power": "power", "sig": "significant"}
_TES_TESTS = ("chi2", "binom", "exact")
#: The name of the model in which the largest study stands for the true effect.
LARGEST = "theta=yi of study with smallest vi, tau2=0 (Ioannidis & Trikalinos style)"


def regtest_entries(batch: Batch) -> list[list[Entry]]:
    """Return the regression tests of each analysis; those on size where all sizes are known.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        In the order of the analyses.
    """
    sized = np.isfinite(batch.ni).sum(axis=1) == batch.k
    plain = by_analysis(_regressions(batch, _PREDICTORS))
    if not (sized & (batch.k > 0)).any():
        return plain
    further = by_analysis(_regressions(batch, _SIZE_PREDICTORS))
    return [
        [*tests, *(more if has_sizes else ())]
        for tests, more, has_sizes in zip(plain, further, sized, strict=True)
    ]


def _regressions(batch: Batch, predictors: tuple[str, ...]) -> list[list[Entry]]:
    found = []
    for predictor in predictors:
        for method in (None, *_METHODS):
            model = "rma" if method else "lm"
            # The name of the call tells entries apart as the field's own software does.
            start = f"rma(method={method!r}), " if method else ""
            head = {
                "call": f"regtest({start}model={model!r}, predictor={predictor!r})",
                "model": model,
                "predictor": predictor,
                "method": method,
            }
            result = regtest(
                batch.yi,
                batch.vi,
                model=model,
                predictor=predictor,
                method=method or "REML",
                ni=batch.ni,
            )
            found.append(entries(result, _REGTEST, head))
    return found


def ranktest_entries(batch: Batch) -> list[Entry]:
    """Return the rank test of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of dict
        In the order of the analyses.
    """
    found = []
    for place in range(len(batch.names)):
        yi, vi, *_ = batch.studies(place)
        result = ranktest(yi, vi)
        found.append(
            {"kendall_tau": result.kendall_tau, "pval": result.pval, "exact": result.exact}
        )
    return found


def fsn_entries(batch: Batch) -> list[list[Entry]]:
    """Return the fail-safe numbers of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        In the order of the analyses.
    """
    names = same("fsnum", "alpha", "pval", "meanes", "target")
    return by_analysis(
        [entries(fsn(batch.yi, batch.vi, kind), names, {"type": kind}) for kind in KINDS]
    )


def tes_entries(batch: Batch) -> list[list[Entry]]:
    """Return the tests of excess significance of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        Power and significance of the studies stand with the chi-square tests.
    """
    common = fit(batch.yi, batch.vi, method="FE")
    models = {"EE": (common.estimate, common.tau2)}
    for method in ("REML", "DL"):
        fitted = fit(batch.yi, batch.vi, method=method)
        models[method] = fitted.estimate, fitted.tau2
    found = [
        _excess(batch, model, test, *assumed)
        for model, assumed in models.items()
        for test in _TES_TESTS
    ]
    largest = largest_study(batch.yi, batch.vi).yi
    found.append(_excess(batch, LARGEST, "chi2", largest, np.zeros(len(largest))))
    return by_analysis(found)


def _excess(
    batch: Batch, model: str, test: str, theta: np.ndarray, tau2: np.ndarray
) -> list[Entry]:
    result = tes(batch.yi, batch.vi, theta=theta, tau2=tau2, test=test)
    found = entries(result, _TES, {"model": model, "test": test})
    if test != "chi2":
        return found
    return joined(found, cut(entries(result, _POWER, {}), _POWER, batch.k))


def largest_entries(batch: Batch) -> list[Entry]:
    """Return the study of each analysis with the smallest variance.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of dict
        In the order of the analyses; studies are counted from 1.
    """
    result = largest_study(batch.yi, batch.vi)
    found = entries(result, same("yi", "se", "ci_lb", "ci_ub"), {})
    return [
        {
            "index_1based": int(index) + 1 or None,
            **entry,
            "definition": "study with the smallest vi",
        }
        for index, entry in zip(result.index, found, strict=True)
    ]
