"""Small-sample correction of standardised mean differences.

Cohen's d overstates the size of the difference in small samples. Hedges (1981, Journal of
Educational Statistics 6:107-128, doi 10.3102/10769986006002107) gives the factor that makes it
unbiased, exactly and by an approximation.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import poch

from umbrella_review.effects.intervals import Array

Correction = Literal["exact", "approximate", "none"]


def exact_factor(df: ArrayLike) -> Array:
    """Return the exact factor.

    Parameters
    ----------
    df : array_like
        Degrees of freedom of the standard deviation that standardises.

    Returns
    -------
    ndarray
        Gamma(df/2) / (sqrt(df/2) Gamma((df-1)/2)), Hedges 1981, equation 6e; missing where `df`
        is 1 or less. The ratio of the gamma functions is taken as one rising factorial, which
        keeps all digits for large `df`.
    """
    m = np.asarray(df, dtype=float)
    usable = np.where(m > 1, m, np.nan)
    return np.asarray(poch((usable - 1) / 2, 0.5) / np.sqrt(usable / 2))


def approximate_factor(df: ArrayLike) -> Array:
    """Return the usual approximation of the factor.

    Parameters
    ----------
    df : array_like
        As in `exact_factor`.

    Returns
    -------
    ndarray
        1 - 3/(4 df - 1), Hedges 1981; missing where `df` is 1 or less.
    """
    m = np.asarray(df, dtype=float)
    return np.asarray(1 - 3 / (4 * np.where(m > 1, m, np.nan) - 1))


def factor(df: ArrayLike, correction: Correction) -> Array:
    """Return the factor of the named correction.

    Parameters
    ----------
    df : array_like
        As in `exact_factor`.
    correction : {"exact", "approximate", "none"}
        Which one; ``none`` leaves Cohen's d as it is.

    Returns
    -------
    ndarray
        Between 0 and 1.
    """
    if correction == "none":
        return np.ones_like(np.asarray(df, dtype=float))
    return exact_factor(df) if correction == "exact" else approximate_factor(df)
