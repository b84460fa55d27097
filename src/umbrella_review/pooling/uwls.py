"""Unrestricted weighted least squares: multiplicative instead of additive heterogeneity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array, Index
from umbrella_review.pooling.model import fit


@dataclass(frozen=True)
class Uwls:
    """Results of many analyses; all arrays have shape (A,).

    Everything but `k` and `estimate` is missing with fewer than two studies; test and interval
    are missing where all effects are equal.

    Parameters
    ----------
    k : ndarray of int
        Number of studies.
    estimate : ndarray
        The fixed-effect estimate.
    se : ndarray
        Fixed-effect standard error times `birge_ratio`.
    se_not_below_fe : ndarray
        The same with a factor of at least 1.
    birge_ratio : ndarray
        ``sqrt(Q / (k - 1))``.
    stat, df, pval : ndarray
        t test with k - 1 degrees of freedom.
    ci_lb, ci_ub : ndarray
        Confidence interval.
    level : float
        Confidence level.
    """

    k: Index
    estimate: Array
    se: Array
    se_not_below_fe: Array
    birge_ratio: Array
    stat: Array
    df: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    level: float


def uwls(yi: ArrayLike, vi: ArrayLike, *, level: float = 0.95) -> Uwls:
    """Pool by inverse variance with a standard error that heterogeneity stretches.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances; both missing where an analysis has no further study.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Uwls
        Results in the order of the analyses.

    Raises
    ------
    StatisticsError
        If the numbers cannot be worked on.

    Notes
    -----
    Stanley and Doucouliagos 2015, doi 10.1002/sim.6481; Birge 1932, doi 10.1103/PhysRev.40.207.
    The model is the weighted regression of the effects on a constant, which is Knapp and
    Hartung's rescaling with fixed-effect weights.
    """
    scaled = fit(yi, vi, method="FE", test="knha", level=level)
    floor = fit(yi, vi, method="FE", test="adhoc", level=level)
    several = scaled.k > 1

    def where_several(values: Array) -> Array:
        return np.where(several, values, np.nan)

    return Uwls(
        scaled.k,
        scaled.estimate,
        where_several(scaled.se),
        where_several(floor.se),
        np.sqrt(where_several(scaled.h2)),
        where_several(scaled.stat),
        scaled.df,
        where_several(scaled.pval),
        where_several(scaled.ci_lb),
        where_several(scaled.ci_ub),
        level,
    )
