"""A page for each table of the data: every row with what it holds and where it was read."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from umbrella_review.failures import SOURCE, SOURCE_SEPARATOR
from umbrella_review.paths import Project
from umbrella_review.render.fields import text
from umbrella_review.render.html import Page
from umbrella_review.render.nodes import div, header, link, para, plain, span, string, words
from umbrella_review.render.trace.codebook_page import table_place
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.schemas import BIBLIOGRAPHY, TABLES, Column, TableSchema
from umbrella_review.schemas.model import LIST_SEPARATOR
from umbrella_review.words import capitalised, enumerate_words, with_unit

_UNLISTED = ("unnumbered", "unlisted")
_REFERRED = frozenset(column.references for schema in TABLES.values() for column in schema.columns)


def row_address(table: str, row: str) -> str:
    """Return where a report shows a row of the data, from the report's folder.

    Parameters
    ----------
    table : str
        Name of the table.
    row : str
        Identifier of the row.

    Returns
    -------
    str
        A page and a place on it.
    """
    return f"data/{table}.html#row-{row}"


def data_pages(
    project: Project, entries: Mapping[str, Mapping[str, str]]
) -> list[tuple[str, Page]]:
    """Return a page for each table of a project.

    Parameters
    ----------
    project : Project
        The project; its data have been checked.
    entries : mapping of str to mapping of str to str
        ``title`` and perhaps ``path`` of the entries of the bibliography, by key.

    Returns
    -------
    list of tuple of str and Page
        Name and page of each table that the project has.
    """
    files = {name: project.data / f"{name}.csv" for name in TABLES}
    return [
        (name, _page(TABLES[name], pd.read_csv(file, dtype=str, keep_default_na=False), entries))
        for name, file in files.items()
        if file.is_file()
    ]


def _page(
    schema: TableSchema, rows: pd.DataFrame, entries: Mapping[str, Mapping[str, str]]
) -> Page:
    blocks: Nodes = [
        para(words(capitalised(schema.description))),
        para(
            [
                link(words(f"{schema.name}.csv"), f"{schema.name}.csv"),
                string(" holds these rows; "),
                link(words("the codebook"), table_place(schema.name)),
                string(" describes the columns."),
            ]
        ),
        header(2, words("Rows"), "rows", _UNLISTED),
    ]
    blocks += [
        _row(schema, {str(name): cell for name, cell in row.items()}, entries)
        for row in rows.to_dict("records")
    ]
    meta = {"kicker": text("Data")}
    return Page(schema.title, words(schema.title), blocks, meta, root="../", kind="data")


def _row(
    schema: TableSchema,
    row: Mapping[str, str],
    entries: Mapping[str, Mapping[str, str]],
) -> Node:
    facts = [
        [words(column.title), [[plain(_anchored(schema, column, row[column.name], entries))]]]
        for column in schema.columns
        if column.name != schema.key and row.get(column.name, "").strip()
    ]
    empty = [
        column.title
        for column in schema.columns
        if column.lacks_when_empty and not row.get(column.name, "").strip()
    ]
    identifier = row[schema.key].strip()
    if empty:
        facts.append([words("Not known"), [[plain(words(enumerate_words(empty)))]]])
    blocks = [
        header(3, [string(identifier)], "", _UNLISTED),
        {"t": "DefinitionList", "c": facts},
    ]
    return div(blocks, f"row-{identifier}", ["entry"])


def _anchored(
    schema: TableSchema, column: Column, cell: str, entries: Mapping[str, Mapping[str, str]]
) -> Nodes:
    """Return a cell, with the anchor by which other tables refer to it if it is not the key."""
    inlines = _cell(column, cell.strip(), entries)
    if f"{schema.name}.{column.name}" not in _REFERRED:
        return inlines
    return [span(inlines, f"row-{cell.strip()}")]


def _cell(column: Column, cell: str, entries: Mapping[str, Mapping[str, str]]) -> Nodes:
    if column.references == BIBLIOGRAPHY:
        return _sources(cell, entries)
    parts = cell.split(LIST_SEPARATOR) if column.kind == "list" else [cell]
    table = column.references.partition(".")[0]
    inlines: Nodes = []
    for part in (part.strip() for part in parts):
        shown = link(words(part), f"{table}.html#row-{part}") if table else None
        inlines += ([string(", ")] if inlines else []) + ([shown] if shown else words(part))
    unit = _unit(cell, column)
    return [*inlines, string(unit)] if unit else inlines


def _unit(cell: str, column: Column) -> str:
    """Return the unit as it follows a value; empty where the name of the column says it."""
    if column.title.lower().endswith(column.unit):
        return ""
    return with_unit(cell, column.unit).removeprefix(cell)


def _sources(cell: str, entries: Mapping[str, Mapping[str, str]]) -> Nodes:
    inlines: Nodes = []
    for part in cell.split(SOURCE_SEPARATOR):
        inlines += [{"t": "LineBreak"}] if inlines else []
        match = SOURCE.fullmatch(part.strip())
        key = match["key"] if match else None
        if key is None:
            inlines.append(link([string(_shortened(part.strip()))], part.strip()))
            continue
        address = entries.get(key, {}).get("path")
        named = words(part.strip())
        inlines += [link(named, address)] if address else named
    return inlines


def _shortened(address: str) -> str:
    """Return what is read of an address, its host and its last two parts; the link has it whole."""
    host, *parts = address.partition("://")[2].rstrip("/").split("/")
    return "/".join([host, "…", *parts[-2:]] if len(parts) > 2 else [host, *parts]) or address
