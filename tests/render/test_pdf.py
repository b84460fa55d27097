"""The PDF of the embedded engine, read back."""

from __future__ import annotations

import io
import re
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
import typst
from PIL import Image
from sample import HOSTILE, Report

from umbrella_review.errors import BuildError
from umbrella_review.render.citations import set_citations
from umbrella_review.render.manuscript import read_manuscript
from umbrella_review.render.titles import read_cover
from umbrella_review.render.tokens import typst_tokens
from umbrella_review.render.typst_blocks import literal
from umbrella_review.render.typst_pdf import font_folders, typst_source, write_pdf


def test_metadata(report: Report) -> None:
    metadata = report.pdf.metadata
    assert metadata.title == "A title with 35 reviews & emphasis"
    assert metadata.author == "Ann Smith, Bob Jones"
    assert metadata["/Keywords"] == 'one, two "quoted"'
    assert report.pdf.trailer["/Root"]["/Lang"] == "en-GB"


def test_contents_and_page_numbers(report: Report) -> None:
    first = report.pdf.pages[0].extract_text()
    count = len(report.pdf.pages)
    assert re.search(r"2\.2\s+Sideways[\s.]+4", first)
    assert re.search(rf"Appendix[\s.]+{count}", first)
    for number, page in enumerate(report.pdf.pages, start=1):
        assert f"Page {number} of {count}" in page.extract_text()


def test_running_head_from_the_second_page(report: Report) -> None:
    pages = [page.extract_text() for page in report.pdf.pages]
    assert "Version" in pages[1].splitlines()[0]
    assert all(pages[1].splitlines()[0] == page.splitlines()[0] for page in pages[2:])


def test_captions_in_order(report: Report) -> None:
    found = re.findall(r"^(?:Figure|Table) \d+:.*$", report.pdf_text, re.MULTILINE)
    assert found == [
        "Table 1: A table of words",
        "Figure 1: Flow of <b>records</b> [1]",
        "Table 2: All reviews",
        "Table 3: Wide",
    ]


def test_cells_are_shown_as_their_characters(report: Report) -> None:
    page = next(p.extract_text() for p in report.pdf.pages if "Table 2: All" in p.extract_text())
    for text in HOSTILE:
        assert " ".join(text.split()) in " ".join(page.split()), text


def test_wide_tables_are_sideways_with_their_head_on_each_page(report: Report) -> None:
    pages = [page for page in report.pdf.pages if "Column 8" in page.extract_text()]
    assert len(pages) > 1
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    assert all("Column 0" in page.extract_text() for page in pages)
    assert report.pdf.pages[-1].mediabox.width < report.pdf.pages[-1].mediabox.height


def test_nothing_runs_into_the_margins(report: Report) -> None:
    manuscript = read_manuscript(report.project)
    cover = read_cover(manuscript, "Short", "1.0.0")
    cited = set_citations(manuscript.blocks, manuscript.settings)
    source = typst_source(manuscript, cited, cover, None).encode("utf-8")
    with font_folders() as fonts:
        settings = {"font_paths": fonts, "ignore_system_fonts": True, "ppi": 36}
        pages = typst.compile(source, root=report.folder, format="png", **settings)
    for number, page in enumerate(pages, start=1):
        ink = np.asarray(Image.open(io.BytesIO(page)).convert("L")) < 200
        margin = 24  # pixels: 17 mm at this resolution, less than any margin of the pages
        assert not ink[:, :margin].any(), number
        assert not ink[:, -margin:].any(), number
        assert not ink[-12:, :].any(), number


def test_references_and_notes(report: Report) -> None:
    text = " ".join(report.pdf_text.split())
    assert "Smith A, Jones B. First of all. J Test. 2020;3(2):1–9." in text
    assert "https://doi.org/10.1000/first" in text
    assert '<script>alert(1)</script> #panic("x")' in text
    assert "{{< var counts.reviews >}} and {{< meta note >}}" in text
    assert "12 and <b>1</b> {{< var counts.reviews >}} x{=html}." in text


def test_typst_reads_nothing_outside_the_report(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x", encoding="utf-8")
    (tmp_path / "report").mkdir()
    with pytest.raises(BuildError, match="Typst failed"):
        write_pdf('#read("../secret.txt")', tmp_path / "report", dated=False)


@pytest.mark.parametrize("text", ['a "b" \\ c', "#x", "é\u2003ß", "/a//b", "a\x07b"])
def test_strings_of_typst_hold_any_text(text: str, tmp_path: Path) -> None:
    title = '#set document(title: "A title")\n'
    write_pdf(f"{title}#text({literal(text)})", tmp_path, dated=False)
    shown = pypdf.PdfReader(tmp_path / "index.pdf").pages[0].extract_text()
    assert shown.split() == text.replace("\x07", "").split()


def _pages(source: str) -> list[list[str]]:
    """Return the lines of each page of a report with this body, set by the report's template."""
    template = (resources.files("umbrella_review.render") / "templates/report.typ").read_text()
    first, last = template.index("#let serif"), template.index("$header$")
    settings = template[first:last].replace("$notice-heading$", "").replace("$short-title$", "")
    settings = re.sub(r"\$if\(version\)\$.*\$endif\$\$endif\$", "", settings)
    settings = re.sub(r"\$(if\(\w+\)|endif)\$", "", settings).replace("$language$", 'lang: "en"')
    document = f"{typst_tokens()}\n{settings}\n{source}".encode()
    with font_folders() as fonts:
        options: Any = {"font_paths": fonts, "ignore_system_fonts": True}
        written = typst.compile(document, **options)
    return [page.extract_text().splitlines() for page in pypdf.PdfReader(io.BytesIO(written)).pages]


def _rows(count: int) -> str:
    cells = "".join(f"[Row {number}], [1]," for number in range(count))
    table = f"#table(columns: (50%, 50%), table.header([Head], [One]), {cells})"
    return f"#together[#figure(kind: table, caption: [A table], [{table}])#table-notes[The note.]]"


def test_a_short_table_and_its_notes_stay_on_one_page() -> None:
    first, second = _pages(f"Before it.#v(200mm)\n{_rows(8)}")
    assert not any("Row" in line or "Table 1" in line for line in first)
    assert any("Table 1" in line for line in second)
    assert sum("Row" in line for line in second) == 8
    assert any("The note." in line for line in second)


def test_a_long_table_does_not_begin_at_the_foot_of_a_page() -> None:
    low, *_ = _pages(f"Before it.#v(215mm)\n{_rows(80)}")
    high, *_ = _pages(f"Before it.#v(180mm)\n{_rows(80)}")
    assert not any("Row" in line for line in low)
    assert sum("Row" in line for line in high) > 3


def test_notes_stand_on_the_page_of_the_last_row_wherever_a_page_ends() -> None:
    rows = "".join(f"[Row {number}], [1\\ 2]," for number in range(28))
    table = f"#table(columns: (50%, 50%), table.header([Head], [One]), {rows})"
    one = f"#figure(kind: table, caption: [A table], [{table}])"
    noted = f"#noted(28, [{one}], [The note.\\ Its end.])"
    pages = _pages("".join(f"#pagebreak()#v({gap}mm){noted}" for gap in range(0, 36, 3)))
    ends = [[line for line in page if line != "2"][-4:-1] for page in pages if "Its end." in page]
    assert ends == [["Row 27 1", "The note.", "Its end."]] * 12
    firsts = [page[1] for page in pages if "Its end." in page and page[0] == "Head One"]
    assert "Row 27 1" in firsts  # the row followed its notes, for which there was no place


def test_a_picture_stands_below_the_heading_of_its_section() -> None:
    picture = "#drawn(figure(rect(height: 40mm), kind: image, caption: [A picture]))"
    (page,) = _pages(f"= A section\nIts first words.\n\n{picture}\n\nIts last words.")
    shown = " ".join(page)
    assert shown.index("A section") < shown.index("Its last words") < shown.index("A picture")
    (page,) = _pages(f"{picture}\n\nA text without heading.")
    shown = " ".join(page)
    assert shown.index("A picture") < shown.index("A text")
