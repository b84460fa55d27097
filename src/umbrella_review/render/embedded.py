"""The embedded engine: pandoc for pages, Word and JATS, Typst for print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from umbrella_review.dates import source_date
from umbrella_review.paths import Project
from umbrella_review.render.bitmaps import SCREEN_PPI, make_bitmaps
from umbrella_review.render.citations import entry_numbers, set_citations
from umbrella_review.render.cite import project_citation
from umbrella_review.render.companions import write_companions
from umbrella_review.render.docx import docx_document
from umbrella_review.render.embeds import bitmap_name
from umbrella_review.render.html import article_page, notebook_links, write_page, write_pictures
from umbrella_review.render.jats import jats_article, write_jats
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.menu import menu_fields
from umbrella_review.render.nodes import header, without_values, words
from umbrella_review.render.notice import notice_blocks, notice_fields
from umbrella_review.render.printed import printed_figures
from umbrella_review.render.titles import printed_date, read_cover
from umbrella_review.render.trace.ledger import Ledger
from umbrella_review.render.trace.notes import notes
from umbrella_review.render.tree import Nodes
from umbrella_review.render.typst_pdf import typst_source, write_pdf
from umbrella_review.review import Review


def render_embedded(
    project: Project,
    manuscript: Manuscript,
    ledger: Ledger,
    target: Path,
    say: Callable[[str], None],
) -> None:
    """Write pages, notebooks, PDF, Word document and JATS article into a folder.

    Parameters
    ----------
    project : Project
        The project.
    manuscript : Manuscript
        Its manuscript, checked.
    ledger : Ledger
        What it cites.
    target : Path
        New folder for the report.
    say : callable
        Gets lines about the progress.
    """
    review = Review.read(project.review_file)
    cover = read_cover(manuscript, review.short_title, review.version)
    day = source_date(project.root)
    cover = replace(cover, date=cover.date or printed_date(day))
    settings = manuscript.settings
    target.mkdir(parents=True, exist_ok=True)
    blocks = [*_abstract(manuscript), *manuscript.blocks]
    cited = set_citations(blocks, settings)
    say("Writing the pages")
    titles = {notebook.name: notebook.title for notebook in manuscript.notebooks}
    citation = project_citation(project, manuscript)
    page = article_page(
        manuscript,
        cited,
        cover,
        citation,
        notes=notes(ledger, titles),
        rows={table.label: table.address for table in ledger.tables},
    )
    also = {**notice_fields(manuscript.notice), **menu_fields(project, manuscript, page.root)}
    page = replace(page, meta={**page.meta, **also})
    write_page(page, settings, notebook_links(manuscript, ""), target / "index.html")
    screen = make_bitmaps(manuscript.embeds, SCREEN_PPI)
    write_pictures([(bitmap_name(key), one.content) for key, one in screen.items()], target)
    marks = entry_numbers(cited)
    write_companions(project, manuscript, ledger, marks, target, anchored=True)
    say("Typesetting the PDF")
    dated = cover.day or day
    source = typst_source(manuscript, cited, cover, dated)
    printed = printed_figures(project, manuscript.embeds)
    write_pdf(source, target, dated=dated is not None, printed=printed)
    say("Writing the Word document and the JATS article")
    # These two travel alone: a link into the report's folder would lead nowhere.
    head = notice_blocks(manuscript.notice)
    blocks, cited = [*head, *without_values(blocks)], [*head, *without_values(cited)]
    bitmaps = make_bitmaps(manuscript.embeds)
    (target / "report.docx").write_bytes(docx_document(manuscript, cited, cover, bitmaps, day))
    article = jats_article(manuscript, blocks, cited, cover, based_on=review.based_on, day=day)
    write_jats(article, bitmaps, target / "jats")


def _abstract(manuscript: Manuscript) -> Nodes:
    blocks = manuscript.fields.get("abstract", [])
    return [header(1, words("Abstract"), "abstract", ["unnumbered"]), *blocks] if blocks else []
