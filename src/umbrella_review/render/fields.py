"""Fields of pandoc's metadata, as its templates take them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from umbrella_review.render.tree import Node, Nodes


def text(value: str) -> Node:
    """Return metadata that shows `value` as it is.

    Parameters
    ----------
    value : str
        The text.

    Returns
    -------
    dict
        Metadata that shows `value` as it is.
    """
    return {"t": "MetaString", "c": value}


def quoted(value: str) -> Node:
    """Return metadata for an attribute of HTML; pandoc leaves quotation marks as they are.

    Parameters
    ----------
    value : str
        The text of the attribute.

    Returns
    -------
    dict
        Metadata for an attribute of HTML.
    """
    code = html.escape(value, quote=True)
    return inlines([{"t": "RawInline", "c": ["html", code]}] if value else [])


def inlines(value: Nodes) -> Node:
    """Return metadata of inlines.

    Parameters
    ----------
    value : list of dict
        The inlines.

    Returns
    -------
    dict
        Metadata of inlines.
    """
    return {"t": "MetaInlines", "c": value}


def listed(values: Any) -> Node:
    """Return metadata that is a list.

    Parameters
    ----------
    values : object
        The values.

    Returns
    -------
    dict
        Metadata that is a list.
    """
    return {"t": "MetaList", "c": list(values)}


def mapped(values: Mapping[str, Node]) -> Node:
    """Return metadata that is a mapping.

    Parameters
    ----------
    values : mapping of str to dict
        The values.

    Returns
    -------
    dict
        Metadata that is a mapping.
    """
    return {"t": "MetaMap", "c": dict(values)}
