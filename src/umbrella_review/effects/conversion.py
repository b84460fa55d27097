"""From one measure of effect to another, with the variances by the delta method.

Each function takes the effect and its variance and returns both on the new scale. Odds ratios are
natural logarithms. The way between d and the log odds ratio rests on logistic distributions
within groups (Hasselblad and Hedges 1995, doi 10.1037/0033-2909.117.1.167; Chinn 2000,
doi 10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M); the way between d and r is that
of Borenstein, Hedges, Higgins and Rothstein 2009 (Introduction to Meta-Analysis, chapter 7,
doi 10.1002/9780470743386.ch7); r and z after Fisher 1921.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.effects.intervals import Array

LOGISTIC_DEVIATION = math.pi / math.sqrt(3)  # standard deviation of the logistic distribution
Converted = tuple[Array, Array]


def d_to_log_odds_ratio(d: ArrayLike, variance: ArrayLike) -> Converted:
    """Convert standardised mean differences to log odds ratios.

    Parameters
    ----------
    d, variance : array_like
        Effects and their variances.

    Returns
    -------
    effect, variance : ndarray
        pi d / sqrt(3) and pi^2 v / 3 (Hasselblad and Hedges 1995; Borenstein 2009, equations 7.3
        and 7.4).
    """
    return (
        np.asarray(d, dtype=float) * LOGISTIC_DEVIATION,
        np.asarray(variance, dtype=float) * LOGISTIC_DEVIATION**2,
    )


def log_odds_ratio_to_d(log_odds_ratio: ArrayLike, variance: ArrayLike) -> Converted:
    """Convert log odds ratios to standardised mean differences.

    Parameters
    ----------
    log_odds_ratio, variance : array_like
        Effects and their variances.

    Returns
    -------
    effect, variance : ndarray
        sqrt(3) log OR / pi and 3 v / pi^2 (Hasselblad and Hedges 1995; Borenstein 2009, equations
        7.1 and 7.2).
    """
    return (
        np.asarray(log_odds_ratio, dtype=float) / LOGISTIC_DEVIATION,
        np.asarray(variance, dtype=float) / LOGISTIC_DEVIATION**2,
    )


def d_to_r(
    d: ArrayLike, variance: ArrayLike, n1: ArrayLike = 1.0, n2: ArrayLike = 1.0
) -> Converted:
    """Convert standardised mean differences to correlations.

    Parameters
    ----------
    d, variance : array_like
        Effects and their variances.
    n1, n2 : array_like, default 1.0
        Sizes of the groups; only their ratio counts.

    Returns
    -------
    effect, variance : ndarray
        d / sqrt(d^2 + a) and a^2 v / (d^2 + a)^3 with a = (n1 + n2)^2 / (n1 n2), which is 4 for
        groups of one size (Borenstein 2009, equations 7.7 to 7.9).
    """
    effect, a = np.asarray(d, dtype=float), _imbalance(n1, n2)
    total = effect**2 + a
    return effect / np.sqrt(total), np.asarray(variance, dtype=float) * a**2 / total**3


def r_to_d(
    r: ArrayLike, variance: ArrayLike, n1: ArrayLike = 1.0, n2: ArrayLike = 1.0
) -> Converted:
    """Convert correlations to standardised mean differences.

    Parameters
    ----------
    r, variance : array_like
        Correlations and their variances.
    n1, n2 : array_like, default 1.0
        Sizes of the groups; only their ratio counts.

    Returns
    -------
    effect, variance : ndarray
        sqrt(a) r / sqrt(1 - r^2) and a v / (1 - r^2)^3, with a as in `d_to_r` (the inverse of it;
        Borenstein 2009, equations 7.5 and 7.6 for a of 4). Missing for a correlation of 1 or -1.
    """
    effect, a = np.asarray(r, dtype=float), _imbalance(n1, n2)
    rest = np.where(np.abs(effect) < 1, 1 - effect**2, np.nan)
    return np.sqrt(a / rest) * effect, np.asarray(variance, dtype=float) * a / rest**3


def r_to_z(r: ArrayLike, variance: ArrayLike) -> Converted:
    """Convert correlations to Fisher's z.

    Parameters
    ----------
    r, variance : array_like
        Correlations and their variances.

    Returns
    -------
    effect, variance : ndarray
        atanh(r) and v / (1 - r^2)^2 (Fisher 1921). Missing for a correlation of 1 or -1.
    """
    effect = np.asarray(r, dtype=float)
    inside = np.where(np.abs(effect) < 1, effect, np.nan)
    return np.arctanh(inside), np.asarray(variance, dtype=float) / (1 - inside**2) ** 2


def z_to_r(z: ArrayLike, variance: ArrayLike) -> Converted:
    """Convert Fisher's z to correlations.

    Parameters
    ----------
    z, variance : array_like
        Effects and their variances.

    Returns
    -------
    effect, variance : ndarray
        tanh(z) and v (1 - r^2)^2 (Fisher 1921).
    """
    effect = np.tanh(np.asarray(z, dtype=float))
    return effect, np.asarray(variance, dtype=float) * (1 - effect**2) ** 2


def log_odds_ratio_to_r(
    log_odds_ratio: ArrayLike, variance: ArrayLike, n1: ArrayLike = 1.0, n2: ArrayLike = 1.0
) -> Converted:
    """Convert log odds ratios to correlations, by way of d.

    Parameters
    ----------
    log_odds_ratio, variance : array_like
        Effects and their variances.
    n1, n2 : array_like, default 1.0
        Sizes of the groups; only their ratio counts.

    Returns
    -------
    effect, variance : ndarray
        `log_odds_ratio_to_d`, then `d_to_r` (Borenstein 2009, figure 7.1).
    """
    return d_to_r(*log_odds_ratio_to_d(log_odds_ratio, variance), n1, n2)


def r_to_log_odds_ratio(
    r: ArrayLike, variance: ArrayLike, n1: ArrayLike = 1.0, n2: ArrayLike = 1.0
) -> Converted:
    """Convert correlations to log odds ratios, by way of d.

    Parameters
    ----------
    r, variance : array_like
        Correlations and their variances.
    n1, n2 : array_like, default 1.0
        Sizes of the groups; only their ratio counts.

    Returns
    -------
    effect, variance : ndarray
        `r_to_d`, then `d_to_log_odds_ratio` (Borenstein 2009, figure 7.1).
    """
    return d_to_log_odds_ratio(*r_to_d(r, variance, n1, n2))


def _imbalance(n1: ArrayLike, n2: ArrayLike) -> Array:
    first, second = np.asarray(n1, dtype=float), np.asarray(n2, dtype=float)
    return np.asarray((first + second) ** 2 / (first * second))
