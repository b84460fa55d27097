"""Between-study variance of many analyses at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtri

from umbrella_review.pooling import closed_form
from umbrella_review.pooling.batch import Array, Block, blocks, read, read_moderators, study_count
from umbrella_review.pooling.likelihood import maximise
from umbrella_review.pooling.q_equation import solve_q
from umbrella_review.pooling.refusals import wrong_option
from umbrella_review.pooling.sums import pool


@dataclass(frozen=True)
class Tau2:
    """Estimates of the between-study variance.

    Parameters
    ----------
    value : ndarray, shape (A,)
        Estimates, 0 or more; 0 where there are as many studies as coefficients (one for a mean),
        missing where there are fewer.
    se : ndarray, shape (A,)
        Their asymptotic standard errors; missing under the fixed-effect model, with no more
        studies than coefficients, and for SJ where all effects are equal.
    method : str
        Estimator.
    """

    value: Array
    se: Array
    method: str


def estimate_tau2(
    yi: ArrayLike,
    vi: ArrayLike,
    method: str = "REML",
    *,
    moderators: ArrayLike | None = None,
) -> Tau2:
    """Estimate the between-study variance of each analysis, or what moderators leave of it.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances; both missing where an analysis has no further study.
    method : str, default "REML"
        One of `METHODS`: FE (no variance), DL, HE, HS, HSk, SJ (closed forms), ML, REML (largest
        likelihood), EB, PM (both solve Q = k - p, with p coefficients), PMM (Q equal to the median
        of its chi-square distribution, which makes the estimate median-unbiased).
    moderators : array_like, shape (A, K, m), optional
        Moderators without the constant, in each analysis independent of it and of each other.

    Returns
    -------
    Tau2
        Estimates, truncated at 0, with standard errors.

    Raises
    ------
    StatisticsError
        If the method is unknown or the numbers cannot be worked on.

    Notes
    -----
    Viechtbauer 2005 (doi 10.3102/10769986030003261) compares the estimators; Veroniki et al. 2016
    (doi 10.1002/jrsm.1164) review them. Paule and Mandel 1982 (doi 10.6028/jres.087.022), Morris
    1983 (doi 10.1080/01621459.1983.10477920) for EB, Viechtbauer 2021 for PMM. With moderators
    the projection of the regression takes the place of that of the mean (Raudenbush 2009, in The
    Handbook of Research Synthesis and Meta-Analysis; López-López et al. 2014, doi
    10.1111/bmsp.12002, compare the estimators).
    """
    y, v = read(yi, vi)
    x = read_moderators(moderators, y)
    estimator = estimator_of(method)
    count = study_count(y)
    value = np.where(count > x.shape[2], 0.0, np.nan)
    se = np.full(count.size, np.nan)
    if method != "FE":
        for block in blocks(y, v, x):
            tau2, error = estimator(block)
            value[block.index] = tau2 * block.unit**2
            se[block.index] = error * block.unit**2
    return Tau2(value, se, method)


def estimator_of(method: str) -> Callable[[Block], tuple[Array, Array]]:
    """Return the estimator of a name.

    Parameters
    ----------
    method : str
        One of `METHODS`.

    Returns
    -------
    callable
        From a block to estimates and standard errors on the block's scale.

    Raises
    ------
    StatisticsError
        If there is no such method.
    """
    if method not in _ESTIMATORS:
        raise wrong_option("method", method, METHODS)
    return _ESTIMATORS[method]


def _fixed(block: Block) -> tuple[Array, Array]:
    return np.zeros_like(block.k), np.full_like(block.k, np.nan)


def _ml(block: Block) -> tuple[Array, Array]:
    tau2 = maximise(block, restricted=False)
    return tau2, closed_form.information_ml(block, tau2)


def _reml(block: Block) -> tuple[Array, Array]:
    tau2 = maximise(block, restricted=True)
    return tau2, np.sqrt(2 / pool(block, tau2).trace_psps(np.ones_like(block.y)))


def _paule_mandel(block: Block) -> tuple[Array, Array]:
    return _from_q(block, block.df)


def _median_unbiased(block: Block) -> tuple[Array, Array]:
    return _from_q(block, np.asarray(chdtri(block.df, 0.5)))


def _from_q(block: Block, target: Array) -> tuple[Array, Array]:
    """Solve the Q equation; the error of its solution follows from the variance 2 (k - p) of Q.

    The slope of Q is taken as ``sum(w) (k - p) / k``, its value when all variances are equal.
    """
    tau2 = solve_q(block, target)
    return tau2, block.k * np.sqrt(2 / block.df) / pool(block, tau2).total


_ESTIMATORS: Mapping[str, Callable[[Block], tuple[Array, Array]]] = MappingProxyType(
    {
        "FE": _fixed,
        "DL": closed_form.dersimonian_laird,
        "HE": closed_form.hedges,
        "HS": closed_form.hunter_schmidt,
        "HSk": closed_form.hunter_schmidt_corrected,
        "SJ": closed_form.sidik_jonkman,
        "ML": _ml,
        "REML": _reml,
        "EB": _paule_mandel,
        "PM": _paule_mandel,
        "PMM": _median_unbiased,
    }
)
METHODS = tuple(_ESTIMATORS)
