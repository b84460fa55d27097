"""Probabilities and quantiles of the normal, t and chi-square distributions, for arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, chdtrc, ndtr, ndtri, stdtrit

from umbrella_review.pooling.refusals import misfit

Array = NDArray[np.float64]


def two_sided_p(stat: Array, df: Array) -> Array:
    """Return two-sided p-values.

    Parameters
    ----------
    stat : ndarray
        Test statistics.
    df : ndarray
        Degrees of freedom of t; missing for the normal distribution.

    Returns
    -------
    ndarray
        Exact in relative terms far into the tails; missing where the statistic is.
    """
    normal = 2 * ndtr(-np.abs(stat))
    n = np.where(np.isnan(df), 1.0, df)
    # The incomplete beta function keeps all digits of a small tail.
    with np.errstate(over="ignore"):
        square = stat**2
    t = betainc(n / 2, 0.5, n / (n + square))
    return np.asarray(np.where(np.isnan(df), normal, t))


def critical(level: float, df: Array) -> Array:
    """Return the quantiles behind two-sided intervals.

    Parameters
    ----------
    level : float
        Confidence level, between 0 and 1.
    df : ndarray
        Degrees of freedom of t; missing for the normal distribution.

    Returns
    -------
    ndarray
        Positive.

    Raises
    ------
    StatisticsError
        If the level does not lie between 0 and 1.
    """
    check_level(level)
    upper = (1 + level) / 2
    t = stdtrit(np.where(np.isnan(df), 1.0, df), upper)
    return np.asarray(np.where(np.isnan(df), ndtri(upper), t))


def check_level(level: float) -> None:
    """Refuse what is no confidence level.

    Parameters
    ----------
    level : float
        Should lie between 0 and 1.

    Raises
    ------
    StatisticsError
        If it does not.
    """
    if not 0 < level < 1:
        raise misfit("confidence level", repr(level), "a number between 0 and 1")


def chi_square_p(q: Array, df: Array) -> Array:
    """Return upper tail probabilities of the chi-square distribution.

    Parameters
    ----------
    q : ndarray
        Statistics, 0 or more.
    df : ndarray
        Degrees of freedom.

    Returns
    -------
    ndarray
        1 where there are no degrees of freedom; missing where the statistic is.
    """
    tail = np.where(df > 0, chdtrc(np.maximum(df, 1.0), q), 1.0)
    return np.asarray(np.where(np.isnan(q), np.nan, tail))
