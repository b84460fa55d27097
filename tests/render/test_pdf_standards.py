"""The PDF meets PDF/UA-1 and PDF/A-2a, or there is none."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest
from sample import Report

from tests.pdf_tags import assert_accessible, tags_of
from umbrella_review.errors import BuildError
from umbrella_review.render.typst_pdf import write_pdf

HEAD = '#set document(title: "A title", date: datetime(year: 2026, month: 1, day: 5))\n'
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'


def test_the_report_is_accessible_and_can_be_archived(report: Report) -> None:
    assert_accessible(report.pdf)


def test_figures_and_formulas_are_told(report: Report) -> None:
    tags = tags_of(report.pdf)
    assert 'Boxes "joined" by lines' in [tag.alternative for tag in tags.all("Figure")]


def test_a_picture_without_words_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(PICTURE, encoding="utf-8")
    with pytest.raises(BuildError) as caught:
        write_pdf(HEAD + '= One\n#figure(image("a.svg"))', tmp_path, dated=True)
    told = str(caught.value)
    assert "missing alt text (PDF/A-2a, PDF/UA-1 asks for it)" in told
    assert 'image("a.svg")' in told
    assert "remedy: make sure your images and equations have alt text" in told
    assert not (tmp_path / "index.pdf").exists()


@pytest.mark.parametrize(
    ("body", "lacks"),
    [
        ("= One\n=== Three", "heading"),
        ("#set document(title: none)\n= One", "title"),
    ],
)
def test_what_lacks_is_named(body: str, lacks: str, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=lacks):
        write_pdf(HEAD + body, tmp_path, dated=True)


def test_a_document_without_a_day_is_no_archive_but_accessible(tmp_path: Path) -> None:
    write_pdf('#set document(title: "A title", date: none)\n= One', tmp_path, dated=False)
    root = pypdf.PdfReader(tmp_path / "index.pdf").trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1<" in about
    assert "pdfaid:part" not in about
