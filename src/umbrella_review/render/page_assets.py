"""Style sheets and scripts of the pages. Scripts add to pages that are whole without them."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from umbrella_review.render.config import Settings
from umbrella_review.render.styles import copy_sheets

FOLDER = "assets"
# In the order in which pages load them.
SCRIPTS = ("notes.js", "order.js", "tables.js", "zoom.js", "contents.js", "search.js", "copy.js")
CONTROLS = "controls.css"  # the look of what the scripts add
INDEX = "search-index.js"  # loaded by the search alone, when it is used
# What a page must hold for a script to have work there; the search has work on every page.
_WORK = {
    "notes.js": ('id="notes"', 'class="csl-entry'),
    "order.js": ("<table",),
    "tables.js": ("<table",),
    "zoom.js": ('class="enlarge"',),
    "contents.js": ('id="TOC"',),
    "copy.js": ("data-copies",),
}
_SOURCE = resources.files("umbrella_review.render") / "scripts"


def without_idle_scripts(page: str) -> str:
    """Return a page without the scripts that would find nothing to do on it.

    Parameters
    ----------
    page : str
        HTML that loads all of `SCRIPTS`.

    Returns
    -------
    str
        HTML that loads those whose work it holds.
    """
    for name, marks in _WORK.items():
        if not any(mark in page for mark in marks):
            page = re.sub(rf'<script src="[^"]*/{name}" defer></script>\n', "", page)
    return page


def copy_assets(settings: Settings, target: Path) -> None:
    """Copy the style sheets and the scripts of the pages into the report.

    Parameters
    ----------
    settings : Settings
        Of the project and the article; they name the style sheets.
    target : Path
        The report's folder.
    """
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    copy_sheets(settings.css, folder)
    for name in (CONTROLS, *SCRIPTS):
        (folder / name).write_bytes((_SOURCE / name).read_bytes())
