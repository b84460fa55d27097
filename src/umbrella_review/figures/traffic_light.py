"""Traffic light of AMSTAR 2: reviews by items, with the overall rating of each review.

After the plots that Cochrane reviews give for risk of bias. An item without a published answer is
drawn as not known: nothing follows for it from the overall rating.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from umbrella_review.appraisal.amstar2 import UNKNOWN
from umbrella_review.appraisal.ratings import rating_keys
from umbrella_review.appraisal.traffic import NOT_SCORED
from umbrella_review.figures import style
from umbrella_review.figures.empty import empty_figure
from umbrella_review.figures.frame import Frame, framed
from umbrella_review.figures.page import Item, Page, draw_legend, legend_lines, rating_letter
from umbrella_review.figures.text import text_width, wrap
from umbrella_review.instrument import ITEMS, NO, PARTIAL_YES, YES
from umbrella_review.tables.citation import short_names
from umbrella_review.words import agreeing, counted

NAME_LEFT, ITEMS_LEFT, STEP = 0.08, 1.72, 0.262  # all lengths in inches
RATING_AT, WEAK_AT = 6.22, 6.83
ROW, BAND, FOOT, HEAD_LINE = 0.16, 0.2, 0.36, 0.1
NAME_SIZE, HEAD_SIZE, SIGN_SIZE = 7.5, 7.0, 7.0
SIGNS: Mapping[str, str] = {YES: "+", PARTIAL_YES: "±", NO: "−", UNKNOWN: "", NOT_SCORED: ""}
_WORDS = {
    YES: "yes",
    PARTIAL_YES: "partial yes",
    NO: "no",
    UNKNOWN: "answer not published",
    NOT_SCORED: "not scored for this type of review",
}
ADAPTED = "a"
_OPEN = " or "


@dataclass(frozen=True)
class TrafficWords:
    """Words of a traffic light.

    Parameters
    ----------
    ratings : mapping of str to str
        Label per rating, best first.
    critical : tuple of int
        Items that are critical.
    """

    ratings: Mapping[str, str]
    critical: tuple[int, ...]


def traffic_rows(
    trails: pd.DataFrame, amstar2: pd.DataFrame, reviews: pd.DataFrame
) -> pd.DataFrame:
    """Return the rows that `traffic_light` draws.

    Parameters
    ----------
    trails : DataFrame
        As `umbrella_review.appraisal.trail.review_trails` gives it.
    amstar2, reviews : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        One row a review, in the order of `trails`: `review_id`, `name`, `ratings`,
        `critical_min`, `critical_max`.
    """
    ids = trails["review_id"]
    rows = trails[["review_id", "critical_min", "critical_max"]]
    return rows.assign(name=ids.map(short_names(reviews)), ratings=ids.map(rating_keys(amstar2)))


def traffic_light(
    rows: pd.DataFrame, cells: pd.DataFrame, weaknesses: pd.DataFrame, words: TrafficWords
) -> Figure:
    """Draw what is known of each item of each review, and of its overall rating.

    Parameters
    ----------
    rows : DataFrame
        One row a review: `review_id`, `name`, `ratings` (tuple of those possible, best first),
        `critical_min` and `critical_max` (critical weaknesses that the rating implies).
    cells : DataFrame
        As `umbrella_review.appraisal.traffic.item_states` gives it.
    weaknesses : DataFrame
        The table `amstar2_items`: reviews with a weakness by item, or by items counted together.
    words : TrafficWords
        Labels.

    Returns
    -------
    Figure
        Reviews in groups of the same rating, the best first.
    """
    if rows.empty:
        return empty_figure()
    groups = _groups(rows, words)
    heads = {item: wrap(title, 1.45, HEAD_SIZE).split("\n") for item, title in ITEMS.items()}
    tallest = max(text_width(line, HEAD_SIZE, "bold") for lines in heads.values() for line in lines)
    top = tallest + 0.28
    legend = legend_lines(_items(cells, rows, words), style.FULL_WIDTH - 0.2)
    body = BAND * len(groups) + ROW * len(rows)
    page = Page.new(top + body + FOOT + 0.1 + 0.2 * len(legend) + 0.05)
    _draw_heads(page, heads, top, words)
    y = top
    for label, members in groups:
        page.band(0, y + 0.02, page.width, BAND - 0.04)
        page.text(NAME_LEFT, y + BAND / 2, f"{label} ({len(members)})", 7.5, fontweight="bold")
        y += BAND
        for _, row in members.iterrows():
            _draw_row(page, y + ROW / 2, row, cells[cells["review_id"] == row["review_id"]], words)
            y += ROW
    _draw_foot(page, y, weaknesses)
    draw_legend(page, y + FOOT + 0.1, legend)
    return framed(page.figure, _frame(rows, cells, weaknesses, words))


def _x(item: int) -> float:
    return ITEMS_LEFT + STEP * (item - 0.5)


def _label(keys: Sequence[str], words: TrafficWords) -> str:
    if not keys:
        return "Rating not known"
    first, *others = (words.ratings[key] for key in keys)
    return _OPEN.join([first, *(word.lower() for word in others)])


def _groups(rows: pd.DataFrame, words: TrafficWords) -> list[tuple[str, pd.DataFrame]]:
    order = list(words.ratings)
    keys = sorted(set(rows["ratings"]), key=lambda key: (len(key) != 1, *map(order.index, key)))
    return [(_label(key, words), rows[[other == key for other in rows["ratings"]]]) for key in keys]


def _draw_heads(
    page: Page, heads: Mapping[int, Sequence[str]], top: float, words: TrafficWords
) -> None:
    for item, lines in heads.items():
        critical = item in words.critical
        weight = "bold" if critical else "normal"
        for number, line in enumerate(lines):
            place = _x(item) + HEAD_LINE * (number - (len(lines) - 1) / 2)
            turned = {"rotation": 90, "ha": "center", "va": "bottom", "fontweight": weight}
            page.text(place, top - 0.22, line, HEAD_SIZE, **turned)
        page.text(_x(item), top - 0.1, f"{item}", HEAD_SIZE, ha="center", fontweight=weight)
    page.text(NAME_LEFT, top - 0.1, "Review, by overall rating", HEAD_SIZE, color=style.FAINT)
    small = {"ha": "center", "color": style.FAINT, "va": "bottom"}
    page.text(RATING_AT, top - 0.04, "Overall\nrating", HEAD_SIZE, **small)
    page.text(WEAK_AT, top - 0.04, "Critical\nweaknesses", HEAD_SIZE, **small)


def _draw_row(
    page: Page, y: float, row: pd.Series, cells: pd.DataFrame, words: TrafficWords
) -> None:
    page.text(NAME_LEFT, y, row["name"], NAME_SIZE)
    for state, members in cells.groupby("state", sort=False):
        xs = [_x(item) for item in members["item"]]
        ys = [y] * len(xs)
        if state == NOT_SCORED:
            page.sheet.plot(xs, ys, ".", ms=2, color=style.GREY)
            continue
        face = style.ANSWER[str(state)]
        page.sheet.plot(xs, ys, "s", ms=9.0, mfc=face, mec="none")
        if SIGNS[str(state)]:
            for x in xs:
                look = {"ha": "center", "color": style.ink_on(face), "fontweight": "bold"}
                page.text(x, y, SIGNS[str(state)], SIGN_SIZE, **look)
    for item in cells.loc[cells["adapted"], "item"]:
        page.text(_x(item), y, ADAPTED, SIGN_SIZE, ha="center", color=style.FAINT)
    keys = row["ratings"]
    for place, key in enumerate(keys):
        x = RATING_AT + 0.17 * (place - (len(keys) - 1) / 2)
        page.rating(x, y, key, rating_letter(key, words.ratings[key]))
    page.text(WEAK_AT, y, _span(row["critical_min"], row["critical_max"]), NAME_SIZE, ha="center")


def _span(low: Any, high: Any) -> str:
    if pd.isna(low) or pd.isna(high):
        return "?"
    return f"{low}" if low == high else f"{low}–{high}"


def _draw_foot(page: Page, y: float, weaknesses: pd.DataFrame) -> None:
    page.sheet.plot([0, page.width], [y + 0.03] * 2, color=style.GREY, lw=0.5)
    page.text(NAME_LEFT, y + 0.12, "Reviews with a weakness", NAME_SIZE, fontweight="bold")
    page.text(NAME_LEFT, y + 0.25, "of the reviews scored", NAME_SIZE, color=style.FAINT)
    for _, group in weaknesses.iterrows():
        together = "*" if len(group["items"]) > 1 else ""
        known = pd.notna(group["n_with_weakness"])
        for item in map(int, group["items"]):
            number = f"{group['n_with_weakness']}{together}" if known else "?"
            page.text(_x(item), y + 0.12, number, NAME_SIZE, ha="center", fontweight="bold")
            of = f"of {group['n_scored']}" if known else ""
            page.text(_x(item), y + 0.25, of, HEAD_SIZE, ha="center", color=style.FAINT)


def _items(cells: pd.DataFrame, rows: pd.DataFrame, words: TrafficWords) -> list[Item]:
    seen = set(cells["state"])
    items = [
        Item(
            f"{SIGNS[state]} {label}".strip(),
            marker="." if state == NOT_SCORED else "s",
            face=style.GREY if state == NOT_SCORED else style.ANSWER[state],
        )
        for state, label in _WORDS.items()
        if state in seen
    ]
    if cells["adapted"].any():
        items.append(
            Item("question adapted to the type of review", letter=ADAPTED, face=style.FAINT)
        )
    rated = {key for keys in rows["ratings"] for key in keys}
    return items + [
        Item(label, rating=key, letter=rating_letter(key, label))
        for key, label in words.ratings.items()
        if key in rated
    ]


def _frame(
    rows: pd.DataFrame, cells: pd.DataFrame, weaknesses: pd.DataFrame, words: TrafficWords
) -> Frame:
    labels = list(words.ratings)
    weak = set(labels[len(labels) // 2 :])  # the lower half of the scale
    n, n_weak = len(rows), sum(bool(keys) and set(keys) <= weak for keys in rows["ratings"])
    named = _OPEN.join(words.ratings[key].lower() for key in labels if key in weak)
    scored = cells[cells["state"] != NOT_SCORED]
    n_known = int(scored["state"].ne(UNKNOWN).sum())
    pairs = [" and ".join(items) for items in weaknesses["items"] if len(items) > 1]
    notes = ["Bold items are critical"]
    notes += [f"* items {pair} counted together" for pair in pairs]
    sizes = {label: len(members) for label, members in _groups(rows, words)}
    rated = f"{agreeing(n_weak, 'is', 'are')} rated {named}"
    return Frame(
        f"{n_weak} of {counted(n, 'review')} {rated} by AMSTAR 2",
        f"AMSTAR 2 by item: answers are published for {n_known:,} of {len(scored):,} scored items "
        f"of {counted(n, 'review')}; critical weaknesses follow from the rating",
        ("amstar2", "amstar2_items", "reviews"),
        "; ".join(notes),
        "; ".join(f"{label}: {number}" for label, number in sizes.items()),
    )
