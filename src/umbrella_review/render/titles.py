"""What stands on the title page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.tree import Nodes, inlines_of, text_of

# Not by the locale of the machine: the words of a page are the same everywhere.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Author:
    """An author.

    Parameters
    ----------
    name : str
        As printed.
    given, family, orcid : str
        Empty where the front matter does not tell them apart.
    affiliations : tuple of str
        Names of institutions.
    """

    name: str
    given: str
    family: str
    orcid: str
    affiliations: tuple[str, ...]


@dataclass(frozen=True)
class Cover:
    """Title, authors and the like.

    Parameters
    ----------
    title, subtitle : list of dict
        Inlines.
    short_title, version, date : str
        As printed; empty where not given.
    day : date or None
        The date, if the front matter gives one that is a day.
    people : tuple of Author
        The authors.
    keywords : tuple of str
        As printed.
    """

    title: Nodes
    subtitle: Nodes
    short_title: str
    version: str
    date: str
    day: datetime.date | None
    people: tuple[Author, ...]
    keywords: tuple[str, ...]

    @property
    def plain_title(self) -> str:
        """The title as plain text."""
        return text_of(self.title)

    @property
    def authors(self) -> tuple[str, ...]:
        """Their names as printed."""
        return tuple(author.name for author in self.people)

    @property
    def affiliations(self) -> tuple[str, ...]:
        """Those of all authors, each once."""
        return tuple(dict.fromkeys(name for one in self.people for name in one.affiliations))


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
    return Cover(
        inlines_of(manuscript.fields.get("title", [])),
        inlines_of(manuscript.fields.get("subtitle", [])),
        short_title,
        version,
        printed_date(metadata.get("date")),
        _day(metadata.get("date")),
        tuple(_author(author) for author in authors),
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
    day = _day(value)
    return str(value or "") if day is None else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _day(value: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError:
        return None


def _items(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _author(author: Any) -> Author:
    if not isinstance(author, Mapping):
        return Author(str(author), "", "", "", ())
    name = author.get("name", "")
    parts = name if isinstance(name, Mapping) else {}
    given, family = (str(parts.get(part) or "") for part in ("given", "family"))
    printed = " ".join(filter(None, (given, family))) if parts else str(name)
    orcid = str(author.get("orcid") or "")
    return Author(printed, given, family, orcid, tuple(_affiliations(author)))


def _affiliations(author: Mapping[str, Any]) -> list[str]:
    values = _items(author.get("affiliations") or author.get("affiliation"))
    names = (value.get("name", "") if isinstance(value, Mapping) else value for value in values)
    return [str(name) for name in names if name]
