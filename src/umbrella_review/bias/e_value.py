"""E-values: how strong unmeasured confounding would have to be to explain an effect away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.bias.batch import Array

MEASURES = ("RR", "OR", "HR", "IRR", "SMD")
# Chinn's d to log odds ratio (1.81) and the square root of the odds ratio, as rounded by
# VanderWeele and Ding 2017.
_LOG_RR_PER_SD = 0.91


@dataclass(frozen=True)
class EValue:
    """E-values; arrays have the shape of the estimates.

    Parameters
    ----------
    estimate : ndarray
        For the estimate.
    limit : ndarray
        For the end of the confidence interval nearer to no effect; 1 where it holds no effect.
    risk_ratio : ndarray
        The (approximate) risk ratio the E-value belongs to.
    """

    estimate: Array
    limit: Array
    risk_ratio: Array


def e_value(
    estimate: ArrayLike,
    ci_lb: ArrayLike,
    ci_ub: ArrayLike,
    *,
    measure: str = "RR",
    rare: bool = False,
) -> EValue:
    """Return the E-values of estimates and of their confidence intervals.

    Parameters
    ----------
    estimate, ci_lb, ci_ub : array_like
        On the scale of the analysis: logarithms of ratios, or standardised mean differences.
    measure : {"RR", "OR", "HR", "IRR", "SMD"}
        What the estimates are.
    rare : bool, default False
        For OR and HR: the outcome is rare (below 15% at the end of follow-up), so that the ratio
        stands for a risk ratio as it is.

    Returns
    -------
    EValue
        Missing where a number is missing; infinite beyond the range of floating-point numbers.

    Raises
    ------
    ValueError
        If the measure has no E-value here.

    Notes
    -----
    VanderWeele and Ding 2017, Ann Intern Med 167:268-274: RR + sqrt(RR (RR - 1)), RR below 1
    inverted. OR of a common outcome: its square root. HR of a common outcome:
    (1 - 0.5^sqrt(HR)) / (1 - 0.5^sqrt(1/HR)). SMD: exp(0.91 d); the ends of its interval go
    through the same function (the article rounds 0.91 times 1.96 to 1.78).
    """
    if measure not in MEASURES:
        raise ValueError(f"no E-value for {measure!r}; there is one for {', '.join(MEASURES)}")
    point, lower, upper = np.broadcast_arrays(
        *(np.asarray(values, dtype=float) for values in (estimate, ci_lb, ci_ub))
    )
    nearer = np.where(point < 0, upper, lower)
    crosses = (lower <= 0) & (upper >= 0)
    missing = np.isnan(point) | np.isnan(lower) | np.isnan(upper)
    size = np.where(crosses, 0.0, np.abs(_log_risk_ratio(nearer, measure, rare)))
    log_rr = _log_risk_ratio(point, measure, rare)
    with np.errstate(over="ignore"):
        return EValue(
            _from_log(np.abs(log_rr)), _from_log(np.where(missing, np.nan, size)), np.exp(log_rr)
        )


def _log_risk_ratio(effect: Array, measure: str, rare: bool) -> Array:
    """Return the log of the risk ratio that an effect stands for."""
    if measure == "SMD":
        return np.asarray(_LOG_RR_PER_SD * effect)
    if measure == "OR" and not rare:
        return np.asarray(effect / 2)
    if measure == "HR" and not rare:
        with np.errstate(over="ignore"):
            return np.asarray(_log_share(effect) - _log_share(-effect))
    return np.asarray(effect)


def _log_share(log_hr: Array) -> Array:
    """Return log(1 - 0.5^sqrt(HR)), exact for small hazard ratios too."""
    return np.asarray(np.log(-np.expm1(-np.log(2) * np.exp(log_hr / 2))))


def _from_log(size: Array) -> Array:
    """Return the E-value of a risk ratio above 1, given as its logarithm."""
    return np.asarray(np.exp(size) * (1 + np.sqrt(-np.expm1(-size))))
