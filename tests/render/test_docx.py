"""The Word document, read back from its parts."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sample import HOSTILE, Report

from umbrella_review.archive import unzipped
from umbrella_review.render import render
from umbrella_review.render.docx_styles import LANDSCAPE, PORTRAIT, W, reference_document
from umbrella_review.review import Review

VERSION = Review.read(Path(__file__).parents[2] / "review.yml").version

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def name(tag: str) -> str:
    return f"{{{W}}}{tag}"


def style(block: ET.Element) -> str:
    found = block.find(f"{name('pPr')}/{name('pStyle')}")
    return "" if found is None else found.get(name("val"), "")


def words(block: ET.Element) -> str:
    return "".join(part.text or "" for part in block.iter(name("t")))


@pytest.fixture(scope="module")
def files(report: Report) -> dict[str, bytes]:
    return unzipped((report.folder / "report.docx").read_bytes())


@pytest.fixture(scope="module")
def body(files: dict[str, bytes]) -> ET.Element:
    return ET.fromstring(files["word/document.xml"])[0]


def test_title_headings_and_text_have_their_styles(body: ET.Element) -> None:
    found = {style(block): words(block) for block in body}
    assert found["Title"] == "A title with 35 reviews & emphasis"
    assert found["Subtitle"] == "A subtitle"
    headings = [words(block) for block in body if style(block) == "Heading1"]
    assert headings == ["Summary", "1Methods", "2Results", "References", "Appendix"]
    assert f"Version {VERSION} · 5 January 2026" in {words(b) for b in body if style(b) == "Date"}


def test_every_style_that_is_used_exists(files: dict[str, bytes], body: ET.Element) -> None:
    styles = ET.fromstring(files["word/styles.xml"])
    known = {entry.get(name("styleId")) for entry in styles}
    used = {
        element.get(name("val"))
        for tag in ("pStyle", "rStyle", "tblStyle")
        for element in body.iter(name(tag))
    }
    assert used <= known
    assert not [mark for mark in used if "section-break" in str(mark)]


def test_the_contents_list_the_headings_and_lead_to_them(body: ET.Element) -> None:
    entries = [block for block in body.iter(name("p")) if style(block).startswith("TOC")]
    assert "".join(words(entries[0])) == "Contents"
    assert [words(entry) for entry in entries[1:3]] == ["Summary", "1\u2003Methods"]
    marks = {mark.get(name("name")) for mark in body.iter(name("bookmarkStart"))}
    for entry in entries[1:]:
        link = entry.find(name("hyperlink"))
        assert link is not None
        assert link.get(name("anchor")) in marks


def test_tables_are_real_with_captions_numbers_and_heads_that_repeat(body: ET.Element) -> None:
    tables = list(body.iter(name("tbl")))
    captions = [words(block) for block in body.iter(name("p")) if style(block) == "TableCaption"]
    assert captions == [
        "Table\u00a01: A table of words",
        "Table\u00a02: All reviews",
        "Table\u00a03: Wide",
    ]
    fields = [field.get(name("instr")) for field in body.iter(name("fldSimple"))]
    assert (
        fields
        == [r" SEQ Table \* ARABIC "] + [r" SEQ Figure \* ARABIC "] + [r" SEQ Table \* ARABIC "] * 2
    )
    for table in tables:
        first, *others = table.findall(name("tr"))
        assert first.find(f"{name('trPr')}/{name('tblHeader')}") is not None
        assert not [row for row in others for _ in row.iter(name("tblHeader"))]
        assert {style(p) for p in table.iter(name("p"))} <= {"TableText", "TableTextSmall"}
    reviews = tables[1]
    shown = [words(row.findall(name("tc"))[1]) for row in reviews.findall(name("tr"))[1:]]
    assert [text.replace("\u00a0", " ") for text in shown] == HOSTILE
    assert "A note with *stars* and <b>." in [
        words(block) for block in body if style(block) == "TableNote"
    ]


def test_each_section_has_pages_of_its_orientation_and_tables_fit(body: ET.Element) -> None:
    sections, sheets, current = [], [], []
    for block in body:
        current.append(block)
        properties = block if block.tag == name("sectPr") else block.find(f".//{name('sectPr')}")
        if properties is not None:
            page = properties.find(name("pgSz"))
            assert page is not None
            sections.append(current)
            sheets.append(PORTRAIT if int(page.get(name("w"), 0)) == PORTRAIT.width else LANDSCAPE)
            current = []
    assert sheets == [PORTRAIT, LANDSCAPE, PORTRAIT]
    assert any("Sideways" in words(block) for block in sections[1])
    for blocks, sheet in zip(sections, sheets, strict=True):
        assert [b for b in blocks if words(b) or b.tag == name("tbl")], "an empty section"
        for table in (table for block in blocks for table in block.iter(name("tbl"))):
            widths = [int(column.get(name("w"), 0)) for column in table.iter(name("gridCol"))]
            assert abs(sum(widths) - sheet.text_width) <= len(widths)


def test_figures_are_bitmaps_with_alternative_text_inside_the_page(
    files: dict[str, bytes], body: ET.Element
) -> None:
    (drawing,) = body.iter(f"{DRAWING}inline")
    properties, extent = drawing.find(f"{DRAWING}docPr"), drawing.find(f"{DRAWING}extent")
    assert properties is not None
    assert extent is not None
    assert properties.get("descr") == 'Boxes "joined" by lines'
    assert int(extent.get("cx", 0)) <= PORTRAIT.text_width * 635
    (picture,) = [content for path, content in files.items() if path.startswith("word/media/")]
    with Image.open(io.BytesIO(picture)) as image:
        assert image.format == "PNG"
        assert image.mode == "P"
        assert image.width / (int(extent.get("cx", 0)) / 914400) > 199  # pixels an inch
        assert image.convert("RGB").getpixel((2, 2)) == (255, 255, 255)
    assert b"base64" not in files["word/document.xml"]


def test_references_and_links_point_to_what_exists(body: ET.Element) -> None:
    marks = {mark.get(name("name")) for mark in body.iter(name("bookmarkStart"))}
    anchors = {link.get(name("anchor")) for link in body.iter(name("hyperlink"))} - {None}
    assert {"fig-flow", "tbl-reviews", "sec-methods"} <= anchors
    assert anchors <= marks
    entries = [words(block) for block in body if style(block) == "Bibliography"]
    assert len(entries) == 2
    assert "First of all" in entries[0]


def test_properties_name_the_day_of_the_sources_and_not_the_clock(files: dict[str, bytes]) -> None:
    core = files["docProps/core.xml"].decode("utf-8")
    assert "A title with 35 reviews &amp; emphasis" in core
    assert "Ann Smith; Bob Jones" in core
    assert "<dc:language>en-GB</dc:language>" in core
    assert 'one, two "quoted"' in core or "one, two &quot;quoted&quot;" in core
    assert str(date.today().year) not in core


def test_the_same_sources_give_the_same_bytes(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for number in (1, 2):
        render(report.project, "pandoc", tmp_path / str(number), lambda line: None)
    first, second = (tmp_path / n / "report.docx" for n in "12")
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 0, 0, 0)}
        names = archive.namelist()
        assert names == sorted(names)
        core = archive.read("docProps/core.xml").decode("utf-8")
    assert re.findall(r"\d{4}-\d\d-\d\dT", core) == ["2023-11-14T"] * 2


def test_the_reference_document_keeps_the_rest_of_pandocs_styles() -> None:
    styles = unzipped(reference_document("en-GB"))["word/styles.xml"].decode("utf-8")
    for kept in ("BodyText", "FootnoteText", "Hyperlink", "Heading1", "TOC1", "Caption"):
        assert f'w:styleId="{kept}"' in styles
    assert styles.count('w:styleId="Heading1"') == 1
    assert 'w:lang w:val="en-GB"' in styles
