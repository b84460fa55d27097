"""Pandoc's document tree (JSON AST): its types, walking, reading its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]
Visit = Callable[[Node], "Nodes | None"]


def walk(node: Any, visit: Visit) -> Any:
    """Return a copy of a tree in which `visit` has replaced elements.

    Parameters
    ----------
    node : dict, list or scalar
        Any part of pandoc's tree.
    visit : callable
        Gets an element; returns the elements that take its place (not visited again), or
        None to keep it and go on inside it.

    Returns
    -------
    object
        The copy.
    """
    if isinstance(node, list):
        result: list[Any] = []
        for item in node:
            replacement = visit(item) if isinstance(item, dict) and "t" in item else None
            if replacement is None:
                result.append(walk(item, visit))
            else:
                result.extend(replacement)
        return result
    if isinstance(node, dict):
        return {
            key: value if isinstance(value, str) else walk(value, visit)
            for key, value in node.items()
        }
    return node


def elements(node: Any) -> Iterator[Node]:
    """Yield every element of a tree, parents before children, in reading order.

    Parameters
    ----------
    node : object
        Any part of a tree.
    """
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting.extend(reversed(item))
        elif isinstance(item, dict):
            if "t" in item:
                yield item
            waiting.extend(reversed(item.values()))


def text_of(node: Any) -> str:
    """Return the plain text of inlines or blocks.

    Parameters
    ----------
    node : object
        Any part of a tree.

    Returns
    -------
    str
        The plain text of inlines or blocks.
    """
    parts = []
    for element in elements(node):
        kind = element["t"]
        if kind == "Str":
            parts.append(element["c"])
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            parts.append(" ")
        elif kind in ("Code", "Math"):
            parts.append(element["c"][1])
    return "".join(parts)


def inlines_of(blocks: Nodes) -> Nodes:
    """Return the inlines of all paragraphs of `blocks`, joined by spaces.

    Parameters
    ----------
    blocks : list of dict
        Blocks of a document.

    Returns
    -------
    list of dict
        The inlines of all paragraphs of `blocks`, joined by spaces.
    """
    inlines: Nodes = []
    for block in blocks:
        if block["t"] in ("Plain", "Para"):
            inlines += ([{"t": "Space"}] if inlines else []) + block["c"]
        else:
            inlines += ([{"t": "Space"}] if inlines else []) + [{"t": "Str", "c": text_of(block)}]
    return inlines
