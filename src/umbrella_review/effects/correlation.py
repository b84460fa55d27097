"""Correlations of two quantitative variables: ``ri`` (or the t statistic ``ti``) and ``ni``.

Sources: Fisher 1921 for ZCOR; Olkin and Pratt 1958 (doi 10.1214/aoms/1177706717) for UCOR;
Borenstein 2009 (chapter 12 of The Handbook of Research Synthesis and Meta-Analysis, 2nd edition)
for the large-sample variance; Hedges 1989 (doi 10.1037/0021-9010.74.3.469) for the unbiased one.
"""

from __future__ import annotations

import numpy as np
from scipy.special import hyp2f1

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.means import weighted_mean
from umbrella_review.effects.measure import CORRELATION, NUMBER, SIZE, Measure, Options, Values

_SERIES_FROM = 50
_SERIES_TERMS = 40  # at c of 50 the last term is below 1e-25 of the sum
FORMS = (("ri", "ni"), ("ti", "ni"))
RULES = {"ri": CORRELATION, "ti": NUMBER, "ni": SIZE}


def coefficient(values: Values) -> Array:
    """Return the correlations, from the t statistics where they are missing.

    Parameters
    ----------
    values : mapping of str to ndarray
        ``ri ti ni``.

    Returns
    -------
    ndarray
        t / sqrt(t^2 + n - 2) where ``ri`` is missing.
    """
    t, df = values["ti"], values["ni"] - 2
    from_t = t / np.sqrt(t**2 + np.where(df > 0, df, np.nan))
    return np.where(np.isnan(values["ri"]), from_t, values["ri"])


def raw_correlation(values: Values, options: Options) -> tuple[Array, Array]:
    """Return correlations and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `vtype`, as in `corrected_correlation`.

    Returns
    -------
    effect, variance : ndarray
        Missing for n of 1.
    """
    r = coefficient(values)
    return r, _variance(r, r, values["ni"], options.vtype)


def corrected_correlation(values: Values, options: Options) -> tuple[Array, Array]:
    """Return correlations freed of their bias and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `vtype`: ``LS`` is (1-r^2)^2/(n-1) (Borenstein 2009, equation 12.27), ``AV`` the same at
        the mean correlation of the analysis weighted by sample size, ``UB`` the unbiased variance
        (Hedges 1989, with the hypergeometric function itself).

    Returns
    -------
    effect, variance : ndarray
        r F(1/2, 1/2; (n-2)/2; 1-r^2), Olkin and Pratt 1958, equation 2.3; missing for n of 4 or
        less.
    """
    r, n = coefficient(values), values["ni"]
    size = np.where(n > 4, n, np.nan)
    corrected = r * hypergeometric(0.5, (size - 2) / 2, 1 - r**2)
    return corrected, _variance(corrected, r, size, options.vtype)


def hypergeometric(a: float, c: Array, x: Array) -> Array:
    """Return Gauss's hypergeometric function F(a, a; c; x) for x from 0 to 1.

    Parameters
    ----------
    a : float
        0.5 or 1.
    c, x : ndarray
        Of one shape.

    Returns
    -------
    ndarray
        By its power series where `c` is large: library routines overflow there, while the terms
        shrink faster than (k/c)^k.
    """
    large = c > _SERIES_FROM
    terms, term = np.ones_like(x), np.ones_like(x)
    for k in range(_SERIES_TERMS):
        term = term * (a + k) ** 2 / ((c + k) * (k + 1)) * x
        terms = terms + term
    return np.where(large, terms, hyp2f1(a, a, np.where(large, 1.0 + a, c), x))


def _variance(effect: Array, r: Array, n: Array, vtype: str) -> Array:
    if vtype == "UB":
        size = np.where(n > 4, n, np.nan)
        rest = 1 - r**2
        squared = 1 - (size - 3) / (size - 2) * rest * hypergeometric(1.0, size / 2, rest)
        return np.asarray(effect**2 - squared)
    centre = weighted_mean(effect, n) if vtype == "AV" else effect
    return np.asarray((1 - centre**2) ** 2 / (n - 1))


def fisher_z(values: Values, options: Options) -> tuple[Array, Array]:
    """Return Fisher's z and its variance.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        None is used.

    Returns
    -------
    effect, variance : ndarray
        atanh(r) and 1/(n-3); missing for n of 3 or less and for a correlation of 1 or -1.
    """
    n = values["ni"]
    return np.arctanh(coefficient(values)), 1 / np.where(n > 3, n - 3, np.nan)


MEASURES = (
    Measure("COR", "correlation", FORMS, RULES, raw_correlation, vtypes=("LS", "UB", "AV")),
    Measure(
        "UCOR",
        "correlation corrected for bias",
        FORMS,
        RULES,
        corrected_correlation,
        vtypes=("LS", "UB", "AV"),
    ),
    Measure("ZCOR", "Fisher's z of the correlation", FORMS, RULES, fisher_z),
)
