"""Columns of a table of primary studies: measures, rules, and what each measure needs.

The names are those of the R package metaumbrella 1.1.0 (its manual, section "Well-formatted
dataset", and the data sets ``df.SMC`` and ``df.MC``).
"""

from __future__ import annotations

from collections.abc import Mapping

from umbrella_review.effects.measure import (
    CORRELATION,
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
CHANGES = ("SMC", "MC")  # from before to after; standardised by the deviation of the change
RATIOS = ("OR", "RR", "HR", "IRR")
LOG_RATIOS = tuple(f"log{name}" for name in RATIOS)
CORRELATIONS = ("R", "Z")
MEASURES = (*DIFFERENCES, *CHANGES, *RATIOS, *LOG_RATIOS, *CORRELATIONS)

REQUIRED = ("factor", "author", "measure")
SHARED = ("shared_controls", "shared_nexp")
PEOPLE = (
    *("n_cases", "n_controls", "n_exp", "n_nexp"),
    *("n_cases_exp", "n_cases_nexp", "n_controls_exp", "n_controls_nexp"),
)
_GROUPS = ("cases", "controls")
_MOMENTS = ("", "pre_", "change_")  # after the intervention, before it, and between
RULES: Mapping[str, Rule] = {
    "value": NUMBER,
    "se": POSITIVE,
    "var": POSITIVE,
    "ci_lo": NUMBER,
    "ci_up": NUMBER,
    **dict.fromkeys(PEOPLE, COUNT),
    **{f"mean_{moment}{group}": NUMBER for moment in _MOMENTS for group in _GROUPS},
    **{f"sd_{moment}{group}": DEVIATION for moment in _MOMENTS for group in _GROUPS},
    "pre_post_cor": CORRELATION,
    **dict.fromkeys(("time_exp", "time_nexp"), TIME),
    "n_sample": SIZE,
    "amstar": NUMBER,
    "r": Rule("a correlation above -1 and below 1", lambda x: (x > -1) & (x < 1)),
}
_RISK = ("low", "unclear", "some concerns", "high")
WORDS: Mapping[str, tuple[str, ...]] = {
    "rob": _RISK,
    "rob1_report": _RISK,
    "rob2_report": _RISK,
    "indirectness": ("no", "no indirectness", "serious", "very serious"),
    "multiple_es": ("outcomes", "groups"),
    "reverse_es": ("reverse",),
    "analysis": ("allelic",),
    "discard": ("yes", "true", "no", "false"),
}
DISCARDED = ("yes", "true")
# One judgement under the words of several tools.
SYNONYMS = {"some concerns": "unclear", "no indirectness": "no"}
# Columns with a meaning that no grade follows from.
UNUSED = (
    *("meta_review", "year", "time"),
    *(f"rob1_{name}" for name in ("rand", "allocation", "blind_pers", "blind_outcome")),
    *("rob1_attrition", "rob2_rand", "rob2_deviation", "rob2_missing", "rob2_outcome"),
)
KNOWN = frozenset({*REQUIRED, *SHARED, *RULES, *WORDS, *UNUSED})

NEEDS = {
    "difference": "value with se, var or ci_lo ci_up, or mean_cases sd_cases mean_controls "
    "sd_controls; in any case n_cases n_controls",
    "SMC": "value with se, var or ci_lo ci_up; or mean_pre_cases mean_cases sd_pre_cases sd_cases, "
    "the same of controls, and pre_post_cor; or mean_change_cases sd_change_cases and the same of "
    "controls; in any case n_cases n_controls",
    "MC": "value with se, var or ci_lo ci_up, or mean_change_cases sd_change_cases "
    "mean_change_controls sd_change_controls; in any case n_cases n_controls",
    "ratio": "value with se, var (of the logarithm) or ci_lo ci_up, or the counts that it is "
    "computed from",
    "correlation": "value with se, var, ci_lo ci_up or n_sample",
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
    if measure in DIFFERENCES or measure in CHANGES:
        return "difference"
    return "correlation" if measure in CORRELATIONS else "ratio"


def kind_of(measure: str) -> str:
    """Return what effects of a measure are pooled with.

    Ratios of two kinds are not one; nor are differences and changes, whose standard deviations
    are those of people and of changes.

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
    if measure in CHANGES:
        return "change"
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
    return NEEDS.get(measure, NEEDS[scale_of(measure)])


def raw_needs_of(measure: str) -> str:
    """Return in words what a row must give whose effect has to be computed anew.

    Parameters
    ----------
    measure : str
        One of `MEASURES`.

    Returns
    -------
    str
        For messages.
    """
    if scale_of(measure) == "difference":
        return needs_of(measure)
    people = "time_exp, time_nexp" if measure.removeprefix("log") == "IRR" else "n_exp, n_nexp"
    return f"n_cases_exp, n_cases_nexp, {people}: a stated {measure} is that of the whole arm"
