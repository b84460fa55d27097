"""The embedded engine: pandoc for the pages, Typst for print."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render.citations import entry_numbers, set_citations
from umbrella_review.render.html import (
    Page,
    article_page,
    copy_styles,
    notebook_links,
    write_page,
)
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.nodes import header, words
from umbrella_review.render.notebook_page import notebook_pages, write_notebooks
from umbrella_review.render.titles import read_cover
from umbrella_review.render.tree import Nodes
from umbrella_review.render.typst_pdf import typst_source, write_pdf
from umbrella_review.review import Review


def render_embedded(
    project: Project, manuscript: Manuscript, target: Path, say: Callable[[str], None]
) -> None:
    """Write pages, notebooks and PDF into a folder.

    Parameters
    ----------
    project : Project
        The project.
    manuscript : Manuscript
        Its manuscript, checked.
    target : Path
        New folder for the report.
    say : callable
        Gets lines about the progress.
    """
    review = Review.read(project.review_file)
    cover = read_cover(manuscript, review.short_title, review.version)
    settings = manuscript.settings
    target.mkdir(parents=True, exist_ok=True)
    cited = set_citations([*_abstract(manuscript), *manuscript.blocks], settings)
    say("Writing the pages")
    copy_styles(settings, target)
    write_notebooks(manuscript.notebooks, target)
    article = article_page(manuscript, cited, cover)
    write_page(article, settings, notebook_links(manuscript, ""), target / "index.html")
    links = notebook_links(manuscript, "../")

    def write_notebook(named: tuple[str, Page]) -> None:
        name, page = named
        write_page(page, settings, links, target / "notebooks" / f"{name}.html")

    with ThreadPoolExecutor() as pool:  # each page is written by a pandoc of its own
        list(pool.map(write_notebook, notebook_pages(manuscript, entry_numbers(cited))))
    say("Typesetting the PDF")
    write_pdf(typst_source(manuscript, cited, cover), target)


def _abstract(manuscript: Manuscript) -> Nodes:
    blocks = manuscript.fields.get("abstract", [])
    return [header(1, words("Abstract"), "abstract", ["unnumbered"]), *blocks] if blocks else []
