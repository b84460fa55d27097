"""Trim and fill: how many studies a funnel plot lacks on one side, and the effect with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.bias.batch import Array, one_analysis
from umbrella_review.bias.regtest import regtest
from umbrella_review.pooling.model import Fit, fit
from umbrella_review.pooling.residual import METHODS

ESTIMATORS = ("L0", "R0")
SIDES = ("left", "right")
_MOST_ROUNDS = 100


@dataclass(frozen=True)
class TrimFill:
    """Trim and fill of one analysis.

    Parameters
    ----------
    estimator : str
        Estimator of the number of missing studies.
    side : str
        Side of the funnel on which studies are missing.
    k0 : float
        Number of missing studies; missing where the rounds do not settle or there is no study.
    se_k0 : float
        Its standard error; missing where the estimator gives none.
    p_k0 : float
        p value of the hypothesis that none is missing; of R0 alone.
    filled_yi, filled_vi : ndarray of shape (k0,)
        The studies filled in: mirror images of the most extreme ones.
    fit : Fit
        Pooled effect with them; its arrays have the shape (1,).
    """

    estimator: str
    side: str
    k0: float
    se_k0: float
    p_k0: float
    filled_yi: Array
    filled_vi: Array
    fit: Fit


def trimfill(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    method: str = "REML",
    estimator: str = "L0",
    side: str | None = None,
    test: str = "z",
    level: float = 0.95,
) -> TrimFill:
    """Fill up the funnel plot of one analysis and pool again.

    Parameters
    ----------
    yi, vi : array_like of shape (K,)
        Effects and sampling variances of one analysis.
    method : str, default "REML"
        Estimator of heterogeneity, for trimming and for the final model.
    estimator : {"L0", "R0"}
        Estimator of the number of missing studies.
    side : {"left", "right"}, optional
        Where studies are missing. By default the right if effects fall with their standard error
        (`regtest` of the same method, or of REML where regression has no such method), else the
        left.
    test : str, default "z"
        As in `umbrella_review.pooling.model.fit`.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    TrimFill
        With no study filled in, the fit is that of the studies as they are. Where `k0` is
        missing nothing is filled in and the fit is missing.

    Raises
    ------
    ValueError
        If an estimator or a side is unknown.

    Notes
    -----
    Duval and Tweedie 2000, Biometrics 56:455-463 and J Am Stat Assoc 95:89-98. In each round the
    `k0` most extreme studies are taken off, the rest is pooled, and `k0` is estimated anew from
    the signed ranks of all deviations from that effect, until it stays the same.
    """
    if estimator not in ESTIMATORS or side not in {None, *SIDES}:
        raise ValueError(f"estimators are {ESTIMATORS}, sides {SIDES}")
    effects, variances = one_analysis(yi, vi)
    if side is None:
        by = method if method in METHODS else "REML"
        slope = regtest(yi, vi, model="rma", method=by).slope[0]
        side = "right" if slope < 0 else "left"
    # Everything below looks for studies missing on the left.
    sign = -1.0 if side == "right" else 1.0
    order = np.argsort(sign * effects, kind="stable")
    ranked, ranked_vi = sign * effects[order], variances[order]
    centre, k0, se_k0 = _trim(ranked, ranked_vi, method, estimator)
    extreme = slice(len(ranked) - int(np.nan_to_num(k0)), None)
    filled_yi, filled_vi = sign * (2 * centre - ranked[extreme]), ranked_vi[extreme]
    everything = np.concatenate([effects, filled_yi]), np.concatenate([variances, filled_vi])
    if np.isnan(k0):
        everything = np.array([np.nan]), np.array([np.nan])
    return TrimFill(
        estimator,
        side,
        k0,
        se_k0,
        0.5 ** (k0 + 1) if estimator == "R0" else np.nan,
        filled_yi,
        filled_vi,
        fit(*everything, method=method, test=test, level=level),
    )


def _trim(yi: Array, vi: Array, method: str, estimator: str) -> tuple[float, float, float]:
    """Return the effect without the studies trimmed, their number and its standard error."""
    k = len(yi)
    k0, se_k0 = 0, np.nan
    for _ in range(_MOST_ROUNDS if k else 0):
        centre = float(fit(yi[: k - k0], vi[: k - k0], method=method).estimate[0])
        number, se_k0 = _missing(yi - centre, estimator)
        if number == k0:
            return centre, float(k0), se_k0
        k0 = number
    return np.nan, np.nan, np.nan


def _missing(deviation: Array, estimator: str) -> tuple[int, float]:
    """Return the number of studies missing on the left and its standard error."""
    k = len(deviation)
    rank = np.empty(k)
    rank[np.argsort(np.abs(deviation), kind="stable")] = np.arange(1, k + 1)
    if estimator == "R0":
        # Length of the run of highest ranks that belong to positive deviations, less one.
        raw = k - rank[deviation <= 0].max(initial=0) - 1
        return _whole(raw), float(np.sqrt(2 * max(0.0, raw) + 2))
    total = rank[deviation > 0].sum()
    raw = (4 * total - k * (k + 1)) / (2 * k - 1)
    variance = (
        k * (k + 1) * (2 * k + 1)
        + 10 * raw**3
        + 27 * raw**2
        + 17 * raw
        - 18 * k * raw**2
        - 18 * k * raw
        + 6 * k**2 * raw
    ) / 24
    return _whole(raw), float(4 * np.sqrt(variance) / (2 * k - 1)) if variance >= 0 else np.nan


def _whole(number: float) -> int:
    """Return a number of studies."""
    return max(0, round(float(number)))
