"""Standard error, z and p back from a confidence interval.

All functions take and return arrays and hold for any shape; a missing number gives a missing one.
They expect measures on the scale on which their interval is symmetric (ratios as logarithms).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Array = NDArray[np.float64]


def critical_value(level: float) -> float:
    """Return the standard normal quantile behind a two-sided interval.

    Parameters
    ----------
    level : float
        Confidence level, between 0 and 1.

    Returns
    -------
    float
        For example 1.96 for a level of 0.95.

    Raises
    ------
    ValueError
        If the level does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level!r}")
    return float(ndtri((1 + level) / 2))


def standard_error(lower: ArrayLike, upper: ArrayLike, level: float = 0.95) -> Array:
    """Return the standard error that a normal interval implies.

    Parameters
    ----------
    lower, upper : array_like
        Ends of the intervals.
    level : float, default 0.95
        Their confidence level.

    Returns
    -------
    ndarray
        Half the width over the critical value (Cochrane Handbook, version 6, section 6.5.2.2).
    """
    width = np.asarray(upper, dtype=float) - np.asarray(lower, dtype=float)
    return np.asarray(width / (2 * critical_value(level)))


def z_statistic(
    estimate: ArrayLike, lower: ArrayLike, upper: ArrayLike, level: float = 0.95
) -> Array:
    """Return the signed z statistic of estimates with their intervals.

    Parameters
    ----------
    estimate, lower, upper : array_like
        Estimates and the ends of their intervals.
    level : float, default 0.95
        Confidence level of the intervals.

    Returns
    -------
    ndarray
        Estimate over standard error (Altman and Bland 2011, BMJ 343:d2304); missing where the
        interval has no width.
    """
    error = standard_error(lower, upper, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(error > 0, np.asarray(estimate, dtype=float) / error, np.nan)


def p_value(z: ArrayLike) -> Array:
    """Return the two-sided p value of z statistics under the standard normal distribution.

    Parameters
    ----------
    z : array_like of float
        Of either sign.

    Returns
    -------
    ndarray
        From 0 to 1; missing where `z` is (Altman and Bland 2011, BMJ 343:d2304).
    """
    return np.asarray(2 * ndtr(-np.abs(np.asarray(z, dtype=float))))
