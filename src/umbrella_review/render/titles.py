"""What stands on the title page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.tree import Nodes, inlines_of, text_of


@dataclass(frozen=True)
class Cover:
    """Title, authors and the like.

    Parameters
    ----------
    title, subtitle : list of dict
        Inlines.
    short_title, version, date : str
        As printed; empty where not given.
    authors, affiliations, keywords : tuple of str
        As printed.
    """

    title: Nodes
    subtitle: Nodes
    short_title: str
    version: str
    date: str
    authors: tuple[str, ...]
    affiliations: tuple[str, ...]
    keywords: tuple[str, ...]

    @property
    def plain_title(self) -> str:
        """The title as plain text."""
        return text_of(self.title)


def read_cover(manuscript: Manuscript, short_title: str, version: str) -> Cover:
    """Return what stands on the title page.

    Parameters
    ----------
    manuscript : Manuscript
        Gives what its front matter says.
    short_title, version : str
        Of the review.

    Returns
    -------
    Cover
        The title page.
    """
    metadata = manuscript.settings.metadata
    authors = _items(metadata.get("author") or metadata.get("authors"))
    affiliations = [name for author in authors for name in _affiliations(author)]
    return Cover(
        inlines_of(manuscript.fields.get("title", [])),
        inlines_of(manuscript.fields.get("subtitle", [])),
        short_title,
        version,
        printed_date(metadata.get("date")),
        tuple(_name(author) for author in authors),
        tuple(dict.fromkeys(affiliations)),
        tuple(str(word) for word in _items(metadata.get("keywords"))),
    )


def printed_date(value: Any) -> str:
    """Return a date like ``5 January 2026``; what is no date stays as it is.

    Parameters
    ----------
    value : object
        As the front matter has it.

    Returns
    -------
    str
        A date like ``5 January 2026``.
    """
    try:
        day = datetime.date.fromisoformat(str(value))
    except ValueError:
        return str(value or "")
    return f"{day.day} {day:%B %Y}"


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _name(author: Any) -> str:
    name = author.get("name", "") if isinstance(author, Mapping) else author
    if isinstance(name, Mapping):
        return " ".join(str(name[part]) for part in ("given", "family") if name.get(part))
    return str(name)


def _affiliations(author: Any) -> list[str]:
    if not isinstance(author, Mapping):
        return []
    values = _items(author.get("affiliations") or author.get("affiliation"))
    names = (value.get("name", "") if isinstance(value, Mapping) else value for value in values)
    return [str(name) for name in names if name]
