"""A table of primary studies as rows of numbers: every bad row is named, none is guessed at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from umbrella_review.csv_file import HEADER_ROW, Finding, Header, read_rows
from umbrella_review.errors import Problem, StatisticsError
from umbrella_review.grading import consistency
from umbrella_review.grading.arrays import Array
from umbrella_review.grading.cells import Cells
from umbrella_review.grading.columns import KNOWN, REQUIRED, SHARED, WORDS, needs_of, raw_needs_of
from umbrella_review.grading.sharing import comparisons
from umbrella_review.grading.studies import StudyEffects, study_effects
from umbrella_review.heads import free_header, in_order, near, no_studies
from umbrella_review.shapes import nearest

_EFFECTS = ("yi", "se", "cases", "controls", "size")


@dataclass(frozen=True)
class Table:
    """Rows of studies, each with its effect; arrays and tuples have one place a row.

    Parameters
    ----------
    where : str
        What messages call the table.
    factor, study, measure : tuple of str
        Factor, author with year, and measure.
    words : mapping of str to tuple of str
        Columns of words: rob, report (of reporting bias), indirectness, multiple_es; empty where
        not known.
    yi, se : ndarray
        Effects, signs turned where the table asks for it, and standard errors.
    cases, controls, size : ndarray
        Numbers of people, those of shared arms divided; NaN where not known.
    amstar, r : ndarray
        Score of the review, correlation of outcomes; NaN where not known.
    passed_over : tuple of str
        Columns without a meaning.
    discarded : tuple of str
        How messages name the rows that the table itself discards.
    """

    where: str
    factor: tuple[str, ...]
    study: tuple[str, ...]
    measure: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    yi: Array = field(repr=False)
    se: Array = field(repr=False)
    cases: Array = field(repr=False)
    controls: Array = field(repr=False)
    size: Array = field(repr=False)
    amstar: Array = field(repr=False)
    r: Array = field(repr=False)
    passed_over: tuple[str, ...] = ()
    discarded: tuple[str, ...] = ()


def read_studies(path: Path) -> Table:
    """Read a table of primary studies and compute their effects.

    Parameters
    ----------
    path : Path
        A CSV file with the columns factor, author and measure (year where two studies of a factor
        share an author), those of `umbrella_review.grading.columns.RULES` that its measures
        need, those of `WORDS` where known, and shared_controls or shared_nexp where comparisons
        share an arm. An empty cell, or ``NA``, means not known.

    Returns
    -------
    Table
        All rows that are not discarded.

    Raises
    ------
    InputError
        With all problems of the table.
    """
    where = path.name
    start = (*REQUIRED, "value", "se")
    raw, findings = read_rows(path, where, start, lambda heads: _header(heads, where))
    if raw is None:
        raise in_order(findings)
    findings += no_studies(raw, findings)
    if not set(REQUIRED) <= set(raw.header) or not raw.rows:
        raise in_order(findings)
    cells = Cells(raw, findings)
    if not cells.rows and not cells.findings:
        words = "no studies that are not discarded", "one or more", "Empty the column discard."
        cells.findings.append(Finding(0, 0, Problem(where, *words)))
    return _table(cells)


def notes_on(table: Table) -> list[str]:
    """Return what a reader of the results should know about the reading of the table.

    Parameters
    ----------
    table : Table
        As read.

    Returns
    -------
    list of str
        A line for each discarded row and for each column without a meaning.
    """
    lines = [f"discarded, as the table says: {place}" for place in table.discarded]
    for name in table.passed_over:
        meant = near(name, KNOWN)
        hint = f"; did you mean {meant!r}?" if meant else ""
        lines.append(f"passed over, a column that grade does not know: {name!r}{hint}")
    return lines


def _header(heads: list[str], where: str) -> Header:
    names, findings = free_header(heads, where, KNOWN)
    at = f"{where}, row {HEADER_ROW}"
    found = f"the columns {', '.join(names)}"
    for name in REQUIRED:
        if name not in names:
            words = found, f"a column {name!r}", nearest(name, names, "Add it.")
            findings.append(Finding(HEADER_ROW, -1, Problem(at, *words)))
    return names, findings


def _table(cells: Cells) -> Table:
    factor = cells.text("factor", required=True)
    author = cells.text("author", required=True)
    study = [f"{a} {y}".strip() for a, y in zip(author, cells.text("year"), strict=True)]
    measure = cells.measures()
    words = {name: cells.words(name) for name in WORDS}
    numbers = cells.numbers([bool(word) for word in words.pop("analysis")])
    multiple = words["multiple_es"]
    parts = {name: comparisons(factor, study, multiple, cells.text(name)) for name in SHARED}
    consistency.check_intervals(cells, measure, numbers)
    consistency.check_counts(cells, numbers)
    consistency.check_factors(cells, factor, measure)
    consistency.check_repeats(cells, factor, study, multiple)
    consistency.check_correlations(cells, factor, study, numbers["r"])
    consistency.check_shared(cells, measure, parts)
    arrays = _effects(cells, measure, numbers, parts)
    if cells.findings:
        raise in_order(cells.findings)
    reports = zip(words.pop("rob1_report"), words.pop("rob2_report"), strict=True)
    words["report"] = [first or second for first, second in reports]
    sign = np.array([-1.0 if word else 1.0 for word in words.pop("reverse_es")])
    return Table(
        cells.raw.where,
        tuple(factor),
        tuple(study),
        tuple(measure),
        {name: tuple(column) for name, column in words.items()},
        sign * arrays["yi"],
        arrays["se"],
        arrays["cases"],
        arrays["controls"],
        arrays["size"],
        numbers["amstar"],
        numbers["r"],
        tuple(name for name in cells.raw.header if name and name not in KNOWN),
        cells.discarded,
    )


def _effects(
    cells: Cells, measure: Sequence[str], numbers: Mapping[str, Array], parts: Mapping[str, Array]
) -> dict[str, Array]:
    """Return effects, errors and people of all rows; note the rows that give none."""
    found = {name: np.full(len(cells.rows), np.nan) for name in _EFFECTS}
    for code in dict.fromkeys(measure):
        of_code = [place for place, other in enumerate(measure) if other == code and other]
        places = [place for place in of_code if place not in cells.bad]
        if not places:
            continue
        try:
            got = _of_rows(cells, code, places, numbers, parts)
        except StatisticsError as error:
            # The other rows may have faults of their own, which are to be named as well.
            cells.placed(error)
            places = [place for place in places if place not in cells.bad]
            got = _of_rows(cells, code, places, numbers, parts)
        for name, column in found.items():
            column[places] = getattr(got, name)
        for place in np.array(places)[np.isnan(found["yi"][places])].tolist():
            shared = any(number[place] > 1 for number in parts.values())
            found_words = f"nothing that gives an effect as {code}"
            if shared:
                found_words += " with its part of the shared arm"
            needs = raw_needs_of(code) if shared else needs_of(code)
            cells.note(place, "", found_words, needs, "Fill in the cells, or remove the row.")
    return found


def _of_rows(
    cells: Cells,
    code: str,
    places: Sequence[int],
    numbers: Mapping[str, Array],
    parts: Mapping[str, Array],
) -> StudyEffects:
    columns = {name: column[list(places)] for name, column in numbers.items()}
    shared = {name: number[list(places)] for name, number in parts.items()}
    return study_effects(code, columns, [cells.names[place] for place in places], shared)
