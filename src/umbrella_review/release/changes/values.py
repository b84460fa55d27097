"""Recorded values that differ, and where the text cites them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from umbrella_review.release.changes.consequence import Consequence
from umbrella_review.release.changes.explain import Explainer, Explanation
from umbrella_review.release.changes.report import Recorded, Report
from umbrella_review.words import with_unit

TOLERANCE = 1e-9  # relative: sums in another order differ in the last of 16 digits
_SHARE = "%"
_FEWEST_PARTS = 4  # of an id such as topic.part.outcome.name, whose values belong together


def changed_values(old: Report, new: Report, explainer: Explainer) -> list[Consequence]:
    """Return the recorded values that differ.

    Parameters
    ----------
    old, new : Report
        The reports.
    explainer : Explainer
        Knows the causes.

    Returns
    -------
    list of Consequence
        By id.
    """
    found = []
    for value_id in sorted(old.values.keys() | new.values.keys()):
        before, after = old.values.get(value_id), new.values.get(value_id)
        if before is None or after is None or not _same(before, after):
            found.append(_consequence(before, after, old, new, explainer))
    return _together(found)


def _same(before: Recorded, after: Recorded) -> bool:
    if before.text != after.text or before.unit != after.unit:
        return False
    first, second = before.value, after.value
    if isinstance(first, float | int) and isinstance(second, float | int):
        return math.isclose(first, second, rel_tol=TOLERANCE)
    return first == second


def _consequence(
    before: Recorded | None,
    after: Recorded | None,
    old: Report,
    new: Report,
    explainer: Explainer,
) -> Consequence:
    one = after or before
    if one is None:
        raise ValueError("a value that neither report records cannot differ")
    rows = [frozenset() if value is None else value.rows for value in (before, after)]
    explained = explainer.rows(
        rows[0],
        rows[1],
        one.notebook,
        counted=_counts(before) and _counts(after),
        share=one.unit == _SHARE,
    )
    sections = [
        report.sentences[claim].section
        for report, value in ((old, before), (new, after))
        for claim in (value.cited if value else ())
    ]
    notes = ["printed as before"] if before and after and before.text == after.text else []
    return Consequence(
        "value",
        one.value_id,
        one.value_id,
        _text(before),
        _text(after),
        tuple(notes),
        tuple(dict.fromkeys(sorted(sections))),
        explained,
    )


def _counts(value: Recorded | None) -> bool:
    """Tell whether a value is the number of its rows in one table."""
    if value is None or isinstance(value.value, bool | str):
        return False
    tables = [table for table, _ in value.rows]
    return value.value in ({tables.count(table) for table in tables} or {0})


def _text(value: Recorded | None) -> str | None:
    return None if value is None else with_unit(value.text, value.unit)


def _together(found: list[Consequence]) -> list[Consequence]:
    """Explain a value without rows of its own as those that were recorded together with it."""
    firm: dict[str, list[Explanation]] = {}
    for one in found:
        if one.explained.basis in ("rows", "reviews", "rule"):
            firm.setdefault(_family(one.what), []).append(one.explained)
    return [_with_family(one, firm.get(_family(one.what), ())) for one in found]


def _with_family(one: Consequence, family: Iterable[Explanation]) -> Consequence:
    causes = dict.fromkeys(cause for other in family for cause in other.causes)
    apt = tuple(cause for cause in one.explained.causes if cause in causes)
    if one.explained.basis != "possible" or not apt or one.what.count(".") < _FEWEST_PARTS - 1:
        return one
    return replace(one, explained=Explanation(apt, "together"))


def _family(value_id: str) -> str:
    return value_id.rpartition(".")[0]
