"""What printed figures imply for further statistics, with the bounds that rounding leaves open.

Continues `statistics`: t instead of normal intervals, Q, its p value, and the heterogeneity that
an interval leaves room for.
"""

from __future__ import annotations

import math

from scipy.special import chdtrc, stdtr, stdtrit

from umbrella_review.audit.statistics import Bounded, logarithm
from umbrella_review.effects.intervals import critical_value


def midpoint(lower: Bounded, upper: Bounded, *, ratio: bool = False) -> Bounded:
    """Return the estimate in the middle of an interval that is symmetric on its scale.

    Parameters
    ----------
    lower, upper : Bounded
        Ends of the interval, as printed.
    ratio : bool, default False
        Whether the interval is symmetric on the logarithmic scale.

    Returns
    -------
    Bounded
        On the printed scale.

    Raises
    ------
    ValueError
        If an end of a ratio is not positive.
    """
    if ratio:
        lower, upper = logarithm(lower), logarithm(upper)
    middle = [
        (low + high) / 2
        for low, high in ((lower.value, upper.value), (lower.low, upper.low),
                          (lower.high, upper.high))
    ]  # fmt: skip
    return Bounded(*(map(math.exp, middle) if ratio else middle))


def standard_error(
    lower: Bounded, upper: Bounded, *, level: float = 0.95, ratio: bool = False
) -> Bounded:
    """Return the standard error that a normal interval implies.

    Parameters
    ----------
    lower, upper : Bounded
        Ends of the interval, as printed.
    level : float, default 0.95
        Confidence level of the interval.
    ratio : bool, default False
        Whether the measure is a ratio: the standard error is then that of its logarithm.

    Returns
    -------
    Bounded
        Zero or more (Cochrane Handbook, version 6, section 6.5.2.2).

    Raises
    ------
    ValueError
        If an end of a ratio is not positive, or the ends are turned round.
    """
    if ratio:
        lower, upper = logarithm(lower), logarithm(upper)
    span, width = upper - lower, 2 * critical_value(level)
    if span.value < 0:
        raise ValueError("the upper end of the interval lies below its lower end")
    return Bounded(*(max(0.0, x) / width for x in (span.value, span.low, span.high)))


def t_from_z(z: Bounded, df: float, level: float = 0.95) -> Bounded:
    """Return the t statistic behind an interval whose Z statistic was taken as normal.

    Parameters
    ----------
    z : Bounded
        From `statistics.z_from_interval`.
    df : float
        Degrees of freedom of the interval, one or more.
    level : float, default 0.95
        Its confidence level.

    Returns
    -------
    Bounded
        Greater than `z`, because an interval by the t distribution is wider.
    """
    factor = float(stdtrit(df, (1 + level) / 2)) / critical_value(level)
    return Bounded(z.value * factor, z.low * factor, z.high * factor)


def p_from_t(t: Bounded, df: float) -> Bounded:
    """Return the two-sided p value of an absolute t statistic.

    Parameters
    ----------
    t : Bounded
        Zero or more.
    df : float
        Degrees of freedom.

    Returns
    -------
    Bounded
        Between 0 and 1.
    """
    return Bounded(*(2 * float(stdtr(df, -x)) for x in (t.value, t.high, t.low)))


def p_from_q(q: Bounded, df: float) -> Bounded:
    """Return the p value of Cochran's Q.

    Parameters
    ----------
    q : Bounded
        Cochran's Q; chi-square distributed without heterogeneity (Cochran 1954,
        doi 10.2307/3001666).
    df : float
        Its degrees of freedom.

    Returns
    -------
    Bounded
        Between 0 and 1.
    """
    return Bounded(*(float(chdtrc(df, max(0.0, x))) for x in (q.value, q.high, q.low)))


def greatest_tau2(error: Bounded, k: float) -> Bounded:
    """Return the greatest between-study variance that a pooled result leaves room for.

    With weights ``1 / (v + tau2)`` the squared standard error is ``1 / sum of weights``, which is
    at least ``tau2 / k`` because no sampling variance is negative (DerSimonian and Laird 1986,
    doi 10.1016/0197-2456(86)90046-2). It does not hold for the unmodified variance of Knapp and
    Hartung.

    Parameters
    ----------
    error : Bounded
        Standard error of the pooled effect.
    k : float
        Number of results that were pooled.

    Returns
    -------
    Bounded
        ``k`` times the squared standard error.
    """
    return Bounded(*(k * x * x for x in (error.value, error.low, error.high)))
