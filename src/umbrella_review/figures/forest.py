"""Forest plot of the estimates that reviews report: side by side, never pooled.

Reviews overlap in their primary studies, so the plot has no summary estimate. Each measure has a
panel with its own axis; in every panel the right side favours the intervention. The area of a
square is the number of studies; a thin line with ends, where there is one, the prediction interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from umbrella_review.effects.harmonise import RATIOS
from umbrella_review.figures import style
from umbrella_review.figures.axis import draw_effect_axis
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.forest_frame import ForestWords, forest_frame
from umbrella_review.figures.frame import framed
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines, rating_letter
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.tables.numbers import integer
from umbrella_review.words import uncapitalised

LABEL_LEFT, LABEL_WIDTH = 0.08, 2.15  # all lengths in inches
RATING_AT, K_AT, N_AT = 2.37, 2.67, 3.1
PLOT_LEFT, PLOT_WIDTH, TEXT_LEFT, PREDICTION_LEFT = 3.17, 2.0, 5.25, 6.3
HEAD, GROUP, LINE, GAP, AXIS, TITLE = 0.21, 0.2, 0.12, 0.045, 0.62, 0.24
NAME_SIZE, DETAIL_SIZE, SMALL = 8.0, 7.5, 7.5
LARGEST, SMALLEST = 9.0, 2.5  # points: side of a square
WIDEST = 1.5  # effects beyond this, in either direction, end in an arrow
REPEATED = " †"
# A line between two ends, as the intervals are drawn.
_INTERVAL = Path(
    [(-1, 0), (1, 0), (-1, -0.45), (-1, 0.45), (1, -0.45), (1, 0.45)],
    [Path.MOVETO, Path.LINETO] * 3,
)


def forest_plot(rows: pd.DataFrame, words: ForestWords) -> Figure:
    """Draw the estimates of reviews, grouped by outcome.

    Parameters
    ----------
    rows : DataFrame
        In the order of print: `domain`, `measure`, `sign`, `group`, `review_id`, `name`, `detail`,
        `rating`, `k`, `n`, `favours`, `favours_lb`, `favours_ub`, `pi_lb`, `pi_ub` (ratios as
        logarithms), `text` and `pi_text` (estimate and prediction interval in print) and
        `repeated` (whether the same evidence also enters through another review).
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
    return framed(page.figure, forest_frame(rows, words))


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
    page.text(LABEL_LEFT, top + 0.13, _title(panel, words), 9.0, fontweight="bold")
    _draw_heads(page, top + TITLE + HEAD / 2, f"{measure} ({words.level:.0%} CI)")
    start = y = top + TITLE + HEAD
    middles = []
    for group, rows in panel.groupby("group", sort=False):
        page.band(0, y + 0.02, page.width, GROUP - 0.04)
        page.text(LABEL_LEFT, y + GROUP / 2, str(group), NAME_SIZE, fontweight="bold")
        y += GROUP
        for number, (_, row) in enumerate(rows.iterrows()):
            if number % 2:
                page.band(0, y, page.width, _row_height(row), alpha=0.25)
            middles.append(_draw_row(page, y, row, words))
            y += _row_height(row)
    axes = page.plot(PLOT_LEFT, start, PLOT_WIDTH, y - start)
    limits = _limits(panel, widest=WIDEST if measure == "SMD" else np.inf)
    axes.set(xlim=limits, ylim=(y, start))
    _draw_effects(axes, panel, middles, limits)
    _draw_axis(axes, panel, limits)
    _draw_sides(page, y + 0.32, limits, words.favours)
    unit = f"{words.measures[measure]}{', logarithmic axis' if measure in RATIOS else ''}"
    page.text(PLOT_LEFT + PLOT_WIDTH / 2, y + 0.48, unit, SMALL, ha="center", color=style.FAINT)


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
    grey: dict[str, Any] = {"size": SMALL, "color": style.FAINT}
    page.text(LABEL_LEFT, y, "Review: outcome, time", **grey)
    page.text(RATING_AT, y, "Rating", ha="center", **grey)
    page.text(K_AT, y, "k", ha="right", style="italic", **grey)
    page.text(N_AT, y, "n", ha="right", style="italic", **grey)
    page.text(TEXT_LEFT, y, effect, **grey)
    page.text(PREDICTION_LEFT, y, "Prediction", **grey)


def _draw_row(page: Page, top: float, row: pd.Series, words: ForestWords) -> float:
    names, details = _lines(row)
    y = top + GAP / 2
    for line, size, colour in [
        *((name, NAME_SIZE, style.INK) for name in names),
        *((detail, DETAIL_SIZE, style.FAINT) for detail in details),
    ]:
        page.text(LABEL_LEFT, y + LINE / 2, line, size, color=colour)
        y += LINE
    middle = (top + y + GAP / 2) / 2
    rating = row["rating"]
    page.rating(RATING_AT, middle, rating, rating_letter(rating, words.ratings[rating]))
    page.text(K_AT, middle, integer(row["k"]), ha="right")
    page.text(N_AT, middle, integer(row["n"]), ha="right")
    page.text(TEXT_LEFT, middle, row["text"])
    page.text(PREDICTION_LEFT, middle, row["pi_text"], color=style.ACCENT)
    return middle


def _limits(panel: pd.DataFrame, widest: float, step: float = 0.25) -> tuple[float, float]:
    low = max(np.nanmin([*panel["favours_lb"], *panel["pi_lb"], -step]), -widest)
    high = min(np.nanmax([*panel["favours_ub"], *panel["pi_ub"], step]), widest)
    return floor(low / step) * step, ceil(high / step) * step


def _draw_effects(
    axes: Axes, panel: pd.DataFrame, middles: Sequence[float], limits: tuple[float, float]
) -> None:
    axes.axvline(0, color=style.INK, lw=0.9, zorder=1)
    largest = panel["k"].max()
    for y, (_, row) in zip(middles, panel.iterrows(), strict=True):
        if not np.isnan(row["pi_lb"]):
            ends = np.clip([row["pi_lb"], row["pi_ub"]], *limits)
            axes.plot(ends, [y, y], "|-", color=style.ACCENT, lw=0.9, ms=5, mew=0.9, zorder=2)
            _draw_arrows(axes, y, row[["pi_lb", "pi_ub"]], limits, style.ACCENT)
        ends = np.clip([row["favours_lb"], row["favours_ub"]], *limits)
        axes.plot(ends, [y, y], color=style.INK, lw=1.7, solid_capstyle="butt", zorder=3)
        _draw_arrows(axes, y, row[["favours_lb", "favours_ub"]], limits, style.INK)
        if limits[0] <= row["favours"] <= limits[1]:
            known = not pd.isna(row["k"])
            size = LARGEST * np.sqrt(float(row["k"]) / float(largest)) if known else LARGEST / 2
            face = style.INK if known else style.PAPER
            side = max(size, SMALLEST)
            axes.plot(row["favours"], y, "s", ms=side, mfc=face, mec=style.INK, mew=1, zorder=4)


def _draw_arrows(
    axes: Axes, y: float, bounds: pd.Series, limits: tuple[float, float], colour: str
) -> None:
    for bound in bounds:
        if not limits[0] <= bound <= limits[1]:
            end, marker = (limits[0], "<") if bound < limits[0] else (limits[1], ">")
            axes.plot(end, y, marker=marker, color=colour, ms=5, clip_on=False)


def _draw_axis(axes: Axes, panel: pd.DataFrame, limits: tuple[float, float]) -> None:
    first = panel.iloc[0]
    ratios = float(first["sign"]) if first["measure"] in RATIOS else None
    draw_effect_axis(axes, limits, PLOT_WIDTH, ratios=ratios)


def _draw_sides(
    page: Page, y: float, limits: tuple[float, float], favours: Mapping[str, str]
) -> None:
    null = PLOT_LEFT + PLOT_WIDTH * (0 - limits[0]) / (limits[1] - limits[0])
    page.text(null - 0.07, y, f"← {favours['control']}", SMALL, ha="right")
    words = f"{favours['intervention']} →"
    overhang = max(0.0, null + 0.07 + text_width(words, SMALL) - page.width + 0.05)
    page.text(null + 0.07 - overhang, y, words, SMALL)


def _legend_items(rows: pd.DataFrame, words: ForestWords) -> list[Item]:
    items = [
        Item(label, rating=rating, letter=rating_letter(rating, label))
        for rating, label in words.ratings.items()
        if rows["rating"].eq(rating).any()
    ]
    if rows["k"].notna().any():
        items.append(Item("estimate; area of the square: studies (k)", marker="s"))
    if rows["k"].isna().any():
        items.append(Item("estimate; k not known", marker="s", face="white"))
    if rows["pi_lb"].notna().any():
        label = "prediction interval; ≈ variance approximated"
        items.append(Item(label, marker=_INTERVAL, edge=style.ACCENT))
    if rows["repeated"].any():
        items.append(Item("the same evidence enters through two reviews", letter=REPEATED.strip()))
    return items
