"""Making inlines of pandoc's document tree: what stands within a paragraph or a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from umbrella_review.render.tree import Node, Nodes


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
