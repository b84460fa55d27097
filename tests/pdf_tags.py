"""What a screen reader finds in a PDF: its tags, read back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdf


@dataclass(frozen=True)
class Tag:
    """An element of a PDF's structure: its kind, its alternative text, and what it holds.

    Heads of tables have a name and a scope; cells name the heads that stand for them.
    """

    kind: str
    alternative: str
    inner: tuple[Tag, ...]
    name: str = ""
    scope: str = ""
    heads: tuple[str, ...] = ()

    def all(self, *kinds: str) -> list[Tag]:
        """Return the elements of some kinds in here, in the order of reading."""
        return [tag for tag in self._below() if tag.kind in kinds]

    def _below(self) -> Iterator[Tag]:
        for tag in self.inner:
            yield tag
            yield from tag._below()


def tags_of(reader: pypdf.PdfReader) -> Tag:
    """Return the structure of a document; there is none without ``/StructTreeRoot``."""
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return Tag("", "", tuple(_children(root["/K"])))


def _children(node: Any) -> Iterator[Tag]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _children(child)
    elif isinstance(node, dict) and "/S" in node:
        inner = tuple(_children(node["/K"])) if "/K" in node else ()
        of_table = next((one for one in node.get("/A", ()) if one["/O"] == "/Table"), {})
        yield Tag(
            str(node["/S"])[1:],
            str(node.get("/Alt", "")),
            inner,
            str(node.get("/ID", "")),
            str(of_table.get("/Scope", ""))[1:],
            tuple(map(str, of_table.get("/Headers", ()))),
        )


@dataclass(frozen=True)
class Font:
    """A font of a page: its name without the mark of a subset, and whether the file holds it."""

    name: str
    is_inside: bool


def fonts_of(page: pypdf.PageObject) -> list[Font]:
    """Return the fonts of a page and of the drawings on it, in the order of their names."""
    found, open_resources = set(), [page["/Resources"].get_object()]
    while open_resources:
        resources = open_resources.pop()
        for font in resources.get("/Font", {}).values():
            plain = font.get_object()
            about = plain.get("/DescendantFonts", [plain])[0].get_object()["/FontDescriptor"]
            held = {"/FontFile", "/FontFile2", "/FontFile3"} & about.get_object().keys()
            found.add(Font(str(plain["/BaseFont"])[1:].partition("+")[2], bool(held)))
        for drawing in resources.get("/XObject", {}).values():
            if "/Resources" in drawing.get_object():
                open_resources.append(drawing.get_object()["/Resources"].get_object())
    return sorted(found, key=lambda font: font.name)


def _assert_table(table: Tag) -> None:
    """Every column has a head, and every row: its first cell; every cell names both."""
    [head] = table.all("THead")
    assert {tag.kind for row in head.inner for tag in row.inner} == {"TH"}
    columns = [tag.name for tag in head.all("TH")]
    assert {tag.scope for tag in head.all("TH")} == {"Column"}
    for body in table.all("TBody"):
        for row in body.all("TR"):
            first, *others = row.inner
            assert (first.kind, first.scope, first.heads) == ("TH", "Row", (columns[0],))
            assert [cell.kind for cell in others] == ["TD"] * (len(columns) - 1)
            assert [cell.heads for cell in others] == [(first.name, one) for one in columns[1:]]


def assert_accessible(reader: pypdf.PdfReader) -> None:
    """Hold a report's PDF against what PDF/UA-1 and PDF/A-2a ask and a program can see."""
    root = reader.trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1<" in about
    assert "<pdfaid:part>2<" in about
    assert "<pdfaid:conformance>A<" in about
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"]
    assert root["/OutputIntents"]
    assert reader.metadata is not None
    assert reader.metadata.title
    tags = tags_of(reader)
    assert not [tag.kind for tag in tags.all("Figure", "Formula") if not tag.alternative.strip()]
    tables = tags.all("Table")
    assert tables
    for table in tables:
        _assert_table(table)
    named = root["/StructTreeRoot"]["/IDTree"]["/Names"]
    names = [str(name) for name in named[::2]]
    assert names == sorted(set(names))
    heads = {tag.name: tag.scope for tag in tags.all("TH")}
    assert set(names) == set(heads)
    assert [str(place.get_object()["/ID"]) for place in named[1::2]] == names
    levels = [int(tag.kind[1]) for tag in tags.all("H1", "H2", "H3", "H4", "H5", "H6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(reader.outline) > 1
    assert reader.page_labels == [str(number) for number in range(1, len(reader.pages) + 1)]
