"""Influence of single studies on a pooled effect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtr

from umbrella_review.bias.batch import Array, Mask, as_batch, divide
from umbrella_review.bias.refit import leave_one_out
from umbrella_review.pooling.model import fit, weights_percent


@dataclass(frozen=True)
class Influence:
    """Deletion diagnostics of a batch; arrays have the shape (A, K).

    Parameters
    ----------
    method : str
        Estimator of heterogeneity.
    rstudent : ndarray
        Deviation of a study from the effect pooled without it, over its standard error.
    dffits : ndarray
        Change of the fitted effect in standard errors.
    cook_d : ndarray
        Cook's distance.
    cov_r : ndarray
        Variance of the pooled effect without the study over that with it.
    tau2_del, q_del : ndarray
        Heterogeneity without the study.
    hat : ndarray
        Leverage: the share of the study's weight.
    weight_pct : ndarray
        The same in percent.
    dfbs : ndarray
        Change of the pooled effect in standard errors that hold the heterogeneity of the others.
    is_infl : ndarray of bool
        Whether the study counts as influential by any of the rules below.
    """

    method: str
    rstudent: Array
    dffits: Array
    cook_d: Array
    cov_r: Array
    tau2_del: Array
    q_del: Array
    hat: Array
    weight_pct: Array
    dfbs: Array
    is_infl: Mask


def influence(yi: ArrayLike, vi: ArrayLike, *, method: str = "REML") -> Influence:
    """Return deletion diagnostics of the studies of each analysis.

    Parameters
    ----------
    yi, vi : array_like of shape (A, K)
        Effects and sampling variances.
    method : str, default "REML"
        Estimator of heterogeneity.

    Returns
    -------
    Influence
        Missing (and not influential) where there is no study, and but for the weights where it
        is the only one.

    Notes
    -----
    Viechtbauer and Cheung 2010, Res Synth Methods 1:112-125, for a model with p = 1 coefficient
    and normal tests. A study is influential if abs(DFFITS) > 3 sqrt(p / (k - p)), Cook's distance
    is beyond the median of chi-square with p degrees of freedom, the leverage > 3 p / k, or
    abs(DFBETAS) > 1.
    """
    batch = as_batch(yi, vi)
    whole = fit(batch.yi, batch.vi, method=method)
    without = leave_one_out(batch.yi, batch.vi, method=method)
    weight_pct = weights_percent(batch.yi, batch.vi, whole.tau2)
    hat = weight_pct / 100
    change = whole.estimate[:, None] - without.estimate
    variance = np.square(whole.se)[:, None]
    total = batch.vi + without.tau2
    dffits = divide(change, np.sqrt(hat * total))
    cook_d = divide(change**2, variance)
    dfbs = change * np.sqrt(_precision(batch.vi, without.tau2))
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = 3 * np.sqrt(1 / (batch.k - 1))[:, None]
        leverage = (3 / batch.k)[:, None]
    is_infl = (
        (np.abs(dffits) > bound)
        | (chdtr(1, cook_d) > 0.5)
        | ((hat > leverage) & (batch.k > 1)[:, None])
        | (np.abs(dfbs) > 1)
    )
    return Influence(
        method,
        (batch.yi - without.estimate) / np.sqrt(total + without.se**2),
        dffits,
        cook_d,
        divide(without.se**2, variance),
        without.tau2,
        without.q,
        hat,
        weight_pct,
        dfbs,
        is_infl,
    )


def _precision(vi: Array, tau2: Array) -> Array:
    """Return the sum of all weights of an analysis for each of several heterogeneities."""
    # A study at a time: an array of all pairs would not fit into memory for large analyses.
    total = np.zeros_like(tau2)
    for study in range(vi.shape[1]):
        total += np.nan_to_num(1 / (vi[:, study, None] + tau2))
    return np.asarray(np.where(np.isnan(tau2), np.nan, total))
