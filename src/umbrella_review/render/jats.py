"""Writing the report as JATS XML, the format in which journals and archives keep articles."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from umbrella_review.render import pandoc
from umbrella_review.render.bitmaps import Bitmap
from umbrella_review.render.citations import entry_numbers
from umbrella_review.render.fields import inlines, listed, mapped, text
from umbrella_review.render.html import write_pictures
from umbrella_review.render.jats_article import finish
from umbrella_review.render.jats_blocks import appendices, lay_out, picture_name
from umbrella_review.render.manuscript import Manuscript
from umbrella_review.render.titles import Author, Cover
from umbrella_review.render.tree import Node, Nodes, text_of

ARTICLE = "article.xml"
_TEMPLATE = resources.files("umbrella_review.render") / "templates" / "article.xml"
# Licences by the names that Quarto knows; the number is that of their present version.
_INDENT = re.compile(r"\n +<")
_CREATIVE_COMMONS = re.compile(r"CC (BY(?:-(?:NC|SA|ND|NC-SA|NC-ND))?)")


def write_jats(article: str, bitmaps: Mapping[str, Bitmap], target: Path) -> None:
    """Write an article and its figures into a folder.

    Parameters
    ----------
    article : str
        What `jats_article` returns.
    bitmaps : mapping of str to Bitmap
        The figures as PNG, by label.
    target : Path
        The folder; it need not exist.
    """
    target.mkdir(parents=True, exist_ok=True)
    (target / ARTICLE).write_text(article, encoding="utf-8", newline="\n")
    pictures = [(picture_name(label), bitmap.content) for label, bitmap in bitmaps.items()]
    write_pictures(pictures, target)


def jats_article(
    manuscript: Manuscript,
    blocks: Nodes,
    cited: Nodes,
    cover: Cover,
    *,
    based_on: str,
    day: date | None,
) -> str:
    """Return the report as a JATS article.

    Parameters
    ----------
    manuscript : Manuscript
        The manuscript.
    blocks : list of dict
        Its blocks; here pandoc sets the citations itself, as elements with parts.
    cited : list of dict
        The same blocks after the citations have been set, for the marks of the references.
    cover : Cover
        What stands on the title page.
    based_on : str
        Key of the article that the report is about; empty for none.
    day : date or None
        The date of the report, if known.

    Returns
    -------
    str
        A file for the Journal Publishing tag set, version 1.1.
    """
    settings = manuscript.settings
    references = _references(manuscript)
    meta: dict[str, Any] = {
        "references": listed(references.values()),
        "link-citations": {"t": "MetaBool", "c": True},
        **_front(manuscript, cover, day),
    }
    doi = _doi(references.get(based_on))
    if doi:
        meta["related"] = text(doi)
    arguments = ["-f", "json", "-t", "jats_publishing+element_citations", "--citeproc"]
    arguments += ["--standalone", "--wrap=none"]
    if settings.csl is not None:
        arguments.append(f"--csl={settings.csl}")
    laid_out = lay_out(blocks, manuscript.embeds, manuscript.numbers)
    with resources.as_file(_TEMPLATE) as template:
        written = pandoc.run(
            [*arguments, f"--template={template}"], pandoc.document(laid_out, meta)
        )
    # The white space before tags of blocks says nothing, and is a third of the file.
    written = _INDENT.sub("\n<", written)
    return finish(written, manuscript.numbers, entry_numbers(cited), appendices(blocks))


def _front(manuscript: Manuscript, cover: Cover, day: date | None) -> dict[str, Any]:
    license_name = str(manuscript.settings.metadata.get("license") or "")
    shown = cover.day or day
    fields = {
        "language": manuscript.settings.language,
        "version": cover.version,
        "license": license_name,
        "license-address": _address(license_name),
    }
    if shown is not None:
        fields |= {
            "iso": shown.isoformat(),
            "year": f"{shown.year}",
            "month": f"{shown.month:02d}",
            "day": f"{shown.day:02d}",
        }
    return {
        "title": inlines(cover.title),
        "subtitle": inlines(cover.subtitle),
        "author": listed(_author(author) for author in cover.people),
        "keyword": listed(text(word) for word in cover.keywords),
        **{key: text(value) for key, value in fields.items() if value},
    }


def _author(author: Author) -> Node:
    fields = {
        "name": author.name,
        "given": author.given,
        "family": author.family,
        "orcid": author.orcid,
    }
    given = {key: text(value) for key, value in fields.items() if value}
    return mapped({**given, "affiliation": listed(map(text, author.affiliations))})


def _address(license_name: str) -> str:
    """Return the address of a licence that is named as Quarto names them."""
    if license_name == "CC0":
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    match = _CREATIVE_COMMONS.fullmatch(license_name)
    return f"https://creativecommons.org/licenses/{match[1].lower()}/4.0/" if match else ""


def _references(manuscript: Manuscript) -> dict[str, Node]:
    """Return the entries of the bibliography as pandoc's metadata, by key."""
    found: dict[str, Node] = {}
    for file in manuscript.settings.bibliography:
        bibliography = file.read_text(encoding="utf-8-sig")
        tree = json.loads(pandoc.run(["-f", "biblatex", "-t", "json"], bibliography))
        for entry in tree["meta"].get("references", {"c": []})["c"]:
            found[_plain(entry["c"]["id"])] = entry
    return found


def _doi(entry: Node | None) -> str:
    field = entry["c"].get("doi") or entry["c"].get("DOI") if entry else None
    return _plain(field) if field else ""


def _plain(field: Node) -> str:
    return str(field["c"]) if field["t"] == "MetaString" else text_of(field)
