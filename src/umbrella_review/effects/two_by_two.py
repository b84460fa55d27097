"""Two groups, an outcome that happens or does not.

======== =========== ============== =====
group    with        without        total
======== =========== ============== =====
1        ``ai``      ``bi``         ``n1i``
2        ``ci``      ``di``         ``n2i``
======== =========== ============== =====

Sources: Fleiss and Berlin 2009 (chapter 13 of The Handbook of Research Synthesis and
Meta-Analysis, 2nd edition) for RR, OR and RD; Rücker and others 2009 (doi 10.1002/sim.3511) for
AS; Yusuf and others 1985 (doi 10.1016/S0033-0620(85)80003-7) for PETO.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import COUNT, SIZE, Check, Measure, Options, Values
from umbrella_review.effects.zero_cells import addition, without

Table = tuple[Array, Array, Array, Array]
FORMS = (
    ("ai", "bi", "ci", "di"),
    ("ai", "n1i", "ci", "n2i"),
    ("ai", "bi", "ci", "n2i"),
    ("ai", "n1i", "ci", "di"),
)
RULES = {"ai": COUNT, "bi": COUNT, "ci": COUNT, "di": COUNT, "n1i": SIZE, "n2i": SIZE}
_SLACK = 1e-9  # relative; totals and their parts are compared as decimal numbers


def _totals_differ(cell: str, other: str, total: str) -> Check:
    return Check(
        total,
        f"the sum of {cell} and {other}",
        lambda v: np.abs(v[cell] + v[other] - v[total]) > _SLACK * v[total],
    )


CHECKS = (
    Check("ai", "at most n1i", lambda v: v["ai"] > v["n1i"]),
    Check("ci", "at most n2i", lambda v: v["ci"] > v["n2i"]),
    Check("ai", "ai or bi above 0 (somebody in the group)", lambda v: v["ai"] + v["bi"] == 0),
    Check("ci", "ci or di above 0 (somebody in the group)", lambda v: v["ci"] + v["di"] == 0),
    _totals_differ("ai", "bi", "n1i"),
    _totals_differ("ci", "di", "n2i"),
)


def table(values: Values, options: Options) -> Table:
    """Return the four counts, completed from the totals and adjusted for zeros.

    Parameters
    ----------
    values : mapping of str to ndarray
        ``ai bi ci di n1i n2i``.
    options : Options
        `add`, `to` and `drop00`.

    Returns
    -------
    tuple of ndarray
        Counts a, b, c and d.
    """
    a, c = values["ai"], values["ci"]
    b = np.where(np.isnan(values["bi"]), values["n1i"] - a, values["bi"])
    d = np.where(np.isnan(values["di"]), values["n2i"] - c, values["di"])
    if options.drop00:
        a, b, c, d = without(((a == 0) & (c == 0)) | ((b == 0) & (d == 0)), (a, b, c, d))
    more = addition((a, b, c, d), options)
    return a + more, b + more, c + more, d + more


def log_risk_ratio(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return log risk ratios and their variances.

    Parameters
    ----------
    a, b, c, d : ndarray
        Counts.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/a - 1/(a+b) + 1/c - 1/(c+d), with each pair on one denominator.
    """
    effect = np.log(a / (a + b)) - np.log(c / (c + d))
    return effect, b / (a * (a + b)) + d / (c * (c + d))


def log_odds_ratio(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return log odds ratios and their variances (Woolf's).

    Parameters
    ----------
    a, b, c, d : ndarray
        Counts.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/a + 1/b + 1/c + 1/d.
    """
    return np.log(a / b) - np.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d


def risk_difference(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return risk differences and their variances.

    Parameters
    ----------
    a, b, c, d : ndarray
        Counts.

    Returns
    -------
    effect, variance : ndarray
        The variance is the sum of p(1-p)/n of the groups.
    """
    n1, n2 = a + b, c + d
    return a / n1 - c / n2, a / n1 * (b / n1) / n1 + c / n2 * (d / n2) / n2


def arcsine_difference(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return differences of arcsine square roots of the risks and their variances.

    Parameters
    ----------
    a, b, c, d : ndarray
        Counts.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/(4 n1) + 1/(4 n2), whatever the risks.
    """
    n1, n2 = a + b, c + d
    return np.arcsin(np.sqrt(a / n1)) - np.arcsin(np.sqrt(c / n2)), 1 / (4 * n1) + 1 / (4 * n2)


def peto_log_odds_ratio(a: Array, b: Array, c: Array, d: Array) -> tuple[Array, Array]:
    """Return log odds ratios by Peto's one-step method and their variances.

    Parameters
    ----------
    a, b, c, d : ndarray
        Counts.

    Returns
    -------
    effect, variance : ndarray
        Observed less expected events in group 1 over their hypergeometric variance, and one over
        that variance.
    """
    n1, n2 = a + b, c + d
    n = n1 + n2
    expected = (a + c) * n1 / n
    variance = (a + c) / n * (b + d) / n * n1 * n2 / (n - 1)
    return (a - expected) / variance, 1 / variance


def _measure(
    code: str,
    title: str,
    formula: Callable[[Array, Array, Array, Array], tuple[Array, Array]],
    *,
    logarithm: bool = False,
    add: float = 0.5,
) -> Measure:
    def compute(values: Values, options: Options) -> tuple[Array, Array]:
        return formula(*table(values, options))

    return Measure(code, title, FORMS, RULES, compute, CHECKS, add=add, logarithm=logarithm)


MEASURES = (
    _measure("RR", "log risk ratio", log_risk_ratio, logarithm=True),
    _measure("OR", "log odds ratio", log_odds_ratio, logarithm=True),
    _measure("RD", "risk difference", risk_difference),
    # An arcsine needs no help with zeros, so nothing is added unless it is asked for.
    _measure("AS", "arcsine square root risk difference", arcsine_difference, add=0.0),
    _measure("PETO", "log odds ratio by Peto's method", peto_log_odds_ratio, logarithm=True),
)
