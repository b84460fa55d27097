"""Effect sizes and their sampling variances from the results of studies."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from umbrella_review.effects import given
from umbrella_review.effects.correction import Correction
from umbrella_review.effects.inputs import Findings, read
from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import Flags, Measure, Options, To, Values
from umbrella_review.effects.measures import MEASURES
from umbrella_review.errors import Problem, StatisticsError


def escalc(
    measure: str,
    columns: Mapping[str, ArrayLike],
    *,
    add: float | None = None,
    to: To = "only0",
    drop00: bool = False,
    correct: bool | Correction = True,
    vtype: str = "LS",
    level: float = 0.95,
    rows: Sequence[str] | None = None,
) -> tuple[Array, Array]:
    """Compute effect sizes and their sampling variances.

    Parameters
    ----------
    measure : str
        Code of the measure, a key of `measures.MEASURES`.
    columns : mapping of str to array_like
        Raw results under metafor's names (``ai bi ci di``, ``m1i sd1i n1i`` ...; see the modules
        of the families), or effects with their precision (see `given`). All of one shape, whose
        last axis runs over the studies of one analysis; a single number stands for all rows.
        Columns that the measure does not know are passed over. A row without raw results is
        taken from the given effect.
    add : float, optional
        Added to counts; the measure's own default is 0.5, and 0 for AS and PFT.
    to : {"only0", "all", "if0all", "none"}, default "only0"
        To which studies it is added, see `zero_cells.addition`.
    drop00 : bool, default False
        Whether studies without events, or with nothing but events, in both groups are left out.
    correct : bool or {"exact", "approximate", "none"}, default True
        Small-sample correction of standardised differences; ``True`` is the exact one.
    vtype : str, default "LS"
        Kind of sampling variance, see the measure's function.
    level : float, default 0.95
        Confidence level of ``ci_lb`` and ``ci_ub``.
    rows : sequence of str, optional
        How each row is called in messages; by default its number, counted from 1.

    Returns
    -------
    yi, vi : ndarray
        Effects (ratios as natural logarithms) and variances. Both are missing where a study lacks
        an input, is left out, or has no effect or no variance (division by zero, logarithm of
        nothing, too few degrees of freedom). A variance may be 0, as in metafor.

    Raises
    ------
    StatisticsError
        If an option or the set of columns does not do, or any row holds impossible numbers; all
        of them are named.
    """
    known = _known(measure)
    correction = ("exact" if correct else "none") if isinstance(correct, bool) else correct
    added = known.add if add is None else float(add)
    options = Options(added, to, drop00, correction, vtype, level)
    _check(options, known)
    inputs = read(_usable(known, columns), [*known.rules, *given.RULES])
    findings = Findings(inputs, rows)
    findings.hold(known.rules)
    findings.agree(inputs.values, known.checks)
    raw = _complete(inputs.values, known.forms)
    needed = {name: where & ~raw for name, where in given.used(inputs.values).items()}
    as_given = {name: np.where(needed[name], inputs.values[name], np.nan) for name in needed}
    findings.hold(given.RULES, needed)
    findings.agree(as_given, given.CHECKS)
    findings.raise_if_any()
    with np.errstate(all="ignore"):
        from_raw = known.compute(inputs.values, options)
        from_given = given.effect_and_variance(as_given, options)
        pairs = zip(from_raw, from_given, strict=True)
        yi, vi = (np.where(raw, computed, stated) for computed, stated in pairs)
        exists = np.isfinite(yi) & np.isfinite(vi) & (vi >= 0)
    return np.where(exists, yi, np.nan), np.where(exists, vi, np.nan)


def _known(measure: str) -> Measure:
    if measure not in MEASURES:
        raise _wrong("measure", measure, f"one of {', '.join(MEASURES)}")
    return MEASURES[measure]


def _check(options: Options, measure: Measure) -> None:
    if not (options.add >= 0 and math.isfinite(options.add)):
        raise _wrong("add", options.add, "a number of 0 or more")
    if options.to not in get_args(To):
        raise _wrong("to", options.to, f"one of {', '.join(get_args(To))}")
    if options.correction not in get_args(Correction):
        expected = f"True, False or one of {', '.join(get_args(Correction))}"
        raise _wrong("correct", options.correction, expected)
    if options.vtype not in measure.vtypes:
        expected = f"one of {', '.join(measure.vtypes)} for {measure.code}"
        raise _wrong("vtype", options.vtype, expected)
    if not 0 < options.level < 1:
        raise _wrong("level", options.level, "a confidence level above 0 and below 1")


def _wrong(option: str, value: object, expected: str) -> StatisticsError:
    problem = Problem(f"option {option}", f"the value {value}", expected, "Change the option.")
    return StatisticsError([problem])


def _usable(measure: Measure, columns: Mapping[str, ArrayLike]) -> Mapping[str, ArrayLike]:
    """Return the columns that the measure knows, if they make up one of its forms."""
    forms = (*measure.forms, *given.forms(measure.logarithm))
    known = {name for form in forms for name in form} | set(measure.rules)
    usable = {name: column for name, column in columns.items() if name in known}
    if not any(usable.keys() >= set(form) for form in forms):
        sets = "; ".join(" ".join(form) for form in forms)
        problem = Problem(
            f"columns for {measure.code}",
            f"only {' '.join(usable)}" if usable else "none of its columns",
            f"one of these sets: {sets}",
            "Add the missing columns or name another measure.",
        )
        raise StatisticsError([problem])
    return usable


def _complete(values: Values, forms: Sequence[Sequence[str]]) -> Flags:
    """Tell which rows have every number of at least one form."""
    complete = np.zeros(next(iter(values.values())).shape, dtype=bool)
    for form in forms:
        complete |= ~np.any([np.isnan(values[name]) for name in form], axis=0)
    return complete
