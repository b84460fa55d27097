"""What the article's script shows beside each value."""

from __future__ import annotations

import json
from collections.abc import Mapping

from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.schemas import TABLES


def notes(ledger: Ledger, titles: Mapping[str, str]) -> str:
    """Return the lines beside each cited value, as JSON.

    Parameters
    ----------
    ledger : Ledger
        The ledger.
    titles : mapping of str to str
        Titles of the notebooks by their stems.

    Returns
    -------
    str
        Safe inside an element of HTML.
    """
    found = {entry.value.value_id: _note(entry, titles) for entry in ledger.cited}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _note(entry: Entry, titles: Mapping[str, str]) -> list[str]:
    value = entry.value
    rows = [f"{len(ids)} × {TABLES[table].title}" for table, ids in value.rows.items()]
    cell = entry.anchor.removeprefix("cell-")
    return [
        f"{value.text} {value.unit}".rstrip(),
        f"From {', '.join(rows)}" if rows else "From other values",
        f"Notebook {titles[entry.notebook]}{f', cell {cell}' if cell else ''}",
    ]
