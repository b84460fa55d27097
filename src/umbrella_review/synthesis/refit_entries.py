"""Heterogeneity in full, refits and influence, for all analyses of a batch."""

from __future__ import annotations

import numpy as np

from umbrella_review.bias.influence import influence
from umbrella_review.bias.refit import cumulative, leave_one_out
from umbrella_review.bias.trimfill import ESTIMATORS, SIDES, TrimFill, trimfill
from umbrella_review.pooling.confint import confint
from umbrella_review.pooling.model import Fit
from umbrella_review.pooling.uwls import uwls
from umbrella_review.synthesis.batch import Batch
from umbrella_review.synthesis.entries import Entry, by_analysis, cut, entries, joined, same

_BIRGE = {
    **same("birge_ratio", "estimate"),
    **{"se_uwls": "se", "t": "stat"},
    **same("df", "pval", "ci_lb", "ci_ub"),
    "se_birge_not_below_fe": "se_not_below_fe",
}
_INTERVALS = (("DL", "QP"), ("REML", "QP"), ("PM", "QP"), ("ML", "PL"), ("REML", "PL"))
_REFIT = {
    **same("estimate", "se", "pval", "ci_lb", "ci_ub"),
    **{"Q": "q", "tau2": "tau2", "I2": "i2"},
}
_LEAVE_ONE_OUT = (("FE", "z"), ("DL", "z"), ("DL", "knha"), ("REML", "z"), ("REML", "knha"))
_CUMULATIVE = (("FE", "z"), ("DL", "z"), ("REML", "z"))
_INFLUENCE = {
    **same("rstudent", "dffits", "cook_d", "cov_r", "tau2_del"),
    "QE_del": "q_del",
    **same("hat", "weight_pct", "dfbs", "is_infl"),
}
_INFLUENCE_METHODS = ("FE", "REML")
_TRIMFILL_METHODS = ("FE", "DL", "REML")
_TRIMMED = same("side", "k0", "se_k0", "p_k0")
_FILLED = {
    **same("estimate", "se", "pval", "ci_lb", "ci_ub", "tau2"),
    **{"I2": "i2", "Q": "q"},
}


def birge_entries(batch: Batch) -> list[Entry]:
    """Return the unrestricted weighted least squares of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of dict
        In the order of the analyses.
    """
    found = entries(uwls(batch.yi, batch.vi), _BIRGE, {})
    return [{**one, "H2": one["birge_ratio"] ** 2} for one in found]


def confint_entries(batch: Batch) -> list[list[Entry]]:
    """Return the confidence intervals of heterogeneity of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        Each measure as estimate, lower and upper end.
    """
    names = {**same("tau2", "tau"), "I2": "i2", "H2": "h2", "empty": "empty"}
    # The search covers all variances from 0 on: no lower end is cut off above 0, and every upper
    # end is found.
    marks = {"lb_truncated": False, "ub_inf_sign": ""}
    return by_analysis(
        [
            [
                {**entry, **marks}
                for entry in entries(
                    confint(batch.yi, batch.vi, method, kind=kind),
                    names,
                    {"method": method, "type": kind},
                )
            ]
            for method, kind in _INTERVALS
        ]
    )


def leave1out_entries(batch: Batch) -> list[list[Entry]]:
    """Return the results of each analysis without each of its studies.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        With a list for each quantity, in the order of the studies.
    """
    return by_analysis(
        [
            _refits(leave_one_out(batch.yi, batch.vi, method=method, test=test), batch)
            for method, test in _LEAVE_ONE_OUT
        ]
    )


def cumul_entries(batch: Batch) -> list[Entry]:
    """Return the results of each analysis as its studies come in, by year where it is known.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of dict
        ``order`` (studies counted from 1) and ``results``.
    """
    found = [
        cumulative(batch.yi, batch.vi, batch.year, method=method, test=test)
        for method, test in _CUMULATIVE
    ]
    results = by_analysis([_refits(one.fit, batch) for one in found])
    dated = np.isfinite(batch.year).sum(axis=1) > 0
    lines = zip(found[0].order, batch.k.tolist(), dated.tolist(), results, strict=True)
    return [
        {
            "order": order[:k] + 1 if has_years else "data order",
            "order_note": "studies counted from 1, in the order in which they enter",
            "results": of_one,
        }
        for order, k, has_years, of_one in lines
    ]


def _refits(fitted: Fit, batch: Batch) -> list[Entry]:
    head = {"method": fitted.method, "test": fitted.test}
    found = cut(entries(fitted, _REFIT, head), _REFIT, batch.k)
    if fitted.method == "FE":  # a common effect has no variance between studies
        found = [{**entry, "tau2": []} for entry in found]
    return found


def influence_entries(batch: Batch) -> list[list[Entry]]:
    """Return the influence of each study of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        With a list for each quantity, in the order of the studies.
    """
    fitted = (influence(batch.yi, batch.vi, method=method) for method in _INFLUENCE_METHODS)
    return by_analysis(
        [
            cut(entries(one, _INFLUENCE, {"method": one.method}), _INFLUENCE, batch.k)
            for one in fitted
        ]
    )


def trimfill_entries(batch: Batch) -> list[list[Entry]]:
    """Return trim and fill of each analysis.

    Parameters
    ----------
    batch : Batch
        The analyses.

    Returns
    -------
    list of list of dict
        The studies filled in are listed where there are any.
    """
    return by_analysis(
        [
            _filled(
                trimfill(batch.yi, batch.vi, method=method, estimator=estimator, side=side), side
            )
            for method in _TRIMFILL_METHODS
            for estimator in ESTIMATORS
            for side in (None, *SIDES)
        ]
    )


def _filled(result: TrimFill, side: str | None) -> list[Entry]:
    """Return trim and fill on a side, or by default on the side that the funnel tells."""
    head = {
        "method": result.fit.method,
        "estimator": result.estimator,
        "side_arg": side or "default",
    }
    found = joined(entries(result, _TRIMMED, head), entries(result.fit, _FILLED, {}))
    for entry, yi, vi in zip(found, result.filled_yi, result.filled_vi, strict=True):
        if entry["k0"] > 0:
            count = int(entry["k0"])
            entry |= {"filled_yi": yi[:count], "filled_vi": vi[:count]}
    return found
