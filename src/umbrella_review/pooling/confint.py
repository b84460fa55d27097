"""Confidence intervals of the between-study variance and of what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from umbrella_review.pooling.batch import Array, Block, Index, blocks, read, study_count
from umbrella_review.pooling.distributions import check_level
from umbrella_review.pooling.likelihood import log_likelihood, score
from umbrella_review.pooling.q_equation import solve_q
from umbrella_review.pooling.refusals import wrong_option
from umbrella_review.pooling.roots import between
from umbrella_review.pooling.sums import pool
from umbrella_review.pooling.tau2 import METHODS, Tau2, estimate_tau2

KINDS = ("QP", "PL")


@dataclass(frozen=True)
class HeterogeneityIntervals:
    """Estimates and intervals; each measure has shape (A, 3): estimate, lower, upper end.

    All is missing with fewer than two studies.

    Parameters
    ----------
    tau2, tau, i2, h2 : ndarray, shape (A, 3)
        Between-study variance, its root, I² in percent and H².
    truncated : ndarray of bool, shape (A,)
        Whether the lower end was cut off at 0.
    empty : ndarray of bool, shape (A,)
        Whether the upper end was cut off at 0 as well: effects agree better than chance allows,
        no between-study variance is compatible with them, and the interval 0 to 0 stands for
        the empty set. The estimate may then lie above it.
    method, kind : str
        Estimator; form of the interval, one of `KINDS`.
    level : float
        Confidence level.
    """

    tau2: Array
    tau: Array
    i2: Array
    h2: Array
    truncated: NDArray[np.bool_]
    empty: NDArray[np.bool_]
    method: str
    kind: str
    level: float


def confint(
    yi: ArrayLike,
    vi: ArrayLike,
    method: str = "REML",
    *,
    kind: str = "QP",
    level: float = 0.95,
    tau2: Tau2 | None = None,
) -> HeterogeneityIntervals:
    """Return confidence intervals of heterogeneity.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances; both missing where an analysis has no further study.
    method : str, default "REML"
        Estimator of the between-study variance: all but FE; ML or REML for `kind` PL.
    kind : {"QP", "PL"}, default "QP"
        Q-profile interval; profile likelihood interval.
    level : float, default 0.95
        Confidence level.
    tau2 : Tau2, optional
        Estimates of `method` from an earlier call.

    Returns
    -------
    HeterogeneityIntervals
        In the order of the analyses. Upper ends are finite for two studies and more.

    Raises
    ------
    StatisticsError
        If an option is unknown or the numbers cannot be worked on.

    Notes
    -----
    Viechtbauer 2007, doi 10.1002/sim.2514 (Q-profile); Hardy and Thompson 1996, doi
    10.1002/(SICI)1097-0258(19960330)15:6<619::AID-SIM188>3.0.CO;2-A (profile likelihood). I² and
    H² are increasing in `tau2` and carry its ends over.
    """
    if kind not in KINDS:
        raise wrong_option("interval of heterogeneity", kind, KINDS)
    allowed = ("ML", "REML") if kind == "PL" else tuple(m for m in METHODS if m != "FE")
    if method not in allowed:
        raise wrong_option(f"method of a {kind} interval", method, allowed)
    check_level(level)
    y, v = read(yi, vi)
    estimates = estimate_tau2(y, v, method) if tau2 is None else tau2
    count = study_count(y)
    triple = np.full((count.size, 3), np.nan)
    typical = np.full((count.size, 1), np.nan)
    truncated = np.zeros(count.size, dtype=bool)
    empty = np.zeros(count.size, dtype=bool)
    for block in blocks(y, v):
        at, square = block.index, block.unit**2
        middle = estimates.value[at] / square
        if kind == "QP":
            low, high = _q_profile(block, level)
        else:
            low, high = _profile(block, middle, level, restricted=method == "REML")
        triple[at] = np.stack([middle, low, high], axis=1) * square[:, None]
        truncated[at], empty[at] = low == 0, (high == 0) & (kind == "QP")
        typical[at, 0] = (block.k - 1) / pool(block).trace() * square
    return HeterogeneityIntervals(
        triple,
        np.sqrt(triple),
        100 * triple / (triple + typical),
        triple / typical + 1,
        truncated,
        empty,
        method,
        kind,
        level,
    )


def _q_profile(block: Block, level: float) -> tuple[Array, Array]:
    """Return the variances at which Q equals the quantiles of its chi-square distribution."""
    df = block.k - 1
    tail = (1 - level) / 2
    return solve_q(block, chdtri(df, tail)), solve_q(block, chdtri(df, 1 - tail))


def _profile(block: Block, peak: Array, level: float, *, restricted: bool) -> tuple[Array, Array]:
    """Return the variances at which the log-likelihood lies a given depth below its peak."""
    depth = float(chdtri(1, 1 - level)) / 2
    goal = log_likelihood(block, peak, restricted=restricted) - depth

    def height(part: Block, tau2: Array, columns: Index) -> Array:
        return log_likelihood(part, tau2, restricted=restricted) - goal[columns]

    def crossing(low: Array, high: Array, *, rising: bool) -> Array:
        def newton(part: Block, tau2: Array, at: Index) -> tuple[Array, NDArray[np.bool_]]:
            above = height(part, tau2, at)
            slope = score(part, tau2, restricted=restricted)
            good = slope > 0 if rising else slope < 0
            step = np.where(good, -above / np.where(good, slope, 1.0), np.inf)
            return step, (above < 0) == rising

        return between(block, low, high, newton)

    every = np.arange(block.k.size)
    zero = np.zeros_like(peak)
    cut = height(block, zero, every) >= 0
    low = crossing(zero, np.where(cut, 0.0, peak), rising=True)
    least = block.v[0]
    outer = peak
    while (short := height(block, outer, every) > 0).any():
        outer = np.where(short, 2 * (outer + least) - least, outer)
    return low, crossing(peak, outer, rising=False)
