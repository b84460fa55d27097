"""Reviews on a line of time: when each appeared, what it covers, and what was searched for."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import cycle

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator

from umbrella_review.figures import style
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines
from umbrella_review.timeline import Period
from umbrella_review.words import counted

PLOT_LEFT, ROW, TOP, AXIS = 1.72, 0.152, 0.3, 0.34  # inches
NAME_SIZE, SIZE = 7.5, 7.0
SHAPES = ("s", "o", "D", "^", "v")
_MIDDLE = 0.5  # of a year: of a publication only its year is known


def timeline(
    rows: pd.DataFrame,
    names: Mapping[str, str],
    types: Mapping[str, str],
    period: Period,
) -> Figure:
    """Draw a row a review, the earliest on top.

    Parameters
    ----------
    rows : DataFrame
        As `umbrella_review.timeline.covered_years` gives it.
    names : mapping of str to str
        Short citations by review id.
    types : mapping of str to str
        Printed types of reviews, in order.
    period : Period
        What was searched for these reviews.

    Returns
    -------
    Figure
        Lines are the years of the primary studies or of the review's search, marks the year of
        publication; a review without a line reports neither.
    """
    if rows.empty:
        return empty_figure()
    looks = dict(zip(types, cycle(zip(SHAPES, style.TONES, strict=True)), strict=False))
    legend = legend_lines(_items(rows, types, looks, period), style.FULL_WIDTH - 0.2)
    height = ROW * len(rows)
    page = Page.new(TOP + height + AXIS + 0.2 * len(legend) + 0.05)
    axes = page.plot(PLOT_LEFT, TOP, page.width - PLOT_LEFT - 0.15, height)
    _draw_axis(axes, rows, period)
    for place, (_, row) in enumerate(rows.iterrows()):
        page.text(0.08, TOP + ROW * (place + 0.5), names[row["review_id"]], NAME_SIZE)
        _draw_row(axes, place, row, looks)
    if period.end is not None:
        axes.axvline(period.end, color=style.INK, lw=0.9, ls=(0, (4, 2)))
        axes.annotate(
            f"search for reviews ended: {period.last_month}", (period.end, -0.5), (0, 3), "data",
            textcoords="offset points", annotation_clip=False, ha="right", fontsize=SIZE,
        )  # fmt: skip
    draw_legend(page, TOP + height + AXIS, legend)
    return framed(page.figure, _frame(rows, period))


def _draw_axis(axes: Axes, rows: pd.DataFrame, period: Period) -> None:
    ends = [*rows["first"].dropna(), *rows["year"]]
    axes.set(xlim=(min(ends) - 0.4, max(rows["year"]) + 1.2), ylim=(len(rows) - 0.5, -0.5))
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(MultipleLocator(5))
    axes.xaxis.set_minor_locator(MultipleLocator(1))
    axes.tick_params(axis="x", labelsize=SIZE, pad=2)
    axes.tick_params(axis="x", which="minor", length=2)
    axes.grid(axis="x", color=style.PALE, lw=0.7)
    axes.set_axisbelow(True)
    for place in range(0, len(rows), 2):
        axes.axhspan(place - 0.5, place + 0.5, color=style.PALE, alpha=0.35, lw=0, zorder=0)
    if period.start is not None and period.end is not None:
        axes.axvspan(period.start, period.end, color=style.ACCENT, alpha=0.08, lw=0, zorder=0)


def _draw_row(axes: Axes, place: int, row: pd.Series, looks: Mapping[str, tuple[str, str]]) -> None:
    if pd.notna(row["first"]):
        ends, dashes = (row["first"], row["last"] + 1), (0, (1.5, 1)) if row["of_search"] else "-"
        axes.plot(ends, [place] * 2, color=style.INK, lw=1.6, ls=dashes, solid_capstyle="butt")
    marker, face = looks[row["review_type"]]
    (mark,) = axes.plot(row["year"] + _MIDDLE, place, marker, ms=5.5)
    mark.set(markerfacecolor=face, markeredgecolor=style.INK, markeredgewidth=0.7)


def _items(
    rows: pd.DataFrame,
    types: Mapping[str, str],
    looks: Mapping[str, tuple[str, str]],
    period: Period,
) -> list[Item]:
    seen = set(rows["review_type"])
    items = [
        Item(label, marker=looks[key][0], face=looks[key][1])
        for key, label in types.items()
        if key in seen
    ]
    if rows["first"].notna().any():
        items.append(Item("line: years of the primary studies", marker="$—$"))
    if (rows["first"].notna() & rows["of_search"]).any():
        items.append(Item("dots: limits of the review's search", marker="$⋯$"))
    if period.start is not None and period.end is not None:
        items.append(
            Item("tinted: years that were searched for reviews", marker="s", face="#EDF2F7")
        )
    return items


def _frame(rows: pd.DataFrame, period: Period) -> Frame:
    n, years = len(rows), rows["year"]
    half = int(years.sort_values().iloc[n // 2])  # so that half of them appeared then or later
    since, known = int((years >= half).sum()), int(rows["first"].notna().sum())
    ended = f"; the search for them ended in {period.last_month}" if period.end is not None else ""
    return Frame(
        f"{since} of {counted(n, 'review')} appeared in {half} or later{ended}",
        f"Reviews by year of publication, n = {n}; which years their studies or their search cover "
        f"is reported by {known}",
        ("reviews", "selection_flow"),
        "No line: not reported. A review can be online, and be found, before the year of its issue",
        f"They appeared from {years.min()} to {years.max()}",
    )
