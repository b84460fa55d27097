"""What the article's script shows beside each value."""

from __future__ import annotations

import json
from collections.abc import Mapping

from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.schemas import TABLES
from umbrella_review.words import with_unit


def notes(ledger: Ledger, titles: Mapping[str, str]) -> str:
    """Return what the lines beside each cited value say, as JSON.

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
    books = list(dict.fromkeys(entry.notebook for entry in ledger.cited))
    tables = list(dict.fromkeys(table for entry in ledger.cited for table in entry.value.rows))
    found = {
        "notebooks": [titles[name] for name in books],
        "tables": [TABLES[name].title for name in tables],
        "values": {entry.value.value_id: _note(entry, books, tables) for entry in ledger.cited},
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _note(entry: Entry, books: list[str], tables: list[str]) -> list[object]:
    """Return what is printed, rows and place of their table, place of the notebook, and cell."""
    value = entry.value
    return [
        with_unit(value.text, value.unit),
        [[len(ids), tables.index(table)] for table, ids in value.rows.items()],
        books.index(entry.notebook),
        entry.anchor.removeprefix("cell-"),
    ]
