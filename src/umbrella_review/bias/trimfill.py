"""Trim and fill: how many studies a funnel plot lacks on one side, and the effect with them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.bias.batch import Array, Counts, Mask, as_batch
from umbrella_review.bias.regtest import regtest
from umbrella_review.pooling.model import Fit, fit

ESTIMATORS = ("L0", "R0")
SIDES = ("left", "right")


@dataclass(frozen=True)
class TrimFill:
    """Trim and fill of a batch.

    Parameters
    ----------
    estimator : str
        Estimator of the number of missing studies.
    side : ndarray of str of shape (A,)
        Side of the funnel on which studies are missing.
    k0 : ndarray of shape (A,)
        Number of missing studies; missing where the rounds go in circles or there is no study.
    se_k0 : ndarray of shape (A,)
        Its standard error; missing where the estimator gives none.
    p_k0 : ndarray of shape (A,)
        p value of the hypothesis that none is missing; of R0 alone.
    filled_yi, filled_vi : ndarray of shape (A, K)
        The studies filled in, mirror images of the most extreme ones, in the first `k0` columns.
    fit : Fit
        Pooled effects with them.
    """

    estimator: str
    side: NDArray[np.str_]
    k0: Array
    se_k0: Array
    p_k0: Array
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
    """Fill up the funnel plot of each analysis and pool again.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    method : str, default "REML"
        Estimator of heterogeneity, for trimming and for the final model.
    estimator : {"L0", "R0"}
        Estimator of the number of missing studies.
    side : {"left", "right"}, optional
        Where studies are missing. By default the right in an analysis whose effects fall with
        their standard error (`regtest` of the same method), else the left.
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
    batch = as_batch(yi, vi)
    sides = np.full(batch.k.shape, side or "left")
    if side is None:
        slope = regtest(batch.yi, batch.vi, model="rma", method=method).slope
        sides = np.where(slope < 0, "right", "left")
    # Everything below looks for studies missing on the left.
    sign = np.where(sides == "right", -1.0, 1.0)[:, None]
    order = np.argsort(sign * batch.yi, axis=1, kind="stable")  # puts missing ones last
    ranked = np.take_along_axis(sign * batch.yi, order, axis=1)
    ranked_vi = np.take_along_axis(batch.vi, order, axis=1)
    centre, k0, se_k0 = _trim(ranked, ranked_vi, batch.k, method, estimator)
    extreme, filled = _extreme(batch.k, np.nan_to_num(k0), ranked.shape[1])
    mirrored = sign * (2 * centre[:, None] - np.take_along_axis(ranked, extreme, axis=1))
    filled_yi = np.where(filled, mirrored, np.nan)
    filled_vi = np.where(filled, np.take_along_axis(ranked_vi, extreme, axis=1), np.nan)
    settled = ~np.isnan(k0)[:, None]
    everything = (
        np.hstack([np.where(settled, batch.yi, np.nan), filled_yi]),
        np.hstack([np.where(settled, batch.vi, np.nan), filled_vi]),
    )
    return TrimFill(
        estimator,
        sides,
        k0,
        se_k0,
        0.5 ** (k0 + 1) if estimator == "R0" else np.full(k0.shape, np.nan),
        filled_yi,
        filled_vi,
        fit(*everything, method=method, test=test, level=level),
    )


def _extreme(k: Counts, k0: Array, width: int) -> tuple[Counts, Mask]:
    """Return the places of the last `k0` of `k` ranked studies, and in which columns they are."""
    columns = np.arange(width)
    places = (k - k0.astype(np.intp))[:, None] + columns
    return np.clip(places, 0, width - 1), columns < k0[:, None]


def _trim(
    yi: Array, vi: Array, k: Counts, method: str, estimator: str
) -> tuple[Array, Array, Array]:
    """Return effects without the studies trimmed, their numbers and the standard errors."""
    centre, found, se_k0 = (np.full(k.shape, np.nan) for _ in range(3))
    columns = np.arange(yi.shape[1])
    active, k0 = np.flatnonzero(k > 0), np.zeros(k.shape, dtype=np.intp)
    tried = np.zeros((len(k), 2 * yi.shape[1] + 1), dtype=bool)
    while active.size:
        before = k0[active]
        tried[active, before] = True
        kept = columns < (k[active] - before)[:, None]
        rest = (np.where(kept, values[active], np.nan) for values in (yi, vi))
        middle = fit(*rest, method=method).estimate
        number, error = _missing(yi[active] - middle[:, None], k[active], estimator)
        settled = number == before
        done = active[settled]
        centre[done], found[done], se_k0[done] = middle[settled], number[settled], error[settled]
        k0[active] = number
        # The next round depends on `k0` alone: one that was tried before leads in circles.
        active = active[~settled & ~tried[active, number]]
    return centre, found, se_k0


def _missing(deviation: Array, k: Counts, estimator: str) -> tuple[Counts, Array]:
    """Return the numbers of studies missing on the left and their standard errors."""
    order = np.argsort(np.abs(deviation), axis=1, kind="stable")
    rank = np.empty(deviation.shape)
    np.put_along_axis(rank, order, np.arange(1.0, deviation.shape[1] + 1)[None, :], axis=1)
    if estimator == "R0":
        # Length of the run of highest ranks that belong to positive deviations, less one.
        raw = k - np.where(deviation <= 0, rank, 0.0).max(axis=1) - 1
        return _whole(raw), np.sqrt(2 * np.maximum(0.0, raw) + 2)
    total = np.where(deviation > 0, rank, 0.0).sum(axis=1)
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
    known = np.where(variance >= 0, variance, np.nan)
    return _whole(raw), 4 * np.sqrt(known) / (2 * k - 1)


def _whole(number: Array) -> Counts:
    """Return numbers of studies."""
    return np.maximum(0, np.rint(number)).astype(np.intp)
