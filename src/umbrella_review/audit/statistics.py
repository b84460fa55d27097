"""Test statistics back from printed figures, with the bounds that rounding leaves open.

A figure printed with `d` decimals stands for every number within half a unit of its last digit.
Each function takes printed figures as `Bounded` numbers and returns the value from the figures
as printed together with the least and the greatest value that the unrounded figures can give
(interval arithmetic: Moore, Kearfott and Cloud 2009, doi 10.1137/1.9780898717716).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from umbrella_review.effects.intervals import critical_value, p_value


@dataclass(frozen=True)
class Bounded:
    """A number and the closed interval that it may lie in.

    Parameters
    ----------
    value : float
        Computed from the figures as printed.
    low, high : float
        Bounds; equal to `value` where nothing was rounded.
    """

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(f"{self.value} does not lie between {self.low} and {self.high}")

    @classmethod
    def exact(cls, value: float) -> Bounded:
        """Return a number that was not rounded."""
        return cls(float(value), float(value), float(value))

    def overlaps(self, other: Bounded) -> bool:
        """Tell whether some number lies in both intervals (touching ends count)."""
        slack = 1e-9 * max(1.0, abs(self.value), abs(other.value))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def __sub__(self, other: Bounded) -> Bounded:
        return Bounded(self.value - other.value, self.low - other.high, self.high - other.low)


def decimals(figure: float | str) -> int:
    """Return how many decimals a figure is printed with.

    Parameters
    ----------
    figure : float or str
        A text keeps its closing zeros (``"0.40"`` has two decimals); a float has the fewest
        decimals that tell it from its neighbours.

    Returns
    -------
    int
        Zero or more.
    """
    exponent = Decimal(str(figure)).normalize() if isinstance(figure, float) else Decimal(figure)
    digits = exponent.as_tuple().exponent
    return max(0, -digits) if isinstance(digits, int) else 0


def rounded(value: float, places: int, tolerance: float = 0.5) -> Bounded:
    """Return the numbers that are printed as `value`.

    Parameters
    ----------
    value : float
        As printed.
    places : int
        Decimals in print.
    tolerance : float, default 0.5
        Half-width of the interval, in units of the last printed digit.

    Returns
    -------
    Bounded
        The value within these bounds.
    """
    half = tolerance * 10.0**-places
    return Bounded(value, value - half, value + half)


def interval_figures(
    estimate: float, lower: float, upper: float, tolerance: float = 0.5
) -> tuple[Bounded, Bounded, Bounded]:
    """Give an estimate and its interval their rounding bounds.

    The three are printed alike, so the most decimals seen among them hold for all: a closing
    zero is lost when a table is read.

    Parameters
    ----------
    estimate, lower, upper : float
        As printed.
    tolerance : float, default 0.5
        As in `rounded`.

    Returns
    -------
    estimate, lower, upper : Bounded
        With their bounds.
    """
    places = max(decimals(float(figure)) for figure in (estimate, lower, upper))
    first, second, third = (rounded(x, places, tolerance) for x in (estimate, lower, upper))
    return first, second, third


def z_from_interval(
    estimate: Bounded, lower: Bounded, upper: Bounded, *, level: float = 0.95, ratio: bool = False
) -> Bounded:
    """Return the absolute Z statistic that an estimate and its confidence interval imply.

    Parameters
    ----------
    estimate, lower, upper : Bounded
        On the printed scale.
    level : float, default 0.95
        Confidence level of the interval, which is taken as symmetric and normal
        (Altman and Bland 2011, doi 10.1136/bmj.d2304).
    ratio : bool, default False
        Whether the measure is a ratio, which is normal on the logarithmic scale.

    Returns
    -------
    Bounded
        Zero or more; without an upper bound where the unrounded interval may have no width.

    Raises
    ------
    ValueError
        If the interval has no width, or a ratio is not positive.
    """
    if ratio:
        estimate, lower, upper = logarithm(estimate), logarithm(lower), logarithm(upper)
    span = upper - lower
    if span.value <= 0:
        raise ValueError("the upper end of the interval does not lie above its lower end")
    width = 2 * critical_value(level)
    ends = abs(estimate.low), abs(estimate.high)
    least = 0.0 if estimate.low <= 0 <= estimate.high else min(ends)
    return Bounded(
        abs(estimate.value) * width / span.value,
        least * width / span.high,
        max(ends) * width / span.low if span.low > 0 else math.inf,
    )


def p_from_z(z: Bounded) -> Bounded:
    """Return the two-sided p-value of an absolute Z statistic.

    Parameters
    ----------
    z : Bounded
        Zero or more.

    Returns
    -------
    Bounded
        Between 0 and 1.

    Notes
    -----
    Altman and Bland 2011 (doi 10.1136/bmj.d2304), with the normal distribution in place of their
    approximation.
    """
    value, low, high = (float(p_value(x)) for x in (z.value, z.high, z.low))
    return Bounded(value, low, high)


def i2_from_q(q: Bounded, df: float) -> Bounded:
    """Return I² in percent from Cochran's Q and its degrees of freedom.

    ``100 max(0, (Q - df) / Q)`` (Higgins and Thompson 2002, doi 10.1002/sim.1186); it rises
    with Q, so the bounds of Q give those of I².

    Parameters
    ----------
    q : Bounded
        Cochran's Q.
    df : float
        Its degrees of freedom.

    Returns
    -------
    Bounded
        Between 0 and 100.
    """
    value, low, high = (_i2(x, df) for x in (q.value, q.low, q.high))
    return Bounded(value, low, high)


def df_from_k(k: float) -> Bounded:
    """Return the degrees of freedom of Cochran's Q.

    Parameters
    ----------
    k : float
        Number of studies.

    Returns
    -------
    Bounded
        One less, exactly.
    """
    return Bounded.exact(k - 1)


def relative_fall(ratio: Bounded) -> Bounded:
    """Return by how many percent a ratio measure lies below 1.

    Parameters
    ----------
    ratio : Bounded
        For example a risk ratio.

    Returns
    -------
    Bounded
        Negative where the ratio lies above 1.
    """
    return Bounded(*(100 * (1 - x) for x in (ratio.value, ratio.high, ratio.low)))


def _i2(q: float, df: float) -> float:
    return 100 * (q - df) / q if q > max(df, 0) else 0.0


def logarithm(figure: Bounded) -> Bounded:
    """Return the natural logarithm of a printed ratio.

    Parameters
    ----------
    figure : Bounded
        Above 0.

    Returns
    -------
    Bounded
        Without a lower bound where the unrounded ratio may be 0.

    Raises
    ------
    ValueError
        If the ratio is not positive.
    """
    if figure.value <= 0:
        raise ValueError("a ratio must be positive")
    low = math.log(figure.low) if figure.low > 0 else -math.inf
    return Bounded(math.log(figure.value), low, math.log(figure.high))
