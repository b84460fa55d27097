"""Pages of the ledger for tables: every row with its numbers, its cell and its rows of the data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from umbrella_review.ledger import format_value
from umbrella_review.render.fields import text
from umbrella_review.render.html import Page
from umbrella_review.render.nodes import div, header, link, para, string, without_values, words
from umbrella_review.render.trace.cells import row_place
from umbrella_review.render.trace.row_links import Listing, linked_rows, listing
from umbrella_review.render.trace.tables import TracedTable, by_notebook
from umbrella_review.render.tree import Node, Nodes

_LONGEST = 80  # characters of a cell that a page repeats
_UNLISTED = ("unnumbered", "unlisted")
_KICKER = {"kicker": text("Ledger")}


def table_pages(
    tables: Sequence[TracedTable], data: Mapping[str, str], titles: Mapping[str, str]
) -> list[tuple[str, Page]]:
    """Return a page for each notebook that makes tables of the article.

    Parameters
    ----------
    tables : sequence of TracedTable
        In the order of the text.
    data : mapping of str to str
        Files with the data of tables, from the report's folder, by label.
    titles : mapping of str to str
        Titles of the notebooks by their stems.

    Returns
    -------
    list of tuple of str and Page
        Stem of the file and page.
    """
    pages = []
    for notebook, own in by_notebook(tables).items():
        rows = [(table, number) for table in own for number in range(1, len(table.rows) + 1)]
        # Of equal lists of rows the first is shown, and the later ones lead to it.
        listed = listing(
            (row_place(table.place, number), table.rows[number - 1].behind)
            for table, number in reversed(rows)
        )
        names = {
            row_place(table.place, number): words(f"row {number} of {table.name}")
            for table, number in rows
        }
        blocks: Nodes = []
        for table in own:
            blocks += _head(table, data.get(table.label, ""), titles[notebook])
            for number in range(1, len(table.rows) + 1):
                blocks.append(_entry(table, number, listed, names))
        title = f"Tables of {titles[notebook]}, row by row"
        page = Page(title, words(title), blocks, _KICKER, root="../", kind="ledger")
        pages.append((own[0].page, page))
    return pages


def _head(table: TracedTable, data: str, title: str) -> Nodes:
    rows = f"{format_value(len(table.rows))} rows, {format_value(table.n_numbers)} cells"
    about = [
        link(words(f"{table.name} in the article"), f"../index.html#{table.label}"),
        string(", made by "),
        link(words(f"its cell of {title}"), _cell(table)),
        *([string(", "), link(words("as CSV"), f"../{data}")] if data else []),
        *words(f": {rows} with numbers."),
    ]
    heading = [string(f"{table.name}: "), *without_values(table.caption)]
    return [header(2, heading, table.place), para(about)]


def _entry(table: TracedTable, number: int, listed: Listing, names: Mapping[str, Nodes]) -> Node:
    """Return a row: its numbers in one line, then what they come from.

    Its heading leads to that of the table, which names the cell for all rows.
    """
    row, place = table.rows[number - 1], row_place(table.place, number)
    printed: Nodes = []
    for head, text_printed in row.numbers:
        if text_printed in row.name.split("; "):  # the heading says it
            continue
        printed += [string(" · ")] if printed else []
        printed.append(string(f"{head}: {_shortened(text_printed)}"))
    behind = linked_rows(row.behind, place, listed, names) or [para(words("No row of the data"))]
    title = [
        *words(f"Row {number} of"),
        string(" "),
        link([string(table.name)], f"#{table.place}"),
        *words(f": {row.name}".rstrip(": ")),
    ]
    told = [para(printed)] if printed else []
    return div([header(3, title, "", _UNLISTED), *told, *behind], place, ["entry"])


def _cell(table: TracedTable) -> str:
    return f"../notebooks/{table.notebook}.html#{table.label}"


def _shortened(printed: str) -> str:
    """Return a text of a cell, cut where it is more a paragraph than a number."""
    if len(printed) <= _LONGEST:
        return printed
    return f"{printed[:_LONGEST].rsplit(' ', 1)[0]} …"
