"""What changes in the data mean: estimates, directions, ratings and findings that moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from umbrella_review.effects.measures import MEASURES
from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.explain import Explainer
from umbrella_review.release.changes.report import Cells, Report
from umbrella_review.release.changes.reviews import review_name
from umbrella_review.release.changes.rows import REVIEWS, RowChange
from umbrella_review.schemas.model import LIST_SEPARATOR

_NUMBERS = ("measure", "estimate", "ci_lb", "ci_ub")
_NOT_KNOWN = "no number"


def meanings(
    old: Report, new: Report, rows: Iterable[RowChange], explainer: Explainer
) -> list[Consequence]:
    """Return what changed rows of the data mean.

    Parameters
    ----------
    old, new : Report
        The reports.
    rows : iterable of RowChange
        Rows that differ.
    explainer : Explainer
        Knows the causes.

    Returns
    -------
    list of Consequence
        Reviews, estimates, directions, ratings and findings, in the order of the rows.
    """
    reviews = {**_reviews(old), **_reviews(new)}
    found = []
    for one in rows:
        explained = explainer.of_row(*one.place)
        for kind, title, before, after, notes in _of_row(one, reviews):
            what = "/".join(one.place)
            found.append(Consequence(kind, what, title, before, after, tuple(notes), (), explained))
    return found


Part = tuple[str, str, str | None, str | None, list[str]]


def _of_row(one: RowChange, reviews: Mapping[str, str]) -> Iterator[Part]:
    named = ", ".join(reviews.get(review, review) for review in sorted(one.reviews))
    cells = one.versions[-1]
    if one.table == REVIEWS and one.kind != "changed":
        yield "review", reviews[one.row], *_both(one, lambda _: "included"), []
    elif one.table == "amstar2":
        if _differs(one, "rating"):
            yield "rating", named, *_both(one, lambda row: _words(_cell(row, "rating"))), []
    elif one.table == "estimates":
        told = ", ".join(_cell(cells, name) for name in ("outcome", "timepoint"))
        title = f"{named}: {told}"
        if _differs(one, *_NUMBERS, "direction"):
            yield "estimate", title, *_both(one, _estimate), _moves(one)
    elif one.table == "effect_directions":
        if _differs(one, "direction"):
            title = f"{named or 'review not named'}: {_cell(cells, 'outcome')}"
            yield "direction", title, *_both(one, lambda row: _words(_cell(row, "direction"))), []
    elif "finding" in cells:
        yield from _finding(one)


def _finding(one: RowChange) -> Iterator[Part]:
    if _differs(one, "finding"):
        notes = ["reworded"] if one.kind == "changed" else []
        yield "finding", f"finding {one.row}", *_both(one, lambda row: row["finding"]), notes
    if one.kind == "changed" and "review_ids" in one.columns:
        title = f"reviews behind finding {one.row}"
        yield "finding", title, *_both(one, _supporters), []


def _both(one: RowChange, say: Callable[[Cells], str]) -> tuple[str | None, str | None]:
    old, new = (None if cells is None else say(cells) for cells in (one.old, one.new))
    return old, new


def _differs(one: RowChange, *columns: str) -> bool:
    return one.kind != "changed" or bool(set(columns) & set(one.columns))


def _supporters(cells: Cells) -> str:
    ids = [part for part in cells["review_ids"].split(LIST_SEPARATOR) if part]
    return f"{len(ids)}: {', '.join(ids)}"


def _reviews(report: Report) -> dict[str, str]:
    table = report.tables.get(REVIEWS)
    return {key: review_name(cells, key) for key, cells in table.rows.items()} if table else {}


def _words(cell: str) -> str:
    return cell.replace("_", " ") or "not stated"


def _cell(cells: Cells, column: str) -> str:
    """Return a cell; empty where an earlier version of the table has no such column."""
    return cells.get(column, "")


def _estimate(cells: Cells) -> str:
    measure, estimate, low, high = (_cell(cells, name) for name in _NUMBERS)
    direction = _words(_cell(cells, "direction"))
    if not estimate:
        return f"{_NOT_KNOWN}; {direction}"
    interval = f" ({low} to {high})" if low else ""
    return f"{measure} {estimate}{interval}".replace("-", "−") + f"; {direction}"


def _moves(one: RowChange) -> list[str]:
    """Say by how much an estimate moved, and whether it crossed a line."""
    if one.old is None or one.new is None:
        return []
    notes = []
    before, after = _number(one.old, "estimate"), _number(one.new, "estimate")
    same_measure = _cell(one.old, "measure") == _cell(one.new, "measure")
    if before is not None and after is not None and same_measure and before != after:
        step = f"{after - before:+.12g}".replace("-", "−")
        notes.append(f"moved by {step}")
        null = _null(one.old)
        if (before - null) * (after - null) < 0:
            notes.append("sign crossed")
    significant = _significant(one.old), _significant(one.new)
    if None not in significant and significant[0] != significant[1]:
        notes.append(f"significance {'gained' if significant[1] else 'lost'}")
    if "direction" in one.columns:
        notes.append("direction changed")
    return notes


def _null(cells: Cells) -> float:
    measure = MEASURES.get(_cell(cells, "measure"))
    return 1.0 if measure is not None and measure.logarithm else 0.0


def _significant(cells: Cells) -> bool | None:
    """Tell whether the interval lies on one side of no effect; None where it is not known."""
    low, high = _number(cells, "ci_lb"), _number(cells, "ci_ub")
    if low is None or high is None:
        return None
    return not low <= _null(cells) <= high


def _number(cells: Cells, column: str) -> float | None:
    """Return the number in a cell; None where there is none."""
    try:
        return float(_cell(cells, column))
    except ValueError:
        return None
