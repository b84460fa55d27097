"""What Quarto's article lacks under ``theme: none``: ways to pages, files and notebooks.

Quarto's own lists of these belong to its Bootstrap themes. What ``_quarto.yml`` includes would
stand in Quarto's previews of notebooks too, from where these addresses would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from importlib import resources
from pathlib import Path

from umbrella_review.paths import Project
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.menu import side_pages

STYLE = "quarto.css"
_TEMPLATES = resources.files("umbrella_review.render") / "templates"
_SHEET = f'<link rel="stylesheet" href="assets/{STYLE}">\n'
_BODY = re.compile(r"<body\b[^>]*>")
_CLOSED = re.compile(r"</body\s*>(?!.*</body)", re.DOTALL)
_FLOAT = re.compile(r'<div aria-describedby="([^"]+)">')
_LEDGER = ("ledger/index.html", "Ledger of all computed numbers")
_CODEBOOK = ("data/codebook.md", "Data and codebook")
_FILES = (
    ("index.pdf", "PDF"),
    ("index.docx", "Word"),
    ("index.xml", "JATS"),
    ("index-meca.zip", "MECA"),
)


def frame_article(project: Project, manuscript: Manuscript, target: Path) -> None:
    """Put ways to pages, files and notebooks before the title of Quarto's article.

    Parameters
    ----------
    project : Project
        The project; its notebooks have been executed.
    manuscript : Manuscript
        Its manuscript, checked.
    target : Path
        Folder of the article; where it has none, or one that has its frame, nothing is done.
    """
    path = target / "index.html"
    page = path.read_text(encoding="utf-8") if path.is_file() else ""
    if _SHEET in page or not _BODY.search(page):
        return
    (target / "assets" / STYLE).write_bytes((_TEMPLATES / STYLE).read_bytes())
    # What can be moved sideways on small screens can be reached by keyboard, by its caption's name.
    page = _FLOAT.sub(r'<div tabindex="0" role="region" aria-labelledby="\1">', page)
    page = page.replace("</head>", f"{_SHEET}</head>", 1)
    opening = _opening(project, manuscript, target)
    page = _BODY.sub(lambda body: f"{body[0]}\n{opening}", page, count=1)
    page = _CLOSED.sub(lambda _: "</main>\n</body>", page)
    path.write_text(page, encoding="utf-8", newline="\n")


def _opening(project: Project, manuscript: Manuscript, target: Path) -> str:
    described = (project.data / "codebook.md").is_file()
    pages = [*side_pages(project, manuscript), _LEDGER, *([_CODEBOOK] if described else [])]
    files = [(name, title) for name, title in _FILES if (target / name).is_file()]
    books = [(f"notebooks/{one.name}.html", one.title) for one in manuscript.notebooks]
    download = f'<p class="download">Download: {_row(files)}</p>\n' if files else ""
    items = "".join(f"<li>{link}</li>\n" for link in _links(books))
    return (
        '<a class="skip-link" href="#content">Skip to the content</a>\n'
        '<main id="content" class="quarto-article" tabindex="-1">\n'
        '<nav class="quarto-pages" aria-label="Pages and files">\n'
        f'<p class="download">Read as well: {_row(pages)}</p>\n{download}'
        '<details class="download">\n<summary>Notebooks</summary>\n'
        f"<ul>\n{items}</ul>\n</details>\n</nav>\n"
    )


def _row(links: Iterable[tuple[str, str]]) -> str:
    return " · ".join(_links(links))


def _links(links: Iterable[tuple[str, str]]) -> list[str]:
    return [f'<a href="{escape(address)}">{escape(title)}</a>' for address, title in links]
