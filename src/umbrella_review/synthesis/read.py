"""Reading a table of studies: every bad row is named, none is guessed at."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from umbrella_review.csv_file import Finding, Header, RawTable, Row, read_rows
from umbrella_review.effects.escalc import escalc
from umbrella_review.effects.inputs import Findings, read
from umbrella_review.effects.measure import NUMBER, SIZE
from umbrella_review.effects.measures import MEASURES
from umbrella_review.errors import InputError, Problem, StatisticsError
from umbrella_review.synthesis.columns import (
    ANALYSIS,
    AS_GIVEN,
    columns_of,
    fitting_measures,
    forms_of,
    is_given,
    size_columns,
)

Numbers = NDArray[np.float64]

_NOT_KNOWN = {"", "NA"}  # a cell that is empty, here or as R writes it


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
    yi, vi : ndarray
        Effects and sampling variances; NaN where the effect is not known.
    ni, year : ndarray
        Sizes and years of the studies, NaN where they are not known.
    """

    where: str
    measure: str
    used: tuple[str, ...]
    analyses: tuple[str, ...]
    places: tuple[str, ...]
    yi: Numbers = field(repr=False)
    vi: Numbers = field(repr=False)
    ni: Numbers = field(repr=False)
    year: Numbers = field(repr=False)


def read_table(path: Path, measure: str = "") -> StudyTable:
    """Read a table of studies and compute their effects.

    Parameters
    ----------
    path : Path
        A CSV file with the column ``analysis`` and either effects (``yi`` with ``vi``, ``sei``,
        or an interval) or the columns that the measure is computed from; ``ni`` and ``year``
        where known. Other columns are passed over. An empty cell, or ``NA``, means not known.
    measure : str, optional
        A key of `MEASURES`.

    Returns
    -------
    StudyTable
        All rows, also those whose effect is not known.

    Raises
    ------
    InputError
        With all problems of the table.
    """
    where = path.name
    start = (ANALYSIS, "yi", "vi")
    raw, findings = read_rows(path, where, start, lambda heads: _header(heads, where))
    if raw is None:
        raise _error(findings)
    code = measure or AS_GIVEN
    findings += _unknown_measure(code) or _lacking_columns(raw, measure, code)
    rows = [row for row in raw.rows if not row.ragged]
    if not raw.rows:
        words = "no studies", "one row a study below the header", "Add the studies."
        findings.append(Finding(0, 0, Problem(where, *words)))
    if ANALYSIS not in raw or code not in MEASURES or not rows:
        raise _error(findings)
    used = columns_of(code, raw.header)
    cells = _Cells(raw, rows)
    findings += cells.empty(ANALYSIS, "the name of the analysis")
    further, wrong = _sizes_and_years(cells, size_columns(used, raw.header), used)
    findings += wrong
    yi, vi, wrong = _effects(cells, code, used)
    findings += wrong
    if findings:
        raise _error(findings)
    places = tuple(row.place for row in rows)
    return StudyTable(where, code, used, tuple(cells[ANALYSIS]), places, yi, vi, *further)


class _Cells:
    """The columns of the rows that are whole, as text; cells that are not known are empty."""

    def __init__(self, raw: RawTable, rows: Sequence[Row]) -> None:
        self.raw, self.rows = raw, rows
        self.names = [f"{raw.where}, {row.place}" for row in rows]
        self._columns = {name: [cell.strip() for _, cell in raw.cells(name)] for name in raw.header}

    def __getitem__(self, column: str) -> list[str]:
        return self._columns[column]

    def numbers(self) -> dict[str, list[str]]:
        """Return all columns but the first, ``NA`` made empty."""
        return {
            name: ["" if cell in _NOT_KNOWN else cell for cell in column]
            for name, column in self._columns.items()
            if name != ANALYSIS
        }

    def empty(self, column: str, expected: str) -> list[Finding]:
        """Return the rows in which a cell is empty."""
        return [
            self.at(place, column, "an empty cell", expected, "Fill it in.")
            for place, cell in enumerate(self[column])
            if not cell
        ]

    def at(self, place: int, column: str, *words: str) -> Finding:
        """Return a finding at a cell; `words` are found, expected, remedy."""
        return self.raw.finding(self.rows[place], column, *words)

    def placed(self, error: StatisticsError) -> list[Finding]:
        """Return the problems that the engine has with cells as findings at their places."""
        rows = dict(zip(self.names, self.rows, strict=True))
        found = []
        for problem in error.problems:
            name, _, column = problem.where.rpartition(", column ")
            place = self.raw.header.index(column) if column in self.raw else -1
            found.append(Finding(rows[name].number if name in rows else 0, place, problem))
        return found


def _error(findings: Sequence[Finding]) -> InputError:
    return InputError(finding.problem for finding in sorted(findings))


def _header(heads: list[str], where: str) -> Header:
    """Return the heads without blanks, and those that stand there twice."""
    names = tuple(head.strip() for head in heads)
    findings = [
        Finding(
            1,
            names.index(name),
            Problem(
                f"{where}, row 1, column {name}",
                f"the column {name!r} {count} times",
                "it once",
                "Remove or rename the others.",
            ),
        )
        for name, count in Counter(names).items()
        if count > 1 and name
    ]
    return names, findings


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
    cells: _Cells, sizes: Sequence[str], used: Sequence[str]
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


def _effects(
    cells: _Cells, code: str, used: Sequence[str]
) -> tuple[Numbers, Numbers, list[Finding]]:
    """Return effects and variances, and the rows that give none though they should."""
    unknown = np.full(len(cells.rows), np.nan)
    if not used:
        return unknown, unknown, []
    numbers = cells.numbers()
    findings: list[Finding] = []
    bad: tuple[int, ...] = ()
    try:
        yi, vi = escalc(code, numbers, rows=cells.names)
    except StatisticsError as error:
        findings, bad = cells.placed(error), error.rows
        if not bad:
            return unknown, unknown, findings
        # The other rows may have faults of their own, which are to be named as well.
        for column in numbers.values():
            for place in bad:
                column[place] = ""
        yi, vi = escalc(code, numbers, rows=cells.names)
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
    return yi, vi, [*findings, *_half_given(cells, numbers, used, np.isnan(yi))]


def _half_given(
    cells: _Cells, numbers: dict[str, list[str]], used: Sequence[str], unknown: NDArray[np.bool_]
) -> list[Finding]:
    """Return the rows in which a given effect lacks its precision, or the other way round."""
    if not is_given(used):
        return []
    findings = []
    for place in np.flatnonzero(unknown).tolist():
        given = [name for name in used if numbers[name][place]]
        if not given:
            continue
        missing = next((name for name in used if not numbers[name][place]), used[-1])
        findings.append(
            cells.at(
                place,
                missing,
                "an empty cell",
                f"a number, as {given[0]} is given",
                f"Fill it in, or empty {given[0]} as well: the study is then left out.",
            )
        )
    return findings
