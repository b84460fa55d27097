"""The cells of an executed notebook as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from umbrella_review.render import crossref
from umbrella_review.render.embeds import image_name
from umbrella_review.render.executed import Cell, Notebook, Output
from umbrella_review.render.long_tables import beginnings
from umbrella_review.render.nodes import (
    code_block,
    div,
    image,
    link,
    para,
    plain,
    raw,
    string,
    strong,
    words,
)
from umbrella_review.render.notebook_about import ARTICLE
from umbrella_review.render.page_blocks import caption_with_label, figure
from umbrella_review.render.tree import Node, Nodes, inlines_of


@dataclass(frozen=True)
class Around:
    """What a page knows of a notebook's cells beside the notebook itself.

    Parameters
    ----------
    numbers : mapping of str to str
        Printed numbers of figures and tables in the article.
    recorded : mapping of str to list of dict
        Blocks about the values that a cell records, by its anchor.
    files : mapping of str to str
        Files with all rows of its tables, from its page, by label.
    failed : str
        Anchor of the cell that failed; empty where none did.
    error : str
        What it raised.
    """

    numbers: Mapping[str, str] = field(default_factory=dict)
    recorded: Mapping[str, Nodes] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    failed: str = ""
    error: str = ""


def code_cells(notebook: Notebook) -> list[int]:
    """Return the places of the cells that a page shows with their code.

    Parameters
    ----------
    notebook : Notebook
        The notebook.

    Returns
    -------
    list of int
        Those of code that hold no parameters, which stand in a table.
    """
    return [
        place
        for place, cell in enumerate(notebook.cells)
        if cell.kind == "code" and not PARAMETER_TAGS & set(cell.tags)
    ]


PARAMETER_TAGS = frozenset(("parameters", "injected-parameters"))


def cell_block(notebook: Notebook, index: int, own: Mapping[str, Nodes], around: Around) -> Node:
    """Return a cell: outputs, what is made of them, its code, and the ways to its neighbours.

    Parameters
    ----------
    notebook : Notebook
        The notebook.
    index : int
        Place of the cell.
    own : mapping of str to list of dict
        Its parsed Markdown: ``caption`` and ``output N``.
    around : Around
        What else the page knows.

    Returns
    -------
    dict
        A division that carries the anchor of the cell.
    """
    cell = notebook.cells[index]
    failed = cell.anchor == around.failed
    if failed:
        told = para([strong("This cell failed."), string(" What follows it did not run.")])
        content = [div([told, code_block(around.error)], "", ["error"])]
    elif around.failed and cell.run is None:
        content = [para(words("Not run."))]
    else:
        content = _outputs(notebook, index, own, around)
    code = [
        raw("html", f'<details class="code"{" open" * failed}><summary>Code</summary>'),
        code_block(cell.source, "python"),
        raw("html", "</details>"),
    ]
    told_of = around.recorded.get(cell.anchor, [])
    blocks = [*content, *_uses(told_of), *code, _ways(notebook, index)]
    return div(blocks, cell.anchor, ["cell", *["failed"] * failed])


def _uses(blocks: Nodes) -> Nodes:
    return [div(blocks, "", ["source"])] if blocks else []


def _ways(notebook: Notebook, index: int) -> Node:
    """Return the number of a cell with links to itself and to the cells before and after."""
    places = code_cells(notebook)
    here = places.index(index)
    neighbours = (
        ("Previous", here - 1 if here else None),
        ("Next", here + 1 if here + 1 < len(places) else None),
    )
    anchor = notebook.cells[index].anchor
    ways = [link(words(f"Cell {here + 1} of {len(places)}"), f"#{anchor}")]
    for name, place in neighbours:
        if place is not None:
            target = notebook.cells[places[place]].anchor
            ways += [string(" · "), link([string(name)], f"#{target}")]
    return div([para(ways)], "", ["ways"])


def stem(notebook: Notebook, index: int) -> str:
    """Return the name of a cell's figure, without its ending.

    Parameters
    ----------
    notebook : Notebook
        The notebook.
    index : int
        Place of the cell.

    Returns
    -------
    str
        The label, or name and place.
    """
    return notebook.cells[index].label or f"{notebook.name}-{index}"


def _outputs(notebook: Notebook, index: int, own: Mapping[str, Nodes], around: Around) -> Nodes:
    cell, numbers = notebook.cells[index], around.numbers
    content: Nodes = []
    for number, output in enumerate(cell.outputs):
        content += _output(notebook, index, output, own.get(f"output {number}"))
    if cell.label in around.files:
        content = beginnings(content, around.files[cell.label])
    if not cell.caption:
        return content
    caption = inlines_of(own.get("caption", []))
    kind, picture = "tbl" if cell.label.startswith("tbl-") else "fig", cell.picture
    if cell.label not in numbers:
        return figure(cell.label, kind, caption, content, [], anchored=False, picture=picture)
    name = crossref.label_text(cell.label, numbers)
    back = [string("In the article: "), link([string(name)], f"{ARTICLE}#{cell.label}")]
    labelled = caption_with_label(name, caption, cell.anchor)
    return figure(cell.label, kind, labelled, content, back, anchored=False, picture=picture)


def _output(notebook: Notebook, index: int, output: Output, markdown: Nodes | None) -> Nodes:
    cell: Cell = notebook.cells[index]
    if output.picture:
        alternative = cell.alternative or cell.caption
        return [plain([image(alternative, "../" + image_name(stem(notebook, index), cell))])]
    if markdown is not None:
        return markdown
    content = (output.text("text/plain") or "").strip("\n")
    return [div([code_block(content)], classes=["output"])] if content else []
