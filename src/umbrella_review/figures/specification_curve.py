"""Specification curve: every result of a multiverse in order, above the choices that led to it.

After Simonsohn, Simmons and Nelson 2020 (doi 10.1038/s41562-020-0912-z). Specifications with the
same result share one column, in which grey says that only some of them took an option, so that
tens of thousands fit. Fields are drawn as pixels, which keeps files small.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from umbrella_review.counting import percent
from umbrella_review.figures import style
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines
from umbrella_review.multiverse.curve import option_rows
from umbrella_review.review import Review
from umbrella_review.tables.numbers import number
from umbrella_review.words import uncapitalised

Array = NDArray[np.float64]

PLOT_LEFT, PLOT_RIGHT, SHARE_AT = 2.3, 6.5, 7.1  # inches
TOP, CURVE, BETWEEN, ROW, HEAD, BOTTOM = 0.06, 2.0, 0.42, 0.145, 0.17, 0.1
PIXELS = 200  # an inch
POSITIVE = style.DIRECTION["favours_intervention"]
NEGATIVE = style.DIRECTION["favours_control"]
NEITHER = "#C9CED6"
_SHADES = LinearSegmentedColormap.from_list("choices", ["#FFFFFF", style.INK])
_CUT = 0.02  # share of specifications whose intervals may be cut at either end of the frame


@dataclass(frozen=True)
class CurveWords:
    """Words of a specification curve.

    Parameters
    ----------
    subject : str
        What the specifications are of, such as an outcome.
    scale : str
        Label of the vertical axis.
    positive, negative : str
        What lies above and below no effect.
    """

    subject: str
    scale: str
    positive: str
    negative: str


def curve_words(group: str, measure: str, review: Review) -> CurveWords:
    """Return the words for the curve of an outcome.

    Parameters
    ----------
    group : str
        Outcome group; empty where nothing is drawn.
    measure : str
        Code of the measure.
    review : Review
        Labels.

    Returns
    -------
    CurveWords
        The subject is the outcome.
    """
    return CurveWords(
        review.label("outcome_group", group) if group else "",
        review.label("measure", measure),
        uncapitalised(review.favours["intervention"]),
        uncapitalised(review.favours["control"]),
    )


def specification_curve(found: pd.DataFrame, axes: list[str], words: CurveWords) -> Figure:
    """Draw a specification curve.

    Parameters
    ----------
    found : DataFrame
        From `umbrella_review.multiverse.curve.curve`.
    axes : list of str
        Choices that are shown, as given to it.
    words : CurveWords
        What is written.

    Returns
    -------
    Figure
        Of text width; its height grows with the options.
    """
    if found.empty:
        return empty_figure()
    options = option_rows(found, axes)
    legend = legend_lines(_items(found, words), style.FULL_WIDTH - 0.2)
    below = TOP + CURVE + BETWEEN
    matrix = ROW * len(options) + HEAD * options["axis"].nunique()
    page = Page.new(below + matrix + BOTTOM + 0.2 * len(legend) + 0.05)
    page.figure.set_dpi(PIXELS)  # of the fields that are drawn as pixels
    edges = np.arange(len(found) + 1.0)
    _draw_curve(page.plot(PLOT_LEFT, TOP, PLOT_RIGHT - PLOT_LEFT, CURVE), found, edges, words)
    middle = (PLOT_LEFT + PLOT_RIGHT) / 2
    page.text(middle, below - BETWEEN / 2, _number(found), 7.5, ha="center")
    page.text(SHARE_AT, below - 0.12, "significant", 7.5, ha="right", color=style.FAINT)
    _draw_choices(page, below, options, found, edges)
    draw_legend(page, below + matrix + BOTTOM, legend)
    return framed(page.figure, _frame(found, options, words))


def _frame(found: pd.DataFrame, options: pd.DataFrame, words: CurveWords) -> Frame:
    """Return the frame: how often the interval lies on one side of no effect."""
    n, clear = found["n_specifications"], found["significant"].eq(True).fillna(False)
    above, below = (int(n[clear & side].sum()) for side in (found["estimate"].gt(0),
                                                            found["estimate"].lt(0)))  # fmt: skip
    spans = [
        (rows["share"].max() - rows["share"].min(), str(axis), rows["share"])
        for axis, rows in options.dropna(subset=["share"]).groupby("axis", sort=False)
    ]
    told = (
        f"Values run from {number(found['estimate'].min())} to {number(found['estimate'].max())}. "
        "Intervals on one side of no effect, by direction: "
        f"{uncapitalised(words.positive)} {above:,}, {uncapitalised(words.negative)} {below:,}."
    )
    if spans:
        _, axis, shares = max(spans, key=lambda span: span[0])
        told += (
            f" The share varies most by {uncapitalised(axis)}: "
            f"{shares.min():.0f}% to {shares.max():.0f}%."
        )
    return Frame(
        f"{words.subject}: in {percent(above + below, n.sum()):.0f}% of {n.sum():,} specifications "
        "the interval lies on one side of no effect",
        "Values over overlapping reviews, a sensitivity device and not an effect; "
        f"{uncapitalised(words.scale)}, {len(found):,} different results",
        ("estimates", "reviews", "amstar2", "reported_overlap"),
        told=told,
    )


def _number(found: pd.DataFrame) -> str:
    n = found["n_specifications"].sum()
    return f"{len(found):,} different results of {n:,} specifications, in order"


def _colours(found: pd.DataFrame) -> list[str]:
    significant = found["significant"].eq(True).fillna(False)
    return [
        (POSITIVE if estimate > 0 else NEGATIVE) if clear else NEITHER
        for clear, estimate in zip(significant, found["estimate"], strict=True)
    ]


def limits(found: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the vertical axis, which may cut the widest intervals.

    Parameters
    ----------
    found : DataFrame
        From `umbrella_review.multiverse.curve.curve`.

    Returns
    -------
    tuple of float
        All estimates and no effect lie between them.
    """
    weights, estimate = found["n_specifications"], found["estimate"]
    known = found["ci_lb"].notna()
    low, high = (
        _quantile(found.loc[known, end], weights[known], share)
        for end, share in (("ci_lb", _CUT), ("ci_ub", 1 - _CUT))
    )
    # Intervals of two results may be a hundred times as wide as all else.
    reach = 4 * max(float(estimate.max()), 0.0) - 4 * min(float(estimate.min()), 0.0)
    low = max(low, -reach) if np.isfinite(low) else 0.0
    high = min(high, reach) if np.isfinite(high) else 0.0
    bottom, top = min(low, float(estimate.min()), 0.0), max(high, float(estimate.max()), 0.0)
    room = 0.06 * (top - bottom) or 1.0
    return bottom - room, top + room


def _quantile(values: pd.Series, weights: pd.Series, share: float) -> float:
    if values.empty:
        return float("nan")
    order = values.sort_values()
    place = weights.loc[order.index].cumsum() / weights.sum()
    return float(order.iloc[min(int((place < share).sum()), len(order) - 1)])


def _draw_curve(axes: Axes, found: pd.DataFrame, edges: Array, words: CurveWords) -> None:
    low, high = limits(found)
    left, right = edges[:-1], edges[1:]
    fields = [
        [(x0, lower), (x1, lower), (x1, upper), (x0, upper)]
        for x0, x1, lower, upper in zip(left, right, found["ci_lb"], found["ci_ub"], strict=True)
    ]
    bars = PolyCollection(fields, facecolors=_colours(found), edgecolors="none", rasterized=True)
    axes.add_collection(bars, autolim=False)
    steps = [[(a, y), (b, y)] for a, b, y in zip(left, right, found["estimate"], strict=True)]
    line = LineCollection(steps, colors=style.INK, linewidths=1.6, rasterized=True)
    axes.add_collection(line, autolim=False)
    axes.axhline(0, color=style.INK, lw=0.9)
    axes.set(xlim=(0, edges[-1]), ylim=(low, high))
    _mark_reference(axes, found, edges)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(axis="y", labelsize=7.5, length=3, pad=2)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: f"{y:g}".replace("-", "−")))
    axes.set_ylabel(words.scale, fontsize=8)


def _mark_reference(axes: Axes, found: pd.DataFrame, edges: Array) -> None:
    places = np.flatnonzero(found["reference"].to_numpy(dtype=bool))
    for place in places:
        x = (edges[place] + edges[place + 1]) / 2
        y = found["estimate"].iloc[place]
        axes.axvline(x, color=style.INK, lw=1.0, ls=(0, (3, 2)))
        axes.plot(x, y, "D", ms=5, mfc="white", mec=style.INK, mew=1.3, zorder=5)


def _draw_choices(
    page: Page, top: float, options: pd.DataFrame, found: pd.DataFrame, edges: Array
) -> None:
    y = top
    for axis, rows in options.groupby("axis", sort=False):
        page.band(0, y + 0.01, page.width, HEAD - 0.02)
        page.text(0.08, y + HEAD / 2, str(axis), 7.5, fontweight="bold")
        y += HEAD
        shares = found[list(rows["column"])].to_numpy(dtype=float).T
        field = page.plot(PLOT_LEFT, y, PLOT_RIGHT - PLOT_LEFT, ROW * len(rows))
        field.pcolormesh(
            edges, np.arange(len(rows) + 1), shares, cmap=_SHADES, vmin=0, vmax=1, rasterized=True
        )
        for line in range(1, len(rows)):
            field.axhline(line, color="white", lw=0.8)
        field.set(xlim=(0, edges[-1]), ylim=(len(rows), 0))
        _mark_column(field, found, edges)
        field.set_axis_off()
        for option, share in zip(rows["option"], rows["share"], strict=True):
            page.text(0.18, y + ROW / 2, option, 7.0)
            printed = "–" if np.isnan(share) else f"{share:.0f}%"
            page.text(SHARE_AT, y + ROW / 2, printed, 7.0, ha="right")
            y += ROW


def _mark_column(field: Axes, found: pd.DataFrame, edges: Array) -> None:
    for place in np.flatnonzero(found["reference"].to_numpy(dtype=bool)):
        middle = (edges[place] + edges[place + 1]) / 2
        field.axvline(middle, color=style.INK, lw=1.0, ls=(0, (3, 2)))


def _items(found: pd.DataFrame, words: CurveWords) -> list[Item]:
    seen = set(_colours(found))
    intervals = [
        (POSITIVE, f"interval on one side of no effect, {words.positive}"),
        (NEGATIVE, f"interval on one side of no effect, {words.negative}"),
        (NEITHER, "interval includes no effect"),
    ]
    items = [Item(label, marker="s", face=colour) for colour, label in intervals if colour in seen]
    if found["reference"].any():
        items.append(Item("reference", marker="D", face="white"))
    choices = Item("option taken (grey: by some of those with this result)", marker="s")
    return [*items, choices]
