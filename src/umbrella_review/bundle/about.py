"""Title, authors, licences and version: from the files that say so, never from here."""

from __future__ import annotations

import json
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from umbrella_review.bundle.material import ARTICLE, DESCRIPTION, Material
from umbrella_review.dates import VARIABLE, source_date
from umbrella_review.errors import InputError, Problem
from umbrella_review.release.sources import CITATION
from umbrella_review.review import Review
from umbrella_review.strict_yaml import read_yaml

_LICENSE = ".//license"
_HREF = "{http://www.w3.org/1999/xlink}href"
_ORCID = "https://orcid.org/"


@dataclass(frozen=True)
class Author:
    """A person or an organisation.

    Parameters
    ----------
    name : str
        In the order in which it is written.
    person : bool
        False for an organisation.
    orcid : str
        The identifier without address; empty if unknown.
    affiliation : str
        Empty if unknown.
    """

    name: str
    person: bool
    orcid: str
    affiliation: str


@dataclass(frozen=True)
class Work:
    """A work that this one builds on, or a licence.

    Parameters
    ----------
    title : str
        Its title; empty if unknown.
    address : str
        Its address; empty if unknown.
    """

    title: str
    address: str


@dataclass(frozen=True)
class About:
    """What is known of the report as a whole.

    Parameters
    ----------
    title, short_title, version, language : str
        Of the review.
    day : date
        Of the sources.
    authors : tuple of Author
        At least one, the first is the corresponding one.
    keywords : tuple of str
        As cited.
    software_license : str
        SPDX identifier.
    text_license : str
        Address; empty if unknown.
    data_license : Work
        Name and address; both are empty if unknown.
    doi, repository : str
        Of this work; empty if it has none.
    based_on : tuple of Work
        The published works whose data these are.
    """

    title: str
    short_title: str
    version: str
    language: str
    day: date
    authors: tuple[Author, ...]
    keywords: tuple[str, ...]
    software_license: str
    text_license: str
    data_license: Work
    doi: str
    repository: str
    based_on: tuple[Work, ...]


def read_about(material: Material) -> About:
    """Return what is known of a report.

    Parameters
    ----------
    material : Material
        Report and sources: ``review.yml``, ``CITATION.cff``, the licence of the article in JATS,
        and the description of the data.

    Returns
    -------
    About
        What is not known is empty.

    Raises
    ------
    InputError
        If ``review.yml`` or ``CITATION.cff`` cannot be read, or names no author, licence or day.
    """
    with tempfile.TemporaryDirectory(prefix="umbrella-") as place:
        for name in ("review.yml", CITATION):
            Path(place, name).write_bytes(material.sources[name])
        review = Review.read(Path(place, "review.yml"))
        day = source_date(Path(place))
    text = material.sources[CITATION].decode("utf-8", errors="replace")
    content, _, problems = read_yaml(text, CITATION)
    cited: dict[str, Any] = content if isinstance(content, dict) else {}
    problems += _lacking(cited, day)
    if problems or day is None:
        raise InputError(problems)
    described = json.loads(material.report[DESCRIPTION])
    return About(
        review.title,
        review.short_title,
        review.version,
        review.language,
        day,
        tuple(map(_author, cited["authors"])),
        tuple(map(str, cited.get("keywords") or ())),
        str(cited["license"]),
        _text_license(material.report[ARTICLE]),
        next(map(_work, described.get("licenses", ())), Work("", "")),
        str(cited.get("doi", "")),
        str(cited.get("repository-code", "")),
        tuple(map(_work, described.get("sources", ()))),
    )


def _lacking(cited: Mapping[str, Any], day: date | None) -> Iterator[Problem]:
    authors = cited.get("authors")
    if not isinstance(authors, list) or not all(isinstance(one, dict) for one in authors or [0]):
        remedy = "Write them as https://citation-file-format.github.io describes."
        yield Problem(f"{CITATION}, authors", "no list of authors", "at least one author", remedy)
    if not isinstance(cited.get("license"), str):
        remedy = "Write its SPDX identifier, e.g. MIT."
        yield Problem(f"{CITATION}, license", "no licence", "the licence of the software", remedy)
    if day is None:
        remedy = f"Write it there, or set {VARIABLE}: no clock is read."
        yield Problem(f"{CITATION}, date-released", "no day", "a day such as 2026-01-31", remedy)


def _author(entry: Mapping[str, Any]) -> Author:
    parts = ("given-names", "name-particle", "family-names", "name-suffix")
    own = " ".join(str(entry[part]) for part in parts if entry.get(part))
    orcid = str(entry.get("orcid", "")).removeprefix(_ORCID)
    name = own or str(entry.get("name") or entry.get("alias") or "")
    return Author(name, bool(own), orcid, str(entry.get("affiliation", "")))


def _work(entry: Mapping[str, str]) -> Work:
    return Work(entry.get("title", ""), entry.get("path", ""))


def _text_license(article: bytes) -> str:
    found = ET.fromstring(article).find(_LICENSE)  # noqa: S314 - made by a build
    return "" if found is None else found.get(_HREF, "")
