"""Years of publication of the included reviews, by type."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.style import ACCENT, INK, new_figure

# Tones of one colour: the types of review have no colours of their own.
_COLOURS = (ACCENT, "#5E8CB8", "#A9C4DE", "#DCE7F1", "#FFFFFF")


def draw(years: pd.DataFrame) -> Figure:
    """Draw a bar a year, stacked by the columns.

    Parameters
    ----------
    years : DataFrame
        Counts, with the years as index and one column per kind of review.

    Returns
    -------
    Figure
        Of text width; says so if there are no reviews.
    """
    if years.empty:
        return empty_figure()
    figure = new_figure(height=3.3)
    axes = figure.add_subplot()
    base = pd.Series(0, index=years.index)
    for place, kind in enumerate(years.columns):
        colour = _COLOURS[place % len(_COLOURS)]
        axes.bar(
            years.index, years[kind], bottom=base, color=colour, edgecolor=INK, linewidth=0.5,
            width=0.75, label=kind,
        )  # fmt: skip
        base = base + years[kind]
    axes.set_xticks(list(years.index))
    axes.set_xlabel("Year of publication")
    axes.set_ylabel("Reviews")
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    figure.legend(loc="outside upper left", ncols=2)
    return figure
