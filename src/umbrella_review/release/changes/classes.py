"""Classes of credibility and results of published numbers that changed, read from tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.displays import Cells, Places, plain
from umbrella_review.release.changes.explain import Explainer, Place
from umbrella_review.release.changes.report import Display, Report

_GROUP = re.compile(r"^\*\*.*?\*\*:?\s*")  # heads the first row of a group of outcomes


@dataclass(frozen=True)
class Judged:
    """A table that gives each of its rows a class or a result.

    Parameters
    ----------
    kind : str
        Kind of the consequence.
    label : str
        Label of the table.
    key : tuple of str
        Columns that name a row.
    told : str
        Column that names it to readers.
    judgement : str
        Column with the class or result.
    table : str
        Table of the data whose ids stand in the first key; empty where none do.
    """

    kind: str
    label: str
    key: tuple[str, ...]
    told: str
    judgement: str
    table: str = ""


JUDGED = (
    Judged("class", "tbl-grade-trail", ("Outcome", "Review", "n"), "Review", "Class"),
    Judged("published", "tbl-reproduction", ("No.",), "Statement", "Result", "published_results"),
)


def changed_classes(
    old: Report, new: Report, explainer: Explainer, places: Places
) -> list[Consequence]:
    """Return rows whose class or result changed, and those that came or went.

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
        In the order of `JUDGED`; none for a table that either report lacks.
    """
    found = []
    for kind in JUDGED:
        before, after = old.displays.get(kind.label), new.displays.get(kind.label)
        if before is None or after is None:
            continue
        if not {*kind.key, kind.told, kind.judgement} <= set(before.head) & set(after.head):
            continue
        found += _compare(kind, before, after, explainer, places)
    return found


def _compare(
    kind: Judged, before: Display, after: Display, explainer: Explainer, places: Places
) -> list[Consequence]:
    first, second = _keyed(kind, before), _keyed(kind, after)
    found = []
    for key in sorted(first.keys() | second.keys()):
        rows = [(_cell(one, part.get(key))) for one, part in ((before, first), (after, second))]
        was, now = (None if say is None else say(kind.judgement) for say in rows)
        if was == now:
            continue
        say = rows[1] or rows[0]
        told = say(kind.told) if say else ""
        title = f"{plain(key[0])}: {plain(told)}"
        at = [_places(kind, key, part.get(key), places) for part in (first, second)]
        explained = explainer.rows(at[0], at[1], after.notebook, named=True)
        found.append(
            Consequence(
                kind.kind, f"{kind.label}/{'/'.join(key)}", title, was, now, (), (), explained
            )
        )
    return found


def _keyed(kind: Judged, display: Display) -> dict[tuple[str, ...], Cells]:
    positions = [display.head.index(name) for name in kind.key]
    found: dict[tuple[str, ...], Cells] = {}
    for row in display.rows:
        key = tuple(_GROUP.sub("", row[position]).casefold() for position in positions)
        number = 1
        while (numbered := (*key, str(number)) if number > 1 else key) in found:
            number += 1
        found[numbered] = row
    return found


def _cell(display: Display, row: Cells | None) -> Callable[[str], str] | None:
    if row is None:
        return None
    cells = dict(zip(display.head, row, strict=True))
    return lambda column: cells[column]


def _places(
    kind: Judged, key: Sequence[str], row: Cells | None, places: Places
) -> frozenset[Place]:
    if row is None:
        return frozenset()
    return frozenset([(kind.table, key[0])]) if kind.table else places.of(row)
