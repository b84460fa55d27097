"""Long tables of notebooks: their pages show the beginning, and where all rows are."""

from __future__ import annotations

from umbrella_review.ledger import format_value
from umbrella_review.render.nodes import link, para, string, words
from umbrella_review.render.tree import Node, Nodes, walk

_LONG, _SHOWN = 16, 10  # rows: beyond the first number a table is cut to the second


def beginnings(blocks: Nodes, file: str) -> Nodes:
    """Return blocks whose long tables are cut, with a line that leads to their rows.

    Parameters
    ----------
    blocks : list of dict
        What a cell shows.
    file : str
        Address of the file with all rows.

    Returns
    -------
    list of dict
        The blocks; tables that are not long stay as they are.
    """

    def visit(element: Node) -> Nodes | None:
        if element["t"] != "Table":
            return None
        *before, bodies, foot = element["c"]
        rows = [len(body[3]) for body in bodies]
        if sum(rows) <= _LONG or len(rows) > 1:
            return [element]
        attribute, heads, intermediate, content = bodies[0]
        short = [[attribute, heads, intermediate, content[:_SHOWN]]]
        told = [
            *words(f"The first {_SHOWN} of {format_value(sum(rows))} rows;"),
            string(" "),
            link(words("all rows as CSV"), file),
            string("."),
        ]
        return [{"t": "Table", "c": [*before, short, foot]}, para(told)]

    result: Nodes = walk(blocks, visit)
    return result
