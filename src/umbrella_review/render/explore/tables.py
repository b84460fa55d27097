"""The whole content of the page as plain tables, which its scripts narrow down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from umbrella_review.render.explore.document import NOT_KNOWN, Row
from umbrella_review.render.nodes import link, string, table, words
from umbrella_review.render.trace.data_pages import row_address
from umbrella_review.render.tree import Node, Nodes
from umbrella_review.tables.numbers import DASH, integer
from umbrella_review.words import capitalised

_ESTIMATES = ("Outcome", "Review", "k", "n", "Effect as printed", "Direction", "Rating", "Row")
_FINDINGS = ("Topic", "Finding", "Reviews", "Kind", "Row")


def estimates_table(content: Row) -> Node:
    """Return the table of all reported results.

    Parameters
    ----------
    content : dict
        As `umbrella_review.render.explore.document.document` gives it.

    Returns
    -------
    dict
        A table whose rows name their result, as ``data-row``.
    """
    return _marked(
        _ESTIMATES,
        {row["estimate_id"]: _estimate(row, content) for row in content["estimates"]},
    )


def findings_table(content: Row) -> Node:
    """Return the table of all findings in words.

    Parameters
    ----------
    content : dict
        As `umbrella_review.render.explore.document.document` gives it.

    Returns
    -------
    dict
        A table whose rows name their finding, as ``data-row``.
    """
    return _marked(
        _FINDINGS, {row["finding_id"]: _finding(row, content) for row in content["findings"]}
    )


def _estimate(row: Row, content: Row) -> list[Nodes]:
    said, of_review = content["words"], content["reviews"][row["review_id"]]
    topic = said["topic"][row["outcome_group"]]
    parts = [topic] if row["outcome"].casefold() == topic.casefold() else [topic, row["outcome"]]
    outcome = ": ".join(parts) + (f" ({row['timepoint']})" if row["timepoint"] else "")
    return [
        words(outcome),
        _review(row["review_id"], content),
        [string(integer(row["k"]))],
        [string(integer(row["n"]))],
        words(row["printed"]) if row["printed"] != DASH else words("numbers not found"),
        words(said["kind"][row["direction"] or NOT_KNOWN]),
        words(of_review["rating"]),
        [link([string(row["estimate_id"])], row_address("estimates", row["estimate_id"]))],
    ]


def _finding(row: Row, content: Row) -> list[Nodes]:
    said = content["words"]
    return [
        words(said["topic"][row["topic"]]),
        words(capitalised(row["text"]) + (f" ({row['time']})" if row["time"] else "")),
        _reviews(row["review_ids"], content),
        words(said["kind"][row["kind"]]),
        [link([string(row["finding_id"])], row_address(row["table"], row["finding_id"]))],
    ]


def _reviews(ids: Sequence[str], content: Row) -> Nodes:
    inlines: Nodes = []
    for review_id in ids:
        inlines += [string(", ")] if inlines else []
        inlines += _review(review_id, content)
    return inlines or words("not named")


def _review(review_id: str, content: Row) -> Nodes:
    name = content["reviews"][review_id]["name"]
    return [link(words(name), row_address("reviews", review_id))]


def _marked(head: Iterable[str], rows: Mapping[str, list[Nodes]]) -> Node:
    made = table(list(head), list(rows.values()))
    body = made["c"][4][0][3]
    for key, row in zip(rows, body, strict=True):
        row[0] = ["", [], [["data-row", key]]]
    return made
