"""The first cell of a row is its head, for those who hear a table."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
import typst

from tests.pdf_tags import Tag, tags_of
from umbrella_review.render.pdf_row_heads import with_row_heads
from umbrella_review.render.pdf_streams import packed, read_document


def table(code: str) -> Tag:
    plain = bytes(typst.compile(f"#table({code})".encode(), ignore_system_fonts=True))
    document = read_document(plain)
    whole = packed(replace(document, plain=with_row_heads(document.plain)))
    [found] = tags_of(pypdf.PdfReader(io.BytesIO(whole), strict=True)).all("Table")
    return found


def shown(row: Tag) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(cell.kind, cell.name, cell.heads) for cell in row.inner]


def test_each_cell_names_the_head_of_its_row_and_of_its_column() -> None:
    rows = table("columns: 2, table.header([a], [b]), [c], [d], [e], [f]").all("TR")
    assert [shown(row) for row in rows] == [
        [("TH", "U1x0y0", ()), ("TH", "U1x1y0", ())],
        [("TH", "U1x0y1", ("U1x0y0",)), ("TD", "", ("U1x0y1", "U1x1y0"))],
        [("TH", "U1x0y2", ("U1x0y0",)), ("TD", "", ("U1x0y2", "U1x1y0"))],
    ]


def test_a_head_of_two_rows_is_named_in_both() -> None:
    spanning = "table.cell(rowspan: 2)[c], [d], [e], [f], [g]"
    rows = table(f"columns: 2, table.header([a], [b]), {spanning}").all("TR")[1:]
    assert [shown(row) for row in rows] == [
        [("TH", "U1x0y1", ("U1x0y0",)), ("TD", "", ("U1x0y1", "U1x1y0"))],
        [("TD", "", ("U1x0y1", "U1x1y0"))],
        [("TH", "U1x0y3", ("U1x0y0",)), ("TD", "", ("U1x0y3", "U1x1y0"))],
    ]


def test_a_table_without_heads_stays_as_it_is() -> None:
    rows = table("columns: 2, [c], [d]").all("TR")
    assert [shown(row) for row in rows] == [[("TD", "", ()), ("TD", "", ())]]
