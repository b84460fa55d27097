"""What became of the published numbers, as stacked bars by topic."""

from __future__ import annotations

from types import MappingProxyType

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from umbrella_review.audit.summary import LABELS
from umbrella_review.counting import ALL
from umbrella_review.figures.style import (
    BLUE,
    FULL_WIDTH,
    GREY,
    INK,
    ORANGE,
    PALE,
    RED,
    SKY,
    new_figure,
)
from umbrella_review.figures.text import text_width, wrap

# A colour and a hatch each, so that the parts can be told apart without colour.
_LOOKS = MappingProxyType(
    {
        "reproduced": (BLUE, ""),
        "circular": (SKY, "..."),
        "differs": (RED, "////"),
        "partly": (ORANGE, "xxx"),
        "cannot": (PALE, ""),
    }
)
_LABEL_WIDTH = 1.9  # inches
_SIZE = 8.0


def draw_reproduction(counts: pd.DataFrame) -> Figure:
    """Draw a bar a topic, its parts by what became of the numbers.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.audit.summary.by_topic` gives it.

    Returns
    -------
    Figure
        A row a topic, from top to bottom as in `counts`.
    """
    figure = new_figure(FULL_WIDTH, 0.36 * len(counts) + 1.3)
    axes = figure.add_subplot()
    places = list(range(len(counts)))
    longest = max(1, int(counts[ALL].max()))
    base = pd.Series(0, index=counts.index)
    for kind, (colour, hatch) in _LOOKS.items():
        bars = axes.barh(
            places, counts[kind], left=base, color=colour, hatch=hatch, edgecolor=INK,
            linewidth=0.6, height=0.66, label=LABELS[kind],
        )  # fmt: skip
        _write_counts(axes, bars, counts[kind], longest)
        base = base + counts[kind]
    axes.set_yticks(places, [wrap(str(topic), _LABEL_WIDTH, _SIZE) for topic in counts.index])
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_color(GREY)
    axes.set_xlim(0, longest * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_xlabel("Published numbers")
    figure.legend(loc="outside upper left", ncols=3)
    return figure


def _write_counts(axes: Axes, bars: BarContainer, counts: pd.Series, longest: int) -> None:
    """Write a count into its part of a bar, where it fits."""
    inches = 4.8 / longest  # about the width of one number on the page
    words = [str(n) if n * inches > text_width(str(n), _SIZE) + 0.08 else "" for n in counts]
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    for label in axes.bar_label(bars, words, label_type="center", size=_SIZE, color=INK):
        if label.get_text():
            label.set_bbox(plate)
