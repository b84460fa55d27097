"""Intervals in which the effect of a new study is expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.pooling.batch import Array
from umbrella_review.pooling.distributions import critical
from umbrella_review.pooling.model import Fit
from umbrella_review.pooling.refusals import wrong_option

KINDS = ("metafor", "z", "t_k1", "t_k2")


@dataclass(frozen=True)
class Prediction:
    """Prediction intervals of many analyses.

    Parameters
    ----------
    lb, ub : ndarray, shape (A,)
        Ends; missing under the fixed-effect model, which knows no distribution of effects, and
        with fewer than two studies.
    kind : str
        Distribution behind them, one of `KINDS`.
    level : float
        Confidence level.
    """

    lb: Array
    ub: Array
    kind: str
    level: float


def predict(fit: Fit, kind: str = "metafor") -> Prediction:
    """Return prediction intervals.

    Parameters
    ----------
    fit : Fit
        Random-effects models.
    kind : {"metafor", "z", "t_k1", "t_k2"}, default "metafor"
        Critical value: of the test of `fit` (normal, or t with k - 1 degrees of freedom);
        normal; t with k - 1; t with k - 2 degrees of freedom, at least 1.

    Returns
    -------
    Prediction
        ``estimate ± critical sqrt(se² + tau2)``. The standard error is that of the test, so
        that each kind has a Knapp-Hartung form.

    Raises
    ------
    StatisticsError
        If there is no such kind.

    Notes
    -----
    Higgins, Thompson and Spiegelhalter 2009, doi 10.1111/j.1467-985X.2008.00552.x (k - 2);
    Partlett and Riley 2017, doi 10.1002/sim.7140, for Knapp-Hartung forms.
    """
    if kind not in KINDS:
        raise wrong_option("prediction interval", kind, KINDS)
    usable = (fit.k > 1) & (fit.method != "FE")
    df = fit.df if kind == "metafor" else _degrees_of_freedom(kind, fit.k)
    se = np.where(usable, fit.se, np.nan)
    return Prediction(*_around(fit.estimate, se, fit.tau2, df, fit.level), kind, fit.level)


def prediction_interval(
    estimate: ArrayLike,
    se: ArrayLike,
    tau2: ArrayLike,
    k: ArrayLike,
    *,
    kind: str = "t_k1",
    level: float = 0.95,
) -> tuple[Array, Array]:
    """Return prediction intervals of results that are known by their summary alone.

    Parameters
    ----------
    estimate, se, tau2 : array_like
        Pooled effects, their standard errors and between-study variances, on the scale on which
        no effect is 0.
    k : array_like
        Numbers of results pooled.
    kind : {"z", "t_k1", "t_k2"}, default "t_k1"
        As in `predict`.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    lb, ub : ndarray
        Missing where a number is, or fewer than two results were pooled.

    Raises
    ------
    StatisticsError
        If there is no such kind.

    Notes
    -----
    Higgins, Thompson and Spiegelhalter 2009, doi 10.1111/j.1467-985X.2008.00552.x.
    """
    if kind not in KINDS[1:]:
        raise wrong_option("prediction interval", kind, KINDS[1:])
    effect, error, variance, n = (
        np.asarray(values, dtype=float) for values in (estimate, se, tau2, k)
    )
    return _around(effect, np.where(n > 1, error, np.nan), variance, _degrees_of_freedom(kind, n),
                   level)  # fmt: skip


def _degrees_of_freedom(kind: str, k: ArrayLike) -> Array:
    n = np.asarray(k, dtype=float)
    if kind == "z":
        return np.full(n.shape, np.nan)
    return np.maximum(n - (1.0 if kind == "t_k1" else 2.0), 1.0)


def _around(
    estimate: Array, se: Array, tau2: Array, df: Array, level: float
) -> tuple[Array, Array]:
    # Hypotenuse without squares: neither tiny nor huge errors are lost.
    margin = critical(level, df) * np.hypot(se, np.sqrt(tau2))
    return estimate - margin, estimate + margin
