"""A CSV file as rows of text: strict about encoding, heads and numbers of cells."""

from __future__ import annotations

import csv
import difflib
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from umbrella_review.errors import Problem
from umbrella_review.schemas import TableSchema

HEADER_ROW = 1
_SAVE = "Save it as 'CSV UTF-8 (comma delimited)' in your spreadsheet program."
_ENCODINGS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass(frozen=True, order=True)
class Finding:
    """A problem with the row and the column that it sorts by.

    Parameters
    ----------
    row : int
        Number of the row; 0 for the whole file.
    column : int
        Position of the column; -1 for the whole row.
    problem : Problem
        What is shown.
    """

    row: int
    column: int
    problem: Problem


@dataclass(frozen=True)
class Row:
    """One row of cells.

    Parameters
    ----------
    number : int
        As a spreadsheet counts it; the header is 1.
    line : int
        Line of the file on which it begins; greater than `number` after quoted line breaks.
    cells : tuple of str
        As many as the header has; filled up or cut where the row is ragged.
    ragged : bool
        Whether it had more or fewer.
    """

    number: int
    line: int
    cells: tuple[str, ...]
    ragged: bool = False

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)

    @property
    def place(self) -> str:
        """How messages name the row."""
        if self.number == self.line:
            return f"row {self.number}"
        return f"row {self.number} (line {self.line})"


@dataclass(frozen=True)
class RawTable:
    """A CSV file as text.

    Parameters
    ----------
    where : str
        Path from the root of the project, for messages.
    header : tuple of str
        Heads, repaired where the intended column is plain.
    rows : tuple of Row
        Without empty rows.
    """

    where: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    _positions: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        positions: dict[str, int] = {}
        for position, name in enumerate(self.header):
            positions.setdefault(name, position)
        object.__setattr__(self, "_positions", positions)

    def __contains__(self, column: str) -> bool:
        return column in self._positions

    def cells(self, column: str, *, ragged: bool = False) -> Iterator[tuple[Row, str]]:
        """Yield the rows, with ragged ones only if asked for, and their cell of a column."""
        position = self._positions[column]
        for row in self.rows:
            if ragged or not row.ragged:
                yield row, row.cells[position]

    def finding(self, row: Row | None, column: str, *words: str) -> Finding:
        """Return a finding at a cell; `words` are found, expected, remedy; no row is the header."""
        place = row.place if row else f"row {HEADER_ROW}"
        number = row.number if row else HEADER_ROW
        where = f"{self.where}, {place}, column {column}" if column else f"{self.where}, {place}"
        return Finding(number, self._positions.get(column, -1), Problem(where, *words))


Header = tuple[tuple[str, ...], list[Finding]]  # heads, repaired, and what is wrong with them


def read_csv(path: Path, where: str, schema: TableSchema) -> tuple[RawTable | None, list[Finding]]:
    """Return the rows of a CSV file, if there are any, and all that is wrong with its form.

    Parameters
    ----------
    path : Path
        The file.
    where : str
        Its path from the root of the project, for messages.
    schema : TableSchema
        The contract; only the names of its columns matter here.

    Returns
    -------
    tuple of RawTable or None, and list of Finding
        No table where the file has no header that can be read.
    """
    return read_rows(path, where, schema.names, lambda heads: _header(heads, where, schema))


def read_rows(
    path: Path, where: str, names: Sequence[str], header_of: Callable[[list[str]], Header]
) -> tuple[RawTable | None, list[Finding]]:
    """Return the rows of a CSV file whose header is judged by the caller.

    Parameters
    ----------
    path : Path
        The file.
    where : str
        What messages call it.
    names : sequence of str
        Heads that a new file may begin with, for the message about an empty one.
    header_of : callable
        Takes the heads as they stand and returns them repaired, with what is wrong with them.

    Returns
    -------
    tuple of RawTable or None, and list of Finding
        No table where the file has no header that can be read.
    """
    text, problem = _decode(path, where)
    if problem:
        return None, [Finding(0, 0, problem)]
    records, findings = _records(text, where)
    if not records:
        problem = Problem(
            where,
            "the file is empty",
            "a header with the names of the columns",
            f"Begin the file with: {','.join(names)}",
        )
        return None, findings or [Finding(0, 0, problem)]
    (_, _, heads), *body = records
    header, head_findings = header_of(heads)
    rows = [_row(number, line, cells, len(header)) for number, line, cells in body]
    table = RawTable(where, header, tuple(row for row in rows if not row.blank))
    findings += head_findings
    findings += [
        table.finding(
            row,
            "",
            "a row of empty cells",
            "rows with content only",
            "Delete the row.",
        )
        for row in rows
        if row.blank
    ]
    findings += [
        table.finding(
            row,
            "",
            f"{len(cells)} cells",
            f"{len(header)} cells, as in the header",
            "Put cells that hold a comma in double quotes; check for missing commas.",
        )
        for row, (_, _, cells) in zip(rows, body, strict=True)
        if row.ragged and not row.blank
    ]
    return table, findings


def _decode(path: Path, where: str) -> tuple[str, Problem | None]:
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        remedy = "Restore it, or create it with the columns that data/codebook.md lists."
        return "", Problem(where, "there is no such file", "a table in CSV form", remedy)
    except OSError as error:
        what = f"the file cannot be read ({error.strerror})"
        return "", Problem(where, what, "a readable file", "Check its permissions.")
    for mark, name in _ENCODINGS:
        if data.startswith(mark):
            return "", Problem(where, f"the file is in {name}", "text in UTF-8", _SAVE)
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        line = error.object[: error.start].count(b"\n") + 1
        found = f"the byte 0x{byte:02X}, which is not UTF-8"
        return "", Problem(f"{where}, row {line}", found, "text in UTF-8", _SAVE)


Record = tuple[int, int, list[str]]


def _records(text: str, where: str) -> tuple[list[Record], list[Finding]]:
    """Return number, first line and cells of each record; blank lines count but are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[Record] = []
    number = line = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells:
                records.append((number, line + 1, cells))
            line = reader.line_num
    except csv.Error as error:
        problem = Problem(
            f"{where}, row {line + 1}",
            f"this is not CSV ({error})",
            "cells separated by commas, double quotes only around whole cells",
            'Check the double quotes; write "" for one within a quoted cell.',
        )
        return records, [Finding(number + 1, -1, problem)]
    return records, []


def _row(number: int, line: int, cells: list[str], width: int) -> Row:
    whole = tuple([*cells, *[""] * (width - len(cells))][:width])
    return Row(number, line, whole, ragged=len(cells) != width)


def _header(heads: list[str], where: str, schema: TableSchema) -> Header:
    """Return the heads, misspelled ones put right, and what is wrong with them."""
    at = f"{where}, row {HEADER_ROW}"
    names = [head.strip() for head in heads]
    findings: list[Finding] = []

    def report(column: str, *words: str) -> None:
        place = f"{at}, column {column}" if column else at
        findings.append(Finding(HEADER_ROW, len(findings), Problem(place, *words)))

    if len(names) == 1 and len(schema.names) > 1:
        report("", f"one head only, {names[0]!r}", "heads separated by commas", _SAVE)
        return tuple(names), findings
    for name, head in zip(names, heads, strict=True):
        if name != head:
            report(name, f"the head {head!r}", f"{name!r} without blanks", "Remove the blanks.")
    for name, count in Counter(names).items():
        if count > 1:
            report(name, f"the column {name!r} {count} times", "it once", "Remove the others.")
    missing = [name for name in schema.names if name not in names]
    extra = [name for name in dict.fromkeys(names) if name not in schema.names]
    for name in extra:
        near = difflib.get_close_matches(name, missing, n=1)
        if near:
            missing.remove(near[0])
            names[names.index(name)] = near[0]
            report(
                name, f"the unknown column {name!r}", f"{near[0]!r}", f"Did you mean {near[0]!r}?"
            )
        else:
            remedy = "Remove it; remarks go into the column note."
            report(name, f"the unknown column {name!r}", "only columns of data/codebook.md", remedy)
    for name in missing:
        title = schema.column(name).title
        report(name, f"no column {name!r}", f"this column ({title})", "Add it, empty if need be.")
    return tuple(names), findings
