"""The codebook as a page: every column of every table, and the words of the vocabularies."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from umbrella_review.codebook import CODEBOOK, PACKAGE, contents
from umbrella_review.render import pandoc
from umbrella_review.render.fields import text
from umbrella_review.render.html import Page
from umbrella_review.render.nodes import div, header, link, para, plain, string, words
from umbrella_review.render.tree import Node, Nodes, elements, inlines_of
from umbrella_review.review import Review
from umbrella_review.schemas import TABLES

NAME = "codebook"
_TITLE = "Data and codebook"
_TABLE, _VOCABULARY = 2, 3  # levels of their headings


def table_place(table: str) -> str:
    """Return where the codebook describes a table, from the folder of the data.

    Parameters
    ----------
    table : str
        Name of the table.

    Returns
    -------
    str
        A page and a place on it.
    """
    return f"{NAME}.html#table-{table}"


def codebook_page(review: Review, present: Collection[str]) -> Page:
    """Return the page.

    Parameters
    ----------
    review : Review
        Source of the vocabularies.
    present : collection of str
        Names of the tables that have a page of their rows.

    Returns
    -------
    Page
        The page.
    """
    blocks: Nodes = [
        para(
            [
                *words("What each table of the data holds. The same for programs:"),
                string(" "),
                link([string(CODEBOOK)], CODEBOOK),
                string(" and "),
                link([string(PACKAGE)], PACKAGE),
                string("."),
            ]
        )
    ]
    for block in pandoc.parse(contents(review), {}, pandoc.DATA)[0]:
        blocks += _shown(block, present)
    meta = {"kicker": text("Data")}
    return Page(_TITLE, words(_TITLE), blocks, meta, root="../", kind="data")


def _shown(block: Node, present: Collection[str]) -> Nodes:
    if block["t"] == "Header":
        return _placed(block, present)
    return [_listed(block)] if block["t"] == "Table" else [block]


def _placed(heading: Node, present: Collection[str]) -> Nodes:
    """Give a heading the place that links name; of a table, tell where its rows are."""
    level, (identifier, *_), inlines = heading["c"]
    code = next((one["c"][1] for one in elements(inlines) if one["t"] == "Code"), "")
    if level == _VOCABULARY:
        return [header(level, inlines, code, ("unnumbered", "unlisted"))]
    if level != _TABLE or not code:
        return [header(level, inlines, identifier)]
    name = PurePosixPath(code).stem
    title = header(level, words(TABLES[name].title), f"table-{name}")
    if name not in present:
        return [title]
    ways = [link(words("All rows"), f"{name}.html"), string(" · "), link(words(code), code)]
    return [title, para(ways)]


def _listed(table: Node) -> Node:
    """Return a table of columns or of words as a list, which a small window shows whole."""
    _, _, _, _, bodies, _ = table["c"]
    rows = [[inlines_of(cell[4]) for cell in cells] for body in bodies for _, cells in body[3]]
    items = [[name, [[plain(part)] for part in _told(rest)]] for name, *rest in rows]
    return div([{"t": "DefinitionList", "c": items}], "", ["entry"])


def _told(cells: list[Nodes]) -> list[Nodes]:
    """Return what a column holds, then its type, its values and how an empty cell is read."""
    if len(cells) == 1:
        return cells
    holds, kind, values, empty = cells
    return [holds, [*kind, string(", "), *values, string(". Empty: "), *empty, string(".")]]
