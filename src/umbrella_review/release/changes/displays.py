"""Figures and tables that were added or removed, or whose data differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.explain import Explainer, Place
from umbrella_review.release.changes.pairing import pairs
from umbrella_review.release.changes.report import Display, Report
from umbrella_review.release.changes.rows import REVIEWS

Cells = tuple[str, ...]
_WORD = re.compile(r"\w+")
_CITED_NAME = re.compile(r"(?<=\d) \[@\w+\]")  # a citation after name and year of its review
_CITED = re.compile(r"\[@([\w;@ ]+)\]")
_ESCAPED = re.compile(r"\\([^\w\s])")
_ALIKE = 0.5  # share of equal cells from which two rows count as one that was changed
_FIRST = 2.0  # weight of the first cell, which names the row


class Places:
    """Finds the rows of the data that the cells of a row of results name by their ids.

    Parameters
    ----------
    old, new : Report
        The reports.
    """

    def __init__(self, old: Report, new: Report) -> None:
        self._known: dict[str, Place] = {}
        for report in (old, new):
            for table in report.tables.values():
                for row in table.rows:
                    if not row.isdigit() and (table.name == REVIEWS or row not in self._known):
                        self._known[row] = (table.name, row)

    def of(self, cells: Sequence[str]) -> frozenset[Place]:
        """Return table and key of every row whose id stands in a cell."""
        words = (word for cell in cells for word in _WORD.findall(cell))
        return frozenset(self._known[word] for word in words if word in self._known)


def changed_displays(
    old: Report, new: Report, explainer: Explainer, places: Places
) -> list[Consequence]:
    """Return how figures and tables differ: whole ones, else row by row.

    Parameters
    ----------
    old, new : Report
        The reports.
    explainer : Explainer
        Knows the causes.
    places : Places
        Knows the ids of rows.

    Returns
    -------
    list of Consequence
        By label; the order of rows does not count.
    """
    found: list[Consequence] = []
    for label in sorted(old.displays.keys() | new.displays.keys()):
        before, after = old.displays.get(label), new.displays.get(label)
        if before is None or after is None:
            one = after or before
            if one is not None:
                found.append(_whole(one, old, new, explainer))
        else:
            found += _rows(before, after, explainer, places)
    return found


def differing_rows(before: Display, after: Display) -> list[tuple[Cells | None, Cells | None]]:
    """Return the rows of a table that differ, paired where they are alike.

    Parameters
    ----------
    before, after : Display
        The table in both reports.

    Returns
    -------
    list of tuple of cells
        None where one report has no such row. Of rows with the same cells in all columns that
        both tables have, none is returned.
    """
    shared = [name for name in before.head if name in after.head]
    first, second = _picked(before, shared), _picked(after, shared)
    left = list((Counter(first) - Counter(second)).elements())
    right = list((Counter(second) - Counter(first)).elements())
    matched = pairs(left, right, _likeness, _ALIKE)
    taken = {i for i, _ in matched}, {j for _, j in matched}
    return [
        *((left[i], right[j]) for i, j in matched),
        *((one, None) for i, one in enumerate(left) if i not in taken[0]),
        *((None, one) for j, one in enumerate(right) if j not in taken[1]),
    ]


def _picked(display: Display, columns: Sequence[str]) -> list[Cells]:
    positions = [display.head.index(name) for name in columns]
    return [tuple(row[position] for position in positions) for row in display.rows]


def _likeness(one: Cells, other: Cells) -> float:
    weights = [_FIRST, *[1.0] * (len(one) - 1)]
    same = (w for w, a, b in zip(weights, one, other, strict=True) if a == b)
    return sum(same) / sum(weights)


def _whole(one: Display, old: Report, new: Report, explainer: Explainer) -> Consequence:
    in_old = one.label in old.displays
    return Consequence(
        "display",
        one.label,
        one.name,
        f"{len(one.rows)} rows" if in_old else None,
        None if in_old else f"{len(one.rows)} rows",
        ("whole table" if one.label.startswith("tbl-") else "whole figure",),
        (),
        explainer.reading(one.notebook),
    )


def _rows(
    before: Display, after: Display, explainer: Explainer, places: Places
) -> Iterator[Consequence]:
    for column in sorted(set(before.head) ^ set(after.head)):
        said = (f"column {column}", None)
        was, now = said if column in before.head else reversed(said)
        explained = explainer.reading(after.notebook)
        yield Consequence("display", after.label, after.name, was, now, (), (), explained)
    head = [name for name in before.head if name in after.head]
    for was_row, now_row in differing_rows(before, after):
        explained = explainer.rows(
            places.of(was_row or ()), places.of(now_row or ()), after.notebook, named=True
        )
        old, new = _cells(head, was_row, now_row), _cells(head, now_row, was_row)
        title = f"{after.name}: {_name(was_row, now_row)}"
        yield Consequence("display", after.label, title, old, new, (), (), explained)


def _name(was: Cells | None, now: Cells | None) -> str:
    """Return the first cells that both versions share."""
    row = now or was or ()
    kept = [cell for cell in row if was is None or now is None or cell in was]
    return ", ".join(plain(cell) for cell in kept[:2] if cell) or "a row"


def _cells(head: Sequence[str], row: Cells | None, other: Cells | None) -> str | None:
    if row is None:
        return None
    parts = zip(head, row, other or [None] * len(row), strict=True)
    return "; ".join(f"{name}: {plain(cell)}" for name, cell, beside in parts if cell != beside)


def plain(cell: str) -> str:
    """Return a cell of a printed table without marks of Markdown.

    Parameters
    ----------
    cell : str
        As the table holds it.

    Returns
    -------
    str
        The name of a review without its citation; ids where only those were cited.
    """
    text = _CITED.sub(lambda found: found[1].replace("@", ""), _CITED_NAME.sub("", cell))
    return _ESCAPED.sub(r"\1", text).replace("**", "")
