"""Files of results compared by what they say: values, tables, ledger and executed notebooks."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from umbrella_review.ledger_file import read_ledger
from umbrella_review.release.difference import (
    NOTHING,
    Difference,
    first_change,
    same,
    same_text,
    shown,
)

_HEADER_ROW = 1
_ABSENT = "not there"
_LEDGER_KEYS = {"values": "value_id", "claims": "claim_id", "displays": "label"}


def compare_values(old: str, new: str) -> list[Difference]:
    """Compare two files of recorded values.

    Parameters
    ----------
    old, new : str
        Their content, in the release and here.

    Returns
    -------
    list of Difference
        By id of the value; fields other than the value itself are named.
    """
    return list(_records(json.loads(old), json.loads(new), "value_id", "value"))


def compare_ledger(old: str, new: str) -> list[Difference]:
    """Compare two ledgers.

    Parameters
    ----------
    old, new : str
        Content of ``ledger.json``, in the release and here.

    Returns
    -------
    list of Difference
        Of values, then of sentences, figures, tables and parameters.
    """
    before, after = read_ledger(old), read_ledger(new)
    found: list[Difference] = []
    for part, key in _LEDGER_KEYS.items():
        kind = "value" if part == "values" else "claim"
        found += _records(before[part], after[part], key, kind)
    others = (before.keys() | after.keys()) - _LEDGER_KEYS.keys()
    return found + [
        Difference("claim", part, shown(before.get(part, NOTHING)), shown(after.get(part, NOTHING)))
        for part in sorted(others)
        if not same(before.get(part), after.get(part))
    ]


def compare_tables(old: str, new: str, name: str, kind: str) -> list[Difference]:
    """Compare two CSV files cell by cell.

    Parameters
    ----------
    old, new : str
        Their content, in the release and here.
    name : str
        Path of the file.
    kind : str
        ``table`` or ``figure data``.

    Returns
    -------
    list of Difference
        By row, of which the first is the head, and column.
    """
    before, after = (list(csv.reader(io.StringIO(text, newline=""))) for text in (old, new))
    heads = [rows[0] if rows else [] for rows in (before, after)]
    if heads[0] != heads[1]:
        return [Difference(kind, f"{name}, columns", *(shown(", ".join(head)) for head in heads))]
    found = []
    nothing: list[str] = []
    pairs = zip_longest(before[1:], after[1:], fillvalue=nothing)
    for number, (row, other) in enumerate(pairs, start=_HEADER_ROW + 1):
        columns = zip_longest(heads[0], row, other, fillvalue=NOTHING)
        for column, cell, remade in columns:
            if not same_text(cell, remade):
                place = f"{name}, row {number}, column {column}"
                found.append(
                    Difference(kind, place, shown(cell) or "empty", shown(remade) or "empty")
                )
    return found


def compare_notebooks(old: str, new: str, name: str) -> list[Difference]:
    """Compare two executed notebooks cell by cell.

    Parameters
    ----------
    old, new : str
        Their content, in the release and here.
    name : str
        Path of the file.

    Returns
    -------
    list of Difference
        By cell, each with the first line that differs.
    """
    nothing: dict[str, Any] = {}
    cells = zip_longest(json.loads(old)["cells"], json.loads(new)["cells"], fillvalue=nothing)
    found = []
    for before, after in cells:
        if before != after:
            cell = before.get("id") or after.get("id") or NOTHING
            changed = _cell_change(before, after)
            found.append(Difference("notebook", f"{name}, cell {cell}", *changed))
    return found


def _cell_change(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    if not before or not after:
        return ("a cell" if before else _ABSENT), ("a cell" if after else _ABSENT)
    lines = (json.dumps(one, indent=0, ensure_ascii=False) for one in (before, after))
    old, new = (text.splitlines() for text in lines)
    return first_change(old, new)


def _records(old: list[Any], new: list[Any], key: str, kind: str) -> Iterator[Difference]:
    before, after = ({entry[key]: entry for entry in entries} for entries in (old, new))
    for identifier in dict.fromkeys([*before, *after]):
        if identifier not in before or identifier not in after:
            names = (_name(entries.get(identifier)) for entries in (before, after))
            yield Difference(kind, identifier, *names)
            continue
        yield from _fields(before[identifier], after[identifier], identifier, kind)


def _fields(
    before: Mapping[str, Any], after: Mapping[str, Any], identifier: str, kind: str
) -> Iterator[Difference]:
    for field in dict.fromkeys([*before, *after]):
        old, new = before.get(field, NOTHING), after.get(field, NOTHING)
        if not same(old, new):
            where = identifier if field == "value" else f"{identifier}, {field}"
            yield Difference(kind, where, shown(old), shown(new))


def _name(entry: Mapping[str, Any] | None) -> str:
    """Return what an entry says in short, or that it is not there."""
    if entry is None:
        return _ABSENT
    return shown(entry.get("value", entry.get("text", entry.get("name", "there"))))
