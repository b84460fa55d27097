"""Intervals in which the effect of a new study is expected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
    df = {
        "metafor": fit.df,
        "z": np.full(fit.k.shape, np.nan),
        "t_k1": np.maximum(fit.k - 1.0, 1.0),
        "t_k2": np.maximum(fit.k - 2.0, 1.0),
    }[kind]
    # Hypotenuse without squares: neither tiny nor huge errors are lost.
    spread = np.where(usable, np.hypot(fit.se, np.sqrt(fit.tau2)), np.nan)
    margin = critical(fit.level, df) * spread
    return Prediction(fit.estimate - margin, fit.estimate + margin, kind, fit.level)
