"""The flow diagram of PRISMA 2020 for databases and other methods (Page et al. 2021)."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from umbrella_review.figures.page import new_sheet
from umbrella_review.figures.style import GREY, INK, PALE
from umbrella_review.figures.text import wrap

HEIGHT = 5.6  # inches, like all lengths here
BOX_WIDTH, BOX_HEIGHT = 1.52, 0.74
_COLUMNS = (0.46, 2.18, 3.90, 5.62)  # left edges of the boxes
_ROWS = (4.36, 3.30, 2.24, 1.18, 0.12)  # lower edges, from identification to inclusion
_SIZE, _STAGE_SIZE, _PADDING, _EDGE = 8.0, 7.0, 0.07, 0.10
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
_HEADS = (("Databases", 0, 1), ("Other methods", 2, 3))


def draw(boxes: pd.DataFrame, missing: str) -> Figure:
    """Draw the flow diagram.

    Parameters
    ----------
    boxes : DataFrame
        Columns `box`, `title` and `count`, as `umbrella_review.selection.flow_boxes` gives them.
    missing : str
        The words that mark a count as missing; such boxes are dashed.

    Returns
    -------
    Figure
        Of text width and fixed height.
    """
    figure, axes = new_sheet(HEIGHT)
    for name, first, last in _STAGES:
        _stage(axes, name, first, last)
    for name, first, last in _HEADS:
        _head(axes, name, first, last)
    for box, lines in boxes.groupby("box", sort=False):
        one_line = " " if len(lines) > 1 else "\n"
        text = "\n".join(
            f"{t}{one_line}({c})" for t, c in zip(lines["title"], lines["count"], strict=True)
        )
        _box(axes, str(box), text, known=missing not in set(lines["count"]))
    for start, end in _ARROWS:
        _arrow(axes, start, end)
    _join(axes)
    return figure


def _corner(box: str) -> tuple[float, float]:
    column, row = _PLACES[box]
    return _COLUMNS[column], _ROWS[row]


def _width(box: str) -> float:
    return _COLUMNS[1] + BOX_WIDTH - _COLUMNS[0] if box == "included" else BOX_WIDTH


def _box(axes: Axes, box: str, text: str, *, known: bool) -> None:
    left, low = _corner(box)
    frame = Rectangle(
        (left, low),
        _width(box),
        BOX_HEIGHT,
        facecolor="white",
        edgecolor=INK if known else GREY,
        linewidth=0.9,
        linestyle="-" if known else (0, (3, 2)),
        gid=f"box-{box}",
    )
    axes.add_patch(frame)
    words = wrap(text, _width(box) - 2 * _PADDING, _SIZE)
    middle = (left + _width(box) / 2, low + BOX_HEIGHT / 2)
    axes.text(*middle, words, ha="center", va="center", size=_SIZE, gid=f"text-{box}")


def _stage(axes: Axes, name: str, first: int, last: int) -> None:
    low, high = _ROWS[last], _ROWS[first] + BOX_HEIGHT
    if first == 0:
        high = HEIGHT - _EDGE  # beside the heads too: its word is the longest
    axes.add_patch(_band(0.06, low, 0.26, high - low, f"band-{name}"))
    middle = (low + high) / 2
    words = axes.text(0.19, middle, name, ha="center", va="center", gid=f"stage-{name}")
    words.set(rotation=90, size=_STAGE_SIZE, weight="bold")


def _head(axes: Axes, name: str, first: int, last: int) -> None:
    left, right = _COLUMNS[first], _COLUMNS[last] + BOX_WIDTH
    axes.add_patch(_band(left, HEIGHT - _EDGE - 0.28, right - left, 0.28, f"band-{name}"))
    middle = ((left + right) / 2, HEIGHT - _EDGE - 0.14)
    axes.text(*middle, name, ha="center", va="center", weight="bold", gid=f"head-{name}")


def _band(left: float, low: float, width: float, height: float, gid: str) -> FancyBboxPatch:
    style = "round,pad=0,rounding_size=0.05"
    return FancyBboxPatch(
        (left, low), width, height, boxstyle=style, facecolor=PALE, edgecolor=PALE, gid=gid
    )


def _arrow(axes: Axes, start: str, end: str) -> None:
    (left, low), (goal_left, goal_low) = _corner(start), _corner(end)
    if low == goal_low:
        points = (left + BOX_WIDTH, low + BOX_HEIGHT / 2), (goal_left, low + BOX_HEIGHT / 2)
    else:
        centre = left + BOX_WIDTH / 2
        points = (centre, low), (centre, goal_low + BOX_HEIGHT)
    _draw_arrow(axes, *points)


def _join(axes: Axes) -> None:
    """Lead the other methods into the included reviews round a corner."""
    left, low = _corner("other_assessed")
    goal_left, goal_low = _corner("included")
    centre, height = left + BOX_WIDTH / 2, goal_low + BOX_HEIGHT / 2
    axes.plot([centre, centre], [low, height], color=INK, linewidth=0.9, solid_capstyle="butt")
    _draw_arrow(axes, (centre, height), (goal_left + _width("included"), height))


def _draw_arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    style = {"arrowstyle": "-|>", "color": INK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", xy=end, xytext=start, arrowprops=style)
