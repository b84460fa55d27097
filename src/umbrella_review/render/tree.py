"""Building and walking pandoc's document tree (JSON AST)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]
Nodes = list[Node]
Visit = Callable[[Node], "Nodes | None"]

NO_ATTRIBUTES: tuple[str, list[str], list[list[str]]] = ("", [], [])


def attributes(
    identifier: str = "", classes: Iterable[str] = (), pairs: Mapping[str, str] | None = None
) -> list[Any]:
    """Return pandoc's triple of identifier, classes and key-value pairs."""
    return [identifier, list(classes), [[key, value] for key, value in (pairs or {}).items()]]


def words(text: str) -> Nodes:
    """Return `text` as inlines that show exactly these words."""
    inlines: Nodes = []
    for word in text.split():
        if inlines:
            inlines.append({"t": "Space"})
        inlines.append(string(word))
    return inlines


def string(text: str) -> Node:
    """Return one inline that shows `text` as it is."""
    return {"t": "Str", "c": text}


def strong(inlines: Nodes) -> Node:
    """Return inlines in bold."""
    return {"t": "Strong", "c": inlines}


def link(inlines: Nodes, target: str, classes: Iterable[str] = ()) -> Node:
    """Return a link; `target` is an address or ``#identifier``."""
    return {"t": "Link", "c": [attributes(classes=classes), inlines, [target, ""]]}


def image(alt: str, target: str) -> Node:
    """Return an image with its alternative text."""
    return {"t": "Image", "c": [attributes(), words(alt), [target, ""]]}


def span(inlines: Nodes, identifier: str = "", classes: Iterable[str] = ()) -> Node:
    """Return inlines with an identifier or classes."""
    return {"t": "Span", "c": [attributes(identifier, classes), inlines]}


def plain(inlines: Nodes) -> Node:
    """Return inlines as a block without paragraph spacing."""
    return {"t": "Plain", "c": inlines}


def para(inlines: Nodes) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": inlines}


def div(
    blocks: Nodes,
    identifier: str = "",
    classes: Iterable[str] = (),
    pairs: Mapping[str, str] | None = None,
) -> Node:
    """Return blocks with an identifier, classes or key-value pairs."""
    return {"t": "Div", "c": [attributes(identifier, classes, pairs), blocks]}


def header(level: int, inlines: Nodes, identifier: str = "", classes: Iterable[str] = ()) -> Node:
    """Return a heading."""
    return {"t": "Header", "c": [level, attributes(identifier, classes), inlines]}


def code_block(text: str, language: str = "") -> Node:
    """Return a block of code or of text kept as it is."""
    return {"t": "CodeBlock", "c": [attributes(classes=[language] if language else []), text]}


def raw(target: str, text: str) -> Node:
    """Return markup of one output format, written by this package and never by a document."""
    return {"t": "RawBlock", "c": [target, text]}


def walk(node: Any, visit: Visit) -> Any:
    """Return a copy of a tree in which `visit` has replaced elements.

    Parameters
    ----------
    node : dict, list or scalar
        Any part of pandoc's tree.
    visit : callable
        Gets an element; returns the elements that take its place (not visited again), or
        None to keep it and go on inside it.
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
    """Yield every element of a tree, parents before children, in reading order."""
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
    """Return the plain text of inlines or blocks."""
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
    """Return the inlines of all paragraphs of `blocks`, joined by spaces."""
    inlines: Nodes = []
    for block in blocks:
        if block["t"] in ("Plain", "Para"):
            inlines += ([{"t": "Space"}] if inlines else []) + block["c"]
        else:
            inlines += ([{"t": "Space"}] if inlines else []) + words(text_of(block))
    return inlines


def table(head: list[str], rows: list[list[Nodes]]) -> Node:
    """Return a table without caption; cells are inlines."""

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
