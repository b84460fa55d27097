"""Between-study variances of largest (restricted) likelihood.

The search is global. The derivative of the log-likelihood is looked at on a grid on which
``v + tau2`` of the most precise study doubles, up to the point beyond which the likelihood can
have no second peak; each change from rising to falling brackets a peak. All peaks of all
analyses are then refined together, and where an analysis has several the highest is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from umbrella_review.pooling.batch import Array, Block, Index, dot
from umbrella_review.pooling.plane import Plane
from umbrella_review.pooling.roots import Step, between
from umbrella_review.pooling.sums import Pool, pool, unweighted


def maximise(block: Block, *, restricted: bool) -> Array:
    """Return the between-study variances that maximise the likelihood, 0 or more.

    Parameters
    ----------
    block : Block
        Analyses.
    restricted : bool
        Whether the restricted likelihood (REML) is maximised, else the full one (ML).

    Returns
    -------
    ndarray, shape (n,)
        Estimates on the block's scale, exact to rounding.

    Notes
    -----
    Viechtbauer 2005, doi 10.3102/10769986030003261. With derivative
    ``(y'PPy - trace) / 2``, where the trace is ``tr P`` under REML and ``sum(w)`` under ML, the
    likelihood falls as soon as ``(tau2 + least v)² > s² (tau2 + largest v)``, where ``s²`` is the
    mean square of the effects (of the residuals of an unweighted regression, where there are
    moderators), which bounds the search. Where
    ``largest v + tau2 <= 2 (least v + tau2)`` every stationary point is a peak, so that there
    is at most one.
    """
    peaks = _bracket(block, restricted)
    candidates = block.take(peaks.analysis)
    at = between(candidates, peaks.low, peaks.high, _newton_of(restricted))
    tau2 = np.zeros(block.k.size)
    single = np.bincount(peaks.analysis, minlength=tau2.size) == 1
    alone = single[peaks.analysis]
    tau2[peaks.analysis[alone]] = at[alone]
    if not alone.all():
        analysis, at = peaks.analysis[~alone], at[~alone]
        part = candidates.take(np.flatnonzero(~alone))
        height = log_likelihood(part, at, restricted=restricted)
        order = np.lexsort((height, analysis))
        analysis, at = analysis[order], at[order]
        highest = np.append(analysis[1:] != analysis[:-1], True)
        tau2[analysis[highest]] = at[highest]
    return tau2


def log_likelihood(block: Block, tau2: Array, *, restricted: bool) -> Array:
    """Return the (restricted) log-likelihood less its constants.

    Parameters
    ----------
    block : Block
        Analyses.
    tau2 : ndarray, shape (n,)
        Between-study variances on the block's scale.
    restricted : bool
        As in `maximise`.

    Returns
    -------
    ndarray, shape (n,)
        Differences between two `tau2` of one analysis are differences of log-likelihoods.
    """
    pooled = pool(block, tau2)
    logs = np.log(np.where(block.present, block.v + tau2, 1.0)).sum(axis=0)
    if restricted:
        logs += pooled.log_determinant
    return np.asarray(-(logs + pooled.q) / 2)


def score(block: Block, tau2: Array, *, restricted: bool) -> Array:
    """Return the derivative of the log-likelihood with respect to `tau2`.

    Parameters
    ----------
    block : Block
        Analyses.
    tau2 : ndarray, shape (n,)
        Between-study variances on the block's scale.
    restricted : bool
        As in `maximise`.

    Returns
    -------
    ndarray, shape (n,)
        Positive where the likelihood rises.
    """
    pooled = pool(block, tau2)
    return (dot(pooled.u, pooled.u) - _trace(pooled, restricted)) / 2


@dataclass(frozen=True)
class _Peaks:
    analysis: Index
    low: Array  # the likelihood rises here, or this is 0 and the peak
    high: Array  # the likelihood falls here


def _trace(pooled: Pool | Plane, restricted: bool) -> Array:
    return pooled.trace() if restricted else pooled.total


def _bracket(block: Block, restricted: bool) -> _Peaks:
    least = block.v[0]
    largest = np.where(block.present, block.v, 0.0).max(axis=0)
    square = unweighted(block).q / (block.df if restricted else block.k)
    above = (square + np.sqrt(square * (square + 4 * (largest - least)))) / 2 - least
    above = np.maximum(above, 0.0) * (1 + 1e-12)
    limit = np.minimum(np.maximum(largest - 2 * least, 0.0), above)

    active = np.arange(block.k.size)
    part = block
    rising = score(block, np.zeros_like(least), restricted=restricted) > 0
    before = np.zeros_like(least)
    found = [(active[~rising], before[~rising], before[~rising])]
    factor = 1.0
    while True:
        factor *= 2.0
        here = least * (factor - 1)
        inside = here[active] < limit[active]
        if not inside.any():
            break
        if np.count_nonzero(inside) < inside.size:
            active = active[inside]
            part = block.take(active)
        now = score(part, here[active], restricted=restricted) > 0
        fallen = active[rising[active] & ~now]
        found.append((fallen, before[fallen], here[fallen]))
        rising[active] = now
        before[active] = here[active]
    found.append((np.flatnonzero(rising), before[rising], above[rising]))
    analysis, low, high = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return _Peaks(analysis, low, high)


def _newton_of(restricted: bool) -> Step:
    """Return Newton's step for ``trace / y'PPy = 1``.

    The ratio is a straight line in `tau2` when all variances are equal, and nearly one else.
    """

    def newton(part: Block, tau2: Array, _: Index) -> tuple[Array, NDArray[np.bool_]]:
        pooled = pool(part, tau2)
        w, u = pooled.w, pooled.u
        square = dot(u, u)
        trace = _trace(pooled, restricted)
        fall = pooled.slope_of_trace() if restricted else dot(w, w)
        slope = 2 * trace * pooled.form(u) - fall * square
        good = slope > 0
        excess = square - trace
        step = np.where(good, square * excess / np.where(good, slope, 1.0), np.inf)
        return step, excess > 0

    return newton
