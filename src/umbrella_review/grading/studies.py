"""Effects of primary studies from the columns of an umbrella review's table.

Differences become Hedges' g, ratios natural logarithms, correlations Fisher's z. Where a row gives
its effect (`value`) with a standard error, a variance or a 95% interval, these count; otherwise
the effect is computed from means, two-by-two tables, events and person-time, or sizes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from umbrella_review.effects.correction import exact_factor
from umbrella_review.grading.arrays import Array, Columns, first_known
from umbrella_review.grading.columns import LOG_RATIOS, scale_of
from umbrella_review.grading.evidence import Scale
from umbrella_review.grading.raw_effects import raw_effects
from umbrella_review.grading.sharing import divided
from umbrella_review.pooling.distributions import critical

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


def study_effects(
    measure: str, columns: Columns, rows: Sequence[str], parts: Mapping[str, Array] | None = None
) -> StudyEffects:
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
    parts : mapping of str to ndarray, optional
        Per column of shared arms the number of comparisons that share the arm of each study. By
        default no arm is shared.

    Returns
    -------
    StudyEffects
        Effects on the scale of `scale_of`.

    Raises
    ------
    StatisticsError
        If counts or means of a row are impossible together.
    """
    before = _filled(columns)
    given = _GIVEN[scale_of(measure)](measure, before)
    filled = before
    if parts:
        filled = divided(measure, before, parts)
        shared = np.any([number > 1 for number in parts.values()], axis=0)
        again = _again(measure, given, before, filled)
        given = np.where(shared, again[0], given[0]), np.where(shared, again[1], given[1])
    known = np.isfinite(given[0]) & np.isfinite(given[1])
    raw = raw_effects(measure, filled, ~known, rows)
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
        got[f"n_controls_{arm}"] = first_known(got[f"n_controls_{arm}"], rest)
    for kind in ("cases", "controls"):
        both = got[f"n_{kind}_exp"] + got[f"n_{kind}_nexp"]
        got[f"n_{kind}"] = first_known(got[f"n_{kind}"], both)
    people = got["n_cases"] + got["n_controls"]
    got["n_sample"] = first_known(got["n_sample"], people, got["n_exp"] + got["n_nexp"])
    return got


def _stated_error(got: Columns, lower: Array, upper: Array, df: Array) -> Array:
    width = (upper - lower) / (2 * critical(LEVEL, df))
    return first_known(got["se"], np.sqrt(got["var"]), np.where(width > 0, width, np.nan))


def _difference(measure: str, got: Columns) -> tuple[Array, Array]:
    n1, n2 = got["n_cases"], got["n_controls"]
    df = np.where(n1 + n2 > 3, n1 + n2 - 2, np.nan)
    inverse = _inverse(n1, n2)
    factor = exact_factor(df)
    error = _stated_error(got, got["ci_lo"], got["ci_up"], df)
    d = got["value"]
    if measure == "SMC":
        return np.where(np.isnan(inverse), np.nan, d), error
    if measure == "G":
        usual = np.sqrt(inverse + (1 - (df - 2) / (df * factor**2)) * d**2)
        return np.where(np.isnan(inverse), np.nan, d), first_known(error, usual)
    if measure in {"MD", "MC"}:
        # The standard error of a difference of means holds their common standard deviation.
        d = d / (error / np.sqrt(inverse))
        error = np.full_like(d, np.nan)
    return factor * d, factor * first_known(error, _usual_error(n1, n2, d))


def _inverse(n1: Array, n2: Array) -> Array:
    return np.asarray(1 / np.where(n1 > 0, n1, np.nan) + 1 / np.where(n2 > 0, n2, np.nan))


def _usual_error(n1: Array, n2: Array, d: Array) -> Array:
    return np.asarray(np.sqrt(_inverse(n1, n2) + d**2 / (2 * (n1 + n2))))


def _again(
    measure: str, given: tuple[Array, Array], before: Columns, after: Columns
) -> tuple[Array, Array]:
    """Return stated effects as they are with the smaller arms; only differences can be.

    The standard error grows as the usual one does, so that one that is stated keeps what it says
    beyond the numbers of people.
    """
    yi, se = given
    if scale_of(measure) != "difference":
        return np.full_like(yi, np.nan), np.full_like(se, np.nan)
    arms = [(got["n_cases"], got["n_controls"]) for got in (before, after)]
    if measure == "SMC":
        old, new = (np.sqrt(_inverse(*arm)) for arm in arms)
        return yi, se * new / old
    factors = [exact_factor(np.where(n1 + n2 > 3, n1 + n2 - 2, np.nan)) for n1, n2 in arms]
    d = yi / factors[0]
    old, new = (factor * _usual_error(*arm, d) for factor, arm in zip(factors, arms, strict=True))
    return factors[1] * d, se * new / old


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
        return got["value"], first_known(
            _stated_error(got, got["ci_lo"], got["ci_up"], normal), by_size
        )
    r, lower, upper = (
        np.where(np.abs(got[name]) < 1, got[name], np.nan) for name in ("value", "ci_lo", "ci_up")
    )
    ends = np.arctanh(lower), np.arctanh(upper)
    # A standard error of r is carried to the scale of z by the derivative of atanh.
    stated = first_known(got["se"], np.sqrt(got["var"])) / (1 - r**2)
    width = _stated_error({**got, "se": normal, "var": normal}, *ends, normal)
    return np.arctanh(r), first_known(by_size, stated, width)


_GIVEN = {"difference": _difference, "ratio": _ratio, "correlation": _correlation}
