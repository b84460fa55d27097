"""Harvest plot: outcomes by directions of effect, a bar for each review.

After Ogilvie et al. 2008 (doi 10.1186/1471-2288-8-8). The height of a bar, and its colour, show
how the review was rated, the number above it how many primary studies it has; filled bars rest
on one kind of synthesis, open bars on the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import floor

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from umbrella_review.appraisal.amstar2 import RATINGS, UNKNOWN
from umbrella_review.figures import style
from umbrella_review.figures.direction_frame import DirectionWords, message
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Page
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.tables.numbers import DASH, integer
from umbrella_review.vocabulary import DIRECTIONS
from umbrella_review.words import counted, enumerate_words, uncapitalised

LABEL_LEFT, LABEL_WIDTH = 0.08, 1.5  # inches, as all lengths here
GRID_LEFT, GRID_RIGHT = 1.68, style.FULL_WIDTH - 0.08
BAR, PITCH, STEP = 0.14, 0.235, 0.055  # width, distance and height of one step of the rating
TALLEST = STEP * len(RATINGS)
LINE = TALLEST + 0.16  # of bars, with the numbers above them
NARROWEST, BAND = 1.05, 0.22  # a column, and the row of a domain
_SIZE, _SMALL, _SPACING = 8.0, 6.5, 0.135  # type in points, and from line to line


def harvest_plot(bars: pd.DataFrame, words: DirectionWords, syntheses: Mapping[str, str]) -> Figure:
    """Draw a bar for each review in the cell of its outcome and direction.

    Parameters
    ----------
    bars : DataFrame
        As `umbrella_review.narrative.harvest.harvest` gives them.
    words : DirectionWords
        Labels.
    syntheses : mapping of str to str
        Label per kind of synthesis; bars of the first are filled.

    Returns
    -------
    Figure
        As high as its rows need, with a column for every direction, the control on the left; says
        so if there are no bars.

    Notes
    -----
    After Ogilvie et al. 2008 (doi 10.1186/1471-2288-8-8).
    """
    if bars.empty:
        return empty_figure()
    columns = _columns(bars, words)
    rows = _rows(bars, columns, words)
    notes = wrap(_notes(syntheses), style.FULL_WIDTH - 0.2, _SIZE).split("\n")
    legend = rows.bottom + 0.1
    page = Page.new(legend + TALLEST + _SPACING * len(notes) + 0.14)
    _draw_grid(page, columns, rows, words)
    filled = next(iter(syntheses))
    for _, bar in bars.iterrows():
        _draw_bar(page, columns, rows, bar, bar["synthesis"] == filled)
    _draw_legend(page, legend, bars, words, notes)
    return framed(page.figure, _frame(bars, words))


def _frame(bars: pd.DataFrame, words: DirectionWords) -> Frame:
    best = next(rating for rating in words.ratings if bars["rating"].eq(rating).any())
    top = bars.loc[bars["rating"].eq(best), "direction"].value_counts()
    named = [
        f"{uncapitalised(label)} {top[name]}"
        for name, label in words.directions.items()
        if name in top
    ]
    reviews = counted(bars["review_id"].nunique(), "review")
    return Frame(
        message(bars["direction"], words.intervention),
        f"Reviews by outcome and direction of effect, n = {counted(len(bars), 'result')} of "
        f"{reviews}; the taller a bar, the better the rating",
        ("effect_directions", "reviews", "amstar2"),
        told=f"Best rating, {uncapitalised(words.ratings[best])}: {enumerate_words(named)}.",
    )


@dataclass(frozen=True)
class _Columns:
    """By direction the ends of its column, how many bars go side by side, and its head."""

    spans: Mapping[str, tuple[float, float]]
    capacity: Mapping[str, int]
    heads: Mapping[str, str]


@dataclass(frozen=True)
class _Rows:
    """Tops and heights of outcome groups, tops of domains, and the end of the last row."""

    groups: Mapping[str, tuple[float, float]]
    domains: Mapping[str, float]
    bottom: float


def _columns(bars: pd.DataFrame, words: DirectionWords) -> _Columns:
    """Share the width among the directions: more to those with more bars in a cell."""
    most = bars.groupby("direction")["place"].max() + 1
    excess = {
        name: max(0.0, PITCH * int(most.get(name, 0)) + 0.1 - NARROWEST)
        for name in reversed(DIRECTIONS)
    }
    spare = GRID_RIGHT - GRID_LEFT - NARROWEST * len(excess)
    total = sum(excess.values())
    widths = {
        name: NARROWEST + spare * (part / total if total else 1 / len(excess))
        for name, part in excess.items()
    }
    spans = dict(zip(widths, pairwise(accumulate(widths.values(), initial=GRID_LEFT)), strict=True))
    capacity = {name: max(1, floor((width - 0.1) / PITCH)) for name, width in widths.items()}
    heads = {
        name: wrap(words.directions[name], width - 0.1, _SIZE, "bold")
        for name, width in widths.items()
    }
    return _Columns(spans, capacity, heads)


def _rows(bars: pd.DataFrame, columns: _Columns, words: DirectionWords) -> _Rows:
    """Return outcome groups below their domains, as high as the fullest cell needs."""
    lines = bars["place"] // bars["direction"].map(columns.capacity) + 1
    top = 0.08 + _SPACING * max(head.count("\n") + 1 for head in columns.heads.values())
    groups: dict[str, tuple[float, float]] = {}
    domains: dict[str, float] = {}
    for domain in words.domains:
        inside = bars["outcome_domain"].eq(domain)
        for group in words.groups:
            chosen = lines[inside & bars["outcome_group"].eq(group)]
            if chosen.empty:
                continue
            if domain not in domains:
                domains[domain] = top
                top += BAND
            groups[group] = (top, LINE * int(chosen.max()))
            top += groups[group][1]
    return _Rows(groups, domains, top)


def _draw_grid(page: Page, columns: _Columns, rows: _Rows, words: DirectionWords) -> None:
    for name, (left, right) in columns.spans.items():
        for number, line in enumerate(columns.heads[name].split("\n")):
            middle = {"ha": "center", "fontweight": "bold"}
            page.text((left + right) / 2, 0.1 + _SPACING * number, line, _SIZE, **middle)
        start = min(rows.domains.values())
        ends, colour = [left + 0.05, right - 0.05], style.DIRECTION[name]
        page.sheet.plot(ends, [start - 0.025] * 2, color=colour, lw=2.5, solid_capstyle="butt")
        page.sheet.plot([left, left], [start, rows.bottom], color=style.GREY, lw=0.3, zorder=0)
    for domain, top in rows.domains.items():
        page.band(0, top, page.width, BAND)
        page.text(LABEL_LEFT, top + BAND / 2, words.domains[domain], _SIZE, fontweight="bold")
    for group, (top, height) in rows.groups.items():
        label = wrap(words.groups[group], LABEL_WIDTH, _SIZE).split("\n")
        for number, line in enumerate(label):
            offset = 0.12 * (number - (len(label) - 1) / 2)
            page.text(LABEL_LEFT, top + height / 2 + offset, line, _SIZE)
        foot = top + height
        page.sheet.plot([0, page.width], [foot, foot], color=style.GREY, lw=0.3, zorder=0)


def _draw_bar(page: Page, columns: _Columns, rows: _Rows, bar: pd.Series, filled: bool) -> None:
    line, place = divmod(bar["place"], columns.capacity[bar["direction"]])
    left = columns.spans[bar["direction"]][0] + 0.08 + PITCH * place
    foot = rows.groups[bar["outcome_group"]][0] + LINE * (line + 1) - 0.02
    _bar(page, left, foot, STEP * bar["height"], rating=bar["rating"], filled=filled)
    above = foot - STEP * bar["height"] - 0.055
    page.text(left + BAR / 2, above, integer(bar["n_primary_studies"]), _SMALL, ha="center")


def _bar(page: Page, left: float, foot: float, height: float, *, rating: str, filled: bool) -> None:
    colour = style.GREY if rating == UNKNOWN else style.RATING[rating]
    face = colour if filled else "white"
    shape = Rectangle((left, foot - height), BAR, height, fc=face, ec=colour, lw=0.9)
    page.sheet.add_patch(shape)


def _draw_legend(
    page: Page, top: float, bars: pd.DataFrame, words: DirectionWords, notes: list[str]
) -> None:
    """Draw a bar for each rating that occurs, at its height, and the notes below."""
    left, foot = 0.1, top + TALLEST
    for rating, label in words.ratings.items():
        heights = bars.loc[bars["rating"].eq(rating), "height"]
        if heights.empty:
            continue
        _bar(page, left, foot, STEP * heights.min(), rating=rating, filled=True)
        page.text(left + BAR + 0.06, foot - 0.05, label, _SIZE)
        left += BAR + 0.28 + text_width(label, _SIZE)
    for number, line in enumerate(notes):
        page.text(0.1, foot + 0.14 + _SPACING * number, line, _SIZE)


def _notes(syntheses: Mapping[str, str]) -> str:
    filled, *open_ones = [uncapitalised(label) for label in syntheses.values()]
    return (
        f"Filled: {filled}. Open: {', '.join(open_ones)}. Above a bar: primary studies of the "
        f"whole review; {DASH} not known. A rating that is not found has the height of the lowest "
        "that is possible."
    )
