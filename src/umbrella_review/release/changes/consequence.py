"""One thing that a report says otherwise than another, and what it follows from."""

from __future__ import annotations

from dataclasses import dataclass

from umbrella_review.release.changes.explain import UNEXPLAINED, Explanation

# Kinds of consequences with the headings of their lists, in the order of print.
KINDS = {
    "review": "Reviews in and out",
    "estimate": "Estimates",
    "direction": "Directions of effect",
    "rating": "Ratings of reviews",
    "class": "Classes of credibility",
    "finding": "Findings",
    "published": "Published numbers",
    "value": "Recorded values",
    "wording": "Wording of sentences",
    "display": "Figures and tables",
}


@dataclass(frozen=True)
class Consequence:
    """One thing that differs in meaning.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    what : str
        What differs: the id of a value, ``table/row``, the label of a figure.
    title : str
        The same for readers.
    old, new : str, optional
        What each report says; None where it says nothing of it.
    notes : tuple of str
        What the change means, e.g. ``significance lost``.
    cited : tuple of str
        Sections of the text that cite it.
    explained : Explanation
        What it follows from.
    """

    kind: str
    what: str
    title: str
    old: str | None
    new: str | None
    notes: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    explained: Explanation = UNEXPLAINED
