"""Making blocks of pandoc's document tree: paragraphs, headings, divisions, code, markup."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

from umbrella_review.render.nodes.inlines import attributes
from umbrella_review.render.tree import Node, Nodes


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
