"""Numbers in the cells of a table: which they are, and their links to the ledger."""

from __future__ import annotations

import re
from typing import Any

from umbrella_review.render.nodes import attributes
from umbrella_review.render.tree import Node, Nodes, walk

_NUMBER = re.compile(r"(?<![^\W\d])(?<!\d)\d")  # a digit behind a letter belongs to a name
_BLANK = ("Space", "SoftBreak", "LineBreak")
_AROUND = ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline")
#: One stop of the Tab key a table is enough: the line below the table leads to the same page.
_PASSED_OVER = {"tabindex": "-1"}


def has_number(blocks: Any) -> bool:
    """Tell whether a cell holds a number that is no mark of a citation or reference.

    Parameters
    ----------
    blocks : list of dict
        The cell.

    Returns
    -------
    bool
        True where `link_rows` would put a link.
    """
    found: list[Node] = []

    def visit(element: Node) -> Nodes | None:
        if element["t"] in ("Link", "Cite", "Note", "Image", "Math"):
            return []
        if element["t"] == "Str" and _NUMBER.search(element["c"]):
            found.append(element)
        return None

    walk(blocks, visit)
    return bool(found)


def link_rows(table: Node, address: str) -> Node:
    """Return a table whose numbers lead to the place of their row in the ledger.

    Parameters
    ----------
    table : dict
        A table.
    address : str
        Where the ledger tells of the table, from the page of the table.

    Returns
    -------
    dict
        The table; what is printed stays as it is.
    """
    *before, bodies, foot = table["c"]
    linked, number = [], 0
    for attribute, heads, intermediate, rows in bodies:
        changed = []
        for row_attribute, cells in rows:
            number += 1
            target = row_place(address, number)
            changed.append([row_attribute, [[*c[:4], _linked(c[4], target)] for c in cells]])
        linked.append([attribute, heads, intermediate, changed])
    return {"t": "Table", "c": [*before, linked, foot]}


def row_place(table: str, number: int) -> str:
    """Return the identifier of a row in the ledger, or its address.

    Parameters
    ----------
    table : str
        Identifier or address of its table.
    number : int
        Number of the row, counted from 1.

    Returns
    -------
    str
        For example ``t3-12``.
    """
    return f"{table}-{number}"


def _linked(blocks: Nodes, target: str) -> Nodes:
    return [
        {"t": block["t"], "c": _link_numbers(block["c"], target)}
        if block["t"] in ("Plain", "Para")
        else block
        for block in blocks
    ]


def _link_numbers(inlines: Nodes, target: str) -> Nodes:
    """Link numbers; those with no more than one word between them share a link."""
    result: Nodes = []
    place = 0
    while place < len(inlines):
        inline = inlines[place]
        if inline["t"] in _AROUND:
            result.append({"t": inline["t"], "c": _link_numbers(inline["c"], target)})
        elif _is_number(inline):
            end = _end(inlines, place)
            linked = [attributes(pairs=_PASSED_OVER), inlines[place:end], [target, ""]]
            result.append({"t": "Link", "c": linked})
            place = end
            continue
        else:
            result.append(inline)
        place += 1
    return result


def _end(inlines: Nodes, start: int) -> int:
    """Return where the run of numbers that begins at `start` is over."""
    end, between = start + 1, 0
    for place in range(start + 1, len(inlines)):
        inline = inlines[place]
        if _is_number(inline):
            end, between = place + 1, 0
        elif inline["t"] == "Str" and not between:
            between = 1
        elif inline["t"] not in _BLANK:
            break
    return end


def _is_number(inline: Node) -> bool:
    return inline["t"] == "Str" and _NUMBER.search(inline["c"]) is not None
