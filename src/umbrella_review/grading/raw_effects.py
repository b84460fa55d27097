"""Effects of studies from means, two-by-two tables, and events with person-time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from umbrella_review.effects.correction import exact_factor
from umbrella_review.effects.escalc import escalc
from umbrella_review.errors import Problem, StatisticsError
from umbrella_review.grading.arrays import Array, Columns, first_known

_Names = Mapping[str, str]


def _means(moment: str) -> _Names:
    return {
        "m1i": f"mean_{moment}cases",
        "sd1i": f"sd_{moment}cases",
        "n1i": "n_cases",
        "m2i": f"mean_{moment}controls",
        "sd2i": f"sd_{moment}controls",
        "n2i": "n_controls",
    }


def _before_and_after(group: str) -> _Names:
    return {
        "m1i": f"mean_{group}",
        "sd1i": f"sd_{group}",
        "m2i": f"mean_pre_{group}",
        "sd2i": f"sd_pre_{group}",
        "ri": "pre_post_cor",
        "ni": f"n_{group}",
    }


_TABLE = {
    "ai": "n_cases_exp",
    "bi": "n_controls_exp",
    "ci": "n_cases_nexp",
    "di": "n_controls_nexp",
}
_RATES = {"x1i": "n_cases_exp", "t1i": "time_exp", "x2i": "n_cases_nexp", "t2i": "time_nexp"}
_RATIOS: Mapping[str, _Names] = {"OR": _TABLE, "RR": _TABLE, "IRR": _RATES}


def raw_effects(
    measure: str, columns: Columns, wanted: NDArray[np.bool_], rows: Sequence[str]
) -> tuple[Array, Array]:
    """Return effects that are computed from raw results.

    Parameters
    ----------
    measure : str
        Of all studies.
    columns : mapping of str to ndarray
        All keys of `umbrella_review.grading.columns.RULES`, NaN where not known.
    wanted : ndarray of bool
        Studies whose effect is asked for.
    rows : sequence of str
        How each row is called in messages.

    Returns
    -------
    yi, se : ndarray
        NaN where a study is not wanted or lacks a number.

    Raises
    ------
    StatisticsError
        If counts or means of a row are impossible together.
    """
    kind = measure.removeprefix("log")
    if kind in _RATIOS:
        return _computed(kind, _RATIOS[kind], columns, wanted, rows)
    if kind in {"SMD", "G", "MD"}:
        return _difference(_means(""), columns, wanted, rows)
    if kind == "MC":
        return _difference(_means("change_"), columns, wanted, rows)
    if kind == "SMC":
        return _change(columns, wanted, rows)
    nothing = np.full(wanted.shape, np.nan)
    return nothing, nothing


def _difference(
    names: _Names, columns: Columns, wanted: NDArray[np.bool_], rows: Sequence[str]
) -> tuple[Array, Array]:
    """Return Hedges' g, its standard error that of d times the correction."""
    d, _ = _computed("SMD", names, columns, wanted, rows, correct=False)
    n1, n2 = (np.where(np.isnan(d), np.nan, columns[names[name]]) for name in ("n1i", "n2i"))
    factor = exact_factor(n1 + n2 - 2)
    return factor * d, factor * np.sqrt(1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


def _change(
    columns: Columns, wanted: NDArray[np.bool_], rows: Sequence[str]
) -> tuple[Array, Array]:
    """Return the standardised mean change of cases less that of controls.

    Each is the mean change over the standard deviation of the change, corrected with n - 1
    degrees of freedom; the variances add up (documentation of the R package metaumbrella 1.1.0,
    "Obtention of the value of the effect size").
    """
    arms = [_arm_change(group, columns, wanted, rows) for group in ("cases", "controls")]
    (one, one_se), (other, other_se) = arms
    return one - other, np.sqrt(one_se**2 + other_se**2)


def _arm_change(
    group: str, columns: Columns, wanted: NDArray[np.bool_], rows: Sequence[str]
) -> tuple[Array, Array]:
    from_pairs = _computed("SMCC", _before_and_after(group), columns, wanted, rows)
    deviation = columns[f"sd_change_{group}"]
    change = columns[f"mean_change_{group}"] / np.where(deviation > 0, deviation, np.nan)
    as_change = {"di": f"mean_change_{group}", "ni": f"n_{group}"}
    standardised = {**columns, f"mean_change_{group}": change}
    from_changes = _computed("SMCC", as_change, standardised, wanted, rows)
    pairs = zip(from_pairs, from_changes, strict=True)
    yi, se = (first_known(one, other) for one, other in pairs)
    return yi, se


def _computed(
    code: str,
    names: _Names,
    columns: Columns,
    wanted: NDArray[np.bool_],
    rows: Sequence[str],
    *,
    correct: bool = True,
) -> tuple[Array, Array]:
    found = {theirs: columns[ours] for theirs, ours in names.items()}
    whole = wanted & np.all([np.isfinite(column) for column in found.values()], axis=0)
    numbers = {theirs: np.where(whole, column, np.nan) for theirs, column in found.items()}
    try:
        yi, vi = escalc(code, numbers, correct=correct, rows=rows)
    except StatisticsError as wrong:
        raise StatisticsError([_renamed(problem, names) for problem in wrong.problems]) from wrong
    return yi, np.sqrt(vi)


def _renamed(problem: Problem, names: _Names) -> Problem:
    """Return a problem that names the column of the table."""
    row, _, column = problem.where.rpartition(", column ")
    return replace(problem, where=f"{row}, column {names.get(column, column)}")
