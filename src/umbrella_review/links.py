"""Whether tables, bibliography and ``review.yml`` name things that exist in one another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from umbrella_review.cells import parts
from umbrella_review.csv_file import Finding, RawTable
from umbrella_review.errors import Problem
from umbrella_review.failures import SOURCE, SOURCE_SEPARATOR
from umbrella_review.schemas import BIBLIOGRAPHY, TABLES, Column
from umbrella_review.shapes import nearest, place
from umbrella_review.strict_yaml import Lines

_ADD_ENTRY = "Add an entry to data/references.bib, or correct the key."
# Keys of the bibliography in review.yml.
_CITED = (("review", "based_on"), ("framework", "reference"))


def table_links(
    name: str, tables: Mapping[str, RawTable], keys: Collection[str] | None
) -> Iterator[Finding]:
    """Yield the cells of a table that name something that does not exist.

    Parameters
    ----------
    name : str
        The table.
    tables : mapping of str to RawTable
        All tables that could be read; names of columns that these lack are not looked up.
    keys : collection of str or None
        Keys of the bibliography; None if it could not be read.
    """
    table = tables[name]
    for column in TABLES[name].columns:
        if column.name not in table or not column.references:
            continue
        if column.references == BIBLIOGRAPHY:
            if keys is not None:
                yield from _sources(table, column, keys)
            continue
        target, target_column = column.references.split(".")
        if target in tables and target_column in tables[target]:
            cells = tables[target].cells(target_column, ragged=True)
            yield from _references(table, column, {cell.strip() for _, cell in cells})
    if name == "reviews" and keys is not None and "review_id" in table:
        yield from _entries(table, keys)
    if name == "gaps":
        yield from _gap_columns(table)


def review_links(
    content: Mapping[str, Mapping[str, str]], lines: Lines, where: str, keys: Collection[str]
) -> Iterator[Problem]:
    """Yield the citation keys of ``review.yml`` that the bibliography lacks.

    Parameters
    ----------
    content : mapping
        What the file holds.
    lines : dict of tuple of str to int
        Line of each part.
    where : str
        The file, for messages.
    keys : collection of str
        Keys of the bibliography.
    """
    for section, name in _CITED:
        part = content.get(section)
        key = part.get(name) if isinstance(part, dict) else None
        if isinstance(key, str) and key not in keys:
            yield Problem(
                place((section, name), lines, where),
                f"the unknown key {key!r}",
                "a key of data/references.bib",
                nearest(key, keys, _ADD_ENTRY),
            )


def checklist_links(table: RawTable, labels: Collection[str]) -> Iterator[Finding]:
    """Yield the places of a reporting checklist that the manuscript does not have.

    Parameters
    ----------
    table : RawTable
        The reporting checklist; columns that it lacks are not looked up.
    labels : collection of str
        Labels of the manuscript.
    """
    wanted = ("checklist", "item", "location")
    if not all(name in table for name in wanted):
        return
    cells = zip(*(table.cells(name) for name in wanted), strict=True)
    for (row, checklist), (_, item), (_, location) in cells:
        for label in parts(location):
            if label not in labels:
                words = missing_label(checklist.strip(), item.strip(), label, labels)
                yield table.finding(row, "location", *words)


def missing_label(
    checklist: str, item: str, label: str, labels: Collection[str]
) -> tuple[str, str, str]:
    """Say that an item of a reporting checklist names a place that does not exist.

    Parameters
    ----------
    checklist, item : str
        Name of the checklist and number of the item.
    label : str
        The place.
    labels : collection of str
        Labels of the manuscript.

    Returns
    -------
    tuple of str
        What was found, what was expected, and the remedy with the nearest label.
    """
    found = f"{checklist}, item {item}: the label {label!r}, which the manuscript does not have"
    expected = "the label of a section, figure or table"
    return found, expected, nearest(label, labels, "Name where the item is reported now.")


def _references(table: RawTable, column: Column, known: Collection[str]) -> Iterator[Finding]:
    target, name = column.references.split(".")
    for row, cell in table.cells(column.name):
        values = parts(cell) if column.kind == "list" else (cell.strip(),)
        for value in values:
            if value and value not in known:
                remedy = nearest(value, known, f"Add it to data/{target}.csv, or correct it.")
                expected = f"a {name} of data/{target}.csv"
                yield table.finding(row, column.name, f"the unknown {value!r}", expected, remedy)


def _sources(table: RawTable, column: Column, keys: Collection[str]) -> Iterator[Finding]:
    for row, cell in table.cells(column.name):
        for part in cell.strip().split(SOURCE_SEPARATOR):
            match = SOURCE.fullmatch(part)
            key = match["key"] if match else None
            if key and key not in keys:
                remedy = nearest(key, keys, _ADD_ENTRY)
                expected = "a key of data/references.bib or a page address"
                yield table.finding(row, column.name, f"the unknown key {key!r}", expected, remedy)


def _entries(table: RawTable, keys: Collection[str]) -> Iterator[Finding]:
    for row, cell in table.cells("review_id"):
        if cell.strip() and cell.strip() not in keys:
            found = f"{cell.strip()!r}, which the bibliography lacks"
            expected = "a key of data/references.bib, so that the report can cite the review"
            yield table.finding(row, "review_id", found, expected, _ADD_ENTRY)


def _gap_columns(table: RawTable) -> Iterator[Finding]:
    if "table" not in table or "column" not in table:
        return
    cells = zip(table.cells("table"), table.cells("column"), strict=True)
    for (row, name), (_, columns) in cells:
        known = TABLES[name.strip()].names if name.strip() in TABLES else parts(columns)
        for column in parts(columns):
            if column not in known:
                found = f"the unknown {column!r}"
                remedy = nearest(column, known, "Correct the name.")
                yield table.finding(row, "column", found, f"a column of data/{name}.csv", remedy)
