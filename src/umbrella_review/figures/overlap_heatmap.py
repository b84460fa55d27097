"""Overlap of pairs of reviews as a heatmap, above it the scale of the bands and where all lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from umbrella_review.figures import style
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Page
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.overlap.cca import ENDS, NAMES, band
from umbrella_review.tables.numbers import number
from umbrella_review.words import agreeing

LABEL_WIDTH, CELL_HEIGHT, HEAD, WIDEST = 1.75, 0.52, 0.42, 1.25  # inches, like all lengths here
SCALE_TOP, SCALE_HEIGHT, SCALE_END = 0.48, 0.2, 20  # the scale ends at this percentage
SCALE = 1.11  # room for the scale with its words
WORDS = 0.72  # cells that are narrower hold a number alone, and their heads are turned
_SOURCES = {"pieper": "Pieper et al. 2014", "groove": "GROOVE"}
SIZE, SMALL = 8.0, 7.0


def overlap_heatmap(
    pairs: pd.DataFrame, lists: pd.DataFrame, bounds: pd.Series, names: pd.Series, bands: str
) -> Figure:
    """Draw the covered area of all reviews on the scale of the bands, and of every known pair.

    Parameters
    ----------
    pairs : DataFrame
        As `umbrella_review.overlap.known.known_pairs` gives it.
    lists : DataFrame
        As `umbrella_review.overlap.known.known_lists` gives it: the reviews that are shown.
    bounds : Series
        `area_lowest` and `area_highest` of all reviews, in percent.
    names : Series
        Short citations of all reviews by their ids.
    bands : {'pieper', 'groove'}
        Whose thresholds.

    Returns
    -------
    Figure
        Of text width; a pair of which nothing is known has a question mark.
    """
    shown = lists["review_id"].tolist()
    if len(shown) < len(("a", "pair")):
        return empty_figure()
    step = min(WIDEST, (style.FULL_WIDTH - LABEL_WIDTH - 0.1) / len(shown))
    height = min(CELL_HEIGHT, step)
    labels = [names[key] for key in shown]
    head = HEAD if step >= WORDS else 0.1 + max(text_width(label, SIZE) for label in labels)
    top = SCALE + head
    page = Page.new(top + height * len(shown) + 0.05)
    _draw_scale(page, bounds, bands)
    known = {frozenset((row["review_a"], row["review_b"])): row for _, row in pairs.iterrows()}
    complete = set(lists.loc[lists["complete"], "review_id"])
    _draw_labels(page, labels, (step, height), top)
    for row, column in combinations(range(len(shown)), 2):
        pair = frozenset((shown[row], shown[column]))
        corner = (LABEL_WIDTH + step * row, top + height * column)
        cell = _Cell(page, *corner, step, height)
        _draw_cell(cell, known.get(pair), bands=bands, whole=pair <= complete)
    for place, (_, one) in enumerate(lists.iterrows()):
        corner = (LABEL_WIDTH + step * place, top + height * place)
        _draw_own(_Cell(page, *corner, step, height), one)
    return framed(page.figure, _frame(pairs, complete, bounds, names, bands))


def _draw_scale(page: Page, bounds: pd.Series, bands: str) -> None:
    left, width = 0.08, page.width - 0.16
    edges = [0, *ENDS, SCALE_END]

    def place(percent: float) -> float:
        return left + width * min(percent, SCALE_END) / SCALE_END

    page.text(left, 0.1, "All reviews", SIZE, fontweight="bold")
    for colour, name, (low, high) in zip(style.OVERLAP_BANDS, NAMES, pairwise(edges), strict=True):
        corner = (place(low), SCALE_TOP)
        box = Rectangle(corner, place(high) - place(low), SCALE_HEIGHT, facecolor=colour, lw=0)
        page.sheet.add_patch(box)
        middle = (place(low) + place(high)) / 2
        look = {"ha": "center", "color": style.ink_on(colour)}
        page.text(middle, SCALE_TOP + SCALE_HEIGHT / 2, name, SIZE, **look)
        label = f"{low}%"
        page.text(max(place(low), left), SCALE_TOP + SCALE_HEIGHT + 0.09, label, SMALL)
    start, end = place(bounds["area_lowest"]), place(bounds["area_highest"])
    level = SCALE_TOP - 0.07
    page.sheet.plot([start, end], [level] * 2, color=style.INK, lw=3.5, solid_capstyle="butt")
    page.text(start, level - 0.12, f"{_span(bounds)}: {_bands(bounds, bands)}", SIZE)
    page.text(left, SCALE + 0.06, "Pairs of reviews", SIZE, fontweight="bold")


@dataclass(frozen=True)
class _Cell:
    """A place in the matrix, in inches from the upper left of the page."""

    page: Page
    left: float
    top: float
    width: float
    height: float

    def write(self, lines: Sequence[str], colour: str, *, heading: bool = False) -> None:
        """Write lines into the middle, those that fit; a heading is bold."""
        kept = lines if self.width >= WORDS else lines[:1]
        x, y = self.left + self.width / 2, self.top + self.height / 2
        for place, line in enumerate(kept):
            offset = 0.13 * (place - (len(kept) - 1) / 2)
            weight = "bold" if heading and not place else "normal"
            look = {"ha": "center", "color": colour, "fontweight": weight}
            self.page.text(x, y + offset, line, SMALL, **look)


def _draw_labels(page: Page, names: Sequence[str], cell: tuple[float, float], top: float) -> None:
    step, height = cell
    turn: dict[str, Any] = {} if step >= WORDS else {"rotation": 90}
    for place, name in enumerate(names):
        y = top + height * (place + 0.5)
        page.text(LABEL_WIDTH - 0.08, y, name, SIZE, ha="right")
        head = name if turn else wrap(name, step - 0.06, SIZE)
        x = LABEL_WIDTH + step * (place + 0.5)
        page.text(x, top - 0.06, head, SIZE, ha="center", va="bottom", **turn)


def _draw_cell(cell: _Cell, pair: pd.Series | None, *, bands: str, whole: bool) -> None:
    corner, size = (cell.left + 0.02, cell.top + 0.02), (cell.width - 0.04, cell.height - 0.04)
    if pair is None or pd.isna(pair["covered_area"]):
        box = Rectangle(corner, *size, facecolor="none", edgecolor=style.PALE, hatch="////", lw=0.5)
        cell.page.sheet.add_patch(box)
        middle = (cell.left + cell.width / 2, cell.top + cell.height / 2)
        cell.page.text(*middle, "?", SIZE, ha="center", color=style.FAINT, bbox=_PLATE)
        return
    percent = 100 * float(pair["covered_area"])
    colour = style.OVERLAP_BANDS[NAMES.index(band(percent, bands))]
    box = Rectangle(corner, *size, facecolor=colour, edgecolor=style.GREY, lw=0.5)
    cell.page.sheet.add_patch(box)
    words = [f"{'' if whole else '≥ '}{_percent(percent)}", f"{pair['n_shared']} shared"]
    if pair["n_impossible"]:
        words.append(f"{pair['n_impossible']} out of reach")
    cell.write(words, style.ink_on(colour), heading=True)


def _draw_own(cell: _Cell, one: pd.Series) -> None:
    own = one["n_primary_studies"]
    of = "?" if pd.isna(own) else f"{own}"
    cell.write([f"{one['n_known']} of {of}", "studies known"], style.FAINT)


_PLATE: Mapping[str, object] = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}


def _percent(percent: float) -> str:
    return f"{number(percent, 1)}%"


def _span(bounds: pd.Series) -> str:
    return f"{_percent(bounds['area_lowest'])} to {_percent(bounds['area_highest'])}"


def _bands(bounds: pd.Series, bands: str) -> str:
    ends = (band(bounds[name], bands) for name in ("area_lowest", "area_highest"))
    return " to ".join(dict.fromkeys(ends))


def _of_pairs(whole: pd.Series) -> str:
    """Return for how many pairs the covered area is known, and for how many only from below."""
    exact, least = int(whole.sum()), int((~whole).sum())
    parts = [f"for {exact}"] if exact or not least else []
    parts += [f"as a lower bound for {least}"] if least else []
    return " and ".join(parts)


def _frame(
    pairs: pd.DataFrame, complete: set[str], bounds: pd.Series, names: pd.Series, bands: str
) -> Frame:
    n = len(names)
    known = pairs.dropna(subset=["covered_area"])
    whole = known["review_a"].isin(complete) & known["review_b"].isin(complete)
    told = [
        f"{names[row['review_a']]} and {names[row['review_b']]} share {row['n_shared']} "
        f"{agreeing(row['n_shared'], 'study', 'studies')}, a covered area of "
        f"{_percent(100 * row['covered_area'])}{'' if exact else ' or more'}"
        for (_, row), exact in zip(known.iterrows(), whole, strict=True)
    ]
    return Frame(
        f"Overlap over all {n} reviews is {_bands(bounds, bands)}: a corrected covered area of "
        f"{_span(bounds)}",
        f"Corrected covered area, with the bands of {_SOURCES[bands]}; of pairs it is known "
        f"{_of_pairs(whole)} of {n * (n - 1) // 2}",
        ("citations", "reported_overlap", "reviews"),
        "?: the studies of one of the two are not known by name; ≥: at least, from lists known in "
        "part; out of reach: published after the other review, so that it could not be shared",
        "; ".join(told),
    )
