"""Columns of a table of primary studies: measures, rules, and what each measure needs."""

from __future__ import annotations

from collections.abc import Mapping

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

DIFFERENCES = ("SMD", "G", "MD")
RATIOS = ("OR", "RR", "HR", "IRR")
LOG_RATIOS = tuple(f"log{name}" for name in RATIOS)
CORRELATIONS = ("R", "Z")
MEASURES = (*DIFFERENCES, *RATIOS, *LOG_RATIOS, *CORRELATIONS)

# Raw columns by measure, under the names that `escalc` knows; OR and RR share the counts.
RAW: Mapping[str, tuple[str, Mapping[str, str]]] = {
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
RAW = {**RAW, "MD": RAW["SMD"], "G": RAW["SMD"]}

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
