"""The flow diagram of PRISMA 2020 for databases and other methods (Page et al. 2021)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import new_sheet
from umbrella_review.figures.style import ACCENT, FAINT, GREY, INK, PALE, PAPER
from umbrella_review.figures.text import wrap

HEIGHT = 5.6  # inches, like all lengths here
BOX_WIDTH, BOX_HEIGHT = 1.52, 0.74
_COLUMNS = (0.46, 2.18, 3.90, 5.62)  # left edges of the boxes
_ROWS = (4.36, 3.30, 2.24, 1.18, 0.12)  # lower edges, from identification to inclusion
_SIZE, _STAGE_SIZE, _PADDING, _EDGE, _LEADING = 8.5, 8.0, 0.07, 0.10, 0.145
_WIDE = ("included",)
_TALL = 3  # the row of the reports assessed, in which the reasons for exclusion stand
_INCLUDED = "#E8EFF5"  # the accent as a tint: what the flow leads to
_PLACES = {
    "identified": (0, 0),
    "removed": (1, 0),
    "screened": (0, 1),
    "records_out": (1, 1),
    "sought": (0, 2),
    "not_retrieved": (1, 2),
    "assessed": (0, 3),
    "reports_out": (1, 3),
    "other_identified": (2, 0),
    "other_sought": (2, 2),
    "other_not_retrieved": (3, 2),
    "other_assessed": (2, 3),
    "other_reports_out": (3, 3),
    "included": (0, 4),
}
_ARROWS = (
    ("identified", "removed"),
    ("identified", "screened"),
    ("screened", "records_out"),
    ("screened", "sought"),
    ("sought", "not_retrieved"),
    ("sought", "assessed"),
    ("assessed", "reports_out"),
    ("assessed", "included"),
    ("other_identified", "other_sought"),
    ("other_sought", "other_not_retrieved"),
    ("other_sought", "other_assessed"),
    ("other_assessed", "other_reports_out"),
)
_STAGES = (("Identification", 0, 0), ("Screening", 1, 3), ("Included", 4, 4))
_HEADS = (("Identification via databases", 0, 1), ("Identification via other methods", 2, 3))


def draw(boxes: pd.DataFrame, missing: str) -> Figure:
    """Draw the flow diagram.

    Parameters
    ----------
    boxes : DataFrame
        Columns `box`, `title` and `count`, as `umbrella_review.selection.flow_boxes` gives them.
    missing : str
        The words that mark a count as missing; boxes whose first count is missing are dashed.

    Returns
    -------
    Figure
        Of text width and fixed height.
    """
    groups = {str(box): rows for box, rows in boxes.groupby("box", sort=False)}
    lines = {box: _lines(rows, missing) for box, rows in groups.items()}
    needed = _LEADING * len(lines["reports_out"]) + 2 * _PADDING
    extra = max(0.0, needed - BOX_HEIGHT)
    figure, axes = new_sheet(HEIGHT + extra)
    sheet = _Sheet(axes, extra)
    for name, first, last in _STAGES:
        _stage(sheet, name, first, last)
    for name, first, last in _HEADS:
        _head(sheet, name, first, last)
    for box, rows in groups.items():
        _frame(sheet, box, known=rows["count"].iloc[0] != missing)
        _write(sheet, box, lines[box])
    for start, end in _ARROWS:
        _arrow(sheet, start, end)
    _join(sheet)
    return framed(figure, _words(boxes, missing))


def _words(boxes: pd.DataFrame, missing: str) -> Frame:
    counts = boxes.drop_duplicates("item").set_index("item")["count"].str.removeprefix("n = ")
    screened, assessed, included = (
        counts[item] for item in ("records_screened", "reports_assessed", "reviews_included")
    )
    known = missing not in (screened, assessed, included)
    title = (
        f"{included} {_form(included, 'review was', 'reviews were')} included, from {screened} "
        f"{_form(screened, 'record', 'records')} screened and {assessed} "
        f"{_form(assessed, 'report', 'reports')} assessed"
    )
    open_counts = int((boxes.drop_duplicates("box")["count"] == missing).sum())
    return Frame(
        title if known else "How the reviews were selected",
        "PRISMA 2020 flow diagram: numbers of records, of their reports, and of reviews",
        ("selection_flow",),
        f"Dashed boxes: the count is {missing}" if open_counts else "",
        f"{open_counts} of {boxes['box'].nunique()} boxes have no reported count",
    )


def _form(printed: str, one: str, several: str) -> str:
    return one if printed == "1" else several


@dataclass(frozen=True)
class _Line:
    """A line in a box; a count is bold, or grey where it is missing."""

    words: str
    weight: str = "normal"
    colour: str = INK


def _lines(rows: pd.DataFrame, missing: str) -> list[_Line]:
    """Return what a box says: each title with its count, the first with the count below."""
    box, lines = str(rows["box"].iloc[0]), list[_Line]()
    for place, (title, count) in enumerate(zip(rows["title"], rows["count"], strict=True)):
        look = ("normal", FAINT) if count == missing else ("bold", INK)
        if place or box in _WIDE:
            words = f"{title} ({count})"
            weight = "bold" if box in _WIDE else "normal"
            wrapped = wrap(words, _width(box) - 2 * _PADDING, _SIZE, weight)
            colour = FAINT if count == missing else INK
            lines += [_Line(line, weight, colour) for line in wrapped.split("\n")]
        else:
            wrapped = wrap(title, _width(box) - 2 * _PADDING, _SIZE)
            lines += [*map(_Line, wrapped.split("\n")), _Line(count, *look)]
    return lines


def _write(sheet: _Sheet, box: str, lines: Sequence[_Line]) -> None:
    (left, low), (width, height) = sheet.corner(box), sheet.size(box)
    x, middle = left + width / 2, low + height / 2
    for place, line in enumerate(lines):
        y = middle + _LEADING * ((len(lines) - 1) / 2 - place)
        sheet.axes.text(
            x, y, line.words, ha="center", va="center_baseline", size=_SIZE, weight=line.weight,
            color=line.colour, gid=f"text-{box}",
        )  # fmt: skip


@dataclass(frozen=True)
class _Sheet:
    """The axes, and how much taller the row with the reasons is than the others, in inches."""

    axes: Axes
    extra: float

    @property
    def top(self) -> float:
        return HEIGHT + self.extra - _EDGE

    def corner(self, box: str) -> tuple[float, float]:
        """Return the lower left corner of a box."""
        column, row = _PLACES[box]
        return _COLUMNS[column], self.low(row)

    def low(self, row: int) -> float:
        """Return the lower edge of a row."""
        return _ROWS[row] + (self.extra if row < _TALL else 0)

    def height(self, row: int) -> float:
        """Return the height of the boxes in a row."""
        return BOX_HEIGHT + (self.extra if row == _TALL else 0)

    def size(self, box: str) -> tuple[float, float]:
        """Return width and height of a box."""
        return _width(box), self.height(_PLACES[box][1])


def _width(box: str) -> float:
    return _COLUMNS[1] + BOX_WIDTH - _COLUMNS[0] if box in _WIDE else BOX_WIDTH


def _frame(sheet: _Sheet, box: str, *, known: bool) -> None:
    frame = Rectangle(
        sheet.corner(box),
        *sheet.size(box),
        facecolor=_tint(box) if known else PAPER,
        edgecolor=INK if known else GREY,
        linewidth=0.9,
        linestyle="-" if known else (0, (3, 2)),
        gid=f"box-{box}",
    )
    sheet.axes.add_patch(frame)


def _tint(box: str) -> str:
    return _INCLUDED if box in _WIDE else PAPER


def _stage(sheet: _Sheet, name: str, first: int, last: int) -> None:
    low, high = sheet.low(last), sheet.low(first) + sheet.height(first)
    if first == 0:
        high = sheet.top  # beside the heads too: its word is the longest
    sheet.axes.add_patch(_band((0.06, low), 0.26, high - low, gid=f"band-{name}", facecolor=ACCENT))
    place = (0.19, (low + high) / 2)
    words = sheet.axes.text(*place, name, ha="center", va="center", gid=f"stage-{name}")
    words.set(rotation=90, size=_STAGE_SIZE, weight="bold", color=PAPER)


def _head(sheet: _Sheet, name: str, first: int, last: int) -> None:
    left, right = _COLUMNS[first], _COLUMNS[last] + BOX_WIDTH
    corner = (left, sheet.top - 0.28)
    sheet.axes.add_patch(_band(corner, right - left, 0.28, gid=f"band-{name}", facecolor=PALE))
    place = ((left + right) / 2, sheet.top - 0.14)
    words = sheet.axes.text(*place, name, ha="center", va="center", gid=f"head-{name}")
    words.set(size=9.0, weight="bold")


def _band(corner: tuple[float, float], width: float, height: float, **look: str) -> FancyBboxPatch:
    style = "round,pad=0,rounding_size=0.05"
    return FancyBboxPatch(corner, width, height, boxstyle=style, linewidth=0, **look)  # type: ignore[arg-type]


def _arrow(sheet: _Sheet, start: str, end: str) -> None:
    (left, low), (goal_left, goal_low) = sheet.corner(start), sheet.corner(end)
    _, height = sheet.size(start)
    if low == goal_low:
        points = (left + BOX_WIDTH, low + height / 2), (goal_left, low + height / 2)
    else:
        centre = left + BOX_WIDTH / 2
        points = (centre, low), (centre, goal_low + sheet.size(end)[1])
    _draw_arrow(sheet.axes, *points)


def _join(sheet: _Sheet) -> None:
    """Lead the other methods into the included reviews round a corner."""
    left, low = sheet.corner("other_assessed")
    goal_left, goal_low = sheet.corner("included")
    width, height = sheet.size("included")
    centre, level = left + BOX_WIDTH / 2, goal_low + height / 2
    corner = ([centre, centre], [low, level])
    sheet.axes.plot(*corner, color=INK, linewidth=0.9, solid_capstyle="butt")
    _draw_arrow(sheet.axes, (centre, level), (goal_left + width, level))


def _draw_arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    style = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
