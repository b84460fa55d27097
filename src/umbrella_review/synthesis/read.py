"""Reading a table of studies: every bad row is named, none is guessed at."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from umbrella_review.csv_file import Finding, RawTable, read_rows
from umbrella_review.effects.inputs import Findings, read
from umbrella_review.effects.measure import NUMBER, SIZE
from umbrella_review.effects.measures import MEASURES
from umbrella_review.errors import Problem, StatisticsError
from umbrella_review.heads import free_header, in_order, no_studies
from umbrella_review.synthesis.cells import Cells
from umbrella_review.synthesis.columns import (
    ANALYSIS,
    AS_GIVEN,
    KNOWN,
    columns_of,
    fitting_measures,
    forms_of,
    size_columns,
)
from umbrella_review.synthesis.effects import effects_of
from umbrella_review.synthesis.options import Choices

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class StudyTable:
    """The studies of several analyses, a row each.

    Parameters
    ----------
    where : str
        What messages call the table.
    measure : str
        Measure of the effects; ``GEN`` where none is named.
    used : tuple of str
        Columns that the effects come from.
    analyses : tuple of str
        Analysis of each row.
    places : tuple of str
        How messages name each row.
    reasons : tuple of str
        Why a row has no effect or no variance; empty where it has both.
    yi, vi : ndarray
        Effects and sampling variances; NaN where there is a reason.
    ni, year : ndarray
        Sizes and years of the studies, NaN where they are not known.
    further : mapping of str to tuple of str, optional
        All columns but ``analysis`` as text, among them ``study``, the names of the studies.
    """

    where: str
    measure: str
    used: tuple[str, ...]
    analyses: tuple[str, ...]
    places: tuple[str, ...]
    reasons: tuple[str, ...]
    yi: Numbers = field(repr=False)
    vi: Numbers = field(repr=False)
    ni: Numbers = field(repr=False)
    year: Numbers = field(repr=False)
    further: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)


def read_table(path: Path | str, measure: str = "", choices: Choices | None = None) -> StudyTable:
    """Read a table of studies and compute their effects.

    Parameters
    ----------
    path : Path or str
        A CSV file with the column ``analysis`` and either effects (``yi`` with ``vi``, ``sei``,
        or an interval) or the columns that the measure is computed from; ``ni`` and ``year``
        where known. Other columns are kept as text; the case of heads does not matter. An empty
        cell, or ``NA``, means not known.
    measure : str, optional
        A key of `MEASURES`.
    choices : Choices, optional
        How effects are computed; by default as metafor does.

    Returns
    -------
    StudyTable
        All rows, also those whose effect is not known.

    Raises
    ------
    InputError
        With all problems of the table.
    """
    path = Path(path)
    where = path.name
    start = (ANALYSIS, "yi", "vi")
    raw, findings = read_rows(path, where, start, lambda heads: free_header(heads, where, KNOWN))
    if raw is None:
        raise in_order(findings)
    code = measure or AS_GIVEN
    findings += _unknown_measure(code) or _lacking_columns(raw, measure, code)
    rows = [row for row in raw.rows if not row.ragged]
    findings += no_studies(raw, findings)
    if ANALYSIS not in raw or code not in MEASURES or not rows:
        raise in_order(findings)
    used = columns_of(code, raw.header)
    cells = Cells(raw, rows)
    findings += cells.empty(ANALYSIS, "the name of the analysis")
    further, wrong = _sizes_and_years(cells, size_columns(used, raw.header), used)
    findings += wrong
    yi, vi, reasons, wrong = effects_of(cells, code, used, choices or Choices())
    findings += wrong
    if findings:
        raise in_order(findings)
    places = tuple(row.place for row in rows)
    names = tuple(cells[ANALYSIS])
    others = {name: tuple(column) for name, column in cells.numbers().items()}
    return StudyTable(where, code, used, names, places, reasons, yi, vi, *further, others)


def _unknown_measure(code: str) -> list[Finding]:
    if code in MEASURES:
        return []
    words = f"the measure {code!r}", f"one of {', '.join(MEASURES)}", "Choose one of these."
    return [Finding(0, 0, Problem("--measure", *words))]


def _lacking_columns(raw: RawTable, measure: str, code: str) -> list[Finding]:
    """Return what the header lacks."""
    findings = []
    heads = f"the columns {', '.join(raw.header)}"
    if ANALYSIS not in raw:
        near = difflib.get_close_matches(ANALYSIS, raw.header, n=1)
        remedy = f"Rename {near[0]!r}." if near else "Add it: rows of one analysis bear one name."
        findings.append(raw.finding(None, "", heads, f"a column {ANALYSIS!r}", remedy))
    if columns_of(code, raw.header):
        return findings
    sets = " or ".join(" ".join(form) for form in forms_of(code))
    expected = f"for {measure} the columns {sets}" if measure else "columns yi and vi"
    fitting = fitting_measures(raw.header)
    if fitting:
        remedy = f"Give --measure one of those that fit these columns: {', '.join(fitting)}."
    elif measure:
        remedy = "Rename or add the columns."
    else:
        remedy = "Raw results need --measure, e.g. ai bi ci di with RR, or ri ni with ZCOR."
    return [*findings, raw.finding(None, "", heads, expected, remedy)]


def _sizes_and_years(
    cells: Cells, sizes: Sequence[str], used: Sequence[str]
) -> tuple[tuple[Numbers, Numbers], list[Finding]]:
    """Return sizes and years, and what is wrong with cells that the effects do not use."""
    numbers = cells.numbers()
    wanted = [name for name in (*sizes, "year") if name in numbers]
    unknown = np.full(len(cells.rows), np.nan)
    if not wanted:
        return (unknown, unknown), []
    inputs = read(numbers, wanted)
    wrong = Findings(inputs, cells.names)
    wrong.hold({**{name: SIZE for name in sizes if name not in used}, "year": NUMBER})
    ni = np.sum([inputs.values[name] for name in sizes], axis=0) if sizes else unknown
    further = ni, inputs.values.get("year", unknown)
    try:
        wrong.raise_if_any()
    except StatisticsError as error:
        return further, cells.placed(error)
    return further, []
