"""Pooling of two-by-two tables without effects per study: Mantel-Haenszel and Peto.

Tables are `a` events and `b` others in the first group, `c` events and `d` others in the second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.pooling.batch import Array, Index
from umbrella_review.pooling.distributions import critical, two_sided_p
from umbrella_review.pooling.model import fit
from umbrella_review.pooling.refusals import misfit, refuse, wrong_option

MEASURES = ("OR", "RR", "RD")


@dataclass(frozen=True)
class Pooled:
    """Results of many analyses; all arrays have shape (A,).

    Parameters
    ----------
    k : ndarray of int
        Number of tables.
    estimate, se : ndarray
        Pooled effect (ratios as logarithms) and standard error; missing where the tables hold
        too few events for one to exist.
    stat, pval : ndarray
        Normal test against 0.
    ci_lb, ci_ub : ndarray
        Confidence interval.
    measure : str
        Effect measure.
    level : float
        Confidence level.
    """

    k: Index
    estimate: Array
    se: Array
    stat: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    measure: str
    level: float


def mantel_haenszel(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    measure: str = "OR",
    level: float = 0.95,
) -> Pooled:
    """Pool tables by the weights of Mantel and Haenszel.

    Parameters
    ----------
    a, b, c, d : array_like, shape (A, K) or (K,)
        Cells; all four missing where an analysis has no further table.
    measure : {"OR", "RR", "RD"}, default "OR"
        Odds ratio or risk ratio (as logarithms), or risk difference.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Pooled
        Results without any correction of zero cells.

    Raises
    ------
    StatisticsError
        If there is no such measure, or cells are negative or missing in part, or a group is empty.

    Notes
    -----
    Mantel and Haenszel 1959 (doi 10.1093/jnci/22.4.719). Variances: OR Robins, Breslow and
    Greenland 1986 (doi 10.2307/2531052), RR Greenland and Robins 1985 (doi 10.2307/2530643), RD
    Sato 1989 in the letter to Greenland's and Robins' paper (Biometrics 45:1323-1324).
    """
    if measure not in MEASURES:
        raise wrong_option("measure", measure, MEASURES)
    tables = _read(a, b, c, d)
    count = np.count_nonzero(~np.isnan(tables[0]), axis=1)
    pool = {"OR": _odds_ratio, "RR": _risk_ratio, "RD": _risk_difference}[measure]
    estimate, variance = pool(*tables)
    usable = np.isfinite(estimate) & (variance > 0)
    estimate = np.where(usable, estimate, np.nan)
    se = np.sqrt(np.where(usable, variance, np.nan))
    stat = estimate / se
    normal = np.full(count.size, np.nan)
    margin = critical(level, normal) * se
    pval = two_sided_p(stat, normal)
    return Pooled(
        count, estimate, se, stat, pval, estimate - margin, estimate + margin, measure, level
    )


def peto_effects(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike) -> tuple[Array, Array]:
    """Return Peto's one-step log odds ratios, whose inverse-variance pool is Peto's estimate.

    Parameters
    ----------
    a, b, c, d : array_like, shape (A, K) or (K,)
        Cells; all four missing where an analysis has no further table.

    Returns
    -------
    yi, vi : ndarray, shape (A, K)
        Observed less expected events over their hypergeometric variance, and one over that
        variance; missing where no event or nothing but events were seen, since such a table
        tells nothing.

    Raises
    ------
    StatisticsError
        If cells are negative or missing in part, or a group is empty.

    Notes
    -----
    Yusuf, Peto, Lewis, Collins and Sleight 1985, doi 10.1016/S0033-0620(85)80003-7.
    """
    a, b, c, d = _read(a, b, c, d)
    n1, n2, m1, m2 = a + b, c + d, a + c, b + d
    n = n1 + n2
    variance = n1 * n2 * m1 * m2 / (n**2 * (n - 1))
    variance = np.where(variance > 0, variance, np.nan)
    return (a - n1 * m1 / n) / variance, 1 / variance


def peto(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, *, level: float = 0.95) -> Pooled:
    """Pool odds ratios by Peto's method.

    Parameters
    ----------
    a, b, c, d : array_like, shape (A, K) or (K,)
        Cells; all four missing where an analysis has no further table.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Pooled
        Log odds ratios; `k` counts the tables that tell something.

    Raises
    ------
    StatisticsError
        As in `peto_effects`.
    """
    yi, vi = peto_effects(a, b, c, d)
    pooled = fit(yi, vi, method="FE", level=level)
    return Pooled(
        pooled.k,
        pooled.estimate,
        pooled.se,
        pooled.stat,
        pooled.pval,
        pooled.ci_lb,
        pooled.ci_ub,
        "OR",
        level,
    )


def _read(*cells: ArrayLike) -> tuple[Array, ...]:
    arrays = [np.atleast_2d(np.asarray(cell, dtype=float)) for cell in cells]
    if len({array.shape for array in arrays}) > 1 or arrays[0].ndim != 2:
        shapes = ", ".join(str(array.shape) for array in arrays)
        raise misfit("cells of the tables", f"shapes {shapes}", "one shape")
    stack = np.stack(arrays)
    missing = np.isnan(stack)
    refuse(missing.any(axis=0) & ~missing.all(axis=0), "a table with missing cells", "four counts")
    refuse(((stack < 0) | np.isinf(stack)).any(axis=0), "a negative or infinite count", "counts")
    a, b, c, d = arrays
    refuse((a + b == 0) | (c + d == 0), "a group of nobody", "groups of one and more")
    return a, b, c, d


def _sum(values: Array) -> Array:
    return np.asarray(np.nansum(values, axis=1))


def _divide(above: Array, below: Array) -> Array:
    usable: NDArray[np.bool_] = below > 0
    return np.where(usable, above / np.where(usable, below, 1.0), np.nan)


def _log(ratio: Array) -> Array:
    usable = ratio > 0
    return np.where(usable, np.log(np.where(usable, ratio, 1.0)), np.nan)


def _odds_ratio(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    n = a + b + c + d
    p, q = (a + d) / n, (b + c) / n
    r, s = a * d / n, b * c / n
    above, below = _sum(r), _sum(s)
    variance = (
        _divide(_sum(p * r), 2 * above**2)
        + _divide(_sum(p * s + q * r), 2 * above * below)
        + _divide(_sum(q * s), 2 * below**2)
    )
    return _log(_divide(above, below)), variance


def _risk_ratio(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    n1, n2 = a + b, c + d
    n = n1 + n2
    above, below = _sum(a * n2 / n), _sum(c * n1 / n)
    spread = _sum((n1 * n2 * (a + c) - a * c * n) / n**2)
    return _log(_divide(above, below)), _divide(spread, above * below)


def _risk_difference(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    n1, n2 = a + b, c + d
    n = n1 + n2
    weight = _sum(n1 * n2 / n)
    difference = _divide(_sum((a * n2 - c * n1) / n), weight)
    p = _sum((n1**2 * c - n2**2 * a + n1 * n2 * (n2 - n1) / 2) / n**2)
    q = _sum((a * d + c * b) / (2 * n))
    return difference, _divide(difference * p + q, weight**2)
