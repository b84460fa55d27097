"""Effect direction plot: reviews by outcomes, the direction as a shape.

After Boon and Thomson 2021 (doi 10.1002/jrsm.1458): an arrow shows which way a result points,
whatever its significance; it is larger for larger bodies of evidence, a small number beside it says
how many statements it sums up, and the ground of a row tells the rating. What differs from theirs:
rows are reviews, size is the number of primary studies of a review, no effect has a mark of its
own apart from mixed effects, and open marks are follow-up results.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.path import Path as Shape

from umbrella_review.effects.reported import LATER
from umbrella_review.figures import style
from umbrella_review.figures.direction_frame import DirectionWords, direction_frame
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import framed
from umbrella_review.figures.page import (
    Item,
    Page,
    draw_legend,
    legend_lines,
    rating_letter,
)
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.tables.numbers import integer

NAME_LEFT, NAME_WIDTH, RATING_AT, STUDIES_AT, GRID_LEFT = 0.08, 1.28, 1.5, 2.0, 2.1  # inches
GRID_RIGHT = style.FULL_WIDTH - 0.08
ROW, DOMAIN, HEAD_SIZE, NAME_SIZE, DOMAIN_SIZE = 0.27, 0.24, 7.5, 8.0, 8.0
HEAD_LENGTH = 0.95  # room for a column head, which is turned by a quarter
HEAD_LINE = 0.125
_HALF = 0.078  # first and follow-up results stand this far from the middle of a cell
_WIDE = Shape([(-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3), (-1, -0.3)], closed=True)
_BOTH = Shape.make_compound_path(
    Shape([(-1.1, 0), (-0.18, 0.9), (-0.18, -0.9), (-1.1, 0)], closed=True),
    Shape([(1.1, 0), (0.18, 0.9), (0.18, -0.9), (1.1, 0)], closed=True),
)
MARKS: Mapping[str, Any] = MappingProxyType(
    {"favours_intervention": "^", "no_effect": _WIDE, "mixed": _BOTH, "favours_control": "v"}
)
SIZES = ((10, 4.4), (21, 6.2), (np.inf, 7.6))  # points below a number of primary studies
_MIDDLE = SIZES[1][1]  # where the number is not known


def effect_direction_plot(cells: pd.DataFrame, words: DirectionWords) -> Figure:
    """Draw the direction of each review for each outcome group.

    Parameters
    ----------
    cells : DataFrame
        One row a mark: `review_id`, `name`, `rating` and `n_primary_studies` of the review,
        `synthesis`, `outcome_domain`, `outcome_group`, `period` (``first`` or ``follow_up``),
        `direction` and `n_statements`.
    words : DirectionWords
        Labels.

    Returns
    -------
    Figure
        As high as its rows need; says so if there are none.

    Notes
    -----
    After Boon and Thomson 2021 (doi 10.1002/jrsm.1458).
    """
    if cells.empty:
        return empty_figure()
    grid = _grid(cells, words)
    names = _rows(cells, words)
    legend = legend_lines(_legend_items(cells, words), style.FULL_WIDTH - 0.2)
    head = DOMAIN + HEAD_LENGTH + 0.1
    page = Page.new(head + ROW * len(names) + 0.12 + 0.2 * len(legend) + 0.08)
    _draw_heads(page, grid, words)
    places = {name: head + ROW * (number + 0.5) for number, name in enumerate(names)}
    _draw_names(page, places, names, words)
    _draw_studies(page, places, cells)
    _draw_lines(page, grid, head, head + ROW * len(names))
    alone = ~cells.duplicated(["name", "outcome_group"], keep=False)
    for (_, cell), single in zip(cells.iterrows(), alone, strict=True):
        shift = 0.0 if single else _HALF if cell["period"] == LATER else -_HALF
        _draw_mark(page, grid.middles[cell["outcome_group"]] + shift, places[cell["name"]], cell)
    draw_legend(page, head + ROW * len(names) + 0.12, legend)
    return framed(page.figure, direction_frame(cells, words))


@dataclass(frozen=True)
class _Grid:
    """Where columns stand: middles of outcome groups, left and right ends of domains."""

    middles: Mapping[str, float]
    spans: Mapping[str, tuple[float, float]]


def _grid(cells: pd.DataFrame, words: DirectionWords) -> _Grid:
    """Return the columns; a domain is never narrower than its label."""
    present = set(zip(cells["outcome_domain"], cells["outcome_group"], strict=True))
    every = {
        domain: [group for group in words.groups if (domain, group) in present]
        for domain in words.domains
    }
    members = {domain: groups for domain, groups in every.items() if groups}
    labels = {name: text_width(words.domains[name], DOMAIN_SIZE, "bold") + 0.1 for name in members}
    room = _widths(members, labels)
    middles: dict[str, float] = {}
    spans: dict[str, tuple[float, float]] = {}
    left = GRID_LEFT
    for domain, groups in members.items():
        step = room[domain] / len(groups)
        middles |= {group: left + step * (place + 0.5) for place, group in enumerate(groups)}
        spans[domain] = (left, left + room[domain])
        left += room[domain]
    return _Grid(middles, spans)


def _widths(members: Mapping[str, list[str]], labels: Mapping[str, float]) -> dict[str, float]:
    """Share the grid among domains by their columns, after the labels that need more."""
    left = GRID_RIGHT - GRID_LEFT
    open_domains = dict(members)
    widths: dict[str, float] = {}
    while open_domains:
        step = left / sum(map(len, open_domains.values()))
        tight = [name for name, groups in open_domains.items() if len(groups) * step < labels[name]]
        if not tight:
            return widths | {name: len(groups) * step for name, groups in open_domains.items()}
        for name in tight:
            widths[name] = labels[name]
            left -= labels[name]
            del open_domains[name]
    return widths


def _rows(cells: pd.DataFrame, words: DirectionWords) -> dict[str, str]:
    """Return names with ratings, the best rated first, then by name; unnamed reviews last."""
    order = {rating: place for place, rating in enumerate(words.ratings)}
    known = cells.drop_duplicates("name")
    entries = zip(known["review_id"].isna(), known["rating"], known["name"], strict=True)
    ordered = sorted(entries, key=lambda entry: (entry[0], order[entry[1]], entry[2].casefold()))
    return {name: rating for _, rating, name in ordered}


def _draw_heads(page: Page, grid: _Grid, words: DirectionWords) -> None:
    foot = DOMAIN + HEAD_LENGTH
    for group, x in grid.middles.items():
        lines = wrap(words.groups[group], HEAD_LENGTH, HEAD_SIZE).split("\n")
        for number, line in enumerate(lines):
            place = x + HEAD_LINE * (number - (len(lines) - 1) / 2)
            settings = {"rotation": 90, "ha": "center", "va": "bottom"}
            page.text(place, foot + 0.06, line, HEAD_SIZE, **settings)
    page.text(NAME_LEFT, foot, "Review", HEAD_SIZE, color=style.FAINT)
    page.text(RATING_AT, foot, "Rating", HEAD_SIZE, color=style.FAINT, ha="center")
    page.text(STUDIES_AT, foot, "Studies", HEAD_SIZE, color=style.FAINT, ha="right")
    for domain, (left, right) in grid.spans.items():
        words_at = {"ha": "center", "fontweight": "bold"}
        page.text((left + right) / 2, 0.11, words.domains[domain], DOMAIN_SIZE, **words_at)
        page.sheet.plot([left + 0.04, right - 0.04], [0.22, 0.22], color=style.INK, lw=0.8)


def _draw_lines(page: Page, grid: _Grid, top: float, bottom: float) -> None:
    for left, _ in grid.spans.values():
        page.sheet.plot([left, left], [top, bottom], color=style.GREY, lw=0.6, zorder=1)
    middles = sorted(grid.middles.values())
    for left, right in pairwise(middles):
        x = (left + right) / 2
        page.sheet.plot([x, x], [top, bottom], color=style.GREY, lw=0.25, alpha=0.5, zorder=1)


def _draw_names(
    page: Page, places: Mapping[str, float], ratings: Mapping[str, str], words: DirectionWords
) -> None:
    for name, y in places.items():
        ground = style.RATING[ratings[name]]
        box = Rectangle((0, y - ROW / 2), page.width, ROW - 0.02, color=ground, alpha=0.13, lw=0)
        page.sheet.add_patch(box)
        lines = wrap(name, NAME_WIDTH, NAME_SIZE).split("\n")
        for line_number, line in enumerate(lines):
            offset = 0.115 * (line_number - (len(lines) - 1) / 2)
            page.text(NAME_LEFT, y + offset, line, NAME_SIZE)
        rating = ratings[name]
        page.rating(RATING_AT, y, rating, rating_letter(rating, words.ratings[rating]))


def _draw_studies(page: Page, places: Mapping[str, float], cells: pd.DataFrame) -> None:
    studies = cells.drop_duplicates("name").set_index("name")["n_primary_studies"]
    for name, y in places.items():
        page.text(STUDIES_AT, y, integer(studies[name]), NAME_SIZE, ha="right")


def _size(n_studies: object) -> float:
    """Return the size of a mark in points."""
    if pd.isna(n_studies):  # type: ignore[call-overload]
        return _MIDDLE
    return next(size for below, size in SIZES if float(n_studies) < below)  # type: ignore[arg-type]


def _draw_mark(page: Page, x: float, y: float, cell: pd.Series) -> None:
    colour, size = style.DIRECTION[cell["direction"]], _size(cell["n_primary_studies"])
    face = style.PAPER if cell["period"] == LATER else colour
    page.sheet.plot(
        x, y, marker=MARKS[cell["direction"]], ms=size, mfc=face, mec=colour, mew=0.9, ls=""
    )
    if cell["n_statements"] > 1:
        page.text(x + 0.05, y + 0.09, str(cell["n_statements"]), 6.5, ha="center")


def _legend_items(cells: pd.DataFrame, words: DirectionWords) -> list[Item]:
    shapes = [
        Item(label, marker=MARKS[name], face=style.DIRECTION[name])
        for name, label in words.directions.items()
        if cells["direction"].eq(name).any()
    ]
    times = [Item("filled: end of intervention, or time not stated", marker="s")]
    if cells["period"].eq(LATER).any():
        times.append(Item("open: follow-up", marker="s", face=style.PAPER))
    discs = [
        Item(label, rating=name, letter=rating_letter(name, label))
        for name, label in words.ratings.items()
        if cells["rating"].eq(name).any()
    ]
    return [*shapes, *times, *discs]
