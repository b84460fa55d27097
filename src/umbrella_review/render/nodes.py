"""Making elements of pandoc's document tree."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from typing import Any

from umbrella_review.render.tree import Node, Nodes, walk


def attributes(
    identifier: str = "", classes: Iterable[str] = (), pairs: Mapping[str, str] | None = None
) -> list[Any]:
    """Return pandoc's triple of identifier, classes and key-value pairs.

    Parameters
    ----------
    identifier : str, optional
        The identifier; empty for none.
    classes : iterable of str, optional
        Class names.
    pairs : mapping of str to str or None, optional
        Further attributes.

    Returns
    -------
    list of object
        Pandoc's triple of identifier, classes and key-value pairs.
    """
    return [identifier, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def words(text: str) -> Nodes:
    """Return `text` as inlines that show exactly these words.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    list of dict
        `text` as inlines that show exactly these words.
    """
    inlines: Nodes = []
    for word in text.split():
        if inlines:
            inlines.append({"t": "Space"})
        inlines.append(string(word))
    return inlines


def string(text: str) -> Node:
    """Return one inline that shows `text` as it is.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    dict
        One inline that shows `text` as it is.
    """
    return {"t": "Str", "c": text}


def link(inlines: Nodes, target: str, classes: Iterable[str] = ()) -> Node:
    """Return a link; `target` is an address or ``#identifier``.

    Parameters
    ----------
    inlines : list of dict
        Inlines.
    target : str
        An address or ``#identifier``.
    classes : iterable of str, optional
        Class names.

    Returns
    -------
    dict
        A link.
    """
    return {"t": "Link", "c": [attributes(classes=classes), inlines, [target, ""]]}


def is_value(element: Node) -> bool:
    """Tell whether an element is the link of a recorded value.

    Parameters
    ----------
    element : dict
        Any element.

    Returns
    -------
    bool
        True for links of the class that `umbrella_review.ledger.write_variables` gives.
    """
    return element["t"] == "Link" and "value" in element["c"][0][1]


def without_values(blocks: Nodes) -> Nodes:
    """Return blocks in which recorded values are plain text.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    list of dict
        Without links to the ledger.
    """
    result: Nodes = walk(blocks, lambda node: node["c"][1] if is_value(node) else None)
    return result


def image(alt: str, target: str) -> Node:
    """Return an image with its alternative text.

    Parameters
    ----------
    alt : str
        The alternative text.
    target : str
        File or address.

    Returns
    -------
    dict
        An image with its alternative text.
    """
    return {"t": "Image", "c": [attributes(), words(alt), [target, ""]]}


def span(inlines: Nodes, identifier: str = "", classes: Iterable[str] = ()) -> Node:
    """Return inlines with an identifier or classes.

    Parameters
    ----------
    inlines : list of dict
        Inlines.
    identifier : str, optional
        The identifier; empty for none.
    classes : iterable of str, optional
        Class names.

    Returns
    -------
    dict
        Inlines with an identifier or classes.
    """
    return {"t": "Span", "c": [attributes(identifier, classes), inlines]}


def strong(text: str) -> Node:
    """Return a text of weight.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    dict
        One inline.
    """
    return {"t": "Strong", "c": words(text)}


def details(summary: str, blocks: Nodes) -> Nodes:
    """Return blocks of a page that are folded until a reader opens them.

    Parameters
    ----------
    summary : str
        What is seen before.
    blocks : list of dict
        What is folded.

    Returns
    -------
    list of dict
        For HTML alone.
    """
    opening = f"<details><summary>{html.escape(summary)}</summary>"
    return [raw("html", opening), *blocks, raw("html", "</details>")]


def plain(inlines: Nodes) -> Node:
    """Return inlines as a block without paragraph spacing.

    Parameters
    ----------
    inlines : list of dict
        Inlines.

    Returns
    -------
    dict
        Inlines as a block without paragraph spacing.
    """
    return {"t": "Plain", "c": inlines}


def para(inlines: Nodes) -> Node:
    """Return a paragraph.

    Parameters
    ----------
    inlines : list of dict
        Inlines.

    Returns
    -------
    dict
        A paragraph.
    """
    return {"t": "Para", "c": inlines}


def div(
    blocks: Nodes,
    identifier: str = "",
    classes: Iterable[str] = (),
    pairs: Mapping[str, str] | None = None,
) -> Node:
    """Return blocks with an identifier, classes or key-value pairs.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.
    identifier : str, optional
        The identifier; empty for none.
    classes : iterable of str, optional
        Class names.
    pairs : mapping of str to str or None, optional
        Further attributes.

    Returns
    -------
    dict
        Blocks with an identifier, classes or key-value pairs.
    """
    return {"t": "Div", "c": [attributes(identifier, classes, pairs), blocks]}


def header(level: int, inlines: Nodes, identifier: str = "", classes: Iterable[str] = ()) -> Node:
    """Return a heading.

    Parameters
    ----------
    level : int
        1 is the highest.
    inlines : list of dict
        Inlines.
    identifier : str, optional
        The identifier; empty for none.
    classes : iterable of str, optional
        Class names.

    Returns
    -------
    dict
        A heading.
    """
    return {"t": "Header", "c": [level, attributes(identifier, classes), inlines]}


def code_block(text: str, language: str = "") -> Node:
    """Return a block of code or of text kept as it is.

    Parameters
    ----------
    text : str
        The text.
    language : str, optional
        Of the code, for colours; none by default.

    Returns
    -------
    dict
        A block of code or of text kept as it is.
    """
    return {"t": "CodeBlock", "c": [attributes(classes=[language] if language else []), text]}


def raw(target: str, text: str) -> Node:
    """Return markup of one output format, written by this package and never by a document.

    Parameters
    ----------
    target : str
        The output format.
    text : str
        The markup.

    Returns
    -------
    dict
        Markup of one output format, written by this package and never by a document.
    """
    return {"t": "RawBlock", "c": [target, text]}


def table(head: list[str], rows: list[list[Nodes]]) -> Node:
    """Return a table without caption; cells are inlines.

    Parameters
    ----------
    head : list of str
        The heads of the columns.
    rows : list of list of list of dict
        Cells as inlines, row by row.

    Returns
    -------
    dict
        A table without caption.
    """

    def row(cells: Iterable[Nodes]) -> list[Any]:
        return [
            attributes(),
            [[attributes(), {"t": "AlignDefault"}, 1, 1, [plain(cell)]] for cell in cells],
        ]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in head]
    return {
        "t": "Table",
        "c": [
            attributes(),
            [None, []],
            columns,
            [attributes(), [row(words(name) for name in head)]],
            [[attributes(), 0, [], [row(cells) for cells in rows]]],
            [attributes(), []],
        ],
    }
