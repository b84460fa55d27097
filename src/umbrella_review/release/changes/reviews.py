"""All edits that belong to taking one review in or out."""

from __future__ import annotations

from collections.abc import Iterable

from umbrella_review.release.changes.report import Cells
from umbrella_review.release.changes.rows import RowChange, differing_words, words_of


def review_name(cells: Cells, review: str, *, with_id: bool = False) -> str:
    """Return how a review is called.

    Parameters
    ----------
    cells : mapping of str to str
        Its row.
    review : str
        Its id.
    with_id : bool, optional
        Whether the id follows.

    Returns
    -------
    str
        Surname of the first author and year; the id where neither is known.
    """
    authors = [one for one in cells.get("authors", "").split(";") if one.strip()]
    surname = authors[0].strip().rpartition(" ")[0] or authors[0].strip() if authors else ""
    more = " et al." if len(authors) > 1 else ""
    known = " ".join(part for part in (f"{surname}{more}", cells.get("year", "")) if part)
    if not known:
        return review
    return f"{known} ({review})" if with_id else known


def review_edits(review: RowChange, rows: Iterable[RowChange]) -> list[RowChange]:
    """Return the changes that follow from taking a review in or out.

    These are rows that came or went with it and name it, or name a row that did; and rows in
    which nothing but its id, or the id of such a row, came or went.

    Parameters
    ----------
    review : RowChange
        The review's own row, added or removed.
    rows : iterable of RowChange
        All rows that differ.

    Returns
    -------
    list of RowChange
        The review's own row first.
    """
    others = [one for one in rows if one.place != review.place]
    moved = [one for one in others if one.kind == review.kind]
    own, ids = [review], {review.row}
    while found := [one for one in moved if one not in own and _names(one, ids)]:
        own += found
        ids |= {one.row for one in found if not one.row.isdigit()}  # digits occur anywhere
    own += [one for one in others if one.kind == "changed" and _follows(one, ids, review.kind)]
    return own


def _names(one: RowChange, ids: set[str]) -> bool:
    return any(words_of(cells) & ids for cells in one.versions)


def _follows(one: RowChange, ids: set[str], kind: str) -> bool:
    """Tell whether only ids came into the cells (or left them), and the rest is as it was."""
    for _, before, after in one.own_cells:
        gone, come = differing_words(before, after)
        moved, others = (come, gone) if kind == "added" else (gone, come)
        if not moved or others or not ids.issuperset(moved):
            return False
    return True
