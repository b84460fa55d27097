"""A matrix of counts, each cell split by kind of finding, with totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.findings_frame import FindingNouns, matrix_frame
from umbrella_review.figures.frame import framed
from umbrella_review.figures.kinds import MARKS, Mark
from umbrella_review.figures.page import new_sheet
from umbrella_review.figures.style import FULL_WIDTH, GREY, INK, PALE
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.narrative.findings import TOTAL

# All lengths in inches: the axes cover the figure, one unit an inch.
_LABEL_WIDTH = 1.5
_TOTAL_WIDTH = 1.2
_ROW_HEIGHT = 0.36
_LINE_HEIGHT = 0.15
_LEGEND_HEIGHT = 0.3
_MARGIN = 0.06
_CHIP_WIDTH, _CHIP_HEIGHT, _GAP = 0.36, 0.25, 0.025
_TEXT = 8.8  # points
_SMALLEST = 7.0


@dataclass(frozen=True)
class _Layout:
    """Where columns and rows lie: left edges and widths of columns, middles of rows."""

    lefts: Mapping[str, float]
    widths: Mapping[str, float]
    middles: Mapping[str, float]
    start: float

    @property
    def right(self) -> float:
        return self.lefts[TOTAL] + self.widths[TOTAL]

    @property
    def bottom(self) -> float:
        return self.middles[TOTAL] - _ROW_HEIGHT / 2


def count_matrix(
    counts: pd.DataFrame,
    rows: Mapping[str, str],
    columns: Mapping[str, str],
    kinds: Mapping[str, str],
    nouns: FindingNouns,
    *,
    colours: Mapping[str, str] = MappingProxyType({}),
) -> Figure:
    """Draw the number of findings per cell and kind; a kind has its own place in each cell.

    Parameters
    ----------
    counts : DataFrame
        `row`, `column`, `kind`, `n_findings`, with `TOTAL` margins
        (`umbrella_review.narrative.findings.grid`).
    rows, columns, kinds : mapping of str to str
        Printed labels in the order of print.
    nouns : FindingNouns
        What rows and columns are.
    colours : mapping of str to str, optional
        Colour per column, for a stripe below its head.

    Returns
    -------
    Figure
        Of text width; its height follows from the rows.
    """
    if counts["n_findings"].sum() == 0:
        return empty_figure()
    heads = {**columns, TOTAL: "All findings"}
    width = (FULL_WIDTH - _LABEL_WIDTH - _TOTAL_WIDTH - 2 * _MARGIN) / len(columns)
    widths = {**dict.fromkeys(columns, width), TOTAL: _TOTAL_WIDTH}
    size = _head_size(heads, widths)
    lines = {key: wrap(label, widths[key] - 0.06, size) for key, label in heads.items()}
    head_height = 0.18 + _LINE_HEIGHT * max(text.count("\n") + 1 for text in lines.values())
    height = _LEGEND_HEIGHT + head_height + _ROW_HEIGHT * (len(rows) + 1) + 2 * _MARGIN
    figure, axes = new_sheet(height)
    layout = _place([*rows, TOTAL], widths, height - _MARGIN - _LEGEND_HEIGHT - head_height)
    _legend(axes, kinds, height - _MARGIN - _LEGEND_HEIGHT / 2)
    _heads(axes, lines, layout, size)
    _row_labels(axes, {**rows, TOTAL: "All findings"}, layout)
    _lines(axes, layout)
    cells = counts.set_index(["row", "column", "kind"])["n_findings"]
    for row, column in product(layout.middles, layout.lefts):
        shown = {kind: int(cells[row, column, kind]) for kind in kinds}
        _cell(axes, shown, layout, row, column)
    for key, colour in colours.items():
        ends = [layout.lefts[key] + 0.04, layout.lefts[key] + layout.widths[key] - 0.04]
        axes.plot(ends, [layout.start + 0.035] * 2, color=colour, lw=3, solid_capstyle="butt")
    return framed(figure, matrix_frame(counts, columns, kinds, nouns))


def _head_size(heads: Mapping[str, str], widths: Mapping[str, float]) -> float:
    """Return the largest type in which every single word of the heads fits its column."""
    fits = [
        _TEXT * (widths[key] - 0.06) / text_width(word, _TEXT)
        for key, label in heads.items()
        for word in label.split()
    ]
    return max(_SMALLEST, min(_TEXT, *fits))


def _place(rows: Sequence[str], widths: Mapping[str, float], start: float) -> _Layout:
    edges = accumulate(widths.values(), initial=_MARGIN + _LABEL_WIDTH)
    middles = {key: start - _ROW_HEIGHT * (n + 0.5) for n, key in enumerate(rows)}
    return _Layout(dict(zip(widths, edges, strict=False)), widths, middles, start)


def _legend(axes: Axes, kinds: Mapping[str, str], middle: float) -> None:
    left = _MARGIN + 0.07
    for kind, label in kinds.items():
        mark = MARKS[kind]
        axes.plot(left, middle, marker=mark.shape, color=mark.colour, markersize=6, ls="")
        axes.text(left + 0.12, middle, label, va="center", fontsize=_TEXT)
        left += 0.4 + text_width(label, _TEXT)


def _heads(axes: Axes, lines: Mapping[str, str], layout: _Layout, size: float) -> None:
    for key, left in layout.lefts.items():
        axes.text(
            left + layout.widths[key] / 2,
            layout.start + 0.09,
            lines[key],
            ha="center",
            va="bottom",
            fontsize=size,
            fontweight="bold" if key == TOTAL else "normal",
            linespacing=1.1,
        )


def _row_labels(axes: Axes, labels: Mapping[str, str], layout: _Layout) -> None:
    for key, middle in layout.middles.items():
        axes.text(
            _MARGIN + 0.03,
            middle,
            wrap(labels[key], _LABEL_WIDTH - 0.09, _TEXT),
            va="center",
            fontsize=_TEXT,
            fontweight="bold" if key == TOTAL else "normal",
            linespacing=1.0,
        )


def _lines(axes: Axes, layout: _Layout) -> None:
    right, bottom, start = layout.right, layout.bottom, layout.start
    for middle in layout.middles.values():
        axes.plot([_MARGIN, right], [middle + _ROW_HEIGHT / 2] * 2, color=PALE, lw=0.8, zorder=0)
    for left in layout.lefts.values():
        axes.plot([left, left], [bottom, start], color=PALE, lw=0.8, zorder=0)
    total = layout.lefts[TOTAL]
    for corner, width, height in (
        ((_MARGIN, bottom), right - _MARGIN, _ROW_HEIGHT),
        ((total, bottom + _ROW_HEIGHT), right - total, start - bottom - _ROW_HEIGHT),
    ):
        box = Rectangle(corner, width, height, facecolor=PALE, alpha=0.45, lw=0, zorder=-1)
        axes.add_patch(box)
    for level in (start, bottom + _ROW_HEIGHT, bottom):
        axes.plot([_MARGIN, right], [level] * 2, color=GREY, lw=0.9, zorder=1)


def _cell(axes: Axes, shown: Mapping[str, int], layout: _Layout, row: str, column: str) -> None:
    room = layout.widths[column] - 0.06
    width = min(_CHIP_WIDTH, (room + _GAP) / len(shown) - _GAP)
    middle, bold = layout.middles[row], TOTAL in (row, column)
    step = width + _GAP
    left = layout.lefts[column] + (layout.widths[column] - len(shown) * step + _GAP) / 2
    for place, (kind, number) in enumerate(shown.items()):
        if number:
            _chip(axes, (left + place * step, middle), width, MARKS[kind], f"{number}", bold=bold)


def _chip(
    axes: Axes, place: tuple[float, float], width: float, mark: Mark, text: str, *, bold: bool
) -> None:
    left, middle = place
    box = FancyBboxPatch(
        (left, middle - _CHIP_HEIGHT / 2),
        width,
        _CHIP_HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.045",
        facecolor=mark.tint,
        edgecolor="none",
        zorder=2,
    )
    axes.add_patch(box)
    axes.plot(
        left + 0.075, middle, marker=mark.shape, color=mark.colour, markersize=4.2, zorder=3, ls=""
    )
    axes.text(
        left + width - 0.035,
        middle - 0.005,
        text,
        ha="right",
        va="center",
        fontsize=_TEXT - 0.3,
        fontweight="bold" if bold else "normal",
        color=INK,
        zorder=3,
    )
