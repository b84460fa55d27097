"""A table as the reader sees it, and its Markdown, from which every format gets a real table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from umbrella_review.tables.numbers import DASH
from umbrella_review.tables.rows import RowIds
from umbrella_review.words import verbatim

_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")  # white space but for no-break spaces
_ALIGNMENT = {"left": (":", ""), "right": ("", ":"), "center": (":", ":")}
_LINE_WIDTH = 100


def escape(text: object) -> str:
    """Return Markdown that shows a text as exactly these characters.

    Parameters
    ----------
    text : object
        What to show; line breaks in it become spaces.

    Returns
    -------
    str
        An en dash where the text is empty or missing.
    """
    if text is None or text is pd.NA or (isinstance(text, float) and pd.isna(text)):
        return DASH
    words = _BREAKING.sub(" ", str(text)).strip(" ")
    return verbatim(words) if words else DASH


@dataclass(frozen=True)
class TableView:
    """A table ready to print: strings, column widths, and notes below it.

    Parameters
    ----------
    frame : DataFrame
        Cells as plain text; column names are the printed heads.
    widths : mapping of str to float, optional
        Relative widths of columns; 1 where not given.
    align : mapping of str to {'left', 'right', 'center'}, optional
        Alignment of columns; left where not given.
    markdown : sequence of str, optional
        Columns whose cells are Markdown written by the package (citations, marks) and are
        not escaped.
    notes : sequence of str, optional
        Lines of plain text printed under the table.
    rows : sequence of RowIds, optional
        For each printed row the ids of the rows of the data behind it, by table; see
        `umbrella_review.tables.rows`. Empty where the table does not know them.

    Raises
    ------
    ValueError
        If there are rows of the data for fewer or more than the printed rows.
    """

    frame: pd.DataFrame
    widths: Mapping[str, float] = field(default_factory=dict)
    align: Mapping[str, str] = field(default_factory=dict)
    markdown: Sequence[str] = ()
    notes: Sequence[str] = ()
    rows: Sequence[RowIds] = ()

    def __post_init__(self) -> None:
        if self.rows and len(self.rows) != len(self.frame):
            raise ValueError(f"rows behind {len(self.rows)} of {len(self.frame)} printed rows")

    def with_notes(self, *notes: str) -> TableView:
        """Return a copy with more notes."""
        return replace(self, notes=(*self.notes, *notes))

    def to_markdown(self) -> str:
        """Return a pipe table whose rule gives pandoc the relative widths of the columns."""
        columns = list(self.frame.columns)
        total = sum(self.widths.get(name, 1.0) for name in columns)
        rule, cells = [], []
        for name in columns:
            share = self.widths.get(name, 1.0) / total
            left, right = _ALIGNMENT[self.align.get(name, "left")]
            rule.append(left + "-" * max(3, round(share * _LINE_WIDTH)) + right)
            show = str if name in self.markdown else escape
            cells.append([show(cell) for cell in self.frame[name]])
        lines = [_row(escape(name) for name in columns), "|" + "|".join(rule) + "|"]
        lines += [_row(row) for row in zip(*cells, strict=True)]
        # Pandoc takes widths from the rule only where some line is longer than its column limit.
        lines[0] += " " * max(0, _LINE_WIDTH - len(lines[0]))
        # Quarto takes a last paragraph for the caption; lines of a line block stay notes.
        notes = ["", *(f"| {escape(note)}" for note in self.notes)] if self.notes else []
        return "\n".join([*lines, *notes]) + "\n"

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        rows, columns = self.frame.shape
        plain = f"<table of {rows} rows and {columns} columns>"  # a notebook holds each table once
        return {"text/markdown": self.to_markdown(), "text/plain": plain}


def _row(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[arg-type]
