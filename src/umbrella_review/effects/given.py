"""Effects that are given as such: with their variance, standard error, interval or p value.

Column ``yi`` is the effect on its scale of analysis (ratios as natural logarithms), and so are
``ci_lb`` and ``ci_ub`` beside it. Column ``est`` is a ratio as printed, and so are the ends of
its interval; ``vi`` and ``sei`` always belong to the scale of analysis. A row uses the first of
variance, standard error, interval and p value that it has.
"""

from __future__ import annotations

import numpy as np

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import (
    NUMBER,
    POSITIVE,
    PROBABILITY,
    VARIANCE,
    Check,
    Flags,
    Measure,
    Options,
    Values,
)
from umbrella_review.effects.recover import standard_error_from_interval, standard_error_from_p

PRECISION = (("vi",), ("sei",), ("ci_lb", "ci_ub"), ("pval",))
RULES = {
    "yi": NUMBER,
    "est": POSITIVE,
    "vi": VARIANCE,
    "sei": VARIANCE,
    "ci_lb": NUMBER,
    "ci_ub": NUMBER,
    "pval": PROBABILITY,
}


def forms(logarithm: bool) -> tuple[tuple[str, ...], ...]:
    """Return the sets of columns that give an effect with its precision.

    Parameters
    ----------
    logarithm : bool
        Whether the measure is a ratio, which can also be given as printed.

    Returns
    -------
    tuple of tuple of str
        As in `Measure`.
    """
    effects = ("yi", "est") if logarithm else ("yi",)
    return tuple((effect, *precision) for effect in effects for precision in PRECISION)


def used(values: Values) -> dict[str, Flags]:
    """Tell in which rows each column is needed.

    Parameters
    ----------
    values : mapping of str to ndarray
        All columns of `RULES`.

    Returns
    -------
    dict of str to ndarray of bool
        A column of less rank than one that is filled is not needed.
    """
    needed: dict[str, Flags] = {"yi": np.ones(values["yi"].shape, dtype=bool)}
    needed["est"] = np.isnan(values["yi"])
    open_rows = needed["yi"]
    for names in PRECISION:
        needed |= dict.fromkeys(names, open_rows)
        open_rows = open_rows & np.any([np.isnan(values[name]) for name in names], axis=0)
    return needed


def _printed(values: Values) -> Flags:
    return np.asarray(np.isnan(values["yi"]) & ~np.isnan(values["est"]))


def _outside(values: Values) -> Flags:
    effect = np.where(_printed(values), values["est"], values["yi"])
    return np.asarray((values["ci_lb"] > effect) | (values["ci_ub"] < effect))


CHECKS = (
    Check("ci_lb", "less than ci_ub", lambda v: v["ci_lb"] >= v["ci_ub"]),
    Check("ci_lb", "above 0, as for every ratio", lambda v: _printed(v) & (v["ci_lb"] <= 0)),
    Check("ci_lb", "an interval around the effect, on the same scale", _outside),
)


def effect_and_variance(values: Values, options: Options) -> tuple[Array, Array]:
    """Return the given effects and their variances.

    Parameters
    ----------
    values : mapping of str to ndarray
        Columns of the module.
    options : Options
        `level` of the intervals.

    Returns
    -------
    effect, variance : ndarray
        On the scale of analysis. The variance is missing where nothing tells it: an effect of
        exactly 0 has no standard error from its p value.
    """
    printed = _printed(values)
    effect = np.where(printed, np.log(values["est"]), values["yi"])
    lower, upper = values["ci_lb"], values["ci_ub"]
    error = np.where(
        printed,
        standard_error_from_interval(lower, upper, options.level, ratio=True),
        standard_error_from_interval(lower, upper, options.level),
    )
    known = [values["vi"], values["sei"] ** 2, error**2]
    variance = standard_error_from_p(effect, values["pval"]) ** 2
    for better in reversed(known):
        variance = np.where(np.isnan(better), variance, better)
    return effect, variance


# Neither has raw results: every measure can be given, and these two in no other way.
MEASURES = (
    Measure("GEN", "effect as given", (), {}, effect_and_variance),
    Measure("HR", "log hazard ratio", (), {}, effect_and_variance, logarithm=True),
)
