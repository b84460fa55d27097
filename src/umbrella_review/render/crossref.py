"""Numbers of sections, figures and tables, and the references to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from umbrella_review.render.nodes import link, string
from umbrella_review.render.tree import Node, Nodes, elements, walk

_TARGET = re.compile(r"(?P<kind>fig|tbl|sec)-.+")
NAMES = {"fig": "Figure", "tbl": "Table", "sec": "Section"}
_NO_BREAK = "\u00a0"


def is_target(identifier: str) -> bool:
    """Return whether an identifier is one of a section, figure or table.

    Parameters
    ----------
    identifier : str
        Any identifier.

    Returns
    -------
    bool
        Whether an identifier is one of a section, figure or table.
    """
    return _TARGET.fullmatch(identifier) is not None


def label_text(identifier: str, numbers: Mapping[str, str]) -> str:
    """Return e.g. ``Figure 3`` with a space that does not break.

    Parameters
    ----------
    identifier : str
        Of a section, figure or table.
    numbers : mapping of str to str
        Printed numbers by identifier.

    Returns
    -------
    str
        E.g. ``Figure 3`` with a space that does not break.
    """
    kind = identifier.split("-", 1)[0]
    return f"{NAMES[kind]}{_NO_BREAK}{numbers[identifier]}"


def number(blocks: Nodes) -> dict[str, str]:
    """Return the printed number of each section, figure and table that has an identifier.

    Sections are counted by level, figures and tables from the first to the last; a section that
    is unnumbered has none.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    dict of str to str
        The printed number of each section, figure and table that has an identifier.
    """
    numbers: dict[str, str] = {}
    sections: list[int] = []
    counts = {"fig": 0, "tbl": 0}
    for element in elements(blocks):
        if element["t"] == "Header":
            level, (identifier, classes, _), _inlines = element["c"]
            if "unnumbered" in classes:
                continue
            sections = [*sections, *[0] * level][:level]
            sections[-1] += 1
            numbers[identifier] = ".".join(map(str, sections))
        elif element["t"] == "Div":
            identifier = element["c"][0][0]
            match = _TARGET.fullmatch(identifier)
            if match and match["kind"] in counts and identifier not in numbers:
                counts[match["kind"]] += 1
                numbers[identifier] = str(counts[match["kind"]])
    return numbers


def references(blocks: Any) -> Iterator[Node]:
    """Yield every citation or reference of a tree, as pandoc's records.

    Parameters
    ----------
    blocks : object
        Blocks of a document.
    """
    for element in elements(blocks):
        if element["t"] == "Cite":
            yield from element["c"][0]


def resolve(blocks: Nodes, numbers: Mapping[str, str]) -> Nodes:
    """Return blocks with references to sections, figures and tables as links.

    References without a number are left; the checks report them.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    numbers : mapping of str to str
        Printed numbers by identifier.

    Returns
    -------
    list of dict
        Blocks with references to sections, figures and tables as links.
    """

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Cite":
            return None
        cited = element["c"][0]
        if not all(record["citationId"] in numbers for record in cited):
            return None
        inlines: Nodes = []
        for record in cited:
            inlines += [string(", ")] if inlines else []
            inlines += _link(record, numbers)
        return inlines

    result: Nodes = walk(blocks, visit)
    return result


def _link(record: Node, numbers: Mapping[str, str]) -> Nodes:
    identifier = record["citationId"]
    bare = record["citationMode"]["t"] == "SuppressAuthor"
    before, after = record["citationPrefix"], record["citationSuffix"]
    if before or bare:
        text = [*before, string(_NO_BREAK)] if before else []
        text.append(string(numbers[identifier]))
    else:
        text = [string(label_text(identifier, numbers))]
    return [link(text, f"#{identifier}", classes=["quarto-xref"]), *after]
