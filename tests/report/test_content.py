"""What a reader of the report must find in its HTML and in its PDF."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from html import unescape

import pandas as pd
import pypdf
import pytest

from tests.pdf_tags import assert_accessible, tags_of
from tests.report.conftest import Built
from umbrella_review.build.source import read_notebook
from umbrella_review.ledger import read_values
from umbrella_review.tables.citation import short_names

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]

EXPLORER = "15_explorer"


def flat(text: str) -> str:
    """Return text without spaces, hyphens and quotes, which typesetting may change."""
    return re.sub(r"[\s\u00ad\u2010-\u2013\-‘’“”'\"]+", "", text)


def words(html: str) -> str:
    """Return the text of a piece of HTML."""
    return unescape(re.sub(r"<[^>]+>", " ", html))


@pytest.fixture(scope="module")
def page(built: Built) -> str:
    return built.page()


@pytest.fixture(scope="module")
def reader(built: Built) -> pypdf.PdfReader:
    """The PDF; what has been read of it once is kept."""
    return pypdf.PdfReader(built.project.draft / "index.pdf")


@pytest.fixture(scope="module")
def sheets(reader: pypdf.PdfReader) -> list[str]:
    """The text of each page of the PDF."""
    return [flat(sheet.extract_text()) for sheet in reader.pages]


@pytest.fixture(scope="module")
def pdf(sheets: list[str]) -> str:
    return "".join(sheets)


@pytest.fixture(scope="module")
def captions(built: Built) -> dict[str, str]:
    """Captions of all labelled cells of the executed notebooks, by label."""
    found = {}
    for path in sorted(built.project.executed.glob("*.ipynb")):
        if path.stem == EXPLORER:  # its tables stand on a page of their own
            continue
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            source = "".join(cell["source"])
            if label := re.search(r"^#\| label: (\S+)", source, re.M):
                caption = re.search(r'^#\| (?:fig|tbl)-cap: "(.+)"$', source, re.M)
                assert caption is not None, (path.stem, label[1])
                found[label[1]] = caption[1]
    return found


def test_every_review_is_named_in_the_table_of_characteristics(built: Built, page: str) -> None:
    reviews = pd.read_csv(built.project.data / "reviews.csv")
    start = page.index('id="tbl-characteristics"')
    table = flat(words(page[start : page.index("</table>", start)]))
    names = short_names(reviews)
    assert len(names) == 35
    assert [name for name in names if flat(name) not in table] == []


def test_every_review_is_named_in_the_pdf(built: Built, pdf: str) -> None:
    names = short_names(pd.read_csv(built.project.data / "reviews.csv"))
    assert [name for name in names if flat(name) not in pdf] == []


def test_every_figure_and_table_stands_in_both(
    captions: dict[str, str], page: str, pdf: str
) -> None:
    assert len(captions) > 40
    text = flat(words(page))
    assert [label for label in captions if f'id="{label}"' not in page] == []
    assert [label for label, caption in captions.items() if flat(caption) not in text] == []
    assert [label for label, caption in captions.items() if flat(caption) not in pdf] == []


def test_figures_have_alternative_texts(page: str) -> None:
    pictures = re.findall(r"<img\b[^>]*>", page)
    assert pictures
    alternatives = [re.search(r'alt="([^"]*)"', picture) for picture in pictures]
    assert all(found and len(found[1]) > 20 for found in alternatives)


def test_alternative_texts_say_what_was_computed(
    built: Built, page: str, reader: pypdf.PdfReader
) -> None:
    values = read_values(built.project.results / "12_directions" / "values.json")
    gaps, cells = (values[f"rq1.map.{name}"].text for name in ("n_gaps", "n_cells"))
    found = dict(re.findall(r'<img[^>]*src="figures/([^".]+)\.[^>]*alt="([^"]*)"', page))
    found |= {name: alt for alt, name in re.findall(
        r'<img[^>]*alt="([^"]*)"[^>]*src="figures/([^".]+)\.', page)}  # fmt: skip
    assert f"{gaps} of {cells} pairs of outcome and population have no review" in unescape(
        found["fig-evidence-map"]
    )
    in_print = {flat(tag.alternative) for tag in tags_of(reader).all("Figure")}
    assert {flat(unescape(alt)) for alt in found.values()} <= in_print


def test_every_label_leaves_its_file_and_no_value_has_two_notebooks(built: Built) -> None:
    recorded = []
    for path in sorted(built.project.notebooks.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = [cell["id"] for cell in cells if cell["cell_type"] == "code"]
        labels = {name for name in code if name.startswith(("fig-", "tbl-"))}
        results = built.project.results / path.stem
        assert {file.stem for file in results.glob("*/*.*")} == labels, path.stem
        recorded += read_values(results / "values.json")
    assert len(recorded) == len(set(recorded)) > 1000


def test_executed_cells_are_those_that_were_written(built: Built) -> None:
    for path in sorted(built.project.notebooks.glob("*.ipynb")):
        written, _ = read_notebook(path, built.project.root)
        executed, _ = read_notebook(built.project.executed / path.name, built.project.root)
        assert executed is not None
        assert executed == replace(written, path=executed.path), path.name


def test_nothing_is_left_unresolved(page: str, pdf: str) -> None:
    text = words(page)
    for mark in ("?@", "{{<", ">}}", "@fig-", "@tbl-", "@sec-", "[@"):
        assert mark not in text, mark
        assert mark not in pdf, mark
    # A value that was not there would leave this behind.
    assert not re.search(r"\b(nan|NaN|NaT|<NA>)\b", text)


def test_no_cell_of_a_table_is_an_empty_value_in_disguise(built: Built) -> None:
    tables = sorted(built.project.results.glob("*/tables/*.csv"))
    assert len(tables) > 30
    for path in tables:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.stem != "tbl-databases":  # where "None" is the word of the source
            assert not cells.isin(["nan", "NaN", "None", "NaT", "<NA>"]).any(axis=None), path.stem


def test_cross_references_lead_to_parts_of_the_page(page: str) -> None:
    targets = set(re.findall(r'href="#([^"]+)"', page))
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert len(targets) > 100
    assert targets <= set(ids)


def test_appendices_of_the_article_are_there(page: str, pdf: str) -> None:
    headings = [words(found) for found in re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.S)]
    for number in range(1, 8):
        assert any(f"Appendix {number}:" in heading for heading in headings)
        assert f"Appendix{number}:" in pdf


def test_values_in_the_text_are_those_that_the_notebooks_recorded(built: Built, page: str) -> None:
    values = {
        value["value_id"]: value["text"]
        for path in built.project.results.glob("*/values.json")
        for value in json.loads(path.read_text(encoding="utf-8"))
    }
    abstract = flat(words(page[page.index(">Abstract<") : page.index('id="sec-background"')]))
    source = (built.project.sections / "_abstract.qmd").read_text(encoding="utf-8")
    cited = re.findall(r"\{\{< var (\S+) >\}\}", source)
    assert len(cited) > 20
    filled = re.sub(r"\{\{< var (\S+) >\}\}", lambda hit: values[hit[1]], source)
    for sentence in re.split(r"\n", re.sub(r"[*]|\[@[^\]]+\]", "", filled)):
        plain = re.sub(r"\s+\.$", ".", sentence.strip())
        parts = plain.split(" from data")  # a citation mark stands in the middle of this one
        assert all(flat(part) in abstract for part in parts), sentence


def test_checklists_tell_the_page_of_every_place(
    built: Built, page: str, sheets: list[str]
) -> None:
    items = pd.read_csv(built.project.data / "reporting_checklist.csv")
    (methods,) = [
        n for n, text in enumerate(sheets, 1) if "2.3Searchandselection" in text and n > 1
    ]
    assert any(f"Section2.3(p.{methods}),Searchandselection" in text for text in sheets)
    labels = {name for cell in items["location"].dropna() for name in cell.split(";")} - {"title"}
    for label in labels:
        assert f'id="{label}"' in page, label
        assert f'href="#{label}"' in page, label
    told = dict(re.findall(r"((?:Figure|Table)\d+)\(p\.(\d+)\)", "".join(sheets)))
    assert len(told) > 5
    for name, number in told.items():
        assert f"{name}:" in sheets[int(number) - 1], name


def test_the_pdf_is_read_aloud_in_order_and_can_be_archived(reader: pypdf.PdfReader) -> None:
    assert_accessible(reader)


def test_a_checklist_that_names_no_place_fails_the_check(copied: Built) -> None:
    table = copied.project.data / "reporting_checklist.csv"
    before = table.read_text(encoding="utf-8")
    try:
        table.write_text(before.replace("sec-eligibility", "sec-eligible", 1), encoding="utf-8")
        said = copied.umbrella("check")
    finally:
        table.write_text(before, encoding="utf-8")
    assert said.returncode == 2
    assert "PRIOR, item 5a: the label 'sec-eligible'" in said.stderr
    assert "Did you mean 'sec-eligibility'?" in said.stderr


def test_reproduction_table_holds_every_published_number(built: Built) -> None:
    published = pd.read_csv(built.project.data / "published_results.csv")
    table = pd.read_csv(built.project.results / "09_reproduction/tables/tbl-reproduction.csv")
    assert len(published) == len(table) == 174
    assert set(table.iloc[:, 0]) == set(published["result_id"])


def test_manifest_lists_every_file_with_its_checksum(built: Built) -> None:
    draft = built.project.draft
    manifest = json.loads((draft / "manifest.json").read_text(encoding="utf-8"))
    listed = {entry["path"]: entry["sha256"] for entry in manifest["files"]}
    files = {path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()}
    assert set(listed) == files - {"manifest.json"}
    for name, checksum in listed.items():
        assert hashlib.sha256((draft / name).read_bytes()).hexdigest() == checksum
