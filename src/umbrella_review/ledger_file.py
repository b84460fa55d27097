"""The ledger of a report as one file, ``ledger.json``: small to keep, and read as rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from umbrella_review.columnar import COLUMNS, ROWS, packed, unpacked

NAME = "ledger.json"
_SETS = "row_sets"  # many values rest on the same rows: each set of rows stands there once
_TABLES = ("values", "claims", "displays")


def ledger_text(content: Mapping[str, Any]) -> str:
    """Return the text of the file: one row a line, good to compare.

    Parameters
    ----------
    content : mapping
        ``values``, ``claims`` and ``displays`` as lists of rows, ``parameters`` by notebook; a
        value has its ``rows``, ids by table.

    Returns
    -------
    str
        JSON.
    """
    places: dict[str, int] = {}
    values = [
        {**value, ROWS: places.setdefault(_compact(value[ROWS]), len(places))}
        for value in content["values"]
    ]
    parts = []
    for name, rows in {**content, "values": values}.items():
        if name in _TABLES:
            table = packed(rows)
            lines = ",\n".join(map(_compact, table[ROWS]))
            parts.append(
                f'{_compact(name)}:{{"{COLUMNS}":{_compact(table[COLUMNS])},"{ROWS}":[\n{lines}\n]}}'
            )
        else:
            parts.append(f"{_compact(name)}:{_compact(rows)}")
    parts.append(f'"{_SETS}":[\n' + ",\n".join(places) + "\n]")
    return "{" + ",\n".join(parts) + "}\n"


def read_ledger(text: str) -> dict[str, Any]:
    """Return what `ledger_text` was given; earlier releases list their rows as they are.

    Parameters
    ----------
    text : str
        Content of the file.

    Returns
    -------
    dict
        As for `ledger_text`.

    Raises
    ------
    ValueError
        If it is no JSON, or a row lacks a cell.
    """
    content: dict[str, Any] = json.loads(text)
    sets = content.pop(_SETS, None)
    for name in content.keys() & set(_TABLES):
        content[name] = unpacked(content[name])
    if sets is not None:
        content["values"] = [{**value, ROWS: sets[value[ROWS]]} for value in content["values"]]
    return content


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
