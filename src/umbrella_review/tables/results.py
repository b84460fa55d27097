"""Results of the engine as printed tables: which columns, under which heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

import numpy as np
import pandas as pd

from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.numbers import DASH, integer, number, p_text
from umbrella_review.tables.view import TableView

Cells = str | Sequence[str]
_SMALLEST = 1e-6  # below it numbers are printed with a power of ten


def result_table(
    frame: pd.DataFrame,
    heads: Mapping[str, Cells],
    *,
    decimals: int = 2,
    widths: Mapping[str, float] | None = None,
) -> TableView:
    """Print columns of results.

    Parameters
    ----------
    frame : DataFrame
        As ``tidy`` gives it.
    heads : mapping of str to str or sequence of str
        For each printed head its column; two columns are the ends of an interval, three an
        estimate with its interval.
    decimals : int, default 2
        Of numbers that are no counts, p values or words. p values stand in columns whose names
        end with ``pval``, and in ``Qp``.
    widths : mapping of str to float, optional
        Relative widths of columns.

    Returns
    -------
    TableView
        One row a row of the frame; numbers to the right.
    """
    if frame.empty:
        return empty_table()
    columns = {head: _column(frame, cells, decimals) for head, cells in heads.items()}
    numeric = [
        head
        for head, cells in heads.items()
        if not isinstance(cells, str) or pd.api.types.is_numeric_dtype(frame[cells])
    ]
    return TableView(
        pd.DataFrame(columns), widths=widths or {}, align=dict.fromkeys(numeric, "right")
    )


def _column(frame: pd.DataFrame, cells: Cells, decimals: int) -> list[str]:
    if isinstance(cells, str):
        return [_text(cells, item, decimals) for item in frame[cells]]
    parts = [[_number(item, decimals) for item in frame[name]] for name in cells]
    unknown = frame[list(cells)].isna().any(axis=1)
    joined = [
        f"{line[0]} ({line[1]}, {line[2]})" if len(line) > 2 else " to ".join(line)
        for line in zip(*parts, strict=True)
    ]
    return [
        first if missing else together
        for together, missing, first in zip(joined, unknown, parts[0], strict=True)
    ]


def _text(name: str, item: object, decimals: int) -> str:
    if isinstance(item, str):
        return item
    if item is None or pd.isna(item):  # type: ignore[call-overload]
        return DASH
    if isinstance(item, (bool, np.bool_)):
        return "yes" if item else "no"
    if name.endswith("pval") or name == "Qp":
        return p_text(item)
    return integer(item) if float(item).is_integer() else _number(item, decimals)  # type: ignore[arg-type]


def _number(item: object, decimals: int) -> str:
    """Return a number; one that would be printed as 0 without being 0 has more decimals."""
    if pd.isna(item) or not item:  # type: ignore[call-overload]
        return number(item, decimals)
    size = abs(float(item))  # type: ignore[arg-type]
    if size < _SMALLEST:
        return f"{float(item):.1e}".replace("-", "−")  # type: ignore[arg-type]
    hidden = size < 0.5 * 10.0**-decimals
    return number(item, 1 - floor(log10(size)) if hidden else decimals)
