"""Making tables of pandoc's document tree."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from umbrella_review.render.nodes.blocks import plain
from umbrella_review.render.nodes.inlines import attributes, words
from umbrella_review.render.tree import Node, Nodes


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
