"""How to cite the report: in words, and as files for reference managers."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umbrella_review.dates import source_date
from umbrella_review.paths import Project
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.titles import Author, Cover, printed_date, read_cover
from umbrella_review.review import Review

FOLDER = "cite"
_BIBTEX = re.compile(r"[&%$#_{}]|[~^\\]")
_BIBTEX_NAMES = {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}


@dataclass(frozen=True)
class Citation:
    """A version of the report, as others cite it.

    Parameters
    ----------
    key : str
        For reference managers.
    title, version : str
        As printed.
    authors : tuple of Author
        At least their printed names.
    day : date or None
        Of the version; None where the project gives none.
    language : str
        Language tag.
    based_on : str
        Key of the article that the report rebuilds, to be cited with it; empty for none.
    """

    key: str
    title: str
    version: str
    authors: tuple[Author, ...]
    day: datetime.date | None
    language: str
    based_on: str = ""


def make_citation(
    cover: Cover, day: datetime.date | None, language: str, based_on: str = ""
) -> Citation:
    """Return how a report is cited.

    Parameters
    ----------
    cover : Cover
        What stands on the title page; its date goes before `day`.
    day : date or None
        Of the project's sources.
    language : str
        Language tag of the report.
    based_on : str, optional
        Key of the article that the report rebuilds.

    Returns
    -------
    Citation
        The citation.
    """
    words = re.findall(r"[a-z0-9]+", (cover.short_title or cover.plain_title).lower())
    key = "_".join([*words, *re.findall(r"[a-z0-9]+", cover.version.lower())])
    day = cover.day or day
    title, version, people = cover.plain_title, cover.version, cover.people
    return Citation(key, title, version, people, day, language, based_on)


def project_citation(project: Project, manuscript: Manuscript) -> Citation:
    """Return how the report of a project is cited.

    Parameters
    ----------
    project : Project
        The project.
    manuscript : Manuscript
        Its manuscript.

    Returns
    -------
    Citation
        With the day of the front matter, else that of the project's sources.
    """
    review = Review.read(project.review_file)
    cover = read_cover(manuscript, review.short_title, review.version)
    language, based_on = manuscript.settings.language, review.based_on
    return make_citation(cover, source_date(project.root), language, based_on)


def in_words(citation: Citation) -> str:
    """Return a citation as one sentence after the other.

    Parameters
    ----------
    citation : Citation
        The citation.

    Returns
    -------
    str
        Authors, title, version and date, each as far as it is known.
    """
    names = ", ".join(author.name for author in citation.authors)
    version = f"Version {citation.version}" if citation.version else ""
    day = printed_date(citation.day) if citation.day else ""
    return " ".join(
        f"{part.rstrip('.')}." for part in (names, citation.title, version, day) if part
    )


def citation_files(citation: Citation) -> dict[str, str]:
    """Return the citation for reference managers.

    Parameters
    ----------
    citation : Citation
        The citation.

    Returns
    -------
    dict of str to str
        By name of the file: BibTeX, RIS and CSL-JSON.
    """
    return {
        "citation.bib": _bibtex(citation),
        "citation.ris": _ris(citation),
        "citation.json": json.dumps([_csl(citation)], ensure_ascii=False, indent=2) + "\n",
    }


def write_citation(citation: Citation, target: Path) -> None:
    """Write the citation for reference managers into a report.

    Parameters
    ----------
    citation : Citation
        The citation.
    target : Path
        The report's folder.
    """
    folder = target / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in citation_files(citation).items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


def _csl(citation: Citation) -> dict[str, Any]:
    day = citation.day
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "report",
        "title": citation.title,
        "author": [
            {"family": one.family, "given": one.given} if one.family else {"literal": one.name}
            for one in citation.authors
        ],
        "version": citation.version,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "language": citation.language,
    }
    return {key: value for key, value in item.items() if value}


def _bibtex(citation: Citation) -> str:
    day = citation.day
    fields: Mapping[str, str] = {
        "title": f"{{{_tex(citation.title)}}}",
        "author": " and ".join(_bibtex_name(author) for author in citation.authors),
        "year": f"{day.year}" if day else "",
        "month": f"{day.month}" if day else "",
        "note": f"Version {_tex(citation.version)}" if citation.version else "",
        "language": citation.language,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_name(author: Author) -> str:
    if author.family:
        return f"{_tex(author.family)}, {_tex(author.given)}"
    return f"{{{_tex(author.name)}}}"  # not to be taken apart: it may be a group


def _tex(text: str) -> str:
    return _BIBTEX.sub(lambda match: _BIBTEX_NAMES.get(match[0], f"\\{match[0]}"), text)


def _ris(citation: Citation) -> str:
    day = citation.day
    fields = [
        ("TY", "RPRT"),
        ("ID", citation.key),
        *(("AU", _ris_name(author)) for author in citation.authors),
        ("TI", citation.title),
        ("ET", citation.version),
        ("PY", f"{day.year}" if day else ""),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("LA", citation.language),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def _ris_name(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family else author.name
