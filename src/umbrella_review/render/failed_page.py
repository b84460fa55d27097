"""A page for a notebook that failed, so that its author sees what ran and where it stopped."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render import pandoc
from umbrella_review.render.config import read_settings
from umbrella_review.render.executed import Notebook, read_notebook
from umbrella_review.render.fields import inlines, listed, quoted, text
from umbrella_review.render.nodes import words
from umbrella_review.render.notebook_cells import Around
from umbrella_review.render.notebook_page import (
    STYLE,
    notebook_blocks,
    parse_notebooks,
    write_notebooks,
)
from umbrella_review.render.page_assets import copy_assets

_TEMPLATES = resources.files("umbrella_review.render") / "templates"
_FOLDER = "page"


def write_failed_page(project: Project, partial: Path, label: str, error: str) -> Path | None:
    """Write a page for a notebook that was executed as far as possible.

    Parameters
    ----------
    project : Project
        The project.
    partial : Path
        The executed notebook.
    label : str
        Label or identifier of the cell that failed.
    error : str
        What it raised: kind and message.

    Returns
    -------
    Path or None
        The page, in a folder beside the notebook; None where the notebook cannot be read.
    """
    settings = read_settings(project, (), [])
    titles = {listed.name: listed.title for listed in settings.notebooks}
    title = titles.get(partial.stem, partial.stem)
    notebook = read_notebook(project.root, project.relative(partial), title, [])
    if notebook is None:
        return None
    target = partial.parent / _FOLDER
    write_notebooks([notebook], target)
    copy_assets(settings, target)
    anchor = _anchor(notebook, label)
    around = Around(failed=anchor, error=error)
    blocks = notebook_blocks(notebook, parse_notebooks([notebook])[0], around, {}, [])
    meta = {
        "lang": quoted(settings.language),
        "pagetitle": text(f"{title}: failed"),
        "title": inlines(words(title)),
        "css": listed(quoted(name) for name in [*(p.name for p in settings.css), STYLE]),
        "failed": quoted(anchor),
        "error": text(error.splitlines()[0] if error else ""),
    }
    with resources.as_file(_TEMPLATES / "failed.html") as template:
        arguments = ["-f", "json", "-t", "html5", "--standalone", "--wrap=none", "--section-divs"]
        page = pandoc.run([*arguments, f"--template={template}"], pandoc.document(blocks, meta))
    file = target / "notebooks" / f"{notebook.name}.html"
    file.write_text(page, encoding="utf-8", newline="\n")
    return file


def _anchor(notebook: Notebook, label: str) -> str:
    """Return the place of a cell, which is named by its label, or by its identifier without one."""
    return next((cell.anchor for cell in notebook.cells if label in (cell.label, cell.cell_id)), "")
