"""A readable page for each executed notebook."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render import crossref, pandoc
from umbrella_review.render.bitmaps import make_bitmap
from umbrella_review.render.embeds import image_name
from umbrella_review.render.executed import Cell, Notebook, Output
from umbrella_review.render.fields import quoted, text
from umbrella_review.render.html import Page, write_pictures
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.nodes import is_value, link, string, words
from umbrella_review.render.notebook_about import (
    ARTICLE,
    facts,
    parameters,
    recorded,
    tables_read,
)
from umbrella_review.render.notebook_cells import PARAMETER_TAGS, Around, cell_block, stem
from umbrella_review.render.page_blocks import lay_out
from umbrella_review.render.slots import without_comments
from umbrella_review.render.trace.ledger import Ledger
from umbrella_review.render.tree import Node, Nodes, elements, walk
from umbrella_review.review import Review

_PPI = 90  # of figures inside notebooks, for screens
_TEMPLATES = resources.files("umbrella_review.render") / "templates"
STYLE, _SCRIPT = "notebooks.css", "notebooks.js"  # of these pages, beside those of all


def notebook_pages(
    project: Project,
    manuscript: Manuscript,
    ledger: Ledger,
    keys: Mapping[str, str],
    *,
    anchored: bool,
) -> list[tuple[str, Page]]:
    """Return name and page of each notebook.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        The manuscript, with the notebooks and the numbers of what it embeds.
    ledger : Ledger
        What the notebooks recorded, and what the manuscript cites of it.
    keys : mapping of str to str
        Printed marks of the references in the article, by key.
    anchored : bool
        Whether the article has a place for each value.

    Returns
    -------
    list of tuple of str and Page
        Name and page of each notebook.
    """
    review = Review.read(project.review_file)
    captions = _captions(manuscript)
    pages = []
    for notebook, parsed in zip(
        manuscript.notebooks, parse_notebooks(manuscript.notebooks), strict=True
    ):
        entries = [entry for entry in ledger.entries if entry.notebook == notebook.name]
        pieces = parsed | {
            (index, "caption"): [captions[cell.label]]
            for index, cell in enumerate(notebook.cells)
            if cell.label in captions and manuscript.embeds[cell.label].notebook is notebook
        }
        told = recorded(entries, ledger, anchored=anchored)
        around = Around(manuscript.numbers, told, _files(project, notebook.name))
        read = tables_read(project, notebook.name)
        top = facts(notebook, read, ledger, review, manuscript.numbers)
        blocks = notebook_blocks(notebook, pieces, around, keys, top)
        meta = {
            "download": quoted(notebook.file.name),
            "kicker": text("Notebook"),
            "notebook": {"t": "MetaBool", "c": True},
        }
        heading = words(notebook.title)
        page = Page(notebook.title, heading, blocks, meta, root="../", styles=(STYLE,))
        pages.append((notebook.name, page))
    return pages


def _files(project: Project, notebook: str) -> dict[str, str]:
    """Return the files with the tables of a notebook, from its page, by label."""
    tables = sorted((project.results / notebook / "tables").glob("*.csv"))
    return {path.stem: f"../results/{notebook}/tables/{path.name}" for path in tables}


def _captions(manuscript: Manuscript) -> dict[str, Node]:
    """Return the captions of the article by label, with the values that they cite."""
    return {
        element["c"][0][0]: element["c"][1][0]
        for element in elements(manuscript.blocks)
        if element["t"] == "Div" and element["c"][0][0] in manuscript.embeds
    }


def write_notebooks(notebooks: Sequence[Notebook], target: Path) -> None:
    """Write executed notebooks, their figures, and the style and script of their pages.

    Parameters
    ----------
    notebooks : sequence of Notebook
        Executed notebooks.
    target : Path
        The report's folder.
    """
    for folder in ("notebooks", "assets"):
        (target / folder).mkdir(parents=True, exist_ok=True)
    for name in (STYLE, _SCRIPT):
        (target / "assets" / name).write_bytes((_TEMPLATES / name).read_bytes())
    for notebook in notebooks:
        copy = target / "notebooks" / notebook.file.name
        copy.write_text(_with_bitmaps(notebook.file), encoding="utf-8", newline="\n")
        write_pictures(
            [
                (image_name(stem(notebook, index), cell), cell.picture.content)
                for index, cell in enumerate(notebook.cells)
                if cell.picture
            ],
            target,
        )


def _with_bitmaps(file: Path) -> str:
    """Return an executed notebook whose figures are small bitmaps: the pages have them as SVG."""
    content = json.loads(file.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        for output in cell.get("outputs", ()):
            drawn = Output(output.get("data", {})).picture
            if drawn is not None and drawn.suffix == ".svg":
                del output["data"]["image/svg+xml"]
                bitmap = make_bitmap(drawn, _PPI).content
                output["data"]["image/png"] = base64.b64encode(bitmap).decode("ascii")
    return json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def parse_notebooks(notebooks: Sequence[Notebook]) -> list[dict[tuple[int, str], Nodes]]:
    """Return the parsed Markdown of notebooks, all of it by one run of pandoc.

    Parameters
    ----------
    notebooks : sequence of Notebook
        Executed notebooks.

    Returns
    -------
    list of dict of tuple of int and str to list of dict
        For each notebook by place of the cell and kind: ``text``, ``caption``, ``output N``.
    """
    pieces = {
        f"{number} {index} {kind}": content
        for number, notebook in enumerate(notebooks)
        for index, cell in enumerate(notebook.cells)
        for kind, content in _markdown(cell)
    }
    _, parsed = pandoc.parse("", pieces, pandoc.DATA)
    found: list[dict[tuple[int, str], Nodes]] = [{} for _ in notebooks]
    for key, blocks in parsed.items():
        number, index, kind = key.split(" ", 2)
        found[int(number)][int(index), kind] = blocks
    return found


def notebook_blocks(
    notebook: Notebook,
    parsed: Mapping[tuple[int, str], Nodes],
    around: Around,
    keys: Mapping[str, str],
    top: Nodes,
) -> Nodes:
    """Return the content of a notebook's page.

    Parameters
    ----------
    notebook : Notebook
        The notebook.
    parsed : mapping of tuple of int and str to list of dict
        As `parse_notebooks` gives it.
    around : Around
        What else the page knows of the cells.
    keys : mapping of str to str
        Printed marks of the references in the article, by key.
    top : list of dict
        What stands behind the first cell, which says what the notebook is for.

    Returns
    -------
    list of dict
        Blocks, laid out.
    """
    linked = {place: _linked(blocks, around.numbers, keys) for place, blocks in parsed.items()}
    blocks: Nodes = [] if notebook.cells and notebook.cells[0].kind == "markdown" else [*top]
    shown = False
    for index, cell in enumerate(notebook.cells):
        own = {kind: content for (place, kind), content in linked.items() if place == index}
        if cell.kind == "markdown":
            blocks += [*_without_title(own["text"]), *top] if not index else own["text"]
        elif cell.kind == "code" and PARAMETER_TAGS & set(cell.tags):
            blocks += [] if shown else parameters(notebook)
            shown = True
        elif cell.kind == "code":
            blocks.append(cell_block(notebook, index, own, around))
    return lay_out(without_comments(blocks))


def _markdown(cell: Cell) -> list[tuple[str, str]]:
    if cell.kind == "markdown":
        return [("text", cell.source + "\n")]
    found = [("caption", cell.caption)] if cell.caption else []
    for number, output in enumerate(cell.outputs):
        content = output.text("text/markdown")
        if content is not None:
            found.append((f"output {number}", content + "\n"))
    return found


def _without_title(blocks: Nodes) -> Nodes:
    first = blocks[0] if blocks else {"t": ""}
    return blocks[1:] if first["t"] == "Header" and first["c"][0] == 1 else blocks


def _linked(blocks: Nodes, numbers: Mapping[str, str], keys: Mapping[str, str]) -> Nodes:
    """Let references and citations point into the article, with its numbers."""

    def visit(element: Node) -> Nodes | None:
        if is_value(element):
            return [link(element["c"][1], f"../{element['c'][2][0]}", ["value"])]
        if element["t"] == "Link" and element["c"][2][0].startswith("#"):
            return [link(element["c"][1], ARTICLE + element["c"][2][0])]
        if element["t"] != "Cite":
            return None
        inlines: Nodes = []
        for record in element["c"][0]:
            key = record["citationId"]
            inlines += [string(", ")] if inlines else []
            if key in numbers:
                name = crossref.label_text(key, numbers)
                inlines.append(link([string(name)], f"{ARTICLE}#{key}"))
            elif key in keys:
                inlines.append(link([string(f"[{keys[key]}]")], f"{ARTICLE}#ref-{key}"))
            else:
                inlines.append(string(f"[{key}]"))
        return inlines

    result: Nodes = walk(blocks, visit)
    return result
