"""The ledger as files for programs: ``ledger.json`` and ``ledger.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from umbrella_review.ledger import FOLDER
from umbrella_review.ledger_file import NAME, ledger_text
from umbrella_review.render.trace.ledger import Entry, Ledger
from umbrella_review.render.trace.row_links import runs
from umbrella_review.render.trace.tables import TracedTable
from umbrella_review.tables.rows import RowIds

_TABLE_COLUMNS = ("table", "row", "notebook", "rows")
_COLUMNS = ("value_id", "text", "value", "unit", "notebook", "cell", "rows", "n_claims", "claims")


def write_files(ledger: Ledger, target: Path) -> None:
    """Write the ledger into a report, whole as JSON, one row a value and one a table row as CSV.

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
    (folder / NAME).write_text(ledger_text(content), encoding="utf-8", newline="\n")
    _write_csv(folder / "ledger.csv", _COLUMNS, (_row(entry) for entry in ledger.entries))
    _write_csv(folder / "tables.csv", _TABLE_COLUMNS, _table_rows(ledger.tables))


def _write_csv(target: Path, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    target.write_text(stream.getvalue(), encoding="utf-8", newline="\n")


def _value(entry: Entry) -> dict[str, Any]:
    recorded = asdict(entry.value)
    # The name of the cell says it to readers; decimals are seen in the text as printed.
    del recorded["run"], recorded["decimals"]
    rows = {table: list(ids) for table, ids in entry.value.rows.items()}
    place = {"notebook": entry.notebook, "cell": entry.anchor, "cited": list(entry.cited)}
    return {**recorded, "rows": rows, **place}


def _row(entry: Entry) -> list[object]:
    value = entry.value
    place = [
        entry.notebook,
        entry.anchor,
        _ids(value.rows),
        len(entry.cited),
        " ".join(entry.cited),
    ]
    return [value.value_id, value.text, value.value, value.unit, *place]


def _table_rows(tables: Sequence[TracedTable]) -> Iterator[list[object]]:
    """Yield the rows of tables; the cell that makes a table has its label."""
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            yield [table.label, number, table.notebook, _ids(row.behind)]


def _ids(rows: RowIds) -> str:
    """Return ids in one cell; three and more that follow one another as the ends of their run."""
    return "; ".join(
        f"{table}: {' '.join('-'.join(run) for run in runs(ids))}" for table, ids in rows.items()
    )
