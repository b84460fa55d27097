"""Which rows of the data stand behind something, as a reader of the ledger sees them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from umbrella_review.ledger import format_value
from umbrella_review.render.nodes import details, link, para, plain, string, words
from umbrella_review.render.trace.data_pages import row_address
from umbrella_review.render.tree import Nodes
from umbrella_review.schemas import TABLES
from umbrella_review.tables.rows import EVERY, RowIds

_ONCE = 4  # rows, or runs of rows: longer lists stand once on a page
_SHOWN = 8  # and those longer than this are folded
_NUMBERED = re.compile(r"(.*?)(\d+)")
_Rows = tuple[str, tuple[str, ...]]
#: For each set of rows the place on a page that lists them.
Listing = Mapping[_Rows, str]


def listing(places: Iterable[tuple[str, RowIds]]) -> Listing:
    """Return for each set of rows the place under which a page lists it.

    Parameters
    ----------
    places : iterable of tuple of str and RowIds
        Identifiers on the page with their rows; of two with the same rows the later one counts.

    Returns
    -------
    Listing
        By table and ids.
    """
    return {rows: place for place, behind in places for rows in behind.items()}


def linked_rows(
    behind: RowIds, place: str, listed: Listing, names: Mapping[str, Nodes] | None = None
) -> Nodes:
    """Return the rows of the data behind something, each a link to its page.

    Parameters
    ----------
    behind : RowIds
        Ids by table.
    place : str
        Identifier, on the page, of what rests on them.
    listed : Listing
        Under which identifier the page lists long lists.
    names : mapping of str to list of dict, optional
        Inlines that name an identifier; its own characters by default.

    Returns
    -------
    list of dict
        Blocks, one or more a table; none where there are no rows.
    """
    return [
        block
        for rows in behind.items()
        for block in _table_rows(rows, place, listed[rows], names or {})
    ]


def _table_rows(rows: _Rows, place: str, first: str, names: Mapping[str, Nodes]) -> Nodes:
    table, ids = rows
    if ids == EVERY:
        page = link(words(TABLES[table].title), f"../data/{table}.html")
        return [para([*words("All rows of"), string(" "), page])]
    title = TABLES[table].title
    head = title if len(ids) == 1 else f"{format_value(len(ids))} rows of {title}"
    stretches = runs(ids)
    if len(stretches) > _ONCE and first != place:
        name = names.get(first, [{"t": "Code", "c": [["", [], []], first]}])
        return [para([string(f"{head}, the same as of "), link(name, f"#{first}")])]
    inlines: Nodes = []
    for stretch in stretches:
        inlines += [string(", ")] if inlines else []
        ends = [link(words(row), f"../{row_address(table, row)}") for row in stretch]
        inlines += [ends[0], *([string("–"), ends[1]] if len(ends) > 1 else [])]
    if len(stretches) > _SHOWN:
        return details(head, [plain(inlines)])
    return [para([string(f"{head}: " if ids else head), *inlines])]


def runs(ids: Iterable[str]) -> list[tuple[str, ...]]:
    """Return ids in order, those that follow one another by number as first and last.

    Parameters
    ----------
    ids : iterable of str
        Ids of rows of one table.

    Returns
    -------
    list of tuple of str
        One id, or the ends of a run of three and more: ``ma001`` and ``ma004``.
    """
    found: list[list[str]] = []
    for row in sorted(ids):
        if found and _next(found[-1][-1]) == row:
            found[-1].append(row)
        else:
            found.append([row])
    return [
        stretch
        for run in found
        for stretch in ([(run[0], run[-1])] if len(run) > 2 else [(row,) for row in run])
    ]


def _next(row: str) -> str:
    """Return the id that follows by number; empty where an id does not end in digits."""
    match = _NUMBERED.fullmatch(row)
    if match is None:
        return ""
    name, number = match.groups()
    return f"{name}{int(number) + 1:0{len(number)}d}"
