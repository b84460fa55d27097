"""The JATS article: its parts, and that every reference in it leads somewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sample import HOSTILE, Report

from umbrella_review.paths import Project
from umbrella_review.render import render
from umbrella_review.render.bitmaps import SCREEN_PPI
from umbrella_review.review import Review

VERSION = Review.read(Path(__file__).parents[2] / "review.yml").version

LINK = "{http://www.w3.org/1999/xlink}href"
# What an article in the Journal Publishing tag set may hold, of what we write.
CHILDREN = {
    "article": ["front", "body", "back"],
    "front": ["journal-meta", "article-meta"],
    "fig": ["label", "caption", "alt-text", "graphic"],
    "ref": ["label", "element-citation"],
    "table": ["colgroup", "thead", "tbody"],
    "thead": ["tr"],
    "tbody": ["tr"],
    "app-group": ["app"],
}


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return (report.folder / "jats" / "article.xml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def article(text: str) -> ET.Element:
    return ET.fromstring(text)


def words(element: ET.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def test_it_names_its_tag_set(text: str, article: ET.Element) -> None:
    assert "Journal Publishing DTD v1.1 20151215//EN" in text.splitlines()[1]
    assert article.get("dtd-version") == "1.1"
    assert article.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"


def test_front_matter(article: ET.Element) -> None:
    meta = article.find("front/article-meta")
    assert meta is not None
    assert words(meta.find("title-group/article-title")) == "A title with 35 reviews & emphasis"
    assert words(meta.find("title-group/subtitle")) == "A subtitle"
    ann, bob = meta.findall("contrib-group/contrib")
    assert words(ann.find("name-alternatives/string-name")) == "Ann Smith"
    assert words(ann.find("aff")) == "University of Somewhere"
    assert words(bob.find("name/surname")) == "Jones"
    assert words(bob.find("name/given-names")) == "Bob"
    assert [words(word) for word in meta.findall("kwd-group/kwd")] == ["one", 'two "quoted"']
    published = meta.find("pub-date")
    assert published is not None
    assert published.get("iso-8601-date") == "2026-01-05"
    assert words(meta.find("custom-meta-group/custom-meta/meta-value")) == VERSION
    assert meta.find("abstract") is None, "the sample has none"


@pytest.mark.parametrize("placed", ["section", "field"])
def test_the_abstract_stands_in_the_front_and_there_alone(
    project: Project, tmp_path: Path, placed: str
) -> None:
    said = "**Aims.** To count {{< var counts.reviews >}} reviews.\n\n**Methods.** As *ever*."
    main = project.article.read_text(encoding="utf-8")
    if placed == "section":
        main = main.replace("# Summary {.unnumbered}", f"# Abstract {{.unnumbered}}\n\n{said}\n", 1)
    else:
        field = "abstract: |\n" + "\n".join(f"  {line}" for line in said.splitlines())
        main = main.replace("keywords:", f"license: CC BY\n{field}\nkeywords:", 1)
    project.article.write_text(main, encoding="utf-8")
    render(project, "pandoc", tmp_path / "out", lambda line: None)
    article = ET.parse(tmp_path / "out" / "jats" / "article.xml").getroot()
    sections = article.findall("front/article-meta/abstract/sec")
    if placed == "section":
        assert article.find("front/article-meta/abstract") is not None
    else:
        assert [words(section.find("title")) for section in sections] == ["Aims", "Methods"]
        assert words(sections[0].find("p")) == "To count 35 reviews."
        license_ = article.find("front/article-meta/permissions/license")
        assert license_ is not None
        assert license_.get(LINK) == "https://creativecommons.org/licenses/by/4.0/"
    assert words(article).count("To count 35 reviews.") == 1
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.count("To count 35 reviews.") == 1


def test_sections_carry_their_numbers_and_appendices_stand_at_the_back(
    article: ET.Element,
) -> None:
    labels = {
        section.get("id"): words(section.find("label"))
        for section in article.iter("sec")
        if section.find("label") is not None
    }
    assert labels["sec-methods"] == "1"
    assert labels["sec-flow"] == "2.1"
    assert "sec-appendix" not in {section.get("id") for section in article.iter("sec")}
    assert [app.get("id") for app in article.iterfind("back/app-group/app")] == ["sec-appendix"]


def test_identifiers_are_unique_and_every_reference_leads_to_one(article: ET.Element) -> None:
    counts = Counter(e.get("id") for e in article.iter() if e.get("id"))
    assert [key for key, count in counts.items() if count > 1] == []
    kinds = {element.get("id"): element.tag for element in article.iter()}
    expected = {"fig": "fig", "table-wrap": "table", "sec": "sec", "app": "app", "ref": "bibr"}
    references = list(article.iter("xref"))
    assert len(references) > 5
    for reference in references:
        assert reference.get("rid") in kinds
        kind = kinds[reference.get("rid")]
        assert reference.get("ref-type") == expected.get(kind, "other")


def test_figures_and_tables_have_labels_captions_and_files(
    report: Report, article: ET.Element
) -> None:
    (figure,) = article.iter("fig")
    assert figure.get("id") == "fig-flow"
    assert words(figure.find("label")) == "Figure 1"
    assert "<b>records</b>" in words(figure.find("caption"))
    assert words(figure.find("alt-text")) == 'Boxes "joined" by lines'
    graphic = figure.find("graphic")
    assert graphic is not None
    picture = report.folder / "jats" / graphic.attrib[LINK]
    offered = report.folder / "figures" / picture.name
    with Image.open(picture) as printed, Image.open(offered) as shown:
        assert (printed.format, shown.format) == ("PNG", "PNG")
        assert printed.width == pytest.approx(shown.width * 200 / SCREEN_PPI, abs=2)
    page = (report.folder / "index.html").read_text(encoding="utf-8")
    assert '<a href="figures/fig-flow.png">Download as PNG</a>' in page
    wraps = {wrap.get("id"): wrap for wrap in article.iter("table-wrap")}
    assert list(wraps) == ["tbl-words", "tbl-reviews", "tbl-wide"]
    reviews = wraps["tbl-reviews"]
    assert [child.tag for child in reviews] == ["label", "caption", "table", "table-wrap-foot"]
    cells = [words(row.findall("td")[1]) for row in reviews.iterfind("table/tbody/tr")]
    assert cells == [" ".join(text.split()) for text in HOSTILE]


def test_references_have_parts_and_stand_in_the_order_of_print(article: ET.Element) -> None:
    entries = article.findall("back/ref-list/ref")
    assert [entry.get("id") for entry in entries] == ["ref-smith_2020", "ref-jones_2021"]
    assert [words(entry.find("label")) for entry in entries] == ["1", "2"]
    smith = entries[0].find("element-citation")
    assert smith is not None
    assert words(smith.find("article-title")) == "First of all"
    assert words(smith.find("volume")) == "3"
    assert words(smith.find("pub-id")) == "10.1000/first"
    assert [words(name.find("surname")) for name in smith.iter("name")] == ["Smith", "Jones"]


def test_elements_hold_what_the_tag_set_lets_them_hold(article: ET.Element) -> None:
    for parent in article.iter():
        allowed = CHILDREN.get(parent.tag)
        if allowed is not None:
            tags = [child.tag for child in parent]
            assert [tag for tag in tags if tag not in allowed] == [], parent.tag
            order = [allowed.index(tag) for tag in tags]
            assert order == sorted(order), parent.tag
        if parent.tag in ("sec", "app"):
            tags = [child.tag for child in parent if child.tag != "label"]
            assert tags[0] == "title"
    assert not [e for e in article.iter("sec") if "sec" in {p.tag for p in e.iter("boxed-text")}]


def test_without_any_date_it_says_so(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    main = project.article.read_text(encoding="utf-8")
    project.article.write_text(main.replace("date: 2026-01-05\n", ""), encoding="utf-8")
    render(project, "pandoc", tmp_path / "out", lambda line: None)
    text = (tmp_path / "out" / "jats" / "article.xml").read_text(encoding="utf-8")
    assert "<string-date>not dated</string-date>" in text
    assert not re.search(rf"<year>{date.today().year}</year>", text)
