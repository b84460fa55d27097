"""The pages of the embedded engine."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sample import HOSTILE, Report

from umbrella_review.render import render
from umbrella_review.render.page_assets import SCRIPTS


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_values_are_in_place_and_nothing_is_left_over(report: Report) -> None:
    text = squeezed(report.page().get_text())
    assert "In all, 35 reviews (94%) were found; see Section 1." in text
    assert "?@" not in text
    assert not re.search("[\ue000\ue001]", text)
    assert "unknown" not in text


def test_title_block(report: Report) -> None:
    page = report.page()
    assert page.title.string == "A title with 35 reviews & emphasis"
    assert page.html["lang"] == "en-GB"
    assert page.select_one("h1.title em").text == "emphasis"
    block = squeezed(page.select_one("#title-block-header").text)
    for part in ("Ann Smith, Bob Jones", "University of Somewhere", "5 January 2026", "Version"):
        assert part in block
    assert page.select_one("meta[name=keywords]")["content"] == 'one, two "quoted"'


def test_sections_are_numbered_alike_in_headings_contents_and_references(report: Report) -> None:
    page = report.page()
    heading = page.select_one("#sec-sideways h2, h2#sec-sideways")
    assert squeezed(heading.text) == "2.2 Sideways"
    entry = page.select_one('#TOC a[href="#sec-sideways"]')
    assert squeezed(entry.text) == "2.2 Sideways"
    assert squeezed(page.select_one('#TOC a[href="#sec-appendix"]').text) == "Appendix"


def test_references_are_links_with_numbers(report: Report) -> None:
    links = [(a["href"], a.text) for a in report.page().select("a.quarto-xref")]
    assert ("#fig-flow", "Figure\u00a01") in links
    assert ("#fig-flow", "1") in links
    assert ("#tbl-wide", "see\u00a03") in links
    assert ("#tbl-words", "Table\u00a01") in links


def test_figures_have_file_alternative_caption_and_source(report: Report) -> None:
    figure = report.page().select_one("figure#fig-flow")
    image = figure.img
    assert image.parent["href"] == image["src"]
    assert image["alt"] == 'Boxes "joined" by lines'
    assert (report.folder / image["src"]).read_text(encoding="utf-8").startswith("<svg")
    assert (image["loading"], image["width"], image["height"]) == ("lazy", "520", "220")
    assert squeezed(figure.figcaption.text) == "Figure 1: Flow of <b>records</b> [1]"
    assert figure.select_one(".source a")["href"] == "notebooks/01_first.html#fig-flow"
    assert figure.select_one(".source a").text == "First steps"


def test_tables_are_tables_with_scopes_in_a_frame(report: Report) -> None:
    [frame] = report.page().select("figure#tbl-reviews .table-frame")
    assert frame["tabindex"] == "0"
    assert [th["scope"] for th in frame.select("thead th")] == ["col"] * 3
    rows = frame.select("tbody tr")
    assert len(rows) == len(HOSTILE)
    assert frame.parent["class"] == ["tbl", "long", "long-15"]  # 17 rows
    assert all(row.th["scope"] == "row" for row in rows)
    assert frame.table["class"] == ["cols-3", "r3"]  # the third column is one of numbers


def test_cells_are_shown_as_their_characters(report: Report) -> None:
    for name, selector in (
        ("index.html", "#tbl-reviews tbody tr"),
        ("notebooks/01_first.html", "#tbl-reviews tbody tr"),
    ):
        rows = report.page(name).select(selector)
        assert [squeezed(row.td.text) for row in rows] == [squeezed(text) for text in HOSTILE]


@pytest.mark.parametrize("name", ["index.html", "notebooks/01_first.html"])
def test_nothing_of_the_data_is_markup(report: Report, name: str) -> None:
    page = report.page(name)
    scripts = [tag.attrs for tag in page.select("script")]
    root = "" if name == "index.html" else "../"
    notes = [{"type": "application/json", "id": "notes"}] if name == "index.html" else []
    idle = () if name == "index.html" else ("notes.js", "copy.js")  # nothing to do on a notebook's
    more = () if name == "index.html" else ("notebooks.js",)
    names = [*(script for script in SCRIPTS if script not in idle), *more]
    ours = [{"src": f"{root}assets/{script}", "defer": ""} for script in names]
    assert scripts == notes + ours
    assert page.select("iframe, object, style, b") == []
    assert not any(re.match("on|style$", key) for tag in page.select("*") for key in tag.attrs)


def test_notes_stand_below_their_table(report: Report) -> None:
    figure = report.page().select_one("#tbl-reviews")
    assert "A note with *stars* and <b>." in figure.text
    assert figure.table.find(string=re.compile("A note")) is None


def test_citations_are_numbers_in_order_and_link_to_the_list(report: Report) -> None:
    page = report.page()
    entries = page.select("#refs .csl-entry")
    assert [entry["id"] for entry in entries] == ["ref-smith_2020", "ref-jones_2021"]
    hostile = squeezed(entries[1].text)
    assert "A A, B B, C C, D D, E E, F F, et al." in hostile
    assert '<script>alert(1)</script> #panic("x")' in hostile
    assert "*starred*" in hostile
    assert page.select_one('a[href="#ref-smith_2020"]').text == "1"


def test_values_hold_markdown_but_no_raw_markup(report: Report) -> None:
    note = squeezed(report.page().select_one("#footnotes, .footnotes").text)
    assert "with 12 and <b>1</b> {{< var counts.reviews >}} x{=html}." in note


def test_callouts_escapes_and_columns(report: Report) -> None:
    page = report.page()
    titles = [squeezed(title.text) for title in page.select(".callout-title")]
    assert titles == ["Mind this", "A heading as title"]
    assert len(page.select(".columns-2 > p")) == 2
    text = squeezed(page.get_text())
    assert "Escaped: {{< var counts.reviews >}} and {{< meta note >}}." in text
    assert "plain code with @fig-none and {{< var x >}}" in text


def test_every_page_forbids_what_is_elsewhere(report: Report) -> None:
    for name in ("index.html", "notebooks/01_first.html", "notebooks/02_second.html"):
        page = report.page(name)
        policy = page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        sources = [tag.get("src") or tag.get("href") for tag in page.select("[src], link[href]")]
        assert sources
        assert not any("//" in source for source in sources)


def test_a_skip_link_leads_to_the_content(report: Report) -> None:
    page = report.page()
    assert page.select_one(page.select_one("a.skip-link")["href"]).name == "main"


def test_two_renderings_are_the_same(report: Report, tmp_path: Path) -> None:
    again = tmp_path / "report"
    render(report.project, "pandoc", again, print)
    names = sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    assert names == sorted(
        p.relative_to(report.folder) for p in report.folder.rglob("*") if p.is_file()
    )
    for name in names:
        assert (again / name).read_bytes() == (report.folder / name).read_bytes(), name
