"""A comparison as one HTML page that needs nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from importlib import resources
from pathlib import Path
from string import Template

from umbrella_review.release.changes.compare import Comparison
from umbrella_review.release.changes.outline import NOTHING, Group, Line, Part, outline, summary

_FOLDER = resources.files("umbrella_review.release.changes")


def page_of(comparison: Comparison, style: str) -> str:
    """Return a comparison as a page.

    Parameters
    ----------
    comparison : Comparison
        The comparison; all text of it is shown as its characters.
    style : str
        Style sheet of the reports.

    Returns
    -------
    str
        HTML without scripts.
    """
    parts = outline(comparison)
    template = Template((_FOLDER / "page.html").read_text(encoding="utf-8"))
    own = (_FOLDER / "page.css").read_text(encoding="utf-8")
    contents = (
        f'<li><a href="#part-{n}">{escape(one.title)}</a></li>' for n, one in _numbered(parts)
    )
    return template.substitute(
        title=escape(f"What changed from {comparison.old} to {comparison.new}"),
        summary=escape(f"{summary(comparison)}."),
        style=f"{style}\n{own}".replace("</", "<\\/"),
        contents="\n".join(contents),
        parts="\n".join(_part(n, one) for n, one in _numbered(parts)),
    )


def style_of(*reports: Path) -> str:
    """Return the style sheets of the first report that has some, without its fonts.

    Parameters
    ----------
    *reports : Path
        Folders of reports.

    Returns
    -------
    str
        Empty where none has: the page is then plain.
    """
    for folder in reports:
        sheets = sorted((folder / "assets").glob("*.css"))
        texts = [sheet.read_text(encoding="utf-8") for sheet in sheets]
        if texts:
            return "\n".join(text for text in texts if "@font-face" not in text)
    return ""


def _numbered(parts: list[Part]) -> Iterable[tuple[int, Part]]:
    return enumerate(parts, start=1)


def _part(number: int, part: Part) -> str:
    facts = "".join(f"<li>{escape(fact)}</li>" for fact in part.facts)
    groups = "\n".join(_group(part, group) for group in part.groups)
    return (
        f'<section id="part-{number}">\n<h2>{escape(part.title)}</h2>\n'
        + (f'<ul class="facts">{facts}</ul>\n' if facts else "")
        + (groups or "<p>Nothing in the report follows from it.</p>")
        + "\n</section>"
    )


def _group(part: Part, group: Group) -> str:
    label = escape(f"{group.heading} ({part.title})", quote=True)
    plain = [line for line in group.lines if not line.inner]
    folded = "\n".join(_folded(line) for line in group.lines if line.inner)
    table = _table(plain, label) if plain else ""
    return f"<h3>{escape(group.heading)}</h3>\n{table}{folded}"


def _folded(line: Line) -> str:
    note = f": {line.note}" if line.note else ""
    head = escape(f"{line.title}{note}")
    return (
        f"<details><summary>{head}</summary>\n"
        f"{_table(line.inner, escape(line.title, quote=True))}</details>"
    )


def _table(lines: Iterable[Line], label: str) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{escape(line.title)}</th>'
        + "".join(f"<td>{escape(cell or NOTHING)}</td>" for cell in (line.old, line.new, line.note))
        + "</tr>"
        for line in lines
    )
    heads = "".join(f'<th scope="col">{one}</th>' for one in ("What", "Before", "After", "Meaning"))
    return (
        f'<div class="table-frame" role="region" tabindex="0" aria-label="{label}">'
        f'<table class="changes">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n'
        "</tbody></table></div>\n"
    )
