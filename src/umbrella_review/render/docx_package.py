"""What pandoc leaves to do in a Word document: sections, tables, contents, and equal bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date

from umbrella_review.archive import EARLIEST, unzipped, zipped
from umbrella_review.render.docx_blocks import BREAK
from umbrella_review.render.docx_styles import LANDSCAPE, NAMESPACES, PORTRAIT, Sheet, W

_CORE = "docProps/core.xml"
_DOCUMENT = "word/document.xml"
_DATES = re.compile(r"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_SHEETS = {BREAK.format("portrait"): PORTRAIT, BREAK.format("landscape"): LANDSCAPE}
_MARKS = {f"{{{W}}}bookmarkStart", f"{{{W}}}bookmarkEnd"}
_MANY_COLUMNS = 6  # tables with more are set smaller
_CELL_STYLES = {"Compact", "BodyText", "FirstParagraph"}
_SHORT, _LONG = 5, 40  # signs of the longest cell that make the narrowest and widest column


def finish(content: bytes, day: date | None) -> bytes:
    """Return a Word document with its sections, tables and contents as they are printed.

    Parameters
    ----------
    content : bytes
        As pandoc wrote it, with the marks of `docx_blocks`.
    day : date or None
        The date that its properties name, if any.

    Returns
    -------
    bytes
        The same bytes for the same document.
    """
    for prefix, address in NAMESPACES.items():
        ET.register_namespace(prefix, address)
    files = unzipped(content)
    root = ET.fromstring(files[_DOCUMENT])  # noqa: S314 - comes from pandoc
    body = root[0]
    for sheet, block in list(_pages(body)):
        for table in block.iter(_name("tbl")):
            _fit(table, sheet.text_width)
    _set_sections(body)
    _fill_contents(body)
    for picture in root.iter(f"{{{NAMESPACES['pic']}}}cNvPr"):
        picture.set("descr", "")  # the text for readers stands in docPr; here stood the bytes
    files[_DOCUMENT] = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    files[_CORE] = _dated(files[_CORE].decode("utf-8"), day).encode()
    return zipped(files, day or EARLIEST)


def _name(tag: str) -> str:
    return f"{{{W}}}{tag}"


def _element(tag: str, **values: str) -> ET.Element:
    return ET.Element(_name(tag), {_name(key): value for key, value in values.items()})


def _style(block: ET.Element) -> str:
    found = block.find(f"{_name('pPr')}/{_name('pStyle')}")
    return "" if found is None else found.get(_name("val"), "")


def _pages(body: ET.Element) -> Iterator[tuple[Sheet, ET.Element]]:
    """Yield each block with the page that it stands on."""
    sheet = PORTRAIT
    for block in body:
        ended = _SHEETS.get(_style(block))
        if ended is None:
            yield sheet, block
        else:
            sheet = LANDSCAPE if ended is PORTRAIT else PORTRAIT


def _set_sections(body: ET.Element) -> None:
    """Turn marks into the properties of sections, without sections that hold nothing."""
    blocks, last = list(body), PORTRAIT
    empty = True  # since the last section began
    for index, block in enumerate(blocks):
        sheet = _SHEETS.get(_style(block))
        if sheet is None:
            empty = empty and block.tag in _MARKS
            continue
        rest = [later for later in blocks[index + 1 :] if later.tag not in _MARKS]
        body.remove(block)
        if empty:
            continue
        if [later.tag for later in rest] == [_name("sectPr")]:
            last = sheet
            break
        _end_section(body, blocks[index - 1], sheet)
        empty = True
    for old in body.findall(_name("sectPr")):
        body.remove(old)
    body.append(ET.fromstring(last.properties()))  # noqa: S314 - our own


def _end_section(body: ET.Element, before: ET.Element, sheet: Sheet) -> None:
    """End a section with the paragraph before, or with a paragraph of its own after a table."""
    properties = ET.fromstring(sheet.properties())  # noqa: S314 - our own
    place = list(body).index(before)
    while body[place].tag in _MARKS:
        place -= 1
    target = body[place]
    if target.tag != _name("p"):
        target = _element("p")
        style = ET.SubElement(target, _name("pPr"))
        style.append(_element("pStyle", val="SectionBreak"))
        body.insert(place + 1, target)
    found = target.find(_name("pPr"))
    if found is None:
        found = _element("pPr")
        target.insert(0, found)
    found.append(properties)


def _fit(table: ET.Element, width: int) -> None:
    """Give a table the width of the text, rows that stay whole, and type for its columns."""
    rows = table.findall(_name("tr"))
    shares = _shares(table, rows)
    widths = [round(width * share / sum(shares)) for share in shares]
    grid, properties = table.find(_name("tblGrid")), table.find(_name("tblPr"))
    if grid is None or properties is None:
        return
    grid[:] = [_element("gridCol", w=str(value)) for value in widths]
    for old in [*properties.findall(_name("tblW")), *properties.findall(_name("tblLayout"))]:
        properties.remove(old)
    properties[1:1] = [
        _element("tblW", type="dxa", w=str(sum(widths))),
        _element("tblLayout", type="fixed"),
    ]
    style = "TableTextSmall" if len(widths) > _MANY_COLUMNS else "TableText"
    for row in rows:
        kept = row.find(_name("trPr"))
        if kept is None:
            kept = _element("trPr")
            row.insert(0, kept)
        kept.insert(0, _element("cantSplit"))
    for cell in table.iter(_name("pStyle")):
        if cell.get(_name("val")) in _CELL_STYLES:
            cell.set(_name("val"), style)


def _shares(table: ET.Element, rows: list[ET.Element]) -> list[float]:
    """Return the shares of the columns: those that were asked for, else by what stands in them."""
    asked = table.find(f"{_name('tblPr')}/{_name('tblLayout')}") is not None
    if asked:
        return [float(column.get(_name("w"), "1")) for column in table.iter(_name("gridCol"))]
    cells = [[_text(cell) for cell in row.findall(_name("tc"))] for row in rows]
    columns = zip(*cells, strict=False)
    return [float(min(max(_SHORT, *map(len, column)), _LONG)) for column in columns]


def _text(block: ET.Element) -> str:
    return "".join(
        "\u2003" if part.tag == _name("tab") else part.text or ""
        for part in block.iter()
        if part.tag in (_name("t"), _name("tab"))
    )


def _fill_contents(body: ET.Element) -> None:
    """Write the contents out: programs that do not compute fields show them then too."""
    contents = body.find(f"{_name('sdt')}/{_name('sdtContent')}")
    if contents is None or len(contents) < 2:
        return
    run = contents[-1].find(_name("r"))
    if run is None:
        return
    begin, instruction, separate, end = run
    levels = re.search(r'"1-([0-9])"', instruction.text or "")
    depth = int(levels[1]) if levels else 1
    contents.remove(contents[-1])
    for anchor, level, words in _headings(body):
        if level <= depth:
            contents.append(_entry(anchor, level, words))
    first = next((entry for entry in contents if _style(entry) == "TOC1"), None)
    for part in (begin, instruction, separate):
        holder = _element("r")
        holder.append(part)
        if first is not None:
            first.insert(1 + (begin, instruction, separate).index(part), holder)
    last = ET.SubElement(contents, _name("p"))
    ET.SubElement(last, _name("r")).append(end)


def _headings(body: ET.Element) -> Iterator[tuple[str, int, str]]:
    anchor = ""
    for block in body:
        if block.tag == _name("bookmarkStart"):
            anchor = block.get(_name("name"), "")
        match = re.fullmatch(r"Heading([0-9])", _style(block))
        if match:
            yield anchor, int(match[1]), _text(block)


def _entry(anchor: str, level: int, words: str) -> ET.Element:
    entry = _element("p")
    ET.SubElement(entry, _name("pPr")).append(_element("pStyle", val=f"TOC{level}"))
    linked = _element("hyperlink", anchor=anchor)
    text = ET.SubElement(ET.SubElement(linked, _name("r")), _name("t"))
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    entry.append(linked)
    return entry


def _dated(core: str, day: date | None) -> str:
    """Return properties that name the day of the sources, or none; pandoc names the clock's."""
    if day is None:
        return _DATES.sub("", core)
    stamp = f"{day.isoformat()}T00:00:00Z"
    return _DATES.sub(rf'<dcterms:\1 xsi:type="dcterms:W3CDTF">{stamp}</dcterms:\1>', core)
