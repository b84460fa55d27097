"""PDF in a quarter of the bytes: what Typst writes plainly is packed into object streams.

The tags that make a PDF readable aloud are thousands of small objects. Typst leaves each of them
uncompressed; PDF 1.5 and later may hold them together in compressed streams (ISO 32000-1:2008,
7.5.7 and 7.5.8), which every reader of today knows. Like stands by like, since it packs better,
and what Typst has packed is packed as tightly as it can be.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from umbrella_review.errors import BuildError

_TABLE = re.compile(rb"xref\r?\n0 (\d+)\r?\n")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])")
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj", re.DOTALL)
_KEPT = re.compile(rb"/(Root|Info) \d+ 0 R|/ID\s*\[.*?\]", re.DOTALL)
_PACKED = re.compile(rb"(.*?/Length )(\d+)([^<>]*>>\s*stream\r?\n)", re.DOTALL)
_KIND = re.compile(rb"<</Type/\w+(?:/S/\w+)?|.")
_ENTRY_LENGTH = 20
_IN_ONE = 200  # objects that a reader has to unpack together


@dataclass(frozen=True)
class Document:
    """The parts of a PDF.

    Parameters
    ----------
    head : bytes
        What stands before the first object.
    plain : mapping of int to bytes
        Contents of the objects that are no streams, by number.
    streams : mapping of int to bytes
        The others, whole.
    trailer : bytes
        What is said of the document at its end.
    """

    head: bytes
    plain: Mapping[int, bytes]
    streams: Mapping[int, bytes]
    trailer: bytes


def read_document(pdf: bytes) -> Document:
    """Return the parts of a PDF.

    Parameters
    ----------
    pdf : bytes
        With a plain table of objects and without later changes, as Typst writes it.

    Returns
    -------
    Document
        Its parts.

    Raises
    ------
    BuildError
        If the document is of another build.
    """
    offsets, trailer = _offsets(pdf)
    starts = sorted(offsets.values())
    ends = dict(zip(starts, [*starts[1:], len(pdf)], strict=True))
    plain: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    for number, start in sorted(offsets.items()):
        piece = pdf[start : ends[start]]
        end = piece.rindex(b"endobj") + len(b"endobj")
        match = _OBJECT.fullmatch(piece[:end])
        if match is None or int(match[1]) != number:
            raise BuildError(f"the PDF's object {number} is not where its table says")
        if match[2].endswith(b"endstream"):
            streams[number] = piece[:end]
        else:
            plain[number] = match[2]
    return Document(pdf[: starts[0]], plain, streams, trailer)


def _offsets(pdf: bytes) -> tuple[dict[int, int], bytes]:
    """Return where each object begins, and what the trailer says of the document."""
    found = list(_TABLE.finditer(pdf))
    if len(found) != 1:
        raise BuildError("the PDF has no plain table of its objects")
    count, start = int(found[0][1]), found[0].end()
    entries = [_ENTRY.match(pdf, start + index * _ENTRY_LENGTH) for index in range(count)]
    offsets = {
        number: int(entry[1])
        for number, entry in enumerate(entries)
        if entry is not None and entry[3] == b"n"
    }
    trailer = pdf[start + count * _ENTRY_LENGTH :]
    return offsets, b" ".join(match[0] for match in _KEPT.finditer(trailer))


def packed(document: Document) -> bytes:
    """Return a document with object streams and a compressed table of its objects.

    Parameters
    ----------
    document : Document
        Its parts.

    Returns
    -------
    bytes
        The same bytes for the same parts.
    """
    plain, streams = document.plain, document.streams
    parts = [document.head]
    length = len(document.head)
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}

    def add(number: int, content: bytes) -> None:
        nonlocal length
        places[number] = (1, length, 0)
        parts.append(content + b"\n")
        length += len(content) + 1

    for number, content in streams.items():
        add(number, _tight(content))
    following = max([*plain, *streams]) + 1
    numbers = sorted(plain, key=lambda number: (_kind(plain[number]), number))
    for first in range(0, len(numbers), _IN_ONE):
        group = numbers[first : first + _IN_ONE]
        add(following, _object_stream(following, [(n, plain[n]) for n in group]))
        places |= {number: (2, following, index) for index, number in enumerate(group)}
        following += 1
    places[following] = (1, length, 0)
    table = _differences(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in (places.get(n, (0, 0, 65535)) for n in range(following + 1))
    )
    entries = b"/Type /XRef /W [1 4 2] /DecodeParms << /Predictor 12 /Columns 7 >> /Size %d %s" % (
        following + 1,
        document.trailer,
    )
    start = length
    return (
        b"".join(parts) + _stream(following, entries, table) + b"\nstartxref\n%d\n%%%%EOF\n" % start
    )


def _differences(rows: Iterable[bytes]) -> bytes:
    """Return rows of equal length, each by its difference from the one before (PNG's filter Up)."""
    parts, before = [], b""
    for row in rows:
        changed = bytes(
            (new - old) % 256 for new, old in zip(row, before or bytes(len(row)), strict=True)
        )
        parts.append(b"\x02" + changed)
        before = row
    return b"".join(parts)


def _kind(content: bytes) -> bytes:
    match = _KIND.match(content)
    return match[0] if match else b""


def _tight(stream: bytes) -> bytes:
    """Return a stream that was packed by Flate packed again, where that makes it smaller."""
    match = _PACKED.match(stream)
    if match is None or b"/FlateDecode" not in match[0] or b"/DecodeParms" in match[0]:
        return stream
    content = stream[match.end() : match.end() + int(match[2])]
    small = zlib.compress(zlib.decompress(content), 9)
    if len(small) >= len(content):
        return stream
    rest = stream[match.end() + len(content) :]
    return b"%s%d%s%s%s" % (match[1], len(small), match[3], small, rest)


def _object_stream(number: int, objects: list[tuple[int, bytes]]) -> bytes:
    index, place = [], 0
    for name, content in objects:
        index.append(b"%d %d" % (name, place))
        place += len(content) + 1
    head = b" ".join(index) + b"\n"
    entries = b"/Type /ObjStm /N %d /First %d" % (len(objects), len(head))
    return _stream(number, entries, head + b"\n".join(content for _, content in objects))


def _stream(number: int, entries: bytes, content: bytes) -> bytes:
    small = zlib.compress(content, 9)
    opening = b"%d 0 obj\n<< %s /Filter /FlateDecode /Length %d >>\nstream\n"
    return opening % (number, entries, len(small)) + small + b"\nendstream\nendobj"
