"""Standard errors behind printed intervals and p values, with the bounds that rounding leaves.

Formulas: Cochrane Handbook, version 6, sections 6.3.1 and 6.3.2; Altman and Bland 2011
(doi 10.1136/bmj.d2304 and 10.1136/bmj.d2090). Ratios are taken on the logarithmic scale, where
their intervals are symmetric. Degrees of freedom, where given, replace the normal by the t
distribution. A number printed with `d` decimals stands for all numbers within half a unit of its
last digit; the bounds hold for every one of them. All functions work on arrays of any shape.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from umbrella_review.effects.intervals import Array, critical_value, standard_error


def standard_error_from_interval(
    lower: ArrayLike,
    upper: ArrayLike,
    level: float = 0.95,
    *,
    df: ArrayLike | None = None,
    ratio: bool = False,
) -> Array:
    """Return the standard error that an interval implies.

    Parameters
    ----------
    lower, upper : array_like
        Ends of the interval, as printed.
    level : float, default 0.95
        Its confidence level.
    df : array_like, optional
        Degrees of freedom of an interval by the t distribution.
    ratio : bool, default False
        Whether the measure is a ratio: the standard error is then that of its logarithm.

    Returns
    -------
    ndarray
        Missing where an end of a ratio is not above 0 or the interval is turned round.
    """
    low, high = (_scaled(end, ratio) for end in (lower, upper))
    error = standard_error(low, high, level)
    if df is not None:
        error = error * (critical_value(level) / _quantile((1 + level) / 2, df))
    return np.where(error >= 0, error, np.nan)


def standard_error_from_p(
    estimate: ArrayLike, p: ArrayLike, *, df: ArrayLike | None = None, ratio: bool = False
) -> Array:
    """Return the standard error that an estimate and its two-sided p value imply.

    Parameters
    ----------
    estimate : array_like
        As printed.
    p : array_like
        For the test of no effect (0, or 1 for a ratio).
    df : array_like, optional
        Degrees of freedom of a t test.
    ratio : bool, default False
        As in `standard_error_from_interval`.

    Returns
    -------
    ndarray
        Missing where it cannot be told: p not above 0 or not below 1, or no effect at all.
    """
    effect, chance = np.abs(_scaled(estimate, ratio)), np.asarray(p, dtype=float)
    usable = (chance > 0) & (chance < 1) & (effect > 0)
    statistic = _statistic(np.where(usable, chance, np.nan), df)
    return np.asarray(np.where(usable, effect, np.nan) / statistic)


def interval_bounds(
    lower: ArrayLike,
    upper: ArrayLike,
    places: ArrayLike,
    level: float = 0.95,
    *,
    df: ArrayLike | None = None,
    ratio: bool = False,
) -> tuple[Array, Array]:
    """Return the least and the greatest standard error behind a rounded interval.

    Parameters
    ----------
    lower, upper : array_like
        Ends of the interval, as printed.
    places : array_like
        Decimals that they are printed with.
    level : float, default 0.95
        Confidence level of the interval.
    df : array_like, optional
        Degrees of freedom of an interval by the t distribution.
    ratio : bool, default False
        As in `standard_error_from_interval`.

    Returns
    -------
    least, greatest : ndarray
        The least is 0 where rounding may have made the width; the greatest is infinite where the
        lower end of a ratio may be 0.
    """
    half = _half_unit(places)
    low, high = (np.asarray(end, dtype=float) for end in (lower, upper))
    wide = standard_error_from_interval(low - half, high + half, level, df=df, ratio=ratio)
    narrow = standard_error_from_interval(low + half, high - half, level, df=df, ratio=ratio)
    known = ~np.isnan(standard_error_from_interval(low, high, level, df=df, ratio=ratio))
    may_touch_zero = known & ratio & (low - half <= 0)
    least = np.where(known & np.isnan(narrow), 0.0, narrow)
    return least, np.where(may_touch_zero, np.inf, wide)


def p_bounds(
    estimate: ArrayLike,
    p: ArrayLike,
    estimate_places: ArrayLike,
    p_places: ArrayLike,
    *,
    df: ArrayLike | None = None,
    ratio: bool = False,
) -> tuple[Array, Array]:
    """Return the least and the greatest standard error behind a rounded estimate and p value.

    Parameters
    ----------
    estimate, p : array_like
        As printed; ``0.000`` is a p value below half a unit of its last digit.
    estimate_places, p_places : array_like
        Decimals that they are printed with.
    df : array_like, optional
        Degrees of freedom of a t test.
    ratio : bool, default False
        As in `standard_error_from_interval`.

    Returns
    -------
    least, greatest : ndarray
        The least is 0 where p may be 0 or the effect none; the greatest is infinite where p may
        be 1.
    """
    half, half_p = _half_unit(estimate_places), _half_unit(p_places)
    value, chance = np.asarray(estimate, dtype=float), np.asarray(p, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = (_logarithm(value + side, ratio) for side in (-half, half))
        smallest = np.where((low <= 0) & (high >= 0), 0.0, np.minimum(np.abs(low), np.abs(high)))
        largest = np.maximum(np.abs(low), np.abs(high))
        least = smallest / _statistic(np.maximum(chance - half_p, 0.0), df)
        greatest = largest / _statistic(np.minimum(chance + half_p, 1.0), df)
    known = (chance >= 0) & (chance <= 1) & ~np.isnan(smallest)
    return np.where(known, least, np.nan), np.where(known, greatest, np.nan)


def _half_unit(places: ArrayLike) -> Array:
    return 0.5 * 10.0 ** -np.asarray(places, dtype=float)


def _scaled(values: ArrayLike, ratio: bool) -> Array:
    number = np.asarray(values, dtype=float)
    return np.log(np.where(number > 0, number, np.nan)) if ratio else number


def _logarithm(values: Array, ratio: bool) -> Array:
    """Return values on their scale, where a ratio of 0 or less is minus infinity."""
    return np.log(np.maximum(values, 0.0)) if ratio else values


def _quantile(chance: ArrayLike, df: ArrayLike | None) -> Array:
    if df is None:
        return np.asarray(ndtri(chance))
    return np.asarray(stdtrit(np.asarray(df, dtype=float), chance))


def _statistic(p: Array, df: ArrayLike | None) -> Array:
    # The lower tail keeps the digits of small p values, which 1 - p/2 would lose.
    return np.abs(_quantile(p / 2, df))
