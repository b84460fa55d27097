"""Regression tests for funnel plot asymmetry (Egger), in their lm and mixed-model forms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from umbrella_review.bias.batch import (
    Array,
    Batch,
    Counts,
    Mask,
    as_batch,
    divide,
    weighted_mean,
)
from umbrella_review.pooling.tau2 import estimate_tau2

MODELS = ("lm", "rma")
PREDICTORS = ("sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv")
# Predictors that go to zero as a study grows: their intercept is the limit effect.
_WITH_LIMIT = ("sei", "vi", "ninv", "sqrtninv")
# Relative spread below which a predictor counts as constant (squared), and residuals as rounding.
_CONSTANT = 1e-20
_ROUNDING = 1e-26


@dataclass(frozen=True)
class RegressionTest:
    """Regression test of a batch; arrays have the shape (A,).

    Parameters
    ----------
    model : str
        "lm" (multiplicative error, t) or "rma" (additive heterogeneity, z).
    predictor : str
        What the effects are regressed on.
    method : str or None
        Estimator of heterogeneity; none for "lm".
    k : ndarray of int
        Number of studies.
    stat, df, pval : ndarray
        Test of the slope; `df` is missing for z tests.
    slope, slope_se, intercept, intercept_se : ndarray
        Coefficients. With the standard error as predictor the slope is Egger's intercept.
    tau2 : ndarray
        Residual heterogeneity; missing for "lm".
    limit_est, limit_ci_lb, limit_ci_ub : ndarray
        Limit effect: the expected effect of an infinitely large study. Missing for predictors
        that grow with the study.
    """

    model: str
    predictor: str
    method: str | None
    k: Counts
    stat: Array
    df: Array
    pval: Array
    slope: Array
    slope_se: Array
    intercept: Array
    intercept_se: Array
    tau2: Array
    limit_est: Array
    limit_ci_lb: Array
    limit_ci_ub: Array


def regtest(
    yi: ArrayLike,
    vi: ArrayLike,
    *,
    model: str = "lm",
    predictor: str = "sei",
    method: str = "REML",
    ni: ArrayLike | None = None,
    level: float = 0.95,
) -> RegressionTest:
    """Test each analysis for an association of effects with the size of studies.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    model : {"lm", "rma"}
        Weighted regression with multiplicative error and t test with k - 2 degrees of freedom
        (Egger), or meta-regression with additive heterogeneity and z test.
    predictor : {"sei", "vi", "ni", "ninv", "sqrtni", "sqrtninv"}
        Standard error, variance, sample size, its inverse, its root, the inverse of its root.
    method : str, default "REML"
        Estimator of residual heterogeneity of "rma", one of
        `umbrella_review.pooling.tau2.METHODS`.
    ni : array_like of shape (A, K), optional
        Sample sizes, for predictors that need them. Studies without one are left out.
    level : float, default 0.95
        Confidence level of the limit effect.

    Returns
    -------
    RegressionTest
        Missing with fewer than two studies or where the predictor is the same for all, and with
        two studies where heterogeneity is to be estimated. Tests of "lm" are missing too where
        the line fits the effects exactly, as with two studies, so that no error is left.

    Raises
    ------
    ValueError
        If a model or predictor is unknown, or sample sizes are wanted but not given.

    Notes
    -----
    Egger et al. 1997, BMJ 315:629-634; Sterne and Egger 2005, Regression methods to detect
    publication and other bias in meta-analysis (in Rothstein, Sutton and Borenstein); inverse
    sample size as in Peters et al. 2006, JAMA 295:676-680; limit effect as in Moreno et al.
    2009, BMC Med Res Methodol 9:2.
    """
    if model not in MODELS or predictor not in PREDICTORS:
        raise ValueError(f"models are {MODELS}, predictors {PREDICTORS}")
    batch, size = _with_predictor(as_batch(yi, vi), predictor, ni)
    weights = np.where(batch.present, 1 / batch.vi, 0.0)
    # Two studies give a line, but nothing from which more than the line could be estimated.
    fewest = 3 if model == "rma" and method != "FE" else 2
    usable = (batch.k >= fewest) & _differs(size, weights)
    tau2 = np.full(batch.k.shape, np.nan)
    if model == "rma":
        tau2 = _residual_tau2(batch, size, usable, method)
        total = batch.vi + np.nan_to_num(tau2)[:, None]
        weights = np.where(batch.present, 1 / total, 0.0)
    centre, mean = weighted_mean(size, weights), weighted_mean(batch.yi, weights)
    across = np.where(batch.present, size - centre[:, None], 0.0)
    along = np.where(batch.present, batch.yi - mean[:, None], 0.0)
    spread = np.where(usable, (weights * across**2).sum(axis=1), np.nan)
    slope = (weights * across * along).sum(axis=1) / spread
    scale, df = np.ones_like(spread), np.full(spread.shape, np.nan)
    if model == "lm":
        df = np.where(usable, batch.k - 2, np.nan)
        scale = _residual_variance(weights, along, slope[:, None] * across, df)
    slope_se = np.sqrt(scale / spread)
    intercept_se = np.sqrt(scale * (divide(1, weights.sum(axis=1)) + centre**2 / spread))
    intercept = mean - slope * centre
    stat = divide(slope, slope_se)
    tail = (1 + level) / 2
    critical, pval = ndtri(tail), 2 * ndtr(-np.abs(stat))
    if model == "lm":
        critical, pval = stdtrit(df, tail), 2 * stdtr(df, -np.abs(stat))
    limit = np.where(predictor in _WITH_LIMIT, intercept, np.nan)
    return RegressionTest(
        model,
        predictor,
        method if model == "rma" else None,
        batch.k,
        stat,
        df,
        pval,
        slope,
        slope_se,
        intercept,
        intercept_se,
        tau2,
        limit,
        limit - critical * intercept_se,
        limit + critical * intercept_se,
    )


def _with_predictor(batch: Batch, predictor: str, ni: ArrayLike | None) -> tuple[Batch, Array]:
    """Return the studies that have a predictor, and the predictor."""
    if predictor in {"sei", "vi"}:
        return batch, np.sqrt(batch.vi) if predictor == "sei" else batch.vi
    if ni is None:
        raise ValueError(f"the predictor {predictor} needs sample sizes")
    size = np.atleast_2d(np.asarray(ni, dtype=float))
    if size.shape != batch.yi.shape or (size <= 0).any():
        raise ValueError("sample sizes are positive and have the shape of the effects")
    present = batch.present & ~np.isnan(size)
    size = np.where(present, size, np.nan)
    kept = Batch(
        np.where(present, batch.yi, np.nan),
        np.where(present, batch.vi, np.nan),
        present,
        present.sum(axis=1),
    )
    root = size if predictor in {"ni", "ninv"} else np.sqrt(size)
    return kept, 1 / root if predictor.endswith("ninv") else root


def _differs(size: Array, weights: Array) -> Mask:
    """Tell in which analyses the predictor differs among the studies by more than rounding."""
    here = np.where(weights > 0, size, 0.0)
    across = np.where(weights > 0, size - weighted_mean(size, weights)[:, None], 0.0)
    return np.asarray(
        (weights * across**2).sum(axis=1) > _CONSTANT * (weights * here**2).sum(axis=1)
    )


def _residual_variance(weights: Array, along: Array, fitted: Array, df: Array) -> Array:
    """Return the multiplicative error; missing where residuals are no more than rounding."""
    residual = (weights * (along - fitted) ** 2).sum(axis=1)
    rounding = _ROUNDING * (weights * along**2).sum(axis=1)
    return divide(np.where((residual > rounding) & (df > 0), residual, np.nan), df)


def _residual_tau2(batch: Batch, size: Array, usable: Mask, method: str) -> Array:
    """Return the heterogeneity that the predictor leaves in each usable analysis."""
    tau2 = np.full(usable.shape, np.nan)
    part = batch.take(np.flatnonzero(usable))
    moderators = size[usable][:, :, None]
    tau2[usable] = estimate_tau2(part.yi, part.vi, method, moderators=moderators).value
    return tau2
