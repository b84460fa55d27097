"""Fixed-effect and random-effects models of many analyses at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array, Block, Index, blocks, read, study_count
from umbrella_review.pooling.distributions import (
    check_level,
    chi_square_p,
    critical,
    two_sided_p,
)
from umbrella_review.pooling.refusals import misfit, wrong_option
from umbrella_review.pooling.sums import Pool, weigh
from umbrella_review.pooling.tau2 import Tau2, estimate_tau2

TESTS = ("z", "t", "knha", "adhoc")


@dataclass(frozen=True)
class Fit:
    """Pooled effects of many analyses; all arrays have shape (A,).

    An analysis of one study has the study's own result, with a normal test whatever `test` says
    (`df` is missing), no between-study variance (`tau2` 0) and Q, I² and H² of 0, 0 and 1 that
    carry no information: `se_tau2` is missing. An analysis without studies is missing throughout.

    Parameters
    ----------
    k : ndarray of int
        Number of studies.
    estimate, se : ndarray
        Pooled effect and its standard error.
    stat, df, pval : ndarray
        Test of the effect against 0. `df` is missing for a normal test. Under Knapp-Hartung all
        effects being equal makes `se` 0: no test and no interval then exist, and `stat`, `pval`
        and the interval are missing.
    ci_lb, ci_ub : ndarray
        Confidence interval of the effect.
    tau2, se_tau2 : ndarray
        Between-study variance and its standard error.
    i2 : ndarray
        Share of the variance that lies between studies, in percent.
    h2 : ndarray
        Total over sampling variance.
    q, q_pval : ndarray
        Cochran's Q and the p-value of its chi-square test with k - 1 degrees of freedom.
    method, test : str
        Estimator of `tau2`; test, one of `TESTS`.
    level : float
        Confidence level.
    """

    k: Index
    estimate: Array
    se: Array
    stat: Array
    df: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    tau2: Array
    se_tau2: Array
    i2: Array
    h2: Array
    q: Array
    q_pval: Array
    method: str
    test: str
    level: float


def fit(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
    tau2: Tau2 | None = None,
) -> Fit:
    """Pool the studies of each analysis.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances; both missing where an analysis has no further study.
    method : str, default "REML"
        Estimator of the between-study variance, one of `umbrella_review.pooling.tau2.METHODS`.
    test : {"z", "t", "knha", "adhoc"}, default "z"
        Normal test; t with k - 1 degrees of freedom; Knapp and Hartung's t with rescaled standard
        error; the same with a scale factor of at least 1.
    level : float, default 0.95
        Confidence level.
    tau2 : Tau2, optional
        Estimates of `method` from an earlier call, not to be computed again.

    Returns
    -------
    Fit
        Results in the order of the analyses.

    Raises
    ------
    StatisticsError
        If an option is unknown or the numbers cannot be worked on.

    Notes
    -----
    I² and H² compare `tau2` with the typical sampling variance of Higgins and Thompson 2002
    (doi 10.1002/sim.1186), ``(k - 1) sum(w) / (sum(w)² - sum(w²))``, and so depend on its
    estimator; under the fixed-effect model they are ``(Q - df) / Q``, at least 0, and
    ``Q / df``. Knapp and Hartung 2003, doi 10.1002/sim.1482; Jackson, Law, Rücker and
    Schwarzer 2017, doi 10.1002/sim.7411, for the ad hoc form.
    """
    if test not in TESTS:
        raise wrong_option("test", test, TESTS)
    check_level(level)
    y, v = read(yi, vi)
    between = estimate_tau2(y, v, method) if tau2 is None else tau2
    if between.method != method or between.value.shape != y.shape[:1]:
        raise misfit(
            "tau2", f"estimates of {between.method}", f"those of {method} for each analysis"
        )
    count = study_count(y)
    estimate, se, q, i2, h2 = _single_studies(y, v, between.value, count)
    df = np.full(count.size, np.nan)
    for block in blocks(y, v):
        at = block.index
        in_block = between.value[at] / block.unit**2
        pooled = weigh(block.y, 1.0 / (block.v + in_block))
        plain = weigh(block.y, 1.0 / block.v) if in_block.any() else pooled
        estimate[at] = block.origin + pooled.mean * block.unit
        se[at] = np.sqrt(_scale(pooled, block.k - 1, test) / pooled.total) * block.unit
        q[at] = plain.q
        i2[at], h2[at] = _heterogeneity(block, plain, in_block, method)
        if test != "z":
            df[at] = block.k - 1
    usable = se > 0
    error = np.where(usable, se, np.nan)
    stat = estimate / error
    margin = critical(level, df) * error
    return Fit(
        count, estimate, se, stat, df, two_sided_p(stat, df),
        estimate - margin, estimate + margin, between.value, between.se, i2, h2, q,
        chi_square_p(q, (count - 1).astype(float)), method, test, level,
    )  # fmt: skip


def _single_studies(y: Array, v: Array, tau2: Array, count: Index) -> tuple[Array, ...]:
    """Return estimate, standard error, Q, I² and H² of analyses of one study, else missing."""
    single = count == 1
    estimate = np.where(single, np.nansum(y, axis=1), np.nan)
    variance = np.nansum(np.where(single[:, None], v, np.nan), axis=1) + tau2
    se = np.sqrt(np.where(single, variance, np.nan))
    return estimate, se, *(np.where(single, value, np.nan) for value in (0.0, 0.0, 1.0))


def _scale(pooled: Pool, df: Array, test: str) -> Array:
    """Return the factor of the variance of the pooled effect."""
    if test in {"z", "t"}:
        return np.ones_like(df)
    factor = pooled.q / df
    return np.maximum(factor, 1.0) if test == "adhoc" else factor


def _heterogeneity(block: Block, plain: Pool, tau2: Array, method: str) -> tuple[Array, Array]:
    """Return I² in percent and H²; `tau2` is on the block's scale."""
    df = block.k - 1
    if method == "FE":
        h2 = plain.q / df
        return np.where(h2 > 1, 100 * (1 - 1 / np.maximum(h2, 1.0)), 0.0), h2
    typical = df / plain.trace()
    return 100 * tau2 / (tau2 + typical), tau2 / typical + 1


def weights_percent(yi: ArrayLike, vi: ArrayLike, tau2: ArrayLike = 0.0) -> Array:
    """Return the weights of studies in their analyses.

    Parameters
    ----------
    yi, vi : array_like, shape (A, K) or (K,)
        Effects and sampling variances.
    tau2 : array_like, shape (A,), default 0
        Between-study variances.

    Returns
    -------
    ndarray, shape (A, K)
        In percent; missing where there is no study.

    Raises
    ------
    StatisticsError
        If the numbers cannot be worked on.
    """
    _, v = read(yi, vi)
    w = 1.0 / (v + np.broadcast_to(np.asarray(tau2, dtype=float), v.shape[:1])[:, None])
    total = np.nansum(w, axis=1, keepdims=True)
    return np.asarray(100 * w / np.where(total > 0, total, np.nan))
