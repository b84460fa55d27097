"""Heads of rows in the tags of a PDF: the first cell of a row names it, as on the pages.

Typst marks the cells of `table.header` as heads of their columns. Heads of rows it can mark by a
function that has to be switched on where Typst is called, which its Python package does not offer.
So the tags are completed here: the first cell of each row of a table's body becomes a head whose
scope is the row, and the other cells name it beside the head of their column (ISO 32000-1:2008,
14.8.4.3.4 and 14.8.5.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_ELEMENT = re.compile(rb"<</Type/StructElem/S/(\w+)/P \d+ 0 R")
_CHILDREN = re.compile(rb"/K\[((?:\d+ 0 R ?)+)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_HEADS = re.compile(rb"/O/Table(.*?)/Headers\[(\(U(\d+)x\d+y\d+\)[^\]]*)\]")
_SPAN = re.compile(rb"/RowSpan (\d+)")
_IDS = re.compile(rb"/IDTree<</Names\[(.*?)\]>>")
_NAMED = re.compile(rb"\((U(\d+)x\d+y(\d+))\)(\d+ 0 R)")
_LOOKS = re.compile(rb"<</O/Layout[^<>]*>>")  # how a cell is ruled, which nobody hears


@dataclass(frozen=True)
class _Row:
    """Cells of a row by their numbers, and how many rows its first cell spans."""

    cells: tuple[int, ...]
    span: int


def with_row_heads(objects: Mapping[int, bytes]) -> dict[int, bytes]:
    """Return the objects of a PDF, the first cell of each row of a table tagged as its head.

    Parameters
    ----------
    objects : mapping of int to bytes
        Those that are no streams, by number, as Typst writes them.

    Returns
    -------
    dict of int to bytes
        The same objects, changed where they are cells or the list of named cells. Rows of tables
        without heads of columns stay as they are.
    """
    changed = dict(objects)
    for number, content in objects.items():
        if _kind(content) in (b"TH", b"TD"):
            changed[number] = _LOOKS.sub(b"", content).replace(b"/A[]", b"")
    named = [match for content in objects.values() for match in _named(content)]
    following: dict[bytes, int] = {}
    for _, table, row, _ in named:
        following[table] = max(following.get(table, 0), int(row) + 1)
    found: dict[bytes, bytes] = {}
    for body in objects.values():
        if _kind(body) == b"TBody":
            _mark(body, changed, following, found)
    return _listed(changed, found)


def _kind(content: bytes) -> bytes:
    match = _ELEMENT.match(content)
    return match[1] if match else b""


def _named(content: bytes) -> list[tuple[bytes, bytes, bytes, bytes]]:
    match = _IDS.search(content)
    return _NAMED.findall(match[1]) if match else []


def _mark(
    body: bytes,
    objects: dict[int, bytes],
    following: dict[bytes, int],
    found: dict[bytes, bytes],
) -> None:
    """Change the cells of a table's body; `found` gets the place of each new head by its name."""
    head, spanned = b"", 0
    for row in _rows(body, objects):
        cells = row.cells
        if not spanned:
            first = objects[cells[0]]
            match = _HEADS.search(first)
            if match is None:
                continue
            table = match[3]
            head = b"U%sx0y%d" % (table, following[table])
            found[head] = b"%d 0 R" % cells[0]
            objects[cells[0]] = _as_head(first, head)
            cells, spanned = cells[1:], row.span
        spanned -= 1
        following[table] += 1
        for cell in cells:
            heads = rb"/O/Table\1/Headers[(%s)\2]" % head
            objects[cell] = _HEADS.sub(heads, objects[cell], count=1)


def _rows(body: bytes, objects: Mapping[int, bytes]) -> Iterator[_Row]:
    for number in _children(body):
        cells = _children(objects[number])
        if cells:
            match = _SPAN.search(objects[cells[0]])
            yield _Row(cells, int(match[1]) if match else 1)


def _children(content: bytes) -> tuple[int, ...]:
    match = _CHILDREN.search(content)
    return tuple(int(number) for number in _REFERENCE.findall(match[1])) if match else ()


def _as_head(cell: bytes, name: bytes) -> bytes:
    opening = _ELEMENT.match(cell)
    start = opening[0].replace(b"/S/TD", b"/S/TH") if opening else b""
    rest = _HEADS.sub(rb"/O/Table/Scope/Row\1/Headers[\2]", cell[len(start) :], count=1)
    return b"%s/ID(%s)%s" % (start, name, rest)


def _listed(objects: Mapping[int, bytes], found: Mapping[bytes, bytes]) -> dict[int, bytes]:
    """Put new heads into the list of named cells, which is in the order of names."""

    def completed(match: re.Match[bytes]) -> bytes:
        every = {name: place for name, _, _, place in _NAMED.findall(match[1])} | dict(found)
        names = b"".join(b"(%s)%s" % (name, every[name]) for name in sorted(every))
        return b"/IDTree<</Names[%s]>>" % names

    return {
        number: _IDS.sub(completed, content) if b"/IDTree" in content else content
        for number, content in objects.items()
    }
