"""The pages beside the article that every menu names."""

from __future__ import annotations

from umbrella_review.paths import Project
from umbrella_review.render.explore.document import keeper
from umbrella_review.render.explore.page import NAME, TITLE
from umbrella_review.render.fields import listed, mapped, quoted, text
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.tree import Node


def menu_fields(project: Project, manuscript: Manuscript, root: str) -> dict[str, Node]:
    """Return the field of the page template that lists the pages beside the article.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.
    root : str
        Way from the page to the report's folder.

    Returns
    -------
    dict of str to dict
        ``pages``, each with title and address; nothing where the report has none.
    """
    entries = [
        mapped({"title": text(title), "href": quoted(f"{root}{file}")})
        for file, title in side_pages(project, manuscript)
    ]
    return {"pages": listed(entries)} if entries else {}


def side_pages(project: Project, manuscript: Manuscript) -> list[tuple[str, str]]:
    """Return the pages beside the article.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.

    Returns
    -------
    list of tuple of str and str
        File in the report's folder and title of each.
    """
    names = [notebook.name for notebook in manuscript.notebooks]
    dashboard = manuscript.dashboard
    pages = [(dashboard.file, dashboard.title)] if dashboard else []
    return [*pages, *([(f"{NAME}.html", TITLE)] if keeper(project, names) else [])]
