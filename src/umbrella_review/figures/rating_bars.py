"""Ratings of the reviews, and their weaknesses, as horizontal bars."""

from __future__ import annotations

from itertools import cycle

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from umbrella_review.counting import ALL
from umbrella_review.figures.bars import label_rows, stack_bars
from umbrella_review.figures.style import ANSWER, FULL_WIDTH, INK, PALE, RATING, new_figure

_HATCHES = ("", "///", "xxx")
_LABEL_WIDTH = 2.3  # inches
_LABEL_SIZE = 8.0


def draw_ratings(counts: pd.DataFrame) -> Figure:
    """Draw a bar a rating, its parts by where the rating is known from.

    Parameters
    ----------
    counts : DataFrame
        As `umbrella_review.appraisal.ratings.rating_counts` gives it.

    Returns
    -------
    Figure
        Of text width; a row a rating, the best at the top.
    """
    kinds = [name for name in counts.columns if name not in ("rating", "label", ALL)]
    colours = [RATING[rating] for rating in counts["rating"]]
    hatches = dict(zip(kinds, cycle(_HATCHES), strict=False))
    looks = {kind: {"color": colours, "hatch": hatch} for kind, hatch in hatches.items()}
    figure = new_figure(FULL_WIDTH, 0.42 * len(counts) + 1.1)
    axes = figure.add_subplot()
    stack_bars(axes, counts.set_index("label"), looks, _LABEL_WIDTH)
    axes.set_xlabel("Reviews")
    keys = [
        Patch(facecolor="white", edgecolor=INK, linewidth=0.6, hatch=hatch, label=kind)
        for kind, hatch in hatches.items()
    ]
    figure.legend(handles=keys, loc="outside upper left", ncols=len(keys))
    return figure


def draw_weaknesses(weaknesses: pd.DataFrame) -> Figure:
    """Draw the share of the scored reviews that have a weakness, a bar a domain.

    Parameters
    ----------
    weaknesses : DataFrame
        As `umbrella_review.appraisal.ratings.weaknesses` gives it; domains without a count say so.

    Returns
    -------
    Figure
        Of text width; a row a domain, in the order of the rows.
    """
    figure = new_figure(FULL_WIDTH, 0.46 * len(weaknesses) + 0.7)
    axes = figure.add_subplot()
    shares = weaknesses["percent"]
    axes.barh(weaknesses.index, 100, color=PALE, height=0.62)
    axes.barh(weaknesses.index, shares.fillna(0), color=ANSWER["no"], height=0.62)
    for place, (_, row) in enumerate(weaknesses.iterrows()):
        known = pd.notna(row["percent"])
        words = f"{row['n']} of {row['n_scored']}" if known else "count not reported"
        start = (row["percent"] if known else 0) + 1.5
        axes.text(start, place, words, va="center", color=INK, size=_LABEL_SIZE)
    label_rows(axes, weaknesses["domain"] + " (" + weaknesses["items"] + ")", _LABEL_WIDTH)
    axes.set_xlim(0, 100)
    axes.set_xlabel("Share of the reviews scored (%)")
    return figure
