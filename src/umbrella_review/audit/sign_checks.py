"""Which way reported results point: against their direction, and within one table.

The sign that a result must carry follows from whether more of the outcome is better; a review
that signs all results alike, whatever they measure, says so in its convention. A known direction
shows which convention was followed, whatever the table says of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from umbrella_review.audit.finding import AGREES, DIFFERS, Finding
from umbrella_review.audit.reported_row import ReportedRow
from umbrella_review.effects.harmonise import signs
from umbrella_review.words import enumerate_words

_DIRECTIONS = {"favours_intervention": 1.0, "favours_control": -1.0}
_CELLS = ("estimate", "direction", "higher_is_better", "sign_convention")
_WHICH = {1.0: "positive", -1.0: "negative"}


@dataclass(frozen=True)
class _Reading:
    """The sign by which a result favours the intervention."""

    row: ReportedRow
    scored: float  # as the outcome is scored
    declared: float  # by the convention that the table gives
    shown: float  # by the direction of the result; missing where it does not tell

    @property
    def used(self) -> float:
        return self.declared if math.isnan(self.shown) else self.shown

    @property
    def turned(self) -> bool:
        return self.used != self.scored


def sign_findings(rows: Sequence[ReportedRow]) -> Iterator[Finding]:
    """Hold the sign of each result against its direction.

    Parameters
    ----------
    rows : sequence of ReportedRow
        Results; a missing convention counts as ``raw``.

    Yields
    ------
    Finding
        One for each result whose direction, outcome and unrounded sign are known.
    """
    for reading in filter(None, map(_reading, rows)):
        if math.isnan(reading.shown):
            continue
        fits = reading.shown == reading.declared
        words = (
            f"{_WHICH[reading.declared].capitalize()} results would favour the intervention; "
            f"the direction says that {_WHICH[reading.shown]} ones do."
        )
        if fits:
            words = "The sign is that of the direction."
        cells = tuple(name for name in _CELLS if reading.row.has(name))
        yield Finding(
            (reading.row.key,),
            "sign",
            cells,
            str(reading.row.cells["estimate"]),
            None,
            AGREES if fits else DIFFERS,
            words,
        )


def mixed_sign_findings(
    rows: Sequence[ReportedRow], table: str = "published_table", source: str = "review_id"
) -> Iterator[Finding]:
    """Find tables that print improvement of like outcomes with either sign.

    Parameters
    ----------
    rows : sequence of ReportedRow
        Results.
    table : str, default 'published_table'
        Column that says which results are printed together; results without it are left out,
        and where no result has it all count as one table.
    source : str, default 'review_id'
        Column that says from which review a result is.

    Yields
    ------
    Finding
        One for each table and review that turns the sign of outcomes which other results of the
        same table print as they are scored.
    """
    readings = [found for found in map(_reading, rows) if found and found.row.has(source)]
    whole = not any(row.has(table) for row in rows)
    groups: dict[object, list[_Reading]] = {}
    for reading in readings:
        if whole or reading.row.has(table):
            groups.setdefault(reading.row.cells.get(table), []).append(reading)
    for name, members in groups.items():
        yield from _mixed(members, source, "the table" if name is None else f"table {name}")


def _mixed(members: list[_Reading], source: str, name: str) -> Iterator[Finding]:
    plain = {reading.scored for reading in members if not reading.turned}
    turned: dict[str, list[_Reading]] = {}
    for reading in members:
        if reading.turned and reading.scored in plain:
            turned.setdefault(str(reading.row.cells[source]), []).append(reading)
    for found in turned.values():
        scored = {reading.scored for reading in found}
        alike = [reading for reading in members if reading.scored in scored]
        kept = sum(not reading.turned for reading in alike)
        words = (
            f"The sign by which the outcome is scored is kept in {kept} of {len(alike)} comparable "
            f"results of {name}; this review turns it in {len(found)}."
        )
        turned_signs = enumerate_words([_WHICH[-sign] for sign in sorted(scored, reverse=True)])
        yield Finding(
            tuple(reading.row.key for reading in found),
            "mixed_signs",
            _CELLS,
            f"improvement is {turned_signs}",
            None,
            DIFFERS,
            words,
        )


def _reading(row: ReportedRow) -> _Reading | None:
    if not row.has("estimate", "higher_is_better"):
        return None
    # A table that was read as text holds words instead of truth values.
    better = str(row.cells["higher_is_better"]).strip().casefold() in {"true", "1", "1.0"}
    convention = row.cells.get("sign_convention", "raw")
    declared = float(signs([better], [convention])[0])
    if math.isnan(declared):
        return None
    return _Reading(row, 1.0 if better else -1.0, declared, _shown(row))


def _shown(row: ReportedRow) -> float:
    wanted = _DIRECTIONS.get(str(row.cells.get("direction")), 0.0)
    try:
        none = 1.0 if row.is_ratio() else 0.0
    except ValueError:
        return math.nan
    figure = row.figure("estimate")
    side = 1.0 if figure.low > none else -1.0 if figure.high < none else 0.0
    return wanted * side or math.nan
