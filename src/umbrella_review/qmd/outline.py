"""What can be referred to in a manuscript: sections, figures and tables by their labels.

Read from the source alone, so that data can be held against it before anything is computed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass

from umbrella_review.paths import Project
from umbrella_review.provenance import digest_of
from umbrella_review.qmd.includes import read_article
from umbrella_review.qmd.syntax import Line, shortcodes

TITLE_PAGE = "title"  # stands for what comes before the text: title, authors and the like

_HEADING = re.compile(r"#{1,6}\s+(?P<title>.*?)\s*(?:\{(?P<attributes>[^{}]*)\})?\s*")
_LABEL = re.compile(r"(?:^|\s)#([\w-]+)")
_TABLE = re.compile(r":\s.*\{[^{}]*#(tbl-[\w-]+)[^{}]*\}\s*")
_UNSOUND = re.compile(r"[^\w\s.-]")


@dataclass(frozen=True)
class Target:
    """A section, figure or table that the text can refer to.

    Parameters
    ----------
    label : str
        Its identifier, e.g. ``sec-methods`` or ``fig-flow``.
    title : str
        Heading of a section; empty for figures and tables.
    numbered : bool
        Whether it has a number.
    """

    label: str
    title: str
    numbered: bool


def read_outline(project: Project) -> dict[str, Target]:
    """Return what the manuscript of a project lets the text refer to.

    What is wrong with the manuscript is left to the engines to report.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    dict of str to Target
        By label, in the order of the text; `TITLE_PAGE` comes first. Empty without a manuscript.
    """
    if not project.article.is_file():
        return {}
    _, lines = read_article(project.root, project.article, [])
    return outline_of(lines)


def outline_of(lines: Sequence[Line]) -> dict[str, Target]:
    """Return what the lines of a manuscript let the text refer to.

    Parameters
    ----------
    lines : sequence of Line
        The text, with all includes in place and without comments.

    Returns
    -------
    dict of str to Target
        By label, in the order of the text; `TITLE_PAGE` comes first.
    """
    first = Target(TITLE_PAGE, "Title page", numbered=False)
    found = [first, *(target for line in lines if not line.code for target in _targets(line))]
    outline: dict[str, Target] = {}
    for target in found:
        outline.setdefault(target.label, target)
    return outline


def outline_digest(outline: Mapping[str, Target]) -> str:
    """Return the SHA-256 of an outline; it changes with labels, headings and their order.

    Parameters
    ----------
    outline : mapping of str to Target
        As `read_outline` gives it.

    Returns
    -------
    str
        Hexadecimal digits.
    """
    return digest_of([astuple(target) for target in outline.values()])


def _targets(line: Line) -> Iterator[Target]:
    heading, table = _HEADING.fullmatch(line.text), _TABLE.fullmatch(line.text)
    if heading:
        yield _section(heading["title"], heading["attributes"] or "")
    if table:
        yield Target(table[1], "", numbered=True)
    for code in shortcodes(line):
        if code.name == "embed" and not code.escaped and code.arguments:
            yield Target(code.arguments[0].partition("#")[2], "", numbered=True)


def _section(title: str, attributes: str) -> Target:
    label = _LABEL.search(attributes)
    numbered = not re.search(r"(?:^|\s)(?:\.unnumbered|-)(?:\s|$)", attributes)
    return Target(label[1] if label else _automatic(title), title, numbered)


def _automatic(title: str) -> str:
    """Return the identifier that pandoc gives to a heading of plain words."""
    return re.sub(r"\s+", "-", _UNSOUND.sub("", title).strip().lower())
