"""Forest plot of the estimates that reviews report: side by side, never pooled.

Reviews overlap in their primary studies, so the plot has no summary estimate. Each measure has a
panel with its own axis; in every panel the right side favours the intervention.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.figures import style
from umbrella_review.figures.axis import draw_effect_axis
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines, rating_letter
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.tables.numbers import integer
from umbrella_review.words import uncapitalised

LABEL_LEFT, LABEL_WIDTH = 0.08, 2.18  # all lengths in inches
RATING_AT, K_AT, N_AT = 2.5, 2.93, 3.42
PLOT_LEFT, PLOT_WIDTH, TEXT_LEFT = 3.55, 2.25, 5.95
HEAD, GROUP, LINE, GAP, AXIS, TITLE = 0.24, 0.23, 0.132, 0.06, 0.47, 0.3
NAME_SIZE, DETAIL_SIZE = 8.0, 7.0
WIDEST = 1.5  # effects beyond this, in either direction, end in an arrow
REPEATED = " †"


@dataclass(frozen=True)
class ForestWords:
    """Words of a forest plot.

    Parameters
    ----------
    favours : mapping of str to str
        For ``intervention`` and ``control``.
    measures : mapping of str to str
        Label per code of a measure.
    ratings : mapping of str to str
        Label per rating, best first, with ``not_known``.
    level : float
        Confidence level of the intervals.
    """

    favours: Mapping[str, str]
    measures: Mapping[str, str]
    ratings: Mapping[str, str]
    level: float


def forest_plot(rows: pd.DataFrame, words: ForestWords) -> Figure:
    """Draw the estimates of reviews, grouped by outcome.

    Parameters
    ----------
    rows : DataFrame
        In the order of print: `measure`, `sign`, `group`, `name`, `detail`, `rating`, `k`, `n`,
        `favours`, `favours_lb`, `favours_ub` (ratios as logarithms), `text` (the estimate in
        print) and `repeated` (whether the same evidence also enters through another review).
    words : ForestWords
        Labels.

    Returns
    -------
    Figure
        As high as its rows need; says so if there are none.
    """
    if rows.empty:
        return empty_figure()
    panels = _panels(rows)
    legend = legend_lines(_legend_items(rows, words), style.FULL_WIDTH - 0.2)
    heights = [_panel_height(panel) for panel in panels]
    page = Page.new(sum(heights) + 0.2 * len(legend) + 0.12)
    top = 0.0
    for panel, height in zip(panels, heights, strict=True):
        _draw_panel(page, top, panel, words)
        top += height
    draw_legend(page, top + 0.04, legend)
    return page.figure


def _panels(rows: pd.DataFrame) -> list[pd.DataFrame]:
    # Ratios are printed as the reviews print them, so each sign needs an axis of its own.
    side = rows["sign"].where(rows["measure"].isin(RATIOS), 1.0)
    keys = rows["measure"] + side.astype(str)
    order = {"SMD": 0, "MD": 2}
    names = sorted(keys.unique(), key=lambda key: order.get(key.rstrip("-.01"), 1))
    return [rows[keys.eq(name)].reset_index(drop=True) for name in names]


def _lines(row: pd.Series) -> tuple[list[str], list[str]]:
    name = row["name"] + (REPEATED if row["repeated"] else "")
    return (
        wrap(name, LABEL_WIDTH, NAME_SIZE).split("\n"),
        wrap(row["detail"], LABEL_WIDTH, DETAIL_SIZE).split("\n"),
    )


def _row_height(row: pd.Series) -> float:
    return LINE * sum(map(len, _lines(row))) + GAP


def _panel_height(panel: pd.DataFrame) -> float:
    rows = sum(_row_height(row) for _, row in panel.iterrows())
    return TITLE + HEAD + GROUP * panel["group"].nunique() + rows + AXIS


def _draw_panel(page: Page, top: float, panel: pd.DataFrame, words: ForestWords) -> None:
    measure = panel["measure"].iloc[0]
    page.text(LABEL_LEFT, top + 0.2, _title(panel, words), 9.0, fontweight="bold")
    _draw_heads(page, top + TITLE + HEAD / 2, f"{measure} ({words.level:.0%} CI)")
    start = y = top + TITLE + HEAD
    middles = []
    for group, rows in panel.groupby("group", sort=False):
        page.band(0, y + 0.02, page.width, GROUP - 0.04)
        page.text(LABEL_LEFT, y + GROUP / 2, str(group), 8.0, fontweight="bold")
        y += GROUP
        for _, row in rows.iterrows():
            middles.append(_draw_row(page, y, row, words))
            y += _row_height(row)
    axes = page.plot(PLOT_LEFT, start, PLOT_WIDTH, y - start)
    limits = _limits(panel, widest=WIDEST if measure == "SMD" else np.inf)
    axes.set(xlim=limits, ylim=(y, start))
    _draw_effects(axes, panel, middles, limits)
    _draw_axis(axes, panel, limits)
    _draw_sides(page, y + 0.32, limits, words.favours)


def _title(panel: pd.DataFrame, words: ForestWords) -> str:
    measure, sign = panel["measure"].iloc[0], panel["sign"].iloc[0]
    label = words.measures[measure]
    if measure in RATIOS:
        better = "below 1" if sign < 0 else "above 1"
        return f"{label}, as printed ({better}: {uncapitalised(words.favours['intervention'])})"
    if measure == "MD":
        return f"{label}, each on a scale of its own (not comparable with each other)"
    return label


def _draw_heads(page: Page, y: float, effect: str) -> None:
    grey: dict[str, Any] = {"size": 7.0, "color": style.GREY}
    page.text(LABEL_LEFT, y, "Review: outcome, time", **grey)
    page.text(RATING_AT, y, "Rating", ha="center", **grey)
    page.text(K_AT, y, "k", ha="right", style="italic", **grey)
    page.text(N_AT, y, "n", ha="right", style="italic", **grey)
    page.text(TEXT_LEFT, y, effect, **grey)


def _draw_row(page: Page, top: float, row: pd.Series, words: ForestWords) -> float:
    names, details = _lines(row)
    y = top + GAP / 2
    for line, size, colour in [
        *((name, NAME_SIZE, style.INK) for name in names),
        *((detail, DETAIL_SIZE, style.GREY) for detail in details),
    ]:
        page.text(LABEL_LEFT, y + LINE / 2, line, size, color=colour)
        y += LINE
    middle = (top + y + GAP / 2) / 2
    rating = row["rating"]
    page.rating(RATING_AT, middle, rating, rating_letter(rating, words.ratings[rating]))
    page.text(K_AT, middle, integer(row["k"]), ha="right")
    page.text(N_AT, middle, integer(row["n"]), ha="right")
    page.text(TEXT_LEFT, middle, row["text"])
    return middle


def _limits(panel: pd.DataFrame, widest: float, step: float = 0.25) -> tuple[float, float]:
    low = max(min(panel["favours_lb"].min(), -step), -widest)
    high = min(max(panel["favours_ub"].max(), step), widest)
    return floor(low / step) * step, ceil(high / step) * step


def _draw_effects(
    axes: Axes, panel: pd.DataFrame, middles: Sequence[float], limits: tuple[float, float]
) -> None:
    axes.axvline(0, color=style.INK, lw=0.9, zorder=1)
    largest = panel["k"].max()
    for y, (_, row) in zip(middles, panel.iterrows(), strict=True):
        low, high = np.clip([row["favours_lb"], row["favours_ub"]], *limits)
        axes.plot([low, high], [y, y], color=style.INK, lw=1.2, solid_capstyle="butt", zorder=2)
        for end, bound, marker in ((low, row["favours_lb"], "<"), (high, row["favours_ub"], ">")):
            if bound < limits[0] or bound > limits[1]:
                axes.plot(end, y, marker=marker, color=style.INK, ms=5, clip_on=False)
        if limits[0] <= row["favours"] <= limits[1]:
            known = not pd.isna(row["k"])
            size = 4 + 5 * np.sqrt(float(row["k"]) / float(largest)) if known else 6
            face = style.INK if known else "white"
            axes.plot(row["favours"], y, "s", ms=size, mfc=face, mec=style.INK, mew=1, zorder=3)


def _draw_axis(axes: Axes, panel: pd.DataFrame, limits: tuple[float, float]) -> None:
    first = panel.iloc[0]
    ratios = float(first["sign"]) if first["measure"] in RATIOS else None
    draw_effect_axis(axes, limits, PLOT_WIDTH, ratios=ratios)


def _draw_sides(
    page: Page, y: float, limits: tuple[float, float], favours: Mapping[str, str]
) -> None:
    null = PLOT_LEFT + PLOT_WIDTH * (0 - limits[0]) / (limits[1] - limits[0])
    page.text(null - 0.07, y, f"← {favours['control']}", 7.0, ha="right")
    words = f"{favours['intervention']} →"
    overhang = max(0.0, null + 0.07 + text_width(words, 7.0) - page.width + 0.05)
    page.text(null + 0.07 - overhang, y, words, 7.0)


def _legend_items(rows: pd.DataFrame, words: ForestWords) -> list[Item]:
    items = [
        Item(label, rating=rating, letter=rating_letter(rating, label))
        for rating, label in words.ratings.items()
        if rows["rating"].eq(rating).any()
    ]
    if rows["k"].notna().any():
        items.append(Item("estimate; larger with more studies (k)", marker="s"))
    if rows["k"].isna().any():
        items.append(Item("estimate; k not known", marker="s", face="white"))
    if rows["repeated"].any():
        items.append(Item("the same evidence enters through two reviews", marker=r"$\dagger$"))
    return items
