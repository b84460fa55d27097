"""The ledger as files for programs: ``ledger.json`` and ``ledger.csv``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from umbrella_review.ledger import FOLDER
from umbrella_review.render.trace.ledger import Entry, Ledger

_COLUMNS = ("value_id", "text", "value", "unit", "notebook", "cell", "rows", "n_claims", "claims")


def write_files(ledger: Ledger, target: Path) -> None:
    """Write the ledger into a report, whole as JSON and one row a value as CSV.

    Parameters
    ----------
    ledger : Ledger
        The ledger.
    target : Path
        The report's folder.
    """
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    content = {
        "values": [_value(entry) for entry in ledger.entries],
        "claims": [asdict(claim) for claim in ledger.claims],
        "displays": [asdict(display) for display in ledger.displays],
        "parameters": ledger.parameters,
    }
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    (folder / "ledger.json").write_text(text, encoding="utf-8", newline="\n")
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(_row(entry) for entry in ledger.entries)
    (folder / "ledger.csv").write_text(stream.getvalue(), encoding="utf-8", newline="\n")


def _value(entry: Entry) -> dict[str, Any]:
    recorded = asdict(entry.value)
    del recorded["run"]  # the name of the cell says it to readers
    rows = {table: list(ids) for table, ids in entry.value.rows.items()}
    place = {"notebook": entry.notebook, "cell": entry.anchor, "cited": list(entry.cited)}
    return {**recorded, "rows": rows, **place}


def _row(entry: Entry) -> list[object]:
    value = entry.value
    rows = "; ".join(f"{table}: {' '.join(ids)}" for table, ids in value.rows.items())
    place = [entry.notebook, entry.anchor, rows, len(entry.cited), " ".join(entry.cited)]
    return [value.value_id, value.text, value.value, value.unit, *place]
