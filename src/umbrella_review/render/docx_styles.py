"""The styles of the Word document: pandoc's own reference document, with our type and pages."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from functools import cache

from umbrella_review.archive import EARLIEST, unzipped, zipped
from umbrella_review.render import pandoc

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {
    "w": W,
    "r": R,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "o": "urn:schemas-microsoft-com:office:office",
    "v": "urn:schemas-microsoft-com:vml",
    "w10": "urn:schemas-microsoft-com:office:word",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
_FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'
_SERIF = _FONT.format("Libertinus Serif")
_INK, _FAINT, _QUIET = "141414", "606060", "1F4E79"  # as in the PDF
_FOOTER = (
    f'<w:ftr xmlns:w="{W}"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>'
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>'
)
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_FOOTER_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"
_FOOTER_ID = "rIdFooter"
# Word takes the second font where the reader does not have that of the PDF.
_FONT_ENTRY = (
    '<w:font w:name="Libertinus Serif"><w:altName w:val="Cambria"/>'
    '<w:panose1 w:val="02000503000000000000"/><w:family w:val="roman"/>'
    '<w:pitch w:val="variable"/></w:font>'
)


@dataclass(frozen=True)
class Sheet:
    """A page; all lengths in twentieths of a point.

    Parameters
    ----------
    width, height : int
        Of the paper.
    side, top, bottom : int
        Margins.
    """

    width: int
    height: int
    side: int
    top: int
    bottom: int

    @property
    def text_width(self) -> int:
        """Width of the text."""
        return self.width - 2 * self.side

    @property
    def text_height(self) -> int:
        """Height of the text."""
        return self.height - self.top - self.bottom

    def properties(self) -> str:
        """Return the properties of a section with such pages."""
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        return (
            f'<w:sectPr xmlns:w="{W}" xmlns:r="{R}">'
            f'<w:footerReference w:type="default" r:id="{_FOOTER_ID}"/>'
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"{turned}/>'
            f'<w:pgMar w:top="{self.top}" w:right="{self.side}" w:bottom="{self.bottom}" '
            f'w:left="{self.side}" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
        )


PORTRAIT = Sheet(11906, 16838, 1417, 1474, 1417)  # A4, 25 mm
LANDSCAPE = Sheet(16838, 11906, 1134, 1417, 1134)


def _paragraph(
    identifier: str, properties: str = "", letters: str = "", based: str = "Normal", name: str = ""
) -> str:
    return (
        f'<w:style xmlns:w="{W}" w:type="paragraph" w:styleId="{identifier}">'
        f'<w:name w:val="{name or identifier}"/><w:basedOn w:val="{based}"/><w:qFormat/>'
        f"<w:pPr>{properties}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )


def _size(points: float) -> str:
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _spacing(before: int, after: int, line: int = 0) -> str:
    lines = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{lines}/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_LEFT = '<w:jc w:val="left"/>'
_HEADINGS = {1: (15, 360, "<w:b/>"), 2: (12.5, 280, "<w:b/>"), 3: (11, 220, "<w:i/>")}


def _own_styles() -> list[str]:
    """Return the styles that take the place of pandoc's, or stand beside them."""
    styles = [
        _paragraph(
            f"Heading{level}",
            f'{_KEEP}{_spacing(before, 100)}{_LEFT}<w:outlineLvl w:val="{level - 1}"/>',
            f"{weight}{_colour(_INK)}{_size(size)}",
            name=f"heading {level}",
        )
        for level, (size, before, weight) in _HEADINGS.items()
    ]
    toc = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9072"/></w:tabs>'
    cell = _spacing(20, 20, 240) + _LEFT
    edge = f'<w:pBdr><w:left w:val="single" w:sz="20" w:space="8" w:color="{_QUIET}"/></w:pBdr>'
    return [
        *styles,
        _paragraph("Title", _KEEP + _spacing(240, 120, 240) + _LEFT, "<w:b/>" + _size(20)),
        _paragraph("Subtitle", _KEEP + _spacing(0, 200) + _LEFT, _colour(_FAINT) + _size(13)),
        _paragraph("Author", _KEEP + _spacing(0, 60) + _LEFT, _size(10.5)),
        _paragraph("Affiliation", _KEEP + _spacing(0, 60) + _LEFT, _colour(_FAINT) + _size(9)),
        _paragraph("Date", _spacing(0, 240) + _LEFT, _colour(_FAINT) + _size(9)),
        _paragraph("Caption", _spacing(120, 100, 250) + _LEFT, _size(9), name="caption"),
        _paragraph("TableCaption", "<w:keepNext/>", based="Caption", name="Table Caption"),
        _paragraph("TableText", cell, _size(8.5), name="Table Text"),
        _paragraph("TableTextSmall", cell, _size(7), name="Table Text Small"),
        _paragraph(
            "TableNote",
            _spacing(60, 60, 240) + _LEFT,
            _colour(_FAINT) + _size(8),
            name="Table Note",
        ),
        _paragraph(
            "Bibliography",
            '<w:tabs><w:tab w:val="left" w:pos="454"/></w:tabs>'
            + _spacing(0, 80, 250)
            + '<w:ind w:left="454" w:hanging="454"/>'
            + _LEFT,
            _size(9),
        ),
        _paragraph("Callout", edge + _spacing(60, 60) + '<w:ind w:left="284"/>'),
        _paragraph("Footer", '<w:jc w:val="center"/>', _colour(_FAINT) + _size(8.5), name="footer"),
        _paragraph("SectionBreak", _spacing(0, 0, 240), _size(1), name="Section Break"),
        _paragraph(
            "TOCHeading", _KEEP + _spacing(240, 120), "<w:b/>" + _size(13), name="TOC Heading"
        ),
        *(
            _paragraph(
                f"TOC{level}",
                f'{toc}{_spacing(80 if level == 1 else 0, 20)}<w:ind w:left="{indent}"/>{_LEFT}',
                _size(9.5),
                name=f"toc {level}",
            )
            for level, indent in ((1, 0), (2, 284), (3, 850))
        ),
        _table_style(),
    ]


def _table_style() -> str:
    def line(side: str, size: int, colour: str) -> str:
        return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'

    borders = line("top", 8, "262626") + line("bottom", 8, "262626") + line("insideH", 2, "D9D9D9")
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 20), ("left", 70), ("bottom", 20), ("right", 70))
    )
    return (
        f'<w:style xmlns:w="{W}" w:type="table" w:default="1" w:styleId="Table">'
        '<w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:tcBorders>'
        f'{line("bottom", 4, "595959")}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style>"
    )


@cache
def reference_document(language: str) -> bytes:
    """Return the document from which pandoc takes styles, page and footer.

    Parameters
    ----------
    language : str
        Tag of the document's language.

    Returns
    -------
    bytes
        A DOCX file.
    """
    files = unzipped(pandoc.run_bytes(["--print-default-data-file", "reference.docx"]))
    styles = files["word/styles.xml"]
    files["word/styles.xml"] = _restyled(styles, language)
    fonts = files["word/fontTable.xml"].decode("utf-8")
    files["word/fontTable.xml"] = fonts.replace("</w:fonts>", f"{_FONT_ENTRY}</w:fonts>").encode()
    files["word/footer1.xml"] = _FOOTER.encode()
    files["word/document.xml"] = _with_page(files["word/document.xml"])
    relation = f'<Relationship Id="{_FOOTER_ID}" Type="{_FOOTER_RELATION}" Target="footer1.xml"/>'
    kind = f'<Override PartName="/word/footer1.xml" ContentType="{_FOOTER_TYPE}"/>'
    for name, addition, end in (
        ("word/_rels/document.xml.rels", relation, "</Relationships>"),
        ("[Content_Types].xml", kind, "</Types>"),
    ):
        text = files[name].decode("utf-8")
        files[name] = text.replace(end, addition + end).encode()
    return zipped(files, date(EARLIEST.year, 1, 1))


def _restyled(styles: bytes, language: str) -> bytes:
    for prefix, address in NAMESPACES.items():
        ET.register_namespace(prefix, address)
    root = ET.fromstring(styles)  # noqa: S314 - comes from pandoc
    own = {style.get(f"{{{W}}}styleId"): style for style in map(ET.fromstring, _own_styles())}
    for index, style in reversed(list(enumerate(root))):
        if style.tag == f"{{{W}}}style" and style.get(f"{{{W}}}styleId") in own:
            del root[index]
    root.extend(own.values())
    defaults = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
    if defaults is not None:
        tags = f'<w:lang w:val="{language}" w:eastAsia="{language}"/>'
        run = f'<w:rPr xmlns:w="{W}">{_SERIF}{_size(10.5)}{tags}</w:rPr>'
        defaults[:] = list(ET.fromstring(run))  # noqa: S314 - written above
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _with_page(document: bytes) -> bytes:
    root = ET.fromstring(document)  # noqa: S314 - comes from pandoc
    body = root[0]
    for old in body.findall(f"{{{W}}}sectPr"):
        body.remove(old)
    body.append(ET.fromstring(PORTRAIT.properties()))  # noqa: S314 - written above
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))
