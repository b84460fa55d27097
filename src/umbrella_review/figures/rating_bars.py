"""Ratings of the reviews, and their weaknesses, as horizontal bars."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from umbrella_review.counting import ALL
from umbrella_review.figures.style import FULL_WIDTH, GREY, INK, PALE, PURPLE, RATING, new_figure
from umbrella_review.figures.text import wrap

_HATCHES = ("", "///", "...")
_LABEL_WIDTH = 2.3  # inches
_LABEL_SIZE = 8.0


def draw_ratings(counts: pd.DataFrame) -> Figure:
    """Draw a bar a rating, its parts by where the rating is known from.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.appraisal.ratings.rating_counts` gives it.
    """
    kinds = [name for name in counts.columns if name not in ("rating", "label", ALL)]
    figure = new_figure(FULL_WIDTH, 0.42 * len(counts) + 1.1)
    axes = figure.add_subplot()
    colours = [RATING[rating] for rating in counts["rating"]]
    base = pd.Series(0, index=counts.index)
    for place, kind in enumerate(kinds):
        bars = axes.barh(
            counts.index, counts[kind], left=base, color=colours, edgecolor=INK, linewidth=0.6,
            height=0.66, hatch=_HATCHES[place % len(_HATCHES)],
        )  # fmt: skip
        _write_counts(axes, bars, counts[kind])
        base = base + counts[kind]
    _label_rows(axes, counts["label"])
    axes.set_xlabel("Reviews")
    axes.set_xlim(0, max(1, float(counts[ALL].max())) * 1.03)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    keys = [
        Patch(facecolor="white", edgecolor=INK, linewidth=0.6, hatch=hatch, label=kind)
        for kind, hatch in zip(kinds, _HATCHES, strict=False)
    ]
    figure.legend(handles=keys, loc="outside upper left", ncols=len(keys))
    return figure


def draw_weaknesses(weaknesses: pd.DataFrame) -> Figure:
    """Draw the share of the scored reviews that have a weakness, a bar a domain.

    Parameters
    ----------
    weaknesses : DataFrame
        As `umbrella_review.appraisal.ratings.weaknesses` gives it; domains without a count say so.
    """
    figure = new_figure(FULL_WIDTH, 0.46 * len(weaknesses) + 0.7)
    axes = figure.add_subplot()
    shares = weaknesses["percent"]
    axes.barh(weaknesses.index, 100, color=PALE, height=0.62)
    axes.barh(weaknesses.index, shares.fillna(0), color=PURPLE, height=0.62)
    for place, (_, row) in enumerate(weaknesses.iterrows()):
        known = pd.notna(row["percent"])
        words = f"{row['n']} of {row['n_scored']}" if known else "count not reported"
        start = (row["percent"] if known else 0) + 1.5
        axes.text(start, place, words, va="center", color=INK, size=_LABEL_SIZE)
    _label_rows(axes, weaknesses["domain"] + " (" + weaknesses["items"] + ")")
    axes.set_xlim(0, 100)
    axes.set_xlabel("Share of the reviews scored (%)")
    return figure


def _label_rows(axes: Axes, labels: pd.Series) -> None:
    words = [wrap(text, _LABEL_WIDTH, _LABEL_SIZE) for text in labels]
    axes.set_yticks(range(len(words)), words)
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_color(GREY)


def _write_counts(axes: Axes, bars: BarContainer, counts: pd.Series) -> None:
    words = [str(n) if n else "" for n in counts]
    plate = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
    for label in axes.bar_label(bars, words, label_type="center", size=_LABEL_SIZE, color=INK):
        if label.get_text():
            label.set_bbox(plate)
