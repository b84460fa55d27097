"""Evidence map: outcomes by populations or formats, a disc for each cell with a review.

The area of a disc, and the number in it, is the number of reviews; its colour, and the shape
beside it, the direction; its ring, and the letter beside it, the best rating. Cells without a
review are grey fields: what is not known is part of the picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.figures import style
from umbrella_review.figures.effect_direction import MARKS
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.forest_rows import rating_labels
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines, rating_letter
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.narrative.evidence_map_values import MapCounts, map_counts
from umbrella_review.review import Review
from umbrella_review.words import agreeing, counted, enumerate_words, uncapitalised

LABEL_LEFT, LABEL_WIDTH, GRID_LEFT = 0.08, 1.18, 1.3  # inches, as all lengths here
GRID_RIGHT = style.FULL_WIDTH - 0.04
WIDEST = 1.1  # of a column
HEAD_GAP = 0.08  # between the heads of columns, at least
ROW, BAND, HEAD_LINE, NAME_SIZE, HEAD_SIZE = 0.31, 0.19, 0.12, 7.5, 7.0
LARGEST = 0.117  # radius of the largest disc
RING = 0.02  # between a disc and its ring
BESIDE = 0.28  # from the middle of a disc to its signs
_MOST_NAMED = 3


@dataclass(frozen=True)
class MapWords:
    """Words of an evidence map.

    Parameters
    ----------
    axis : str
        What the columns are, in the singular, e.g. ``population``.
    columns : mapping of str to str
        Label per column in the order of print, also of those without a review.
    groups, domains, directions, ratings : mapping of str to str
        Label per value in the order of print; ratings best first, with ``not_known``.
    """

    axis: str
    columns: Mapping[str, str]
    groups: Mapping[str, str]
    domains: Mapping[str, str]
    directions: Mapping[str, str]
    ratings: Mapping[str, str]


def map_words(review: Review, axis: str, vocabulary: str, columns: Sequence[str]) -> MapWords:
    """Return the words of an evidence map from the labels of a review.

    Parameters
    ----------
    review : Review
        Gives the labels.
    axis : str
        What the columns are, in the singular.
    vocabulary : str
        Name of the vocabulary that has their labels.
    columns : sequence of str
        Columns in the order of print.

    Returns
    -------
    MapWords
        Also with a label for ratings that are not known.
    """
    return MapWords(
        axis,
        {column: review.label(vocabulary, column) for column in columns},
        review.vocabulary("outcome_group"),
        review.vocabulary("outcome_domain"),
        review.vocabulary("direction"),
        rating_labels(review),
    )


def evidence_map_plot(cells: pd.DataFrame, words: MapWords) -> Figure:
    """Draw where there are reviews, which way they point and how well they are rated.

    Parameters
    ----------
    cells : DataFrame
        As `umbrella_review.narrative.evidence_map.evidence_map` gives them.
    words : MapWords
        Labels, and the columns.

    Returns
    -------
    Figure
        As high as its rows need; says so if there are none.
    """
    if cells.empty:
        return empty_figure()
    step = min(WIDEST, (GRID_RIGHT - GRID_LEFT) / len(words.columns))
    heads = {key: wrap(label, step - HEAD_GAP, HEAD_SIZE) for key, label in words.columns.items()}
    head = 0.06 + HEAD_LINE * max(text.count("\n") + 1 for text in heads.values())
    tops, bands, foot = _rows(cells, words, head)
    legend = legend_lines(_items(cells, words), style.FULL_WIDTH - 0.2)
    page = Page.new(foot + 0.4 + 0.2 * len(legend))
    lefts = {key: GRID_LEFT + step * place for place, key in enumerate(words.columns)}
    _draw_heads(page, heads, lefts, step, head)
    _draw_names(page, tops, bands, words, GRID_LEFT + step * len(lefts))
    filled = {(cell["outcome_group"], cell["column"]): cell for _, cell in cells.iterrows()}
    discs = _Discs(page, int(cells["n_reviews"].max()))
    for group, top in tops.items():
        for column, left in lefts.items():
            if (group, column) in filled:
                middle = (left + step / 2, top + ROW / 2)
                _draw_cell(discs, middle, filled[group, column], words.ratings)
            else:
                _draw_gap(page, left, top, step)
    _draw_sizes(discs, foot + 0.21)
    draw_legend(page, foot + 0.38, legend)
    return framed(page.figure, _frame(cells, words, map_counts(cells, list(words.columns))))


def _rows(
    cells: pd.DataFrame, words: MapWords, top: float
) -> tuple[dict[str, float], dict[str, float], float]:
    """Return the tops of outcome groups and of the bands of their domains, and the end."""
    present = set(zip(cells["outcome_domain"], cells["outcome_group"], strict=True))
    tops: dict[str, float] = {}
    bands: dict[str, float] = {}
    for domain in words.domains:
        groups = [group for group in words.groups if (domain, group) in present]
        if groups:
            bands[domain] = top
            top += BAND
        for group in groups:
            tops[group] = top
            top += ROW
    return tops, bands, top


def _draw_heads(
    page: Page, heads: Mapping[str, str], lefts: Mapping[str, float], step: float, foot: float
) -> None:
    for key, label in heads.items():
        lines = label.split("\n")
        for number, line in enumerate(lines):
            y = foot - 0.05 - HEAD_LINE * (len(lines) - number - 0.5)
            page.text(lefts[key] + step / 2, y, line, HEAD_SIZE, ha="center")


def _draw_names(
    page: Page, tops: Mapping[str, float], bands: Mapping[str, float], words: MapWords, end: float
) -> None:
    for domain, top in bands.items():
        page.band(0, top, end, BAND)
        page.text(LABEL_LEFT, top + BAND / 2, words.domains[domain], NAME_SIZE, fontweight="bold")
    for group, top in tops.items():
        lines = wrap(words.groups[group], LABEL_WIDTH, NAME_SIZE).split("\n")
        for number, line in enumerate(lines):
            offset = 0.12 * (number - (len(lines) - 1) / 2)
            page.text(LABEL_LEFT, top + ROW / 2 + offset, line, NAME_SIZE)
        page.sheet.plot([0, end], [top + ROW] * 2, color=style.PALE, lw=0.6, zorder=0)


@dataclass(frozen=True)
class _Discs:
    """Draws discs on a page; the largest stands for `most` reviews."""

    page: Page
    most: int

    def draw(self, place: tuple[float, float], n: int, colour: str, ring: str) -> None:
        radius = LARGEST * sqrt(n / self.most)
        add, edge = self.page.sheet.add_patch, style.GREY if colour == style.PALE else colour
        add(Circle(place, radius + RING, fc="white", ec=ring, lw=1.6))
        add(Circle(place, radius, fc=colour, ec=edge, lw=0.5))
        settings = {"ha": "center", "color": style.ink_on(colour), "weight": "bold"}
        self.page.text(place[0], place[1] + 0.004, str(n), 6.5 if n == 1 else 7.5, **settings)


def _draw_cell(
    discs: _Discs, place: tuple[float, float], cell: pd.Series, ratings: Mapping[str, str]
) -> None:
    (x, y), page, direction = place, discs.page, cell["direction"]
    colour, rating = style.DIRECTION[direction], cell["best_rating"]
    discs.draw((x - BESIDE / 2, y), int(cell["n_reviews"]), colour, _ring(rating))
    beside = x + BESIDE / 2
    if direction in MARKS:
        page.sheet.plot(
            beside,
            y - 0.065,
            marker=MARKS[direction],
            ms=6,
            mfc=colour,
            mec=style.INK,
            mew=0.5,
            ls="",
        )
    else:
        page.text(beside, y - 0.065, "?", 7.0, ha="center")
    letter = rating_letter(rating, ratings[rating])
    page.text(beside, y + 0.07, letter, 6.5, ha="center", color=style.FAINT)


def _ring(rating: str) -> str:
    return style.GREY if rating == UNKNOWN else style.RATING[rating]


def _draw_gap(page: Page, left: float, top: float, step: float) -> None:
    box = FancyBboxPatch(
        (left + 0.035, top + 0.035), step - 0.07, ROW - 0.07,
        boxstyle="round,pad=0,rounding_size=0.03", fc=style.PALE, alpha=0.55, lw=0,
    )  # fmt: skip
    page.sheet.add_patch(box)


def _draw_sizes(discs: _Discs, y: float) -> None:
    """Draw discs for a few numbers of reviews, and a field for none."""
    page, x = discs.page, 0.25
    for n in sorted({1, (discs.most + 1) // 2, discs.most}):
        discs.draw((x, y), n, style.PALE, style.GREY)
        x += 0.42
    words = "reviews: the area of the disc"
    page.text(x - 0.12, y, words, 7.0)
    x += 0.15 + text_width(words, 7.0)
    _draw_gap(page, x, y - ROW / 2, 0.4)
    page.text(x + 0.46, y, "no review", 7.0)


def _items(cells: pd.DataFrame, words: MapWords) -> list[Item]:
    directions = [
        Item(label, marker=MARKS[name], face=style.DIRECTION[name])
        for name, label in words.directions.items()
        if cells["direction"].eq(name).any()
    ]
    if cells["direction"].eq(UNKNOWN).any():
        directions.append(Item("No statement on direction", letter="?"))
    ratings = [
        Item(f"best rating: {uncapitalised(label)}", rating=name, letter=rating_letter(name, label))
        for name, label in words.ratings.items()
        if cells["best_rating"].eq(name).any()
    ]
    return [*directions, *ratings]


def _frame(cells: pd.DataFrame, words: MapWords, counts: MapCounts) -> Frame:
    reviews = cells["review_ids"].explode().nunique()
    return Frame(
        f"{counts.n_gaps} of {counted(counts.n_cells, 'pair')} of outcome and {words.axis} "
        f"{agreeing(counts.n_gaps, 'has', 'have')} no review; {counts.n_single} "
        f"{agreeing(counts.n_single, 'rests', 'rest')} on one",
        f"Reviews by outcome ({counts.n_outcomes}) and {words.axis} ({counts.n_columns}), "
        f"n = {counted(reviews, 'review')}; direction of the clear majority of a "
        "cell's reviews, best rating",
        ("effect_directions", "estimates", "reviews", "amstar2"),
        "A review can stand in several columns",
        " ".join(_told(cells, words, counts)),
    )


def _told(cells: pd.DataFrame, words: MapWords, counts: MapCounts) -> Iterator[str]:
    by_direction = cells["direction"].value_counts()
    parts = [
        f"{uncapitalised(label)} {by_direction[name]}"
        for name, label in {**words.directions, UNKNOWN: "no statement"}.items()
        if name in by_direction
    ]
    filled = counted(counts.n_filled, "cell")
    yield f"By direction, the {filled} with a review: {enumerate_words(parts)}."
    yield f"In {counted(counts.n_better, 'cell')} a review is rated moderate or high."
    largest = cells[cells["n_reviews"].eq(counts.largest)]
    names = [
        f"{uncapitalised(words.groups[cell['outcome_group']])} "
        f"({uncapitalised(words.columns[cell['column']])})"
        for _, cell in largest.head(_MOST_NAMED).iterrows()
    ]
    yield f"The most reviews, {counts.largest}, are on {enumerate_words(names)}."
    empty = [label for key, label in words.columns.items() if not cells["column"].eq(key).any()]
    if empty:
        yield f"No result for: {enumerate_words([uncapitalised(label) for label in empty])}."
