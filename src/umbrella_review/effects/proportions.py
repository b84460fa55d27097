"""One group, an outcome that happens or does not: ``xi`` of ``ni``, or ``xi`` and ``mi`` without.

Sources: Freeman and Tukey 1950 (doi 10.1214/aoms/1177729756) and Miller 1978
(doi 10.1080/00031305.1978.10479283) for PFT, here with the factor 1/2 that makes it an angle.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import COUNT, SIZE, Check, Measure, Options, Values
from umbrella_review.effects.zero_cells import addition

FORMS = (("xi", "ni"), ("xi", "mi"))
RULES = {"xi": COUNT, "mi": COUNT, "ni": SIZE}
CHECKS = (
    Check("xi", "at most ni", lambda v: v["xi"] > v["ni"]),
    Check("xi", "xi or mi above 0 (somebody in the group)", lambda v: v["xi"] + v["mi"] == 0),
    Check(
        "ni",
        "the sum of xi and mi",
        lambda v: np.abs(v["xi"] + v["mi"] - v["ni"]) > 1e-9 * v["ni"],
    ),
)


def raw_proportion(x: Array, m: Array) -> tuple[Array, Array]:
    """Return proportions and their variances.

    Parameters
    ----------
    x, m : ndarray
        Units with and without the outcome.

    Returns
    -------
    effect, variance : ndarray
        The variance is p(1-p)/n.
    """
    n = x + m
    return x / n, x / n * (m / n) / n


def log_odds(x: Array, m: Array) -> tuple[Array, Array]:
    """Return log odds and their variances.

    Parameters
    ----------
    x, m : ndarray
        Units with and without the outcome.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/x + 1/m.
    """
    return np.log(x / m), 1 / x + 1 / m


def double_arcsine(x: Array, m: Array) -> tuple[Array, Array]:
    """Return Freeman and Tukey's double arcsine and its variance.

    Parameters
    ----------
    x, m : ndarray
        Units with and without the outcome.

    Returns
    -------
    effect, variance : ndarray
        Half the sum of the two arcsines; the variance is 1/(4n + 2).
    """
    n = x + m
    first, second = np.arcsin(np.sqrt(x / (n + 1))), np.arcsin(np.sqrt((x + 1) / (n + 1)))
    return (first + second) / 2, 1 / (4 * n + 2)


def _measure(
    code: str,
    title: str,
    formula: Callable[[Array, Array], tuple[Array, Array]],
    add: float = 0.5,
) -> Measure:
    def compute(values: Values, options: Options) -> tuple[Array, Array]:
        x, m = values["xi"], values["mi"]
        m = np.where(np.isnan(m), values["ni"] - x, m)
        more = addition((x, m), options)
        return formula(x + more, m + more)

    return Measure(code, title, FORMS, RULES, compute, CHECKS, add=add)


MEASURES = (
    _measure("PR", "proportion", raw_proportion),
    _measure("PLO", "log odds of a proportion", log_odds),
    # As for the arcsine difference, zeros do no harm here.
    _measure("PFT", "double arcsine of a proportion", double_arcsine, add=0.0),
)
