"""Effects of primary studies from the columns of an umbrella review's table.

Differences become Hedges' g, ratios natural logarithms, correlations Fisher's z. Where a row gives
its effect (`value`) with a standard error, a variance or a 95% interval, these count; otherwise
the effect is computed from means, two-by-two tables, events and person-time, or sizes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from umbrella_review.effects.correction import exact_factor
from umbrella_review.effects.escalc import escalc
from umbrella_review.effects.measure import (
    COUNT,
    DEVIATION,
    NUMBER,
    POSITIVE,
    SIZE,
    TIME,
    Rule,
)
from umbrella_review.grading.evidence import Scale
from umbrella_review.pooling.distributions import critical

Array = NDArray[np.float64]
Columns = Mapping[str, Array]

DIFFERENCES = ("SMD", "G", "MD")
RATIOS = ("OR", "RR", "HR", "IRR")
LOG_RATIOS = tuple(f"log{name}" for name in RATIOS)
CORRELATIONS = ("R", "Z")
MEASURES = (*DIFFERENCES, *RATIOS, *LOG_RATIOS, *CORRELATIONS)
LEVEL = 0.95

# Raw columns by measure, under the names that `escalc` knows; OR and RR share the counts.
_RAW: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "SMD": (
        "SMD",
        {
            "m1i": "mean_cases",
            "sd1i": "sd_cases",
            "n1i": "n_cases",
            "m2i": "mean_controls",
            "sd2i": "sd_controls",
            "n2i": "n_controls",
        },
    ),
    "OR": (
        "OR",
        {
            "ai": "n_cases_exp",
            "bi": "n_controls_exp",
            "ci": "n_cases_nexp",
            "di": "n_controls_nexp",
        },
    ),
    "RR": (
        "RR",
        {
            "ai": "n_cases_exp",
            "bi": "n_controls_exp",
            "ci": "n_cases_nexp",
            "di": "n_controls_nexp",
        },
    ),
    "IRR": (
        "IRR",
        {"x1i": "n_cases_exp", "t1i": "time_exp", "x2i": "n_cases_nexp", "t2i": "time_nexp"},
    ),
}
_RAW = {**_RAW, "MD": _RAW["SMD"], "G": _RAW["SMD"]}

RULES: Mapping[str, Rule] = {
    "value": NUMBER,
    "se": POSITIVE,
    "var": POSITIVE,
    "ci_lo": NUMBER,
    "ci_up": NUMBER,
    **dict.fromkeys(("n_cases", "n_controls", "n_exp", "n_nexp"), COUNT),
    **dict.fromkeys(("n_cases_exp", "n_cases_nexp", "n_controls_exp", "n_controls_nexp"), COUNT),
    **dict.fromkeys(("mean_cases", "mean_controls"), NUMBER),
    **dict.fromkeys(("sd_cases", "sd_controls"), DEVIATION),
    **dict.fromkeys(("time_exp", "time_nexp"), TIME),
    "n_sample": SIZE,
    "amstar": NUMBER,
    "r": Rule("a correlation from 0 to 1", lambda x: (x >= 0) & (x <= 1)),
}
NEEDS = {
    "differences": "value with se, var or ci_lo ci_up, or mean_cases sd_cases mean_controls "
    "sd_controls; in any case n_cases n_controls",
    "ratios": "value with se, var (of the logarithm) or ci_lo ci_up, or the counts that it is "
    "computed from",
    "correlations": "value with se, var, ci_lo ci_up or n_sample",
}


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


def scale_of(measure: str) -> Scale:
    """Return the scale on which effects of a measure are pooled.

    Parameters
    ----------
    measure : str
        One of `MEASURES`.

    Returns
    -------
    str
        ``difference``, ``ratio`` or ``correlation``.
    """
    if measure in DIFFERENCES:
        return "difference"
    return "correlation" if measure in CORRELATIONS else "ratio"


def kind_of(measure: str) -> str:
    """Return what effects of a measure are pooled with; ratios of two kinds are not one.

    Parameters
    ----------
    measure : str
        One of `MEASURES`, or empty where it is not known.

    Returns
    -------
    str
        The same for measures that go together; empty where it is not known.
    """
    if not measure:
        return ""
    scale = scale_of(measure)
    return measure.removeprefix("log") if scale == "ratio" else scale


def needs_of(measure: str) -> str:
    """Return in words what a row of a measure must give.

    Parameters
    ----------
    measure : str
        One of `MEASURES`.

    Returns
    -------
    str
        For messages.
    """
    return NEEDS[f"{scale_of(measure)}s"]


def study_effects(measure: str, columns: Columns) -> StudyEffects:
    """Return the effects of studies that share a measure.

    Parameters
    ----------
    measure : str
        One of `MEASURES`.
    columns : mapping of str to ndarray
        All keys of `RULES`, NaN where a cell is empty; one place a study.

    Returns
    -------
    StudyEffects
        Effects on the scale of `scale_of`.
    """
    filled = _filled(columns)
    given = _GIVEN[scale_of(measure)](measure, filled)
    raw = _raw(measure, filled)
    known = np.isfinite(given[0]) & np.isfinite(given[1])
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


def _raw(measure: str, got: Columns) -> tuple[Array, Array]:
    if measure not in _RAW:
        nothing = np.full_like(got["value"], np.nan)
        return nothing, nothing
    code, names = _RAW[measure]
    found = {theirs: got[ours] for theirs, ours in names.items()}
    whole = np.all([np.isfinite(column) for column in found.values()], axis=0)
    rows = {theirs: np.where(whole, column, np.nan) for theirs, column in found.items()}
    yi, vi = escalc(code, rows, correct=False) if code == "SMD" else escalc(code, rows)
    if code != "SMD":
        return yi, np.sqrt(vi)
    n1, n2 = rows["n1i"], rows["n2i"]
    factor = exact_factor(n1 + n2 - 2)
    error = np.sqrt(1 / n1 + 1 / n2 + yi**2 / (2 * (n1 + n2)))
    return factor * yi, factor * error
