"""Writing the report as HTML pages that need nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from umbrella_review.render import pandoc
from umbrella_review.render.anchors import link_headings
from umbrella_review.render.citations import entry_numbers
from umbrella_review.render.cite import Citation, in_words
from umbrella_review.render.config import Settings
from umbrella_review.render.crossref import label_text
from umbrella_review.render.embeds import bitmap_name
from umbrella_review.render.fields import inlines, listed, mapped, quoted, text
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.nodes import link, string, words
from umbrella_review.render.page_assets import (
    CONTROLS,
    FOLDER,
    INDEX,
    SCRIPTS,
    without_idle_scripts,
)
from umbrella_review.render.page_blocks import caption_with_label, figure, lay_out
from umbrella_review.render.tight import tighten
from umbrella_review.render.titles import Cover
from umbrella_review.render.trace.cells import link_rows
from umbrella_review.render.tree import Node, Nodes, walk

_TEMPLATES = resources.files("umbrella_review.render") / "templates"


@dataclass(frozen=True)
class Page:
    """One page of the report.

    Parameters
    ----------
    title : str
        For the browser.
    heading : list of dict
        Inlines of the title on the page.
    blocks : list of dict
        The content.
    meta : mapping
        Further fields of the template, as pandoc's metadata.
    root : str
        Way to the report's folder: empty, or ``../``.
    kind : str
        ``article``, ``notebook``, ``ledger``, ``data``, or the name of a page of its own.
    styles : tuple of str
        Further style sheets in the folder ``assets``.
    """

    title: str
    heading: Nodes
    blocks: Nodes
    meta: Mapping[str, Any]
    root: str = ""
    kind: str = "notebook"
    styles: tuple[str, ...] = ()


def article_page(
    manuscript: Manuscript,
    cited: Nodes,
    cover: Cover,
    citation: Citation,
    *,
    notes: str = "",
    rows: Mapping[str, str] | None = None,
) -> Page:
    """Return the report's main page.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript.
    cited : list of dict
        Its blocks after the citations have been set.
    cover : Cover
        What stands on the title page.
    citation : Citation
        How others cite it.
    notes : str, optional
        What the script shows beside each recorded value, as JSON that is safe in HTML.
    rows : mapping of str to str, optional
        Where the ledger tells what stands behind the rows of a table, by label of the table.

    Returns
    -------
    Page
        The page.
    """
    meta = {
        "subtitle": inlines(cover.subtitle),
        "author": listed(text(name) for name in cover.authors),
        "author-names": quoted(", ".join(cover.authors)),
        "affiliation": listed(text(name) for name in cover.affiliations),
        "version": text(cover.version),
        "date": text(cover.date),
        "keywords": quoted(", ".join(cover.keywords)),
        "article": {"t": "MetaBool", "c": True},
        "citation": text(in_words(citation)),
        "notes": inlines([{"t": "RawInline", "c": ["html", notes]}]),
    }
    mark = entry_numbers(cited).get(citation.based_on)
    if mark:
        original = link([string(f"[{mark}]")], f"#ref-{citation.based_on}")
        meta["original"] = inlines([original])
    blocks = lay_out(_figures(cited, manuscript, rows or {}))
    return Page(cover.plain_title, cover.title, blocks, meta, kind="article")


def write_page(page: Page, settings: Settings, notebooks: Nodes, target: Path) -> None:
    """Write a page.

    Parameters
    ----------
    page : Page
        What to write.
    settings : Settings
        Language, contents, style sheets.
    notebooks : list of dict
        Entries of `notebook_links`.
    target : Path
        The file.
    """
    folder = f"{page.root}{FOLDER}"
    styles = (*(path.name for path in settings.css), CONTROLS, *page.styles)
    meta = {
        "pagetitle": text(page.title),
        "title": inlines(page.heading),
        "lang": quoted(settings.language),
        "root": text(page.root),
        "css": listed(quoted(f"{folder}/{name}") for name in styles),
        "script": listed(quoted(f"{folder}/{name}") for name in SCRIPTS),
        "search-index": quoted(f"{folder}/{INDEX}"),
        "notebooks": listed(notebooks),
        "kind": text(page.kind),
        **page.meta,
    }
    depth = settings.option("html", "toc-depth", 3)
    numbered = settings.option("html", "number-sections", False) and not page.root
    contents = bool(settings.option("html", "toc", True))
    arguments = ["-f", "json", "-t", "html5", "--standalone", "--mathml", "--wrap=none"]
    arguments += ["--section-divs", f"--toc-depth={depth}"]
    arguments += ["--toc"] * contents + ["--number-sections"] * bool(numbered)
    with resources.as_file(_TEMPLATES / "page.html") as template:
        page_text = pandoc.run(
            [*arguments, f"--template={template}"], pandoc.document(page.blocks, meta)
        )
    page_text = link_headings(tighten(page_text, entries=page.kind in ("ledger", "data")))
    page_text = without_idle_scripts(page_text)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page_text, encoding="utf-8", newline="\n")


def notebook_links(manuscript: Manuscript, root: str) -> Nodes:
    """Return name, title and address of each notebook's page, as seen from a page.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript, checked.
    root : str
        Way from the page to the report's folder.

    Returns
    -------
    list of dict
        Name, title and address of each notebook's page, as seen from a page.
    """
    return [
        mapped({"title": text(book.title), "href": quoted(f"{root}notebooks/{book.name}.html")})
        for book in manuscript.notebooks
    ]


def _figures(blocks: Nodes, manuscript: Manuscript, rows: Mapping[str, str]) -> Nodes:
    """Put captions, numbers and links to notebooks and ledger to figures and tables."""

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Div" or "embed" not in element["c"][0][1]:
            return None
        label = element["c"][0][0]
        embed = manuscript.embeds.get(label)
        caption, *content = element["c"][1]
        name = label_text(label, manuscript.numbers)
        labelled = caption_with_label(name, caption["c"], label)
        if embed is None:
            return figure(label, "tbl", labelled, content, [])
        notebook = embed.notebook
        address = f"notebooks/{notebook.name}.html#{label}"
        source = [string("Source: "), link([string(notebook.title)], address)]
        if embed.cell.picture:
            source += [string(". "), link([string("Download as PNG")], bitmap_name(label))]
        if label in rows:
            content = _traced(content, rows[label])
            source += [string(". "), link(words("Row by row"), rows[label])]
        picture = embed.cell.picture
        return figure(label, embed.kind, labelled, content, source, picture=picture)

    result: Nodes = walk(blocks, visit)
    return result


def _traced(content: Nodes, address: str) -> Nodes:
    """Let the numbers of a table lead to the ledger."""

    def visit(element: Node) -> Nodes | None:
        return [link_rows(element, address)] if element["t"] == "Table" else None

    result: Nodes = walk(content, visit)
    return result


def write_pictures(pictures: Sequence[tuple[str, bytes]], target: Path) -> None:
    """Write figures, each a name in the report's folder and its bytes.

    Parameters
    ----------
    pictures : sequence of tuple of str and bytes
        Names in the folder, each with its bytes.
    target : Path
        The report's folder.
    """
    for name, content in pictures:
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
