"""Columns of numbers as they come in, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from umbrella_review.effects.intervals import Array
from umbrella_review.effects.measure import Check, Flags, Rule
from umbrella_review.errors import Problem, StatisticsError

_MEND = "Correct the row or leave the cell empty."
_MISSING = frozenset({"", "na", "nan", "none", "null", "<na>"})


@dataclass(frozen=True)
class Inputs:
    """Columns of one shape.

    Parameters
    ----------
    values : mapping of str to ndarray
        Numbers; NaN where a cell is empty, cannot be read, or its column does not exist.
    unreadable : mapping of str to ndarray of bool
        Cells that hold something but no number.
    cells : mapping of str to ndarray of object
        What stands in the columns that exist.
    shape : tuple of int
        Of every array.
    """

    values: Mapping[str, Array]
    unreadable: Mapping[str, Flags]
    cells: Mapping[str, NDArray[np.object_]]
    shape: tuple[int, ...]


def read(columns: Mapping[str, ArrayLike], names: Sequence[str]) -> Inputs:
    """Return the named columns as numbers.

    Parameters
    ----------
    columns : mapping of str to array_like
        More columns than needed may be there; a single number stands for all rows.
    names : sequence of str
        Columns to read; one that does not exist is empty.

    Returns
    -------
    Inputs
        The columns.

    Raises
    ------
    StatisticsError
        If the columns differ in length.
    """
    cells = {name: np.asarray(columns[name], dtype=object) for name in names if name in columns}
    shapes = {name: column.shape for name, column in cells.items() if column.ndim}
    if len(set(shapes.values())) > 1:
        raise StatisticsError([_of_different_lengths(shapes)])
    shape = next(iter(shapes.values()), (1,))
    full = {name: np.broadcast_to(column, shape) for name, column in cells.items()}
    values = {name: np.full(shape, np.nan) for name in names}
    unreadable = {name: np.zeros(shape, dtype=bool) for name in names}
    for name, column in full.items():
        values[name], unreadable[name] = _numbers(column)
    return Inputs(values, unreadable, full, shape)


def _of_different_lengths(shapes: Mapping[str, tuple[int, ...]]) -> Problem:
    sizes = ", ".join(f"{name} {'x'.join(map(str, shape))}" for name, shape in shapes.items())
    return Problem(
        "columns", f"the lengths {sizes}", "one length", "Give each study a cell in each column."
    )


def _numbers(column: NDArray[np.object_]) -> tuple[Array, Flags]:
    try:
        values = column.astype(float)
    except (TypeError, ValueError):
        pass
    else:
        # Python reads 1_000 as a number; in a table it is a mistake.
        if not any("_" in cell for cell in column.ravel().tolist() if isinstance(cell, str)):
            return values, np.zeros(column.shape, dtype=bool)
    values, unreadable = np.full(column.shape, np.nan), np.zeros(column.shape, dtype=bool)
    for position, cell in np.ndenumerate(column):
        text = str(cell).strip()
        if text.lower() in _MISSING:
            continue
        try:
            values[position] = float(text.replace("_", "?"))
        except ValueError:
            unreadable[position] = True
    return values, unreadable


def _remedy(cell: str) -> str:
    """Return what to do about a cell that holds no number."""
    marks = {
        ",": "Write numbers with a decimal point and nothing between thousands.",
        "\N{MINUS SIGN}": "Write the minus sign as a hyphen (-).",
    }
    return next((words for mark, words in marks.items() if mark in cell), _MEND)


@dataclass
class Findings:
    """Collects what is wrong, row by row.

    Parameters
    ----------
    inputs : Inputs
        The columns.
    rows : sequence of str, optional
        How each row is called in messages; by default its number, counted from 1.
    """

    inputs: Inputs
    rows: Sequence[str] | None = None
    _found: dict[tuple[int, str], Problem] = field(default_factory=dict, init=False)

    def hold(self, rules: Mapping[str, Rule], needed: Mapping[str, Flags] | None = None) -> None:
        """Note every cell that breaks the rule of its column.

        Parameters
        ----------
        rules : mapping of str to Rule
            By column.
        needed : mapping of str to ndarray of bool, optional
            Rows in which a column matters; all by default.
        """
        for name, rule in rules.items():
            if name not in self.inputs.cells:
                continue
            values = self.inputs.values[name]
            with np.errstate(invalid="ignore"):
                right = np.isfinite(values) & rule.holds(values)
            wrong = self.inputs.unreadable[name] | (~np.isnan(values) & ~right)
            if needed is not None:
                wrong = wrong & needed[name]
            self._note(name, rule.expected, wrong)

    def agree(self, values: Mapping[str, Array], checks: Sequence[Check]) -> None:
        """Note every row whose numbers do not fit together.

        Parameters
        ----------
        values : mapping of str to ndarray
            The numbers to compare.
        checks : sequence of Check
            What must hold between them.
        """
        with np.errstate(invalid="ignore"):
            for check in checks:
                self._note(check.column, check.expected, check.broken(values))

    def raise_if_any(self) -> None:
        """Raise all that was noted.

        Raises
        ------
        StatisticsError
            With one problem for each bad cell, in the order of the rows.
        """
        if self._found:
            order = sorted(self._found)
            raise StatisticsError(
                (self._found[place] for place in order),
                sorted({position for position, _ in order}),
            )

    def _note(self, column: str, expected: str, wrong: Flags) -> None:
        for position in map(int, np.flatnonzero(wrong)):
            if (position, column) in self._found:
                continue
            cell = self.inputs.cells[column].reshape(-1)[position]
            self._found[position, column] = Problem(
                f"{self._name(position)}, column {column}",
                f"the value {cell}",
                expected,
                _remedy(str(cell)) if self.inputs.unreadable[column].flat[position] else _MEND,
            )

    def _name(self, position: int) -> str:
        if self.rows is not None:
            return str(np.asarray(self.rows, dtype=object).reshape(-1)[position])
        *analysis, row = np.unravel_index(position, self.inputs.shape)
        before = "".join(f"analysis {int(place) + 1}, " for place in analysis)
        return f"{before}row {int(row) + 1}"
