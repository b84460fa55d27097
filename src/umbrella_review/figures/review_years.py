"""Years of publication of the included reviews, by type."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.style import INK, TONES, new_figure
from umbrella_review.words import agreeing, enumerate_words


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
        colour = TONES[place % len(TONES)]
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
    return framed(figure, _frame(years))


def _frame(years: pd.DataFrame) -> Frame:
    each = years.sum(axis=1)
    n, most = int(each.sum()), int(each.max())
    peaks = enumerate_words([f"{year}" for year in each.index[each == most]])
    whole = f"{agreeing(n, 'The only review', f'All {n} reviews')} appeared in {peaks}"
    more = f"More of the {n} reviews appeared in {peaks} than in any other year: {most}"
    totals = "; ".join(f"{kind}: {total}" for kind, total in years.sum().items())
    return Frame(
        whole if most == n else more,
        f"Included reviews by year of publication and type, n = {n}",
        ("reviews",),
        told=totals,
    )
