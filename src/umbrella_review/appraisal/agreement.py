"""Agreement of two raters: percent agreement, Cohen's kappa, Gwet's AC1 and AC2, on arrays.

References: Cohen 1960, doi:10.1177/001316446002000104; weighted kappa: Cohen 1968,
doi:10.1037/h0026256; its standard error: Fleiss, Cohen and Everitt 1969, doi:10.1037/h0028106;
AC1: Gwet 2008, doi:10.1348/000711006X126600, and with weights (AC2) Gwet 2014, Handbook of
Inter-Rater Reliability, 4th edition; interval of the percent agreement: Wilson 1927,
doi:10.1080/01621459.1927.10502953.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from umbrella_review.errors import Problem, StatisticsError

WEIGHTS = ("unweighted", "linear", "quadratic")
NO_PAIRS = "no unit was rated by both"
ONE_CATEGORY = "there is one category only, so that nobody could disagree"
NO_VARIATION = "both raters used one and the same category throughout"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Coefficient:
    """A coefficient of agreement.

    Parameters
    ----------
    name : str
        ``percent``, ``kappa``, ``ac1`` or ``ac2``.
    weights : str
        One of `WEIGHTS`, or ``own``.
    estimate, se, ci_lb, ci_ub : float
        Proportions of 1, kappa and AC at most 1; NaN where not defined.
    observed, expected : float
        Agreement that was found, and by chance (NaN for the percent agreement).
    n : int
        Units rated by both.
    reason : str
        Why the estimate is not defined; else empty.
    """

    name: str
    weights: str
    estimate: float
    se: float
    ci_lb: float
    ci_ub: float
    observed: float
    expected: float
    n: int
    reason: str = ""


def agreement_weights(n_categories: int, kind: str = "unweighted") -> Floats:
    """Return how much each pair of categories agrees.

    Parameters
    ----------
    n_categories : int
        Categories, in their order.
    kind : {"unweighted", "linear", "quadratic"}, optional
        By the distance of the categories, or its square; unweighted, only the same ones agree.

    Returns
    -------
    ndarray of shape (n_categories, n_categories)
        1 on the diagonal, 0 for the categories that are farthest from each other.

    Raises
    ------
    StatisticsError
        If there are no such weights.
    """
    if kind not in WEIGHTS:
        problem = Problem("weights", repr(kind), f"one of {', '.join(WEIGHTS)}", "Name one.")
        raise StatisticsError([problem])
    if kind == "unweighted" or n_categories < 2:
        return np.eye(n_categories)
    places = np.arange(n_categories)
    distance = np.abs(np.subtract.outer(places, places)) / (n_categories - 1)
    return np.asarray(1 - distance ** (1 if kind == "linear" else 2))


def percent_agreement(table: ArrayLike, *, level: float = 0.95) -> Coefficient:
    """Return the share of units that two raters put into the same category.

    Parameters
    ----------
    table : array_like of shape (q, q)
        Units by the category of the first rater (rows) and of the second.
    level : float, optional
        Of the confidence interval (Wilson 1927).

    Returns
    -------
    Coefficient
        As a proportion; the standard error is that of a binomial proportion.
    """
    counts, n = _counts(table)
    if not n:
        return _undefined("percent", "unweighted", n, NO_PAIRS)
    share = float(np.trace(counts) / n)
    z = float(stats.norm.ppf((1 + level) / 2))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * math.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    se = math.sqrt(share * (1 - share) / n)
    return Coefficient("percent", "unweighted", share, se, low, high, share, math.nan, n)


def cohen_kappa(
    table: ArrayLike, *, weights: str | ArrayLike = "unweighted", level: float = 0.95
) -> Coefficient:
    """Return Cohen's kappa of two raters.

    Parameters
    ----------
    table : array_like of shape (q, q)
        Units by the category of the first rater (rows) and of the second.
    weights : str or array_like of shape (q, q), optional
        One of `WEIGHTS`, or the agreement of each pair of categories, 1 for the same one.
    level : float, optional
        Of the confidence interval.

    Returns
    -------
    Coefficient
        Not defined where both raters used one category alone.

    Notes
    -----
    Large-sample standard error of Fleiss, Cohen and Everitt 1969 (doi:10.1037/h0028106), and an
    interval by t with n - 1 degrees of freedom, cut at -1 and 1.
    """
    counts, n = _counts(table)
    matrix, kind = _matrix(weights, len(counts))
    if not n:
        return _undefined("kappa", kind, n, NO_PAIRS)
    cells = counts / n
    first, second = cells.sum(axis=1), cells.sum(axis=0)
    if np.max(first * second) == 1:
        return _undefined("kappa", kind, n, NO_VARIATION)
    slopes = (matrix @ second)[:, None] + (first @ matrix)[None, :]
    return _coefficient(("kappa", kind), (cells, matrix, slopes), n, level)


def gwet_ac(
    table: ArrayLike, *, weights: str | ArrayLike = "unweighted", level: float = 0.95
) -> Coefficient:
    """Return Gwet's AC1 of two raters, or with weights AC2.

    Parameters
    ----------
    table : array_like of shape (q, q)
        Units by the category of the first rater (rows) and of the second, with every category
        that could be chosen.
    weights : str or array_like of shape (q, q), optional
        One of `WEIGHTS`, or the agreement of each pair of categories, 1 for the same one.
    level : float, optional
        Of the confidence interval.

    Returns
    -------
    Coefficient
        Not defined where there is one category only.

    Notes
    -----
    Estimate and large-sample standard error of Gwet 2008 (doi:10.1348/000711006X126600), and an
    interval by t with n - 1 degrees of freedom, cut at -1 and 1.
    """
    counts, n = _counts(table)
    q = len(counts)
    matrix, kind = _matrix(weights, q)
    name = "ac1" if kind == "unweighted" else "ac2"
    if not n or q < 2:
        return _undefined(name, kind, n, NO_PAIRS if not n else ONE_CATEGORY)
    cells = counts / n
    shares = (cells.sum(axis=1) + cells.sum(axis=0)) / 2
    scale = matrix.sum() / (q * (q - 1))
    slopes = 2 * scale * (1 - np.add.outer(shares, shares) / 2)
    return _coefficient((name, kind), (cells, matrix, slopes), n, level)


def _coefficient(
    names: tuple[str, str], parts: tuple[Floats, Floats, Floats], n: int, level: float
) -> Coefficient:
    """Return (observed - expected) / (1 - expected).

    The slopes say how the expected agreement follows each cell: their mean over the cells is
    twice the expected agreement. Standard errors come from them by the delta method.
    """
    cells, matrix, slopes = parts
    observed, expected = float((cells * matrix).sum()), float((cells * slopes).sum() / 2)
    estimate = (observed - expected) / (1 - expected)
    terms = (cells * (matrix - (1 - estimate) * slopes) ** 2).sum()
    spread = max(0.0, float(terms) - (observed - 2 * (1 - estimate) * expected) ** 2)
    se = math.sqrt(spread / n) / (1 - expected)
    if n < 2:
        return Coefficient(*names, estimate, math.nan, math.nan, math.nan, observed, expected, n)
    half = float(stats.t.ppf((1 + level) / 2, n - 1)) * se
    low, high = max(-1.0, estimate - half), min(1.0, estimate + half)
    return Coefficient(*names, estimate, se, low, high, observed, expected, n)


def _undefined(name: str, kind: str, n: int, reason: str) -> Coefficient:
    return Coefficient(name, kind, *(math.nan,) * 6, n, reason)


def _counts(table: ArrayLike) -> tuple[Floats, int]:
    counts = np.asarray(table, dtype=float)
    square = counts.ndim == 2 and counts.shape[0] == counts.shape[1]
    if not square or not np.all(np.isfinite(counts)) or np.any(counts < 0):
        expected = "as many rows as columns, of numbers of units from 0"
        remedy = "Count the units by the categories of both raters."
        raise StatisticsError([Problem("table of agreement", "other cells", expected, remedy)])
    return counts, round(float(counts.sum()))


def _matrix(weights: str | ArrayLike, q: int) -> tuple[Floats, str]:
    if isinstance(weights, str):
        return agreement_weights(q, weights), weights
    matrix = np.asarray(weights, dtype=float)
    if matrix.shape != (q, q) or not np.allclose(np.diag(matrix), 1):
        expected = f"{q} rows and columns with 1 on the diagonal"
        raise StatisticsError([Problem("weights", f"shape {matrix.shape}", expected, "Mend them.")])
    return matrix, "own"
