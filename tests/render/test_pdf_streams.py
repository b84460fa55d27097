"""Packing a PDF changes its bytes and nothing that a reader sees."""

from __future__ import annotations

import io

import pypdf
import pytest
import typst

from umbrella_review.errors import BuildError
from umbrella_review.render.pdf_streams import packed, read_document

SOURCE = """
#set document(title: "A title", author: ("Ann",), date: none)
= Heading
#table(columns: 4, ..range(1600).map(n => [cell #n]))
#link("https://example.org")[a link] and an endobj in the text
"""


@pytest.fixture(scope="module")
def plain() -> bytes:
    return bytes(typst.compile(SOURCE.encode(), ignore_system_fonts=True, timestamp=0))


def again(pdf: bytes) -> bytes:
    return packed(read_document(pdf))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf), strict=True)


def shown(reader: pypdf.PdfReader, number: int) -> str:
    """Return an object as text, without the name that the reader has in memory."""
    found = pypdf.generic.IndirectObject(number, 0, reader).get_object()
    return repr(found).replace(str(id(reader)), "reader")


def test_pages_title_and_tags_stay(plain: bytes) -> None:
    before, after = (pypdf.PdfReader(io.BytesIO(pdf), strict=True) for pdf in (plain, again(plain)))
    assert after.metadata == before.metadata
    assert [p.extract_text() for p in after.pages] == [p.extract_text() for p in before.pages]
    for reader in (before, after):
        root = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/StructTreeRoot"]["/K"]
    for number in range(1, before.trailer["/Size"]):
        assert shown(after, number) == shown(before, number)


def test_it_is_much_smaller_and_the_same_every_time(plain: bytes) -> None:
    assert len(again(plain)) < len(plain) / 2
    assert again(plain) == again(plain)


def test_another_build_of_pdf_is_refused(plain: bytes) -> None:
    with pytest.raises(BuildError, match="table"):
        read_document(again(plain))
    with pytest.raises(BuildError, match="object"):
        read_document(plain.replace(b"1 0 obj", b"9 0 obj", 1))
