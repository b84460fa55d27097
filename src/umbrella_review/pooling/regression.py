"""Meta-regression of one analysis on one or several moderators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import fdtrc

from umbrella_review.pooling.batch import Array, read
from umbrella_review.pooling.distributions import (
    check_level,
    chi_square_p,
    critical,
    two_sided_p,
)
from umbrella_review.pooling.model import TESTS
from umbrella_review.pooling.projection import Weighted, project
from umbrella_review.pooling.refusals import misfit, wrong_option
from umbrella_review.pooling.tau2 import estimate_tau2


@dataclass(frozen=True)
class Regression:
    """A meta-regression with k studies and p coefficients.

    Parameters
    ----------
    k : int
        Number of studies.
    beta, se, stat, pval, ci_lb, ci_ub : ndarray, shape (p,)
        Coefficients, the intercept first, with tests and intervals.
    covariance : ndarray, shape (p, p)
        Of the coefficients.
    df : float
        Degrees of freedom of the t tests, missing for normal tests.
    tau2, se_tau2 : float
        Residual between-study variance and its standard error.
    i2, h2 : float
        Residual heterogeneity, I² in percent.
    qe, qe_pval : float
        Residual heterogeneity test, chi-square with k - p degrees of freedom.
    qm, qm_df, qm_pval : float
        Joint test of all moderators: chi-square, or F with k - p denominator degrees of freedom
        where coefficients have t tests; missing without moderators.
    hat : ndarray, shape (k, k)
        From effects to fitted values.
    method, test : str
        Estimator and test.
    level : float
        Confidence level.
    """

    k: int
    beta: Array
    se: Array
    stat: Array
    pval: Array
    ci_lb: Array
    ci_ub: Array
    covariance: Array
    df: float
    tau2: float
    se_tau2: float
    i2: float
    h2: float
    qe: float
    qe_pval: float
    qm: float
    qm_df: int
    qm_pval: float
    hat: Array
    method: str
    test: str
    level: float


def regress(
    yi: ArrayLike,
    vi: ArrayLike,
    moderators: ArrayLike,
    *,
    method: str = "REML",
    test: str = "z",
    level: float = 0.95,
) -> Regression:
    """Regress effects on moderators.

    Parameters
    ----------
    yi, vi : array_like, shape (k,)
        Effects and sampling variances.
    moderators : array_like, shape (k,) or (k, m)
        Moderators without the constant; shape (k, 0) for none.
    method : str, default "REML"
        Estimator of the residual between-study variance, one of
        `umbrella_review.pooling.tau2.METHODS`.
    test : {"z", "t", "knha", "adhoc"}, default "z"
        Normal test; t with k - p degrees of freedom; the same with the standard errors of Knapp
        and Hartung; with a scale factor of at least 1.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    Regression
        Coefficients on the scale of the moderators.

    Raises
    ------
    StatisticsError
        If an option is unknown, there are no more studies than coefficients, or moderators
        depend on each other.

    Notes
    -----
    Thompson and Higgins 2002, doi 10.1002/sim.1187; Knapp and Hartung 2003, doi
    10.1002/sim.1482. The estimators are those of `umbrella_review.pooling.tau2.estimate_tau2`.
    """
    if test not in TESTS:
        raise wrong_option("test", test, TESTS)
    check_level(level)
    y, v, design, scale = _read(yi, vi, moderators)
    between = estimate_tau2(y, v, method, moderators=design[None, :, 1:])
    unit = float(np.exp2(np.round(np.log2(v.min()) / 2)))
    origin = y[np.argmin(v)]
    y, v = (y - origin) / unit, v / unit / unit
    k, p = design.shape
    plain = project(y, design, 1 / v)
    tau2 = float(between.value[0]) / unit**2
    fitted = project(y, design, 1 / (v + tau2))
    # Under Knapp-Hartung exact fit makes the errors 0: no test then exists.
    factor = fitted.q / (k - p) if test in {"knha", "adhoc"} else 1.0
    factor = max(factor, 1.0) if test == "adhoc" else factor
    covariance = factor * fitted.inverse * unit**2 / np.outer(scale, scale)
    beta = fitted.beta * unit / scale
    beta[0] += origin
    se = np.sqrt(np.diag(covariance))
    error = np.where(se > 0, se, np.nan)
    df = np.full(p, k - p if test != "z" else np.nan)
    stat = beta / error
    margin = critical(level, df) * error
    i2, h2 = _heterogeneity(plain, tau2, k - p, method)
    qm, qm_pval = _joint_test(beta, covariance, float(df[0]))
    return Regression(
        k, beta, se, stat, two_sided_p(stat, df), beta - margin, beta + margin, covariance,
        float(df[0]), float(between.value[0]), float(between.se[0]), i2, h2, plain.q,
        float(chi_square_p(np.asarray(plain.q), np.asarray(float(k - p)))), qm, p - 1, qm_pval,
        fitted.hat, method, test, level,
    )  # fmt: skip


def _read(yi: ArrayLike, vi: ArrayLike, moderators: ArrayLike) -> tuple[Array, Array, Array, Array]:
    """Return effects, variances, the scaled design matrix and the scales of its columns."""
    y, v = read(yi, vi)
    x = np.asarray(moderators, dtype=float)
    x = x[:, None] if x.ndim == 1 else x
    k = y.shape[1]
    if y.shape[0] != 1 or x.ndim != 2 or x.shape[0] != k:
        raise misfit("moderators", f"shape {x.shape}", f"one row for each of {k} studies")
    if not np.isfinite(x).all() or np.isnan(y).any():
        raise misfit("studies of a meta-regression", "missing or infinite numbers", "none")
    design = np.column_stack([np.ones(k), x])
    if k <= design.shape[1]:
        raise misfit(
            "meta-regression", f"{k} studies", f"more than its {design.shape[1]} coefficients"
        )
    scale = np.abs(design).max(axis=0)
    scale[scale == 0] = 1.0
    if np.linalg.matrix_rank(design / scale) < design.shape[1]:
        raise misfit("moderators", "columns that depend on each other", "independent columns")
    return y[0], v[0], design / scale, scale


def _heterogeneity(plain: Weighted, tau2: float, df: int, method: str) -> tuple[float, float]:
    if method == "FE":
        h2 = plain.q / df
        return (100 * (1 - 1 / h2) if h2 > 1 else 0.0), h2
    typical = df / plain.trace
    return 100 * tau2 / (tau2 + typical), tau2 / typical + 1


def _joint_test(beta: Array, covariance: Array, df: float) -> tuple[float, float]:
    """Return the test of all coefficients but the first and its p-value."""
    m = beta.size - 1
    errors = np.sqrt(np.diag(covariance)[1:])
    if m == 0 or not (errors > 0).all():
        return np.nan, np.nan
    z = beta[1:] / errors
    correlation = covariance[1:, 1:] / np.outer(errors, errors)
    wald = float(z @ np.linalg.solve(correlation, z))
    if np.isnan(df):
        return wald, float(chi_square_p(np.asarray(wald), np.asarray(float(m))))
    return wald / m, float(fdtrc(m, df, wald / m))
