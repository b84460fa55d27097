"""What the cells of a table of studies must be to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from umbrella_review.grading.arrays import Array
from umbrella_review.grading.cells import Cells
from umbrella_review.grading.columns import RATIOS, SHARED, kind_of
from umbrella_review.grading.sharing import arm_columns


def check_intervals(cells: Cells, measure: Sequence[str], numbers: Mapping[str, Array]) -> None:
    """Note ratios that are not above 0, and values outside their intervals.

    Parameters
    ----------
    cells : Cells
        Where to note.
    measure : sequence of str
        Of the rows.
    numbers : mapping of str to ndarray
        ``value``, ``ci_lo`` and ``ci_up``; a number that is noted becomes NaN.
    """
    value, lower, upper = (numbers[name] for name in ("value", "ci_lo", "ci_up"))
    for place, code in enumerate(measure):
        for name in ("value", "ci_lo", "ci_up"):
            number = numbers[name][place]
            if code in RATIOS and number <= 0:
                value[place] = np.nan  # one message is enough
                remedy = f"Correct it, or name the measure log{code} if it is a logarithm."
                cells.note(place, name, f"{number:g}", "a ratio above 0", remedy)
        if lower[place] >= upper[place]:
            found = f"{lower[place]:g}, and ci_up {upper[place]:g}"
            cells.note(place, "ci_lo", found, "less than ci_up", "Correct the interval.")
        elif value[place] < lower[place] or value[place] > upper[place]:
            found = f"{value[place]:g}, outside {lower[place]:g} to {upper[place]:g}"
            expected = "a value inside its interval"
            cells.note(place, "value", found, expected, "Correct the row.")


def check_counts(cells: Cells, numbers: Mapping[str, Array]) -> None:
    """Note cases beyond the group that they belong to.

    Parameters
    ----------
    cells : Cells
        Where to note.
    numbers : mapping of str to ndarray
        Counts of people.
    """
    for arm in ("exp", "nexp"):
        part, whole = f"n_cases_{arm}", f"n_{arm}"
        for place in np.flatnonzero(numbers[part] > numbers[whole]).tolist():
            found = f"{numbers[part][place]:g}, with {whole} {numbers[whole][place]:g}"
            cells.note(place, part, found, f"at most {whole}", "Correct the row.")


def check_factors(cells: Cells, factor: Sequence[str], measure: Sequence[str]) -> None:
    """Note rows whose measure cannot be pooled with the first of their factor.

    Parameters
    ----------
    cells : Cells
        Where to note.
    factor, measure : sequence of str
        Of the rows.
    """
    kinds: dict[str, tuple[str, str]] = {}
    for place, code in enumerate(measure):
        kind = kind_of(code)
        same = kinds.setdefault(factor[place], (kind, code)) if kind else ("", "")
        if kind != same[0]:
            cells.note(
                place,
                "measure",
                f"{code}, while the factor began with {same[1]}",
                "in a factor one measure, or differences (SMD, G, MD), or changes (SMC, MC), "
                "or correlations (R, Z)",
                "Convert the effect, or make two factors.",
            )


def check_repeats(
    cells: Cells, factor: Sequence[str], study: Sequence[str], multiple: Sequence[str]
) -> None:
    """Note studies that stand in a factor again without a reason, or with two.

    Parameters
    ----------
    cells : Cells
        Where to note.
    factor, study, multiple : sequence of str
        Of the rows.
    """
    first: dict[tuple[str, str], int] = {}
    for place, key in enumerate(zip(factor, study, strict=True)):
        before = first.setdefault(key, place)
        if before == place or (multiple[place] and multiple[place] == multiple[before]):
            continue
        cells.note(
            place,
            "multiple_es",
            f"{multiple[place] or 'an empty cell'} for {study[place]}, who stands in "
            f"{cells.rows[before].place} of the factor too",
            "outcomes or groups, the same in all rows of the study",
            "Fill it in, or tell the studies apart by author and year.",
        )


def check_correlations(cells: Cells, factor: Sequence[str], study: Sequence[str], r: Array) -> None:
    """Note correlations of outcomes so far below 0 that not all pairs of a study can have them.

    Parameters
    ----------
    cells : Cells
        Where to note.
    factor, study : sequence of str
        Of the rows.
    r : ndarray
        Correlations, NaN where not known.
    """
    keys = list(zip(factor, study, strict=True))
    for place in np.flatnonzero(r < 0).tolist():
        m = keys.count(keys[place])
        if m > 2 and r[place] <= -1 / (m - 1):
            expected = f"above {-1 / (m - 1):.3g}, as {m} outcomes cannot all be so opposed"
            cells.note(place, "r", f"{r[place]:g}", expected, "Correct it.")


def check_shared(cells: Cells, measure: Sequence[str], parts: Mapping[str, Array]) -> None:
    """Note shared arms of measures that have no such arm.

    Parameters
    ----------
    cells : Cells
        Where to note.
    measure : sequence of str
        Of the rows.
    parts : mapping of str to ndarray
        Per column of shared arms the comparisons of each row.
    """
    for shared, number in parts.items():
        for place in np.flatnonzero(number > 1).tolist():
            code = measure[place]
            if not code or arm_columns(shared, code):
                continue
            other = next((name for name in SHARED if arm_columns(name, code)), "")
            remedy = f"Name the arm in {other}." if other else "Leave the cell empty."
            found = f"an arm that {number[place]:g} comparisons share"
            cells.note(place, shared, found, f"no such arm, as the measure is {code}", remedy)
