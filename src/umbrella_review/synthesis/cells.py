"""The cells of a table of studies, and the places of what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence

from umbrella_review.csv_file import Finding, RawTable, Row
from umbrella_review.errors import StatisticsError
from umbrella_review.synthesis.columns import ANALYSIS

NOT_KNOWN = {"", "NA"}  # a cell that is empty, here or as R writes it


class Cells:
    """The columns of the rows that are whole, as text; cells that are not known are empty.

    Parameters
    ----------
    raw : RawTable
        The table.
    rows : sequence of Row
        Its rows with a cell for each head.
    """

    def __init__(self, raw: RawTable, rows: Sequence[Row]) -> None:
        self.raw, self.rows = raw, rows
        self.names = [f"{raw.where}, {row.place}" for row in rows]
        self._columns = {
            name: ["" if cell.strip() in NOT_KNOWN else cell.strip() for _, cell in raw.cells(name)]
            for name in raw.header
        }

    def __getitem__(self, column: str) -> list[str]:
        """Return the cells of a column."""
        return self._columns[column]

    def numbers(self) -> dict[str, list[str]]:
        """Return copies of all columns but the name of the analysis."""
        return {name: list(cells) for name, cells in self._columns.items() if name != ANALYSIS}

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
