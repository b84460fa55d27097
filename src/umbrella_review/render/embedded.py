"""The embedded engine: pandoc for pages, Word and JATS, Typst for print."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from umbrella_review.dates import source_date
from umbrella_review.paths import Project
from umbrella_review.render.bitmaps import make_bitmaps
from umbrella_review.render.citations import entry_numbers, set_citations
from umbrella_review.render.docx import docx_document
from umbrella_review.render.html import (
    Page,
    article_page,
    copy_styles,
    notebook_links,
    write_page,
)
from umbrella_review.render.jats import jats_article, write_jats
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
    """Write pages, notebooks, PDF, Word document and JATS article into a folder.

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
    blocks = [*_abstract(manuscript), *manuscript.blocks]
    cited = set_citations(blocks, settings)
    say("Writing the pages")
    copy_styles(settings, target)
    write_notebooks(manuscript.notebooks, target)
    page = article_page(manuscript, cited, cover)
    write_page(page, settings, notebook_links(manuscript, ""), target / "index.html")
    links = notebook_links(manuscript, "../")

    def write_notebook(named: tuple[str, Page]) -> None:
        name, page = named
        write_page(page, settings, links, target / "notebooks" / f"{name}.html")

    with ThreadPoolExecutor() as pool:  # each page is written by a pandoc of its own
        list(pool.map(write_notebook, notebook_pages(manuscript, entry_numbers(cited))))
    say("Typesetting the PDF")
    write_pdf(typst_source(manuscript, cited, cover), target)
    say("Writing the Word document and the JATS article")
    day, bitmaps = source_date(project.root), make_bitmaps(manuscript.embeds)
    (target / "report.docx").write_bytes(docx_document(manuscript, cited, cover, bitmaps, day))
    article = jats_article(manuscript, blocks, cited, cover, based_on=review.based_on, day=day)
    write_jats(article, bitmaps, target / "jats")


def _abstract(manuscript: Manuscript) -> Nodes:
    blocks = manuscript.fields.get("abstract", [])
    return [header(1, words("Abstract"), "abstract", ["unnumbered"]), *blocks] if blocks else []
