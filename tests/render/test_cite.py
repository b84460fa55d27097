"""How the report is cited: in words and as files."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import bibtexparser
from sample import Report

from umbrella_review.paths import Project
from umbrella_review.render.citations import set_citations
from umbrella_review.render.cite import Citation, citation_files, in_words, project_citation
from umbrella_review.render.html import article_page
from umbrella_review.render.manuscript import read_manuscript
from umbrella_review.render.titles import Author, read_cover
from umbrella_review.render.tree import text_of

CITATION = Citation(
    "review_1_0_0",
    "Care & cost_of {support}: 50%",
    "1.0.0",
    (Author("Bob Jones", "Bob", "Jones", "", ()), Author("The Group", "", "", "", ())),
    datetime.date(2026, 1, 5),
    "en-GB",
)


def test_in_words_only_what_is_known_is_said() -> None:
    known = "Bob Jones, The Group. Care & cost_of {support}: 50%. Version 1.0.0. 5 January 2026."
    assert in_words(CITATION) == known
    bare = replace(CITATION, version="", day=None, authors=())
    assert in_words(bare) == "Care & cost_of {support}: 50%."


def test_bibtex_is_read_back_with_names_and_signs() -> None:
    [found] = bibtexparser.parse_string(citation_files(CITATION)["citation.bib"]).entries
    assert found.key == "review_1_0_0"
    assert found["author"] == "Jones, Bob and {The Group}"
    assert found["title"] == r"{Care \& cost\_of \{support\}: 50\%}"
    assert (found["year"], found["month"], found["note"]) == ("2026", "1", "Version 1.0.0")


def test_ris_and_csl_json_hold_the_same() -> None:
    files = citation_files(CITATION)
    lines = files["citation.ris"].split("\r\n")
    assert lines[0] == "TY  - RPRT"
    assert {"AU  - Jones, Bob", "AU  - The Group", "PY  - 2026", "DA  - 2026/01/05"} <= set(lines)
    assert lines[-2:] == ["ER  - ", ""]
    [item] = json.loads(files["citation.json"])
    assert item["author"] == [{"family": "Jones", "given": "Bob"}, {"literal": "The Group"}]
    assert item["issued"] == {"date-parts": [[2026, 1, 5]]}
    assert item["version"] == "1.0.0"


def test_the_article_shows_it_and_links_to_the_files(report: Report) -> None:
    page = report.page()
    shown = page.select_one("#citation").text
    assert shown.startswith("Ann Smith, Bob Jones. A title with 35 reviews & emphasis. Version ")
    assert shown.endswith(". 5 January 2026.")
    links = [link["href"] for link in page.select("#cite a[download]")]
    assert links == ["cite/citation.bib", "cite/citation.ris", "cite/citation.json"]
    assert all((report.folder / link).is_file() for link in links)


def test_the_article_that_is_rebuilt_is_to_be_cited_too(project: Project) -> None:
    review = project.review_file
    text = review.read_text(encoding="utf-8")
    review.write_text(text.replace("cooper_2024 ", "smith_2020 ", 1), encoding="utf-8")
    manuscript = read_manuscript(project)
    citation = project_citation(project, manuscript)
    cover = read_cover(manuscript, "", "")
    cited = set_citations(manuscript.blocks, manuscript.settings)
    original = article_page(manuscript, cited, cover, citation).meta["original"]
    [link] = original["c"]
    assert link["c"][2][0] == "#ref-smith_2020"
    assert text_of(link) == "[1]"
