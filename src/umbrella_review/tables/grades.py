"""Tables of classes of credibility: what remains possible, and every criterion of every result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from umbrella_review.credibility.classes import Graded
from umbrella_review.credibility.decisive import left_open_by, ruled_out_by
from umbrella_review.review import Review
from umbrella_review.tables.citation import cite
from umbrella_review.tables.empty import empty_table
from umbrella_review.tables.estimate_cells import outcome_cells
from umbrella_review.tables.numbers import DASH, integer, p_text
from umbrella_review.tables.rows import many_rows, one_row
from umbrella_review.tables.view import TableView, escape
from umbrella_review.words import capitalised, enumerate_words, uncapitalised

CRITERIA = {  # in print; criteria of one's own stand under their own names
    "n_cases": "Participants",
    "p_value": "p",
    "I2": "I²",
    "pi": "Prediction interval",
    "egger_p": "Small-study effects",
    "esb_p": "Excess significance",
    "largest_ci": "Largest study",
}


def grades_table(rows: pd.DataFrame, graded: Sequence[Graded], reviews: pd.DataFrame) -> TableView:
    """Return how many results may be of which classes, and why.

    Parameters
    ----------
    rows : DataFrame
        The graded results.
    graded : sequence of Graded
        Their gradings, in the same order.
    reviews : DataFrame
        The table of this name.

    Returns
    -------
    TableView
        One row for each set of classes that remains possible, the best first.
    """
    if rows.empty:
        return empty_table()
    citations, order = cite(reviews), list(dict.fromkeys(one.part for one in graded[0].trail))
    places = {label: place for place, label in enumerate(order)}
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, one in enumerate(graded):
        groups.setdefault(one.possible, []).append(place)
    records, ids = [], []
    for possible in sorted(groups, key=lambda c: [places.get(label, len(order)) for label in c]):
        members = [graded[place] for place in groups[possible]]
        part = rows.iloc[groups[possible]]
        ids.append(part["estimate_id"])
        records.append(
            {
                "Class": _classes(possible),
                "Results": integer(len(part)),
                "Which": _which(part, citations),
                "Ruled out above by": _counted([ruled_out_by(one) for one in members]),
                "Left open by": _counted([[c.name for c in left_open_by(one)] for one in members]),
            }
        )
    widths = {"Class": 11, "Results": 9, "Which": 66, "Ruled out above by": 15, "Left open by": 17}
    frame, behind = pd.DataFrame(records), many_rows("estimates", ids)
    view = TableView(frame, widths, {"Results": "right"}, markdown=("Which",), rows=behind)
    return view.with_notes(
        "ns: not significant. In brackets the number of results concerned, where it is not all."
    )


def trail_table(
    rows: pd.DataFrame, graded: Sequence[Graded], reviews: pd.DataFrame, review: Review
) -> TableView:
    """Return how every criterion was judged for every result.

    Parameters
    ----------
    rows : DataFrame
        The graded results, with the columns of `umbrella_review.credibility.prediction.Predicted`.
    graded : sequence of Graded
        Their gradings, in the same order.
    reviews : DataFrame
        The table of this name.
    review : Review
        Labels.

    Returns
    -------
    TableView
        One row a result; criteria that no result allows stand in a note.
    """
    if rows.empty:
        return empty_table()
    marks: dict[str, str] = {}
    columns: dict[str, list[str]] = {}
    nowhere: dict[str, list[str]] = {}
    for name, threshold in dict.fromkeys((c.name, c.threshold) for c in graded[0].trail[::-1]):
        cells = [
            next(c for c in one.trail if (c.name, c.threshold) == (name, threshold))
            for one in graded
        ]
        reasons = {cell.reason for cell in cells}
        if all(cell.status == "not assessable" for cell in cells) and len(reasons) == 1:
            nowhere.setdefault(reasons.pop(), []).append(CRITERIA.get(name, name))
            continue
        columns[_head(name, threshold)] = [
            f"{capitalised(cell.status)}{_mark(cell.reason, marks)}" for cell in cells
        ]
    frame = pd.DataFrame(
        {
            "Outcome": outcome_cells(rows, review),
            "Review": rows["review_id"].map(cite(reviews)),
            "n": rows["n_participants"].map(integer),
            "p": [_p_text(one) for one in graded],
            **columns,
            "Class": [_classes(one.possible) for one in graded],
        }
    )
    widths = {"Outcome": 22, "Review": 22, "n": 7, "p": 10, **dict.fromkeys(columns, 11.0),
              "Class": 11}  # fmt: skip
    align, behind = {"n": "right", "p": "right"}, one_row("estimates", rows["estimate_id"])
    view = TableView(frame, widths, align, markdown=("Outcome", "Review"), rows=behind)
    notes = [f"{mark}: {reason}." for reason, mark in marks.items()]
    notes += [
        f"Not assessable for any result: {enumerate_words([uncapitalised(n) for n in names])}, "
        f"because {reason}."
        for reason, names in nowhere.items()
    ]
    return view.with_notes(
        "p from the confidence interval, narrowed by the printed p value; met and not met hold for "
        "every number that the printed figures may stand for.",
        *notes,
    )


def _which(part: pd.DataFrame, citations: pd.Series) -> str:
    texts = []
    for review_id, group in part.groupby("review_id", sort=False):
        outcomes = ", ".join(escape(outcome) for outcome in dict.fromkeys(group["outcome"]))
        texts.append(f"{citations[review_id]}: {outcomes}")
    return "; ".join(texts)


def _counted(names: Sequence[Sequence[str]]) -> str:
    """Return the names found in any result, with their number where it is not that of all."""
    counts = Counter(name for found in names for name in found)
    words = (
        CRITERIA.get(name, name) + ("" if n == len(names) else f" ({integer(n)})")
        for name, n in counts.most_common()
    )
    return ", ".join(words) or DASH


def _classes(possible: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(possible[:-1]), possible[-1]) if part)


def _head(name: str, threshold: str) -> str:
    return f"{CRITERIA.get(name, name)} {threshold}".replace("1e-06", "10⁻⁶")


def _mark(reason: str, marks: dict[str, str]) -> str:
    if not reason:
        return ""
    return f" ({marks.setdefault(reason, chr(ord('a') + len(marks)))})"


def _p_text(one: Graded) -> str:
    values = [c.value for c in one.trail if c.name == "p_value"]
    return p_text(values[0]) if values and isinstance(values[0], float) else DASH
