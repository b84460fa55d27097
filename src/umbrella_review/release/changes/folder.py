"""Reading a report: data, recorded values, sentences, tables, and what it was made with."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from umbrella_review.build.publish import MADE_BY, MANIFEST
from umbrella_review.build.source import read_notebook
from umbrella_review.errors import InputError, Problem
from umbrella_review.ledger import FOLDER as LEDGER
from umbrella_review.ledger_file import NAME as LEDGER_FILE
from umbrella_review.ledger_file import read_ledger
from umbrella_review.release.changes.report import (
    Cells,
    Display,
    Notebook,
    Recorded,
    Report,
    Sentence,
    Table,
)
from umbrella_review.release.manifest import PROVENANCE
from umbrella_review.strict_yaml import read_yaml

_REVIEW_FILE = "source/review.yml"  # releases hold it, drafts do not


def is_report(folder: Path) -> bool:
    """Tell whether a folder holds a report with a ledger.

    Parameters
    ----------
    folder : Path
        A folder, or a place where there is none.

    Returns
    -------
    bool
        Whether it can be compared.
    """
    return (folder / MANIFEST).is_file() and (folder / LEDGER / LEDGER_FILE).is_file()


def read_report(folder: Path, name: str) -> Report:
    """Read a report.

    Parameters
    ----------
    folder : Path
        Its folder; only read, and nothing in it is executed.
    name : str
        How it is called in messages and results.

    Returns
    -------
    Report
        Its content.

    Raises
    ------
    InputError
        If a file of it is missing or damaged.
    """
    try:
        return _read(folder, name)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise InputError(
            [
                Problem(
                    str(folder),
                    f"a report that cannot be read ({type(error).__name__}: {error})",
                    "a report as umbrella build or umbrella release makes it",
                    "Build it again, or fetch the release anew.",
                )
            ]
        ) from None


def _read(folder: Path, name: str) -> Report:
    manifest = _json(folder / MANIFEST)
    ledger = read_ledger((folder / LEDGER / LEDGER_FILE).read_text(encoding="utf-8"))
    origin = manifest.get(PROVENANCE) or manifest.get(MADE_BY, {})
    notebooks = sorted((folder / "notebooks").glob("*.ipynb"))
    return Report(
        name,
        {table.name: table for table in _tables(folder / "data")},
        {one["value_id"]: _recorded(one) for one in ledger["values"]},
        {one["claim_id"]: _sentence(one) for one in ledger["claims"]},
        {one.label: one for one in _displays(folder, ledger["displays"])},
        {notebook: dict(given) for notebook, given in ledger["parameters"].items()},
        {path.stem: _notebook(path, folder) for path in notebooks},
        str(manifest.get("package", "")),
        origin.get("package_files"),
        origin.get("environment"),
        _settings(folder / _REVIEW_FILE),
    )


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _csv(path: Path) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head, *rows = (tuple(cells) for cells in csv.reader(stream, strict=True) if cells)
    return head, rows


def _tables(data: Path) -> Iterator[Table]:
    package = data / "datapackage.json"
    described = {one["name"]: one for one in _json(package)["resources"]}
    for path in sorted(data.glob("*.csv")):
        head, rows = _csv(path)
        about = described.get(path.stem, {})
        key = about.get("schema", {}).get("primaryKey", [head[0]])[0]
        cells = (dict(zip(head, row, strict=True)) for row in rows)
        yield Table(
            path.stem, about.get("title", path.stem), head, {one[key]: one for one in cells}
        )


def _recorded(one: Mapping[str, Any]) -> Recorded:
    rows = frozenset((table, row) for table, ids in one["rows"].items() for row in ids)
    return Recorded(
        one["value_id"],
        one["value"],
        one["text"],
        one["unit"],
        rows,
        one["notebook"],
        tuple(one["cited"]),
    )


def _sentence(one: Mapping[str, Any]) -> Sentence:
    file = one["where"].partition(",")[0]
    return Sentence(one["claim_id"], one["heading"], one["text"], one["wording"], file)


def _displays(folder: Path, shown: list[Mapping[str, Any]]) -> Iterator[Display]:
    names = {one["label"]: one["name"] for one in shown}
    notebooks = {one["label"]: one["notebook"] for one in shown}
    found = set()
    for path in sorted((folder / "results").glob("*/*/*.csv")):
        label = path.stem
        found.add(label)
        head, rows = _csv(path)
        notebook = path.parent.parent.name
        yield Display(label, names.get(label, label), notebook, label in names, head, tuple(rows))
    for label in names.keys() - found:
        yield Display(label, names[label], notebooks[label], shown=True)


def _notebook(path: Path, folder: Path) -> Notebook:
    source, problems = read_notebook(path, folder)
    if source is None:
        raise ValueError(str(problems[0]))
    code = {
        cell.cell_id: cell.source
        for cell in source.cells
        if cell.kind == "code" and "injected-parameters" not in cell.tags
    }
    return Notebook(code, frozenset(source.tables), frozenset(source.results))


def _settings(path: Path) -> Cells | None:
    if not path.is_file():
        return None
    content, _, _ = read_yaml(path.read_text(encoding="utf-8"), path.name)
    return dict(_leaves(content, ""))


def _leaves(content: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(content, Mapping) and content:
        for key, below in content.items():
            yield from _leaves(below, f"{place}.{key}" if place else str(key))
    else:
        yield place, str(content)
