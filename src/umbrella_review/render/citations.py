"""Citations and the list of references, set by pandoc in one style for all formats."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from umbrella_review.errors import BuildError, Problem
from umbrella_review.render import pandoc
from umbrella_review.render.config import Settings
from umbrella_review.render.nodes import string
from umbrella_review.render.tree import Node, Nodes, elements, text_of, walk


def read_keys(files: Sequence[Path], problems: list[Problem]) -> set[str]:
    """Return the keys of bibliographies; one that cannot be read is a problem.

    Parameters
    ----------
    files : sequence of Path
        Bibliographies in BibTeX.
    problems : list of Problem
        Gets what has to be mended.

    Returns
    -------
    set of str
        The keys of bibliographies.
    """
    keys: set[str] = set()
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
            entries = json.loads(pandoc.run(["-f", "biblatex", "-t", "csljson"], text))
        except (BuildError, UnicodeDecodeError) as error:
            problems.append(
                Problem(file.name, str(error), "a bibliography in BibTeX", "Correct the entry.")
            )
            continue
        keys |= {entry["id"] for entry in entries}
    return keys


def set_citations(blocks: Nodes, settings: Settings) -> Nodes:
    """Return blocks with citations as printed and with the list of references filled.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    settings : Settings
        Of the project and the article.

    Returns
    -------
    list of dict
        Blocks with citations as printed and with the list of references filled.
    """
    arguments = ["--citeproc", *(f"--bibliography={path}" for path in settings.bibliography)]
    if settings.csl is not None:
        arguments.append(f"--csl={settings.csl}")
    linked = bool(settings.metadata.get("link-citations", True))
    meta = {
        "link-citations": {"t": "MetaBool", "c": linked},
        "lang": {"t": "MetaString", "c": settings.language},
    }
    return _without_markup(pandoc.transform(blocks, meta, arguments))


def _without_markup(blocks: Nodes) -> Nodes:
    """Show what a bibliography's field holds of some format's markup as text."""

    def visit(element: Node) -> Nodes | None:
        return [string(element["c"][1])] if element["t"] == "RawInline" else None

    result: Nodes = walk(blocks, visit)
    return result


def entry_numbers(blocks: Nodes) -> dict[str, str]:
    """Return the printed mark of each entry in the list of references, e.g. ``12``, by key.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    dict of str to str
        The printed mark of each entry in the list of references, e.g. ``12``, by key.
    """
    numbers = {}
    for element in elements(blocks):
        if element["t"] == "Div" and "csl-entry" in element["c"][0][1]:
            margins = [
                inner
                for inner in elements(element["c"][1])
                if inner["t"] == "Span" and "csl-left-margin" in inner["c"][0][1]
            ]
            if margins:
                key = element["c"][0][0].removeprefix("ref-")
                numbers[key] = text_of(margins[0]["c"][1]).strip(" .[]()")
    return numbers
