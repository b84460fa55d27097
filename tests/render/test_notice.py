"""A report whose results do not match their inputs says so in every format."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from sample import HOSTILE, Report, make_project

from umbrella_review.archive import unzipped
from umbrella_review.render import render
from umbrella_review.render.notice import HEADING, quarto_profile

LINES = ("02_second: data/findings.csv changed", f"03_third: {HOSTILE[0]} {HOSTILE[2]}")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Report:
    root = tmp_path_factory.mktemp("marked")
    made = make_project(root / "project")
    render(made, "pandoc", root / "report", lambda line: None, LINES)
    return Report(made, root / "report", ())


@pytest.mark.parametrize("name", ["index", "notebooks/01_first", "ledger/index"])
def test_every_page_begins_with_it(marked: Report, name: str) -> None:
    page = marked.page(f"{name}.html")
    notice = page.select_one("main > *")
    assert notice["class"] == ["notice"]
    assert notice["role"] == "note"
    assert notice.p.text == HEADING
    assert tuple(item.text for item in notice.select("li")) == LINES


def test_print_has_it_on_the_first_page_and_in_every_head(marked: Report) -> None:
    pages = [page.extract_text() for page in marked.pdf.pages]
    assert all(page.startswith(HEADING) for page in pages)
    assert pages[0].count(HEADING) == 2
    assert LINES[0] in pages[0]


def test_documents_that_travel_alone_have_it_in_their_text(marked: Report) -> None:
    text = unzipped((marked.folder / "report.docx").read_bytes())["word/document.xml"].decode()
    assert f"{HEADING}." in text
    article = (marked.folder / "jats/article.xml").read_text(encoding="utf-8")
    assert f"<bold>{HEADING}.</bold>" in article
    assert LINES[0] in article


def test_other_reports_have_none(report: Report) -> None:
    assert not report.page().select(".notice")
    assert HEADING not in report.pdf_text


def test_quarto_gets_it_as_a_profile() -> None:
    settings = yaml.safe_load(quarto_profile(LINES))["format"]
    page = settings["html"]["include-before-body"][0]["text"]
    assert f"<strong>{HEADING}</strong>" in page
    assert "<script>" not in page
    paper = settings["typst"]["include-before-body"][0]["text"]
    assert f'#strong("{HEADING}")' in paper
    assert '#list.item("02_second: data/findings.csv changed")' in paper


def test_scripts_of_quarto_are_no_matter_for_the_embedded_engine(tmp_path: Path) -> None:
    made = make_project(tmp_path / "project")
    settings = yaml.safe_load(made.quarto_file.read_text(encoding="utf-8"))
    settings["project"] |= {"pre-render": "tools/gone.py", "post-render": ["tools/gone.py"]}
    made.quarto_file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    render(made, "pandoc", tmp_path / "report", lambda line: None)
    assert (tmp_path / "report/index.html").is_file()
