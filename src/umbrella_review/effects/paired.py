"""One group measured twice, or matched pairs: change from ``m2i`` to ``m1i``.

Columns ``m1i m2i sd1i sd2i ni ri``, where ``ri`` is the correlation of the two measurements.
SMCC can also come from its uncorrected value (``di``) or the paired t statistic (``ti``).

Sources: Gibbons, Hedeker and Davis 1993 (doi 10.3102/10769986018003271) for SMCC; Becker 1988
(doi 10.1111/j.2044-8317.1988.tb00901.x) for SMCR; Morris and DeShon 2002
(doi 10.1037/1082-989X.7.1.105) for the two beside each other.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.effects.correction import factor
from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import (
    CORRELATION,
    DEVIATION,
    NUMBER,
    SIZE,
    Measure,
    Options,
    Values,
)

PAIRS = ("m1i", "m2i", "sd1i", "sd2i", "ni", "ri")
RULES = {
    "m1i": NUMBER,
    "m2i": NUMBER,
    "sd1i": DEVIATION,
    "sd2i": DEVIATION,
    "ni": SIZE,
    "ri": CORRELATION,
}


def change_variance(values: Values) -> Array:
    """Return the variances of the differences within pairs.

    Parameters
    ----------
    values : mapping of str to ndarray
        ``sd1i sd2i ri``.

    Returns
    -------
    ndarray
        The two variances less twice the covariance.
    """
    sd1, sd2 = values["sd1i"], values["sd2i"]
    return np.asarray((sd1 - sd2) ** 2 + 2 * (1 - values["ri"]) * sd1 * sd2)


def mean_change(values: Values, options: Options) -> tuple[Array, Array]:
    """Return mean changes and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        None is used.

    Returns
    -------
    effect, variance : ndarray
        In the unit of the outcome, and its square.
    """
    return values["m1i"] - values["m2i"], change_variance(values) / values["ni"]


def change_by_change_deviation(values: Values, options: Options) -> tuple[Array, Array]:
    """Return mean changes over the standard deviation of the change, and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `correction`, with n - 1 degrees of freedom.

    Returns
    -------
    effect, variance : ndarray
        The variance is 1/n + g^2/(2n).
    """
    n = values["ni"]
    d = (values["m1i"] - values["m2i"]) / np.sqrt(change_variance(values))
    known = ~np.any([np.isnan(values[name]) for name in PAIRS], axis=0)
    other = np.where(np.isnan(values["di"]), values["ti"] / np.sqrt(n), values["di"])
    g = factor(n - 1, options.correction) * np.where(known, d, other)
    return g, 1 / n + g**2 / (2 * n)


def change_by_raw_deviation(values: Values, options: Options) -> tuple[Array, Array]:
    """Return mean changes over the standard deviation ``sd1i``, and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module; ``sd2i`` is not needed.
    options : Options
        `correction`, with n - 1 degrees of freedom.

    Returns
    -------
    effect, variance : ndarray
        The variance is 2(1-r)/n + g^2/(2n).
    """
    n = values["ni"]
    g = factor(n - 1, options.correction) * (values["m1i"] - values["m2i"]) / values["sd1i"]
    return g, 2 * (1 - values["ri"]) / n + g**2 / (2 * n)


MEASURES = (
    Measure("MC", "mean change", (PAIRS,), RULES, mean_change),
    Measure(
        "SMCC",
        "standardised mean change, by the standard deviation of the change",
        (PAIRS, ("di", "ni"), ("ti", "ni")),
        RULES | {"di": NUMBER, "ti": NUMBER},
        change_by_change_deviation,
    ),
    Measure(
        "SMCR",
        "standardised mean change, by the standard deviation of the first measurement",
        (("m1i", "m2i", "sd1i", "ni", "ri"),),
        {name: rule for name, rule in RULES.items() if name != "sd2i"},
        change_by_raw_deviation,
    ),
)
