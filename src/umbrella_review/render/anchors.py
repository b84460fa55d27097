"""Headings that are links to themselves, so that a reader can point at a section."""

from __future__ import annotations

import re

# As pandoc writes a section, or a division with a heading: its identifier, then the heading.
_HEADING = re.compile(
    r'(?P<opening><(?:section|div) id="(?P<id>[^"]+)"[^>]*>\s*<h(?P<level>[1-6])[^>]*>)'
    r"(?P<inner>.*?)(?P<closing></h(?P=level)>)",
    re.DOTALL,
)

_ENTRY = 'class="entry"'


def link_headings(page: str) -> str:
    """Let the heading of each section of a page be a link to the section.

    Headings that hold links already are left, since links cannot be nested, and so are those of
    entries of the ledger and the data, thousands that are reached by links anyway.

    Parameters
    ----------
    page : str
        A page as pandoc writes it, with sections as divisions.

    Returns
    -------
    str
        The page; its table of contents is as before.
    """
    return _HEADING.sub(_linked, page)


def _linked(match: re.Match[str]) -> str:
    if "<a " in match["inner"] or _ENTRY in match["opening"]:
        return match[0]
    link = f'<a class="anchor" href="#{match["id"]}">{match["inner"]}</a>'
    return f"{match['opening']}{link}{match['closing']}"
