"""Horizontal bars of counts: stacked parts, their numbers, and the labels of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.ticker import MaxNLocator

from umbrella_review.figures.style import FULL_WIDTH, GREY, INK
from umbrella_review.figures.text import text_width, wrap

_SIZE = 8.0  # points
_BEYOND_ZERO = 0.06  # inches from the axis to the zero of an empty row
_BESIDE = 0.5  # inches that are neither labels nor bars


def stack_bars(
    axes: Axes, counts: pd.DataFrame, looks: Mapping[str, Mapping[str, Any]], label_width: float
) -> None:
    """Draw a bar a row, its parts one behind the other, with their numbers where they fit.

    Parameters
    ----------
    axes : Axes
        Empty axes of a figure of full width.
    counts : DataFrame
        Labels of the rows as index, from top to bottom; a column of whole numbers for each part.
    looks : mapping of str to mapping
        Per column, from left to right, how matplotlib draws its bars: `color`, `hatch`, `label`.
    label_width : float
        Room for the labels of the rows, in inches.
    """
    parts = counts[list(looks)]
    longest = max(1, int(parts.sum(axis=1).max()))
    starts = parts.cumsum(axis=1).shift(axis=1, fill_value=0)
    room = (FULL_WIDTH - label_width - _BESIDE) / longest
    for name, look in looks.items():
        bars = axes.barh(
            range(len(parts)), parts[name], left=starts[name], height=0.66,
            edgecolor=INK, linewidth=0.6, **look,
        )  # fmt: skip
        _write_counts(axes, bars, parts[name], room)
    for place, total in enumerate(parts.sum(axis=1)):
        if not total:
            axes.text(_BEYOND_ZERO / room, place, "0", va="center", size=_SIZE, color=INK)
    label_rows(axes, counts.index, label_width)
    axes.set_xlim(0, longest * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))


def label_rows(axes: Axes, labels: Iterable[object], width: float) -> None:
    """Label the rows of horizontal bars, the first at the top.

    Parameters
    ----------
    axes : Axes
        With a bar at 0, 1, 2 and so on.
    labels : iterable of object
        Printed labels.
    width : float
        Room for them, in inches; longer ones are broken between words.
    """
    words = [wrap(str(label), width, _SIZE) for label in labels]
    axes.set_yticks(range(len(words)), words)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_color(GREY)


def _write_counts(axes: Axes, bars: BarContainer, counts: pd.Series, room: float) -> None:
    """Write each count into its part of a bar; `room` is the width of one, in inches."""
    words = [str(n) if n * room > text_width(str(n), _SIZE) + 0.08 else "" for n in counts]
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for label in axes.bar_label(bars, words, label_type="center", size=_SIZE, color=INK):
        if label.get_text():
            label.set_bbox(plate)
