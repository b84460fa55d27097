"""Effects of the rows of a table, and why some have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from umbrella_review.csv_file import Finding
from umbrella_review.effects.escalc import escalc
from umbrella_review.errors import StatisticsError
from umbrella_review.synthesis.cells import Cells
from umbrella_review.synthesis.options import Choices

Numbers = NDArray[np.float64]


def effects_of(
    cells: Cells, code: str, used: Sequence[str], choices: Choices
) -> tuple[Numbers, Numbers, tuple[str, ...], list[Finding]]:
    """Return effects and variances of the rows.

    Parameters
    ----------
    cells : Cells
        The table.
    code : str
        A key of `umbrella_review.effects.measures.MEASURES`.
    used : sequence of str
        Columns that the effects come from; empty where the table lacks them.
    choices : Choices
        How effects are computed.

    Returns
    -------
    yi, vi : ndarray
        NaN where a row gives none.
    reasons : tuple of str
        Why it gives none; empty where it does.
    findings : list of Finding
        Rows that cannot be right.
    """
    unknown = np.full(len(cells.rows), np.nan)
    if not used:
        return unknown, unknown, (), []
    numbers = cells.numbers()
    findings: list[Finding] = []
    try:
        yi, vi = escalc(code, numbers, rows=cells.names, **asdict(choices))
    except StatisticsError as error:
        findings = cells.placed(error)
        if not error.rows:
            return unknown, unknown, (), findings
        # The other rows may have faults of their own, which are to be named as well.
        for column in numbers.values():
            for place in error.rows:
                column[place] = ""
        yi, vi = escalc(code, numbers, rows=cells.names, **asdict(choices))
    findings += [
        cells.at(
            place,
            used[-1],
            "a sampling variance of 0",
            "a variance above 0",
            "Correct the row, or remove it: a study without error cannot be weighed.",
        )
        for place in np.flatnonzero(vi == 0).tolist()
    ]
    reasons = tuple(
        _reason(numbers, used, place) if unknown else ""
        for place, unknown in enumerate(np.isnan(yi).tolist())
    )
    return yi, vi, reasons, findings


def _reason(numbers: Mapping[str, Sequence[str]], used: Sequence[str], place: int) -> str:
    """Return why a row has no effect or no variance."""
    missing = [name for name in used if not numbers[name][place]]
    if missing:
        return f"no {', '.join(missing)}"
    return f"no effect or no variance follows from {', '.join(used)}"
