"""Recorded values in pandoc's document tree: links to the ledger."""

from __future__ import annotations

from umbrella_review.render.tree import Node, Nodes, walk


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
