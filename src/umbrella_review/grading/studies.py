"""Effects of primary studies from the columns of an umbrella review's table.

Differences become Hedges' g, ratios natural logarithms, correlations Fisher's z. Where a row gives
its effect (`value`) with a standard error, a variance or a 95% interval, these count; otherwise
the effect is computed from means, two-by-two tables, events and person-time, or sizes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from umbrella_review.effects.correction import exact_factor
from umbrella_review.effects.escalc import escalc
from umbrella_review.errors import Problem, StatisticsError
from umbrella_review.grading.columns import LOG_RATIOS, RAW, scale_of
from umbrella_review.grading.evidence import Scale
from umbrella_review.pooling.distributions import critical

Array = NDArray[np.float64]
Columns = Mapping[str, Array]

LEVEL = 0.95


@dataclass(frozen=True)
class StudyEffects:
    """Effects of studies; arrays have one place a study.

    Parameters
    ----------
    yi, se : ndarray
        Effects and standard errors; NaN where a row gives none.
    cases, controls, size : ndarray
        People; NaN where not known.
    """

    yi: Array
    se: Array
    cases: Array
    controls: Array
    size: Array


def study_effects(measure: str, columns: Columns, rows: Sequence[str]) -> StudyEffects:
    """Return the effects of studies that share a measure.

    Parameters
    ----------
    measure : str
        One of `MEASURES`.
    columns : mapping of str to ndarray
        All keys of `umbrella_review.grading.columns.RULES`, NaN where a cell is empty; one place
        a study.
    rows : sequence of str
        How each row is called in messages.

    Returns
    -------
    StudyEffects
        Effects on the scale of `scale_of`.

    Raises
    ------
    StatisticsError
        If counts or means of a row are impossible together.
    """
    filled = _filled(columns)
    given = _GIVEN[scale_of(measure)](measure, filled)
    known = np.isfinite(given[0]) & np.isfinite(given[1])
    raw = _raw(measure, filled, known, rows)
    yi, se = (np.where(known, one, other) for one, other in zip(given, raw, strict=True))
    whole = np.isfinite(yi) & np.isfinite(se) & (se > 0)
    return StudyEffects(
        np.where(whole, yi, np.nan),
        np.where(whole, se, np.nan),
        filled["n_cases"],
        filled["n_controls"],
        filled["n_sample"],
    )


def study_intervals(scale: Scale, yi: Array, se: Array, size: Array) -> tuple[Array, Array, Array]:
    """Return the intervals of studies and their degrees of freedom.

    Parameters
    ----------
    scale : str
        Of the effects.
    yi, se, size : ndarray
        Effects, standard errors and numbers of people.

    Returns
    -------
    lower, upper, df : ndarray
        By t with n - 2 degrees of freedom for differences, else normal (NaN).
    """
    df = np.where(scale == "difference", np.maximum(size - 2, 1), np.nan)
    half = critical(LEVEL, df) * se
    return yi - half, yi + half, df


def _filled(columns: Columns) -> dict[str, Array]:
    """Return the columns with sums and differences of counts where their parts are known."""
    got = dict(columns)
    for arm in ("exp", "nexp"):
        rest = got[f"n_{arm}"] - got[f"n_cases_{arm}"]
        got[f"n_controls_{arm}"] = _first(got[f"n_controls_{arm}"], rest)
    for kind in ("cases", "controls"):
        both = got[f"n_{kind}_exp"] + got[f"n_{kind}_nexp"]
        got[f"n_{kind}"] = _first(got[f"n_{kind}"], both)
    people = got["n_cases"] + got["n_controls"]
    got["n_sample"] = _first(got["n_sample"], people, got["n_exp"] + got["n_nexp"])
    return got


def _first(*arrays: Array) -> Array:
    found = arrays[0]
    for other in arrays[1:]:
        found = np.where(np.isnan(found), other, found)
    return found


def _stated_error(got: Columns, lower: Array, upper: Array, df: Array) -> Array:
    width = (upper - lower) / (2 * critical(LEVEL, df))
    return _first(got["se"], np.sqrt(got["var"]), np.where(width > 0, width, np.nan))


def _difference(measure: str, got: Columns) -> tuple[Array, Array]:
    n1, n2 = got["n_cases"], got["n_controls"]
    df = np.where(n1 + n2 > 3, n1 + n2 - 2, np.nan)
    inverse = 1 / np.where(n1 > 0, n1, np.nan) + 1 / np.where(n2 > 0, n2, np.nan)
    factor = exact_factor(df)
    error = _stated_error(got, got["ci_lo"], got["ci_up"], df)
    if measure == "G":
        return np.where(np.isnan(inverse), np.nan, got["value"]), error
    d = got["value"]
    if measure == "MD":
        # The standard error of a difference of means holds their common standard deviation.
        d = d / (error / np.sqrt(inverse))
        error = np.full_like(d, np.nan)
    usual = np.sqrt(inverse + d**2 / (2 * (n1 + n2)))
    return factor * d, factor * _first(error, usual)


def _ratio(measure: str, got: Columns) -> tuple[Array, Array]:
    value, lower, upper = (
        got[name] if measure in LOG_RATIOS else _logarithm(got[name])
        for name in ("value", "ci_lo", "ci_up")
    )
    return value, _stated_error(got, lower, upper, np.full_like(value, np.nan))


def _logarithm(values: Array) -> Array:
    return np.asarray(np.log(np.where(values > 0, values, np.nan)))


def _correlation(measure: str, got: Columns) -> tuple[Array, Array]:
    n = got["n_sample"]
    by_size = 1 / np.sqrt(np.where(n > 3, n - 3, np.nan))
    normal = np.full_like(n, np.nan)
    if measure == "Z":
        return got["value"], _first(_stated_error(got, got["ci_lo"], got["ci_up"], normal), by_size)
    r, lower, upper = (
        np.where(np.abs(got[name]) < 1, got[name], np.nan) for name in ("value", "ci_lo", "ci_up")
    )
    ends = np.arctanh(lower), np.arctanh(upper)
    # A standard error of r is carried to the scale of z by the derivative of atanh.
    stated = _first(got["se"], np.sqrt(got["var"])) / (1 - r**2)
    width = _stated_error({**got, "se": normal, "var": normal}, *ends, normal)
    return np.arctanh(r), _first(by_size, stated, width)


_GIVEN = {"difference": _difference, "ratio": _ratio, "correlation": _correlation}


def _raw(
    measure: str, got: Columns, known: NDArray[np.bool_], rows_called: Sequence[str]
) -> tuple[Array, Array]:
    """Return effects from raw results, where no effect is known yet."""
    if measure not in RAW:
        nothing = np.full_like(got["value"], np.nan)
        return nothing, nothing
    code, names = RAW[measure]
    found = {theirs: got[ours] for theirs, ours in names.items()}
    whole = ~known & np.all([np.isfinite(column) for column in found.values()], axis=0)
    rows = {theirs: np.where(whole, column, np.nan) for theirs, column in found.items()}
    try:
        yi, vi = escalc(code, rows, correct=code != "SMD", rows=rows_called)
    except StatisticsError as wrong:
        raise StatisticsError([_renamed(problem, names) for problem in wrong.problems]) from wrong
    if code != "SMD":
        return yi, np.sqrt(vi)
    n1, n2 = rows["n1i"], rows["n2i"]
    factor = exact_factor(n1 + n2 - 2)
    error = np.sqrt(1 / n1 + 1 / n2 + yi**2 / (2 * (n1 + n2)))
    return factor * yi, factor * error


def _renamed(problem: Problem, names: Mapping[str, str]) -> Problem:
    """Return a problem that names the column of the table."""
    row, _, column = problem.where.rpartition(", column ")
    return replace(problem, where=f"{row}, column {names.get(column, column)}")
