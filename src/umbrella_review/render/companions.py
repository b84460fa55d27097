"""The pages around the article, the same for both engines: notebooks, ledger, data, exploring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from umbrella_review.bibliography import read_entries
from umbrella_review.ledger import FOLDER
from umbrella_review.paths import Project
from umbrella_review.render.cite import project_citation, write_citation
from umbrella_review.render.dashboard import copy_sheet, dashboard_page
from umbrella_review.render.explore.page import NAME as EXPLORE
from umbrella_review.render.explore.page import copy_assets as copy_explorer
from umbrella_review.render.explore.page import explore_page
from umbrella_review.render.html import Page, notebook_links, write_page
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.menu import menu_fields
from umbrella_review.render.notebook_page import notebook_pages, write_notebooks
from umbrella_review.render.notice import notice_fields
from umbrella_review.render.page_assets import FOLDER as ASSETS
from umbrella_review.render.page_assets import INDEX, copy_assets
from umbrella_review.render.search_index import Indexed, article_items, index_script, page_items
from umbrella_review.render.trace.codebook_page import NAME as CODEBOOK
from umbrella_review.render.trace.codebook_page import codebook_page
from umbrella_review.render.trace.data_pages import data_pages
from umbrella_review.render.trace.files import write_files
from umbrella_review.render.trace.ledger import Ledger, cited_on
from umbrella_review.render.trace.ledger_pages import ledger_pages
from umbrella_review.render.trace.names import row_names, value_names
from umbrella_review.render.trace.notes import notes
from umbrella_review.render.trace.table_pages import table_pages
from umbrella_review.review import Review

_ENTRIES = (FOLDER, "data")  # kinds of pages


def write_companions(
    project: Project,
    manuscript: Manuscript,
    ledger: Ledger,
    keys: Mapping[str, str],
    target: Path,
    *,
    anchored: bool,
) -> None:
    """Write notebooks with their pages, the ledger as pages and files, and pages of the data.

    Parameters
    ----------
    project : Project
        The project.
    manuscript : Manuscript
        Its manuscript, checked.
    ledger : Ledger
        What was recorded, and what the manuscript cites of it.
    keys : mapping of str to str
        Printed marks of the references in the article, by key.
    target : Path
        The report's folder.
    anchored : bool
        Whether the article has a place for each value.
    """
    copy_assets(manuscript.settings, target)
    write_citation(project_citation(project, manuscript), target)
    write_notebooks(manuscript.notebooks, target)
    write_files(ledger, target)
    titles = {notebook.name: notebook.title for notebook in manuscript.notebooks}
    data = {one.label: one.data for one in ledger.displays}
    review = Review.read(project.review_file)
    questions = {key: question.title for key, question in review.questions.items()}
    rows = data_pages(project, read_entries(project))
    folders: dict[str, list[tuple[str, Page]]] = {
        "notebooks": notebook_pages(project, manuscript, ledger, keys, anchored=anchored),
        FOLDER: [
            *ledger_pages(ledger, titles, anchored=anchored, questions=questions),
            *table_pages(ledger.tables, data, titles),
        ],
        "data": [(CODEBOOK, codebook_page(review, [name for name, _ in rows])), *rows],
    }
    notice = notice_fields(manuscript.notice)

    def write(named: tuple[Path, Page]) -> None:
        menu = menu_fields(project, manuscript, named[1].root)
        page = replace(named[1], meta={**named[1].meta, **notice, **menu})
        # Hundreds of links on pages of rows and values lead to notebooks; their menu need not.
        links = [] if page.kind in _ENTRIES else notebook_links(manuscript, page.root)
        write_page(page, manuscript.settings, links, named[0])

    pages = [
        (target / folder / f"{name}.html", page)
        for folder, named in folders.items()
        for name, page in named
    ]
    if manuscript.dashboard is not None:
        copy_sheet(target)
        board = dashboard_page(
            manuscript.dashboard,
            ledger,
            ratings=review.vocabulary("rating"),
            keys=keys,
            notes=notes(cited_on(ledger, manuscript.dashboard.file), titles),
            changes=manuscript.changes,
        )
        pages.append((target / manuscript.dashboard.file, board))
    explore = explore_page(project, manuscript)
    if explore is not None:
        copy_explorer(target)
        pages.append((target / f"{EXPLORE}.html", explore))
    _write_index(manuscript, ledger, row_names(project, review), pages, target)
    with ThreadPoolExecutor() as pool:  # each page is written by a pandoc of its own
        list(pool.map(write, pages))


def _write_index(
    manuscript: Manuscript,
    ledger: Ledger,
    rows: Mapping[str, Mapping[str, str]],
    pages: Sequence[tuple[Path, Page]],
    target: Path,
) -> None:
    """Write what the search of the pages finds.

    The rows of tables are found as tables and as data, and not once more in the ledger.
    """
    article = article_items(manuscript.blocks, manuscript.numbers)
    values = value_names(ledger)

    def names(page: Page, stem: str) -> Mapping[str, str]:
        if page.kind == FOLDER:
            return {key: name for key, name in values.items() if key.startswith(f"{stem}.")}
        return rows.get(stem, {}) if page.kind == "data" else {}

    beside = [
        Indexed(
            path.relative_to(target).as_posix(),
            page.title,
            page_items(page.title, page.blocks, names(page, path.stem)),
        )
        for path, page in pages
    ]
    code = index_script([Indexed("index.html", "Article", article), *beside])
    (target / ASSETS / INDEX).write_text(code, encoding="utf-8", newline="\n")
