"""Forest plot of the studies of one analysis, with their pooled effect."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from umbrella_review.effects.measures import MEASURES
from umbrella_review.figures import style
from umbrella_review.figures.axis import draw_effect_axis
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Page
from umbrella_review.figures.text import text_width
from umbrella_review.tables.numbers import interval, number

NAME_LEFT, NAME_WIDTH = 0.08, 1.95  # all lengths in inches
PLOT_LEFT, PLOT_WIDTH = 2.15, 2.85
TEXT_LEFT, WEIGHT_AT = 5.15, 7.1
HEAD, LINE, FOOT = 0.26, 0.165, 0.46
_SIZE = 8.0
_INTERVALS = {"pi": "quantile of the test", "pi_riley": "t, k − 2"}
_MARGIN = 0.08  # of the axis, left free at both ends


def study_forest(
    studies: pd.DataFrame, models: pd.DataFrame, analysis: str, prediction: str = "pi"
) -> Figure:
    """Draw the effects of an analysis's studies and what they are pooled to.

    Parameters
    ----------
    studies, models : DataFrame
        As ``tidy("studies")`` and ``tidy("models")`` give them; effects on the scale of analysis.
    analysis : str
        Which analysis; its first model is shown.
    prediction : {"pi", "pi_riley"}
        Which prediction interval: with the quantile of the test, or of t with k - 2 degrees of
        freedom.

    Returns
    -------
    Figure
        As high as its rows need; says so if there are none. Intervals that leave the axis end in
        an arrow.
    """
    rows = studies[studies["analysis"].eq(analysis)].reset_index(drop=True)
    if rows.empty:
        return empty_figure()
    model = models[models["analysis"].eq(analysis)].iloc[0]
    ends = _prediction(model, prediction)
    summary = [_summary_words(model), *([_prediction_words(prediction)] if ends else [])]
    page = Page.new(HEAD + LINE * (len(rows) + len(summary) + 0.6) + FOOT)
    measure = MEASURES[model["measure"]]
    _draw_heads(page, logarithm=measure.logarithm)
    middles = HEAD + LINE * (np.arange(len(rows)) + 0.5)
    bottom = HEAD + LINE * (len(rows) + len(summary) + 0.6)
    axes = page.plot(PLOT_LEFT, HEAD, PLOT_WIDTH, bottom - HEAD)
    limits = _limits(rows, model, ends)
    axes.set(xlim=limits, ylim=(bottom, HEAD))
    axes.axvline(0, color=style.INK, lw=0.9, zorder=1)
    draw_effect_axis(axes, limits, PLOT_WIDTH, ratios=1.0 if measure.logarithm else None)
    for middle, (_, row) in zip(middles, rows.iterrows(), strict=True):
        _draw_study(axes, middle, row, rows["weight_pct"].max(), limits)
        _write(page, middle, row["study"], row[["yi", "ci_lb", "ci_ub"]], measure.logarithm)
        page.text(WEIGHT_AT, middle, number(row["weight_pct"], 1), _SIZE, ha="right")
    _draw_summary(page, axes, model, ends, summary)
    unit = " (logarithmic axis)" if measure.logarithm else ""
    page.text(
        PLOT_LEFT + PLOT_WIDTH / 2, bottom + 0.34, f"{_natural(measure.title)}{unit}", 7.0,
        ha="center", color=style.FAINT,
    )  # fmt: skip
    return framed(page.figure, _frame(rows, model, ends))


def _frame(rows: pd.DataFrame, model: pd.Series, ends: tuple[float, float] | None) -> Frame:
    measure = MEASURES[model["measure"]]
    null, title = (1, _natural(measure.title)) if measure.logarithm else (0, measure.title)
    numbers = model[["estimate", "ci_lb", "ci_ub"]].astype(float)
    held = "includes" if numbers["ci_lb"] <= 0 <= numbers["ci_ub"] else "excludes"
    printed = interval(*(np.exp(numbers) if measure.logarithm else numbers))
    told = ""
    if ends is not None:
        low, high = np.exp(ends) if measure.logarithm else ends
        told = f"The prediction interval runs from {number(low)} to {number(high)}."
    return Frame(
        f"{model['analysis']}: the pooled {title} is {printed}; its interval {held} {null}",
        f"Effects of studies with 95% confidence intervals, k = {len(rows)}; area of a square: "
        "weight",
        told=told,
    )


def _natural(title: str) -> str:
    return title.removeprefix("log ")


def _draw_heads(page: Page, *, logarithm: bool) -> None:
    grey: dict[str, Any] = {"size": 7.5, "color": style.FAINT}
    page.text(NAME_LEFT, 0.13, "Study", **grey)
    label = "Ratio (95% CI)" if logarithm else "Effect (95% CI)"
    page.text(TEXT_LEFT, 0.13, label, **grey)
    page.text(WEIGHT_AT, 0.13, "Weight, %", ha="right", **grey)


def _prediction(model: pd.Series, kind: str) -> tuple[float, float] | None:
    """Return the prediction interval, where there is one."""
    if f"{kind}_lb" not in model or isnan(model[f"{kind}_lb"]):
        return None
    return float(model[f"{kind}_lb"]), float(model[f"{kind}_ub"])


def _summary_words(model: pd.Series) -> str:
    return f"{model['method']}, {model['test']} test"


def _prediction_words(kind: str) -> str:
    return f"Prediction ({_INTERVALS[kind]})"


def _limits(
    rows: pd.DataFrame, model: pd.Series, ends: tuple[float, float] | None
) -> tuple[float, float]:
    """Return the ends of the axis: all estimates, the pooled intervals and no effect lie within."""
    inner = [0.0, *rows["yi"], model["ci_lb"], model["ci_ub"], *(ends or ())]
    low, high = min(inner), max(inner)
    reach = (high - low) / 2 or 1.0  # most intervals of studies, but not the very widest
    low = max(min(low, rows["ci_lb"].min()), low - reach)
    high = min(max(high, rows["ci_ub"].max()), high + reach)
    margin = _MARGIN * (high - low)
    return low - margin, high + margin


def _draw_study(
    axes: Axes, y: float, row: pd.Series, heaviest: float, limits: tuple[float, float]
) -> None:
    low, high = np.clip([row["ci_lb"], row["ci_ub"]], *limits)
    axes.plot([low, high], [y, y], color=style.INK, lw=0.9, solid_capstyle="butt", zorder=2)
    for end, bound, marker in ((low, row["ci_lb"], "<"), (high, row["ci_ub"], ">")):
        if not limits[0] <= bound <= limits[1]:
            axes.plot(end, y, marker=marker, color=style.INK, ms=4, clip_on=False)
    size = 7.0 * np.sqrt(row["weight_pct"] / heaviest)  # area by weight
    axes.plot(row["yi"], y, "s", ms=max(size, 1.5), mfc=style.INK, mec=style.INK, zorder=3)


def _write(page: Page, y: float, name: str, effect: pd.Series, logarithm: bool) -> None:
    """Write the name of a row and its effect."""
    room = name
    while text_width(room, _SIZE) > NAME_WIDTH:
        room = room[:-2].rstrip() + "…"
    page.text(NAME_LEFT, y, room, _SIZE)
    numbers = np.exp(effect.astype(float)) if logarithm else effect
    page.text(TEXT_LEFT, y, interval(*numbers), _SIZE)


def _draw_summary(
    page: Page, axes: Axes, model: pd.Series, ends: tuple[float, float] | None, words: list[str]
) -> None:
    logarithm = MEASURES[model["measure"]].logarithm
    top = axes.get_ylim()[0] - LINE * (len(words) + 0.1)
    page.sheet.plot([NAME_LEFT, WEIGHT_AT], [top - 0.02] * 2, color=style.GREY, lw=0.6)
    low, middle, high = model["ci_lb"], model["estimate"], model["ci_ub"]
    y = top + LINE / 2
    corners = [(low, y), (middle, y - 0.055), (high, y), (middle, y + 0.055)]
    axes.add_patch(
        Polygon(corners, closed=True, fc=style.ACCENT, ec=style.ACCENT, lw=0.8, zorder=4)
    )
    axes.plot([middle] * 2, [HEAD, y], color=style.ACCENT, lw=0.7, ls=(0, (3, 2)), zorder=1)
    _write(page, y, words[0], model[["estimate", "ci_lb", "ci_ub"]], logarithm)
    if ends is None:
        return
    y += LINE
    axes.plot(ends, [y, y], color=style.ACCENT, lw=2.4, solid_capstyle="butt", zorder=4)
    numbers = np.exp(ends) if logarithm else ends
    page.text(NAME_LEFT, y, words[1], _SIZE)
    page.text(TEXT_LEFT, y, f"{number(numbers[0])} to {number(numbers[1])}", _SIZE)
