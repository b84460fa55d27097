"""Two groups, events counted over a time at risk: ``x1i t1i x2i t2i``.

Source: Rothman, Greenland and Lash 2008, Modern Epidemiology, 3rd edition, chapter 14.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import COUNT, TIME, Measure, Options, Values
from umbrella_review.effects.zero_cells import addition, without

FORMS = (("x1i", "t1i", "x2i", "t2i"),)
RULES = {"x1i": COUNT, "t1i": TIME, "x2i": COUNT, "t2i": TIME}


def events(values: Values, options: Options) -> tuple[Array, Array]:
    """Return the events of the two groups, adjusted for zeros.

    Parameters
    ----------
    values : mapping of str to ndarray
        ``x1i x2i``.
    options : Options
        `add`, `to` and `drop00`.

    Returns
    -------
    tuple of ndarray
        Events of group 1 and of group 2.
    """
    x1, x2 = values["x1i"], values["x2i"]
    if options.drop00:
        x1, x2 = without((x1 == 0) & (x2 == 0), (x1, x2))
    more = addition((x1, x2), options)
    return x1 + more, x2 + more


def log_rate_ratio(values: Values, options: Options) -> tuple[Array, Array]:
    """Return log incidence rate ratios and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        As in `events`.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/x1 + 1/x2.
    """
    x1, x2 = events(values, options)
    return np.log(x1 / values["t1i"]) - np.log(x2 / values["t2i"]), 1 / x1 + 1 / x2


def rate_difference(values: Values, options: Options) -> tuple[Array, Array]:
    """Return incidence rate differences and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        As in `events`.

    Returns
    -------
    effect, variance : ndarray
        The variance is x1/t1^2 + x2/t2^2.
    """
    x1, x2 = events(values, options)
    t1, t2 = values["t1i"], values["t2i"]
    return x1 / t1 - x2 / t2, x1 / t1 / t1 + x2 / t2 / t2


MEASURES = (
    Measure("IRR", "log incidence rate ratio", FORMS, RULES, log_rate_ratio, logarithm=True),
    Measure("IRD", "incidence rate difference", FORMS, RULES, rate_difference),
)
