"""A readable page for each executed notebook."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from umbrella_review.render import crossref, pandoc
from umbrella_review.render.bitmaps import make_bitmap
from umbrella_review.render.embeds import image_name
from umbrella_review.render.executed import Cell, Notebook, Output
from umbrella_review.render.html import Page, quoted, text, write_pictures
from umbrella_review.render.manuscript import Manuscript, without_comments
from umbrella_review.render.nodes import (
    code_block,
    div,
    header,
    image,
    link,
    plain,
    raw,
    string,
    words,
)
from umbrella_review.render.page_blocks import caption_with_label, figure, lay_out
from umbrella_review.render.parameters_table import parameters_table, read_parameters
from umbrella_review.render.tree import Node, Nodes, inlines_of, walk

_ARTICLE = "../index.html"
_PPI = 96  # of figures inside notebooks, for screens
_PARAMETER_TAGS = {"parameters", "injected-parameters"}


def notebook_pages(manuscript: Manuscript, keys: Mapping[str, str]) -> list[tuple[str, Page]]:
    """Return name and page of each notebook.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript, with the notebooks and the numbers of what it embeds.
    keys : mapping of str to str
        Printed marks of the references in the article, by key.

    Returns
    -------
    list of tuple of str and Page
        Name and page of each notebook.
    """
    pieces = {
        f"{notebook.name} {index} {kind}": content
        for notebook in manuscript.notebooks
        for index, cell in enumerate(notebook.cells)
        for kind, content in _markdown(cell)
    }
    _, parsed = pandoc.parse("", pieces, pandoc.DATA)
    return [
        (notebook.name, _page(notebook, manuscript, keys, parsed))
        for notebook in manuscript.notebooks
    ]


def write_notebooks(notebooks: Sequence[Notebook], target: Path) -> None:
    """Write executed notebooks and their figures into the report.

    Parameters
    ----------
    notebooks : sequence of Notebook
        Executed notebooks.
    target : Path
        The report's folder.
    """
    (target / "notebooks").mkdir(parents=True, exist_ok=True)
    for notebook in notebooks:
        copy = target / "notebooks" / notebook.file.name
        copy.write_text(_with_bitmaps(notebook.file), encoding="utf-8", newline="\n")
        write_pictures(
            [
                (image_name(_stem(notebook, index), cell), cell.picture.content)
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


def _markdown(cell: Cell) -> list[tuple[str, str]]:
    if cell.kind == "markdown":
        return [("text", cell.source + "\n")]
    found = [("caption", cell.caption)] if cell.caption else []
    for number, output in enumerate(cell.outputs):
        content = output.text("text/markdown")
        if content is not None:
            found.append((f"output {number}", content + "\n"))
    return found


def _page(
    notebook: Notebook,
    manuscript: Manuscript,
    keys: Mapping[str, str],
    parsed: Mapping[str, Nodes],
) -> Page:
    blocks: Nodes = []
    shown = False
    for index, cell in enumerate(notebook.cells):
        own = {
            key.split(" ", 2)[2]: value
            for key, value in parsed.items()
            if key.startswith(f"{notebook.name} {index} ")
        }
        if cell.kind == "markdown":
            blocks += _without_title(own["text"]) if not index else own["text"]
        elif cell.kind == "code" and _PARAMETER_TAGS & set(cell.tags):
            if not shown:
                blocks += _parameters(notebook)
            shown = True
        elif cell.kind == "code":
            blocks += _cell(notebook, index, cell, own, manuscript.numbers)
    content = _linked(lay_out(without_comments(blocks)), manuscript.numbers, keys)
    meta = {"download": quoted(notebook.file.name), "kicker": text("Notebook")}
    return Page(notebook.title, words(notebook.title), content, meta, root="../")


def _without_title(blocks: Nodes) -> Nodes:
    first = blocks[0] if blocks else {"t": ""}
    return blocks[1:] if first["t"] == "Header" and first["c"][0] == 1 else blocks


def _parameters(notebook: Notebook) -> Nodes:
    parameters = read_parameters(notebook.cells)
    if not parameters:
        return []
    return [header(2, words("Parameters"), "parameters"), parameters_table(parameters)]


def _cell(
    notebook: Notebook,
    index: int,
    cell: Cell,
    own: Mapping[str, Nodes],
    numbers: Mapping[str, str],
) -> Nodes:
    outputs = _outputs(notebook, index, cell, own, numbers)
    code = [
        raw("html", '<details class="code"><summary>Code</summary>'),
        code_block(cell.source, "python"),
        raw("html", "</details>"),
    ]
    return [div([*outputs, *code], cell.anchor, ["cell"])]


def _outputs(
    notebook: Notebook,
    index: int,
    cell: Cell,
    own: Mapping[str, Nodes],
    numbers: Mapping[str, str],
) -> Nodes:
    content: Nodes = []
    for number, output in enumerate(cell.outputs):
        content += _output(notebook, index, cell, output, own.get(f"output {number}"))
    if not cell.caption:
        return content
    caption = inlines_of(own.get("caption", []))
    kind = "tbl" if cell.label.startswith("tbl-") else "fig"
    if cell.label not in numbers:
        return figure(cell.label, kind, caption, content, [], anchored=False)
    name = crossref.label_text(cell.label, numbers)
    back = [string("In the article: "), link([string(name)], f"{_ARTICLE}#{cell.label}")]
    labelled = caption_with_label(name, caption, cell.anchor)
    return figure(cell.label, kind, labelled, content, back, anchored=False)


def _output(
    notebook: Notebook, index: int, cell: Cell, output: Output, markdown: Nodes | None
) -> Nodes:
    if output.picture:
        alternative = cell.alternative or cell.caption
        return [plain([image(alternative, "../" + image_name(_stem(notebook, index), cell))])]
    if markdown is not None:
        return markdown
    content = (output.text("text/plain") or "").strip("\n")
    return [div([code_block(content)], classes=["output"])] if content else []


def _stem(notebook: Notebook, index: int) -> str:
    return notebook.cells[index].label or f"{notebook.name}-{index}"


def _linked(blocks: Nodes, numbers: Mapping[str, str], keys: Mapping[str, str]) -> Nodes:
    """Let references and citations point into the article, with its numbers."""

    def visit(element: Node) -> Nodes | None:
        if element["t"] == "Link" and "anchor" in element["c"][0][1]:
            return [element]
        if element["t"] == "Link" and element["c"][2][0].startswith("#"):
            return [link(element["c"][1], _ARTICLE + element["c"][2][0])]
        if element["t"] != "Cite":
            return None
        inlines: Nodes = []
        for record in element["c"][0]:
            key = record["citationId"]
            inlines += [string(", ")] if inlines else []
            if key in numbers:
                name = crossref.label_text(key, numbers)
                inlines.append(link([string(name)], f"{_ARTICLE}#{key}"))
            elif key in keys:
                inlines.append(link([string(f"[{keys[key]}]")], f"{_ARTICLE}#ref-{key}"))
            else:
                inlines.append(string(f"[{key}]"))
        return inlines

    result: Nodes = walk(blocks, visit)
    return result
