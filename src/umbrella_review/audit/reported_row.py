"""A row of reported results, its figures read with the bounds that their rounding leaves open.

A number read from a CSV file has lost its closing zeros, and so seems less precise than it was
printed: its bounds are then too wide, never too narrow. An estimate and its interval are printed
alike, which restores most of these zeros; a cell of text keeps them all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from umbrella_review.audit.outcome import Settings
from umbrella_review.audit.statistics import Bounded, decimals, rounded
from umbrella_review.effects.harmonise import RATIOS

_RATIOS = RATIOS | {"HR", "IRR", "ROM"}
_DIFFERENCES = frozenset({"SMD", "SMDH", "MD", "RD", "IRD", "SMCC", "SMCR", "MC"})
INTERVAL = ("estimate", "ci_lb", "ci_ub")


@dataclass(frozen=True)
class ReportedRow:
    """A row of reported results.

    Parameters
    ----------
    key : str
        What the row is called.
    cells : mapping of str to object
        Its cells that are not missing.
    settings : Settings
        Confidence level and rounding of the printed figures.
    """

    key: str
    cells: Mapping[str, Any]
    settings: Settings

    def has(self, *names: str) -> bool:
        """Tell whether none of these cells is missing."""
        return all(name in self.cells for name in names)

    def number(self, name: str) -> float:
        """Return a cell as it stands, as a number."""
        return float(self.cells[name])

    def figure(self, name: str) -> Bounded:
        """Return a printed figure with its bounds."""
        return self._bounded(name, _places(self.cells[name]))

    def interval(self) -> tuple[Bounded, Bounded, Bounded]:
        """Return estimate, lower and upper end, on the printed scale."""
        places = max(_places(self.cells[name]) for name in INTERVAL)
        estimate, lower, upper = (self._bounded(name, places) for name in INTERVAL)
        return estimate, lower, upper

    def interval_text(self) -> str:
        """Return estimate and interval as printed, with their closing zeros."""
        places = max(_places(self.cells[name]) for name in INTERVAL)
        estimate, lower, upper = (f"{self.number(name):.{places}f}" for name in INTERVAL)
        return f"{estimate} ({lower}, {upper})"

    def probability(self, name: str) -> Bounded:
        """Return a p value, which may be printed as a bound.

        Parameters
        ----------
        name : str
            Column; its cell is a number or a text such as ``0.020`` or ``<0.001``.

        Returns
        -------
        Bounded
            Every p value that is printed so.

        Raises
        ------
        ValueError
            If the cell cannot be read as a p value.
        """
        text = str(self.cells[name]).strip()
        sign, digits = (text[0], text[1:].strip()) if text[:1] in set("<>≤≥=") else ("=", text)
        limit = float(digits)
        if not 0 <= limit <= 1:
            raise ValueError(f"{text} is no probability")
        if sign in "<≤":
            return Bounded(limit, 0.0, limit)
        if sign in ">≥":
            return Bounded(limit, limit, 1.0)
        places = decimals(digits if isinstance(self.cells[name], str) else limit)
        return rounded(limit, places, self.settings.tolerance)

    def is_ratio(self) -> bool:
        """Tell whether the measure is a ratio, symmetric on the logarithmic scale.

        Returns
        -------
        bool
            False for differences.

        Raises
        ------
        ValueError
            If it is neither a ratio nor a difference: its scale is then not known.
        """
        measure = self.cells.get("measure", "")
        if measure not in _RATIOS | _DIFFERENCES:
            raise ValueError(f"on which scale {measure or 'the measure'} is symmetric is not known")
        return measure in _RATIOS

    def df(self) -> tuple[float, str] | None:
        """Return the degrees of freedom of Q and the column that gives them, where known."""
        if self.has("q_df"):
            return self.number("q_df"), "q_df"
        return (self.number("k") - 1, "k") if self.has("k") else None

    def _bounded(self, name: str, places: int) -> Bounded:
        return rounded(self.number(name), places, self.settings.tolerance)


def reported_rows(frame: pd.DataFrame, key: str, settings: Settings) -> Iterator[ReportedRow]:
    """Read a table of reported results.

    Parameters
    ----------
    frame : DataFrame
        One row a result.
    key : str
        Column that tells rows apart.
    settings : Settings
        Confidence level and rounding of the printed figures.

    Yields
    ------
    ReportedRow
        In the order of the table; empty texts count as missing.
    """
    for record in frame.astype(object).to_dict("records"):
        cells = {str(name): cell for name, cell in record.items() if _known(cell)}
        yield ReportedRow(str(cells[key]), cells, settings)


def _known(cell: object) -> bool:
    if isinstance(cell, str):
        return bool(cell.strip())
    return isinstance(cell, tuple | list) or not pd.isna(cell)  # type: ignore[call-overload]


def _places(cell: object) -> int:
    return decimals(cell.strip() if isinstance(cell, str) else float(cell))  # type: ignore[arg-type]
