"""The cells of a table of studies as words and numbers, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from umbrella_review.csv_file import Finding, RawTable
from umbrella_review.effects.inputs import Findings, read
from umbrella_review.errors import StatisticsError
from umbrella_review.grading.arrays import Array
from umbrella_review.grading.columns import (
    DISCARDED,
    MEASURES,
    PEOPLE,
    RULES,
    SYNONYMS,
    WORDS,
)
from umbrella_review.shapes import nearest

_EMPTY = {"", "NA"}


class Cells:
    """The rows of a table that have a cell for each head and are not discarded.

    Parameters
    ----------
    raw : RawTable
        The table.
    findings : sequence of Finding
        What is known to be wrong with it; `findings` of the object grows as cells are read.
    """

    def __init__(self, raw: RawTable, findings: Sequence[Finding]) -> None:
        self.raw, self.findings = raw, list(findings)
        self.rows = [row for row in raw.rows if not row.ragged]
        discard = [cell.casefold() in DISCARDED for cell in self.text("discard")]
        pairs = list(zip(self.rows, discard, strict=True))
        self.discarded = tuple(row.place for row, out in pairs if out)
        self.rows = [row for row, out in pairs if not out]
        self.names = [f"{raw.where}, {row.place}" for row in self.rows]
        self.bad: set[int] = set()

    def text(self, name: str, *, required: bool = False) -> list[str]:
        """Return the cells of a column, empty where not known; note those that must be."""
        if name not in self.raw:
            return [""] * len(self.rows)
        position = self.raw.header.index(name)
        cells = [row.cells[position].strip() for row in self.rows]
        found = ["" if cell in _EMPTY else cell for cell in cells]
        for place, cell in enumerate(found):
            if required and not cell:
                self.note(place, name, "an empty cell", f"the {name} of the row", "Fill it in.")
        return found

    def measures(self) -> list[str]:
        """Return the measures; empty where one is not known, which is noted."""
        codes = {code.casefold(): code for code in MEASURES}
        found = []
        for place, cell in enumerate(self.text("measure", required=True)):
            code = codes.get(cell.casefold(), "")
            if cell and not code:
                remedy = nearest(cell, MEASURES, "Choose one of these.")
                self.note(place, "measure", repr(cell), f"one of {', '.join(MEASURES)}", remedy)
            found.append(code)
        return found

    def words(self, name: str) -> list[str]:
        """Return a column of `WORDS`, one word for each judgement; note other words."""
        allowed = WORDS[name]
        found = [cell.casefold() for cell in self.text(name)]
        for place, cell in enumerate(found):
            if cell and cell not in allowed:
                expected = f"one of {', '.join(allowed)}, or an empty cell"
                remedy = nearest(cell, allowed, "Choose one of these.")
                self.note(place, name, repr(cell), expected, remedy)
        return [SYNONYMS.get(cell, cell) for cell in found]

    def numbers(self, allelic: Sequence[bool]) -> dict[str, Array]:
        """Return all columns of `RULES`, NaN where not known; note cells that break their rule.

        In rows that count alleles each person counts twice.
        """
        columns = {name: self.text(name) for name in RULES if name in self.raw}
        unknown = np.full(len(self.rows), np.nan)
        if not columns:
            return {name: unknown.copy() for name in RULES}
        inputs = read(columns, list(RULES))
        wrong = Findings(inputs, self.names)
        wrong.hold(RULES)
        try:
            wrong.raise_if_any()
        except StatisticsError as error:
            self.placed(error)
        known = {name: np.where(np.isfinite(v), v, np.nan) for name, v in inputs.values.items()}
        twice = np.where(allelic, 2.0, 1.0)
        return {
            name: v * twice if name in (*PEOPLE, "n_sample") else v for name, v in known.items()
        }

    def placed(self, error: StatisticsError) -> None:
        """Note the problems that the engine has with cells."""
        for problem in error.problems:
            name, _, column = problem.where.rpartition(", column ")
            place = self.names.index(name)
            self.bad.add(place)
            head = self.raw.header.index(column) if column in self.raw else -1
            self.findings.append(Finding(self.rows[place].number, head, problem))

    def note(self, place: int, column: str, *words: str) -> None:
        """Note what is wrong with a cell; `words` are found, expected, remedy."""
        self.bad.add(place)
        self.findings.append(self.raw.finding(self.rows[place], column, *words))
