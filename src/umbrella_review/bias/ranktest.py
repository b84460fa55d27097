"""Rank correlation of effects with their variances (Begg and Mazumdar)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import kendalltau

from umbrella_review.bias.batch import Array, Counts, one_analysis

# From this number of studies on, or with ties, the p value is the normal approximation: the exact
# distribution takes seconds for a thousand studies.
_LARGEST_EXACT = 300
# Relative difference below which values count as equal.
_ROUNDING = 1e-13


@dataclass(frozen=True)
class RankTest:
    """Begg's test of one analysis.

    Parameters
    ----------
    kendall_tau : float
        Kendall's tau b of standardised effects and variances.
    pval : float
        Two-sided p value.
    exact : bool
        Whether `pval` comes from the exact distribution of the statistic.
    k : int
        Number of studies.
    """

    kendall_tau: float
    pval: float
    exact: bool
    k: int


def ranktest(yi: ArrayLike, vi: ArrayLike) -> RankTest:
    """Test one analysis for rank correlation between effects and variances.

    Parameters
    ----------
    yi, vi : array_like of shape (K,)
        Effects and sampling variances of one analysis.

    Returns
    -------
    RankTest
        Its numbers are missing with fewer than two studies, or where all variances or all
        standardised effects are equal.

    Notes
    -----
    Begg and Mazumdar 1994, Biometrics 50:1088-1101. With ties, or with 300 studies or more, the
    normal approximation with Kendall's variance for ties and without continuity correction is
    used (Kendall 1970, Rank Correlation Methods).
    """
    effects, variances = one_analysis(yi, vi)
    k = len(effects)
    if k < 2:
        return RankTest(np.nan, np.nan, False, k)
    deviates = standardised_deviates(effects, variances)
    first = _ranks(deviates, np.abs(deviates).max())
    second = _ranks(variances, np.sort(variances)[1:])
    distinct = 1 + min(first.max(), second.max())
    if distinct == 1:
        return RankTest(np.nan, np.nan, False, k)
    exact = bool(k < _LARGEST_EXACT and distinct == k)
    tau, pval = kendalltau(first, second, method="exact" if exact else "asymptotic")
    return RankTest(float(tau), float(pval), exact, k)


def _ranks(values: Array, scale: Array | float) -> Counts:
    """Return dense ranks from 0, in which values apart by no more than rounding are tied.

    Equal studies often differ in their last digit, as where a table has its groups exchanged.
    """
    order = np.argsort(values, kind="stable")
    apart = np.diff(values[order]) > _ROUNDING * scale
    ranks = np.zeros(len(values), dtype=np.intp)
    ranks[order[1:]] = np.cumsum(apart)
    return ranks


def standardised_deviates(yi: Array, vi: Array) -> Array:
    """Return the deviations from the fixed-effect mean over their standard errors.

    Parameters
    ----------
    yi, vi : ndarray of shape (K,)
        At least two effects and their variances.

    Returns
    -------
    ndarray of shape (K,)
        (y - mean) / sqrt(v - 1 / sum of weights), as Begg and Mazumdar 1994 define them.

    Notes
    -----
    Mean and variance of a study with more than half of all weight nearly cancel: for it, both
    differences are taken from the other studies alone.
    """
    weights = 1 / vi
    share = weights / weights.sum()
    origin = yi[np.argmax(weights)]
    deviation = (yi - origin) - np.sum(share * (yi - origin))
    rest = 1 - share
    heavy = int(np.argmax(share))
    if share[heavy] > 0.5:
        others = np.delete(np.arange(len(yi)), heavy)
        rest[heavy] = share[others].sum()
        deviation[heavy] = np.sum(share[others] * (yi[heavy] - yi[others]))
    return np.asarray(deviation / np.sqrt(vi * rest))
