"""Headings and labels are links to themselves."""

from __future__ import annotations

from sample import Report

from umbrella_review.render.anchors import link_headings


def test_a_heading_links_to_its_section() -> None:
    page = '<section id="a" class="level1">\n<h1>Title <em>x</em></h1>\n<p>Text</p>'
    linked = '<h1><a class="anchor" href="#a">Title <em>x</em></a></h1>'
    assert linked in link_headings(page)


def test_headings_with_links_or_without_identifier_stay() -> None:
    for page in (
        '<section id="a" class="level1">\n<h1>Title <a href="x">x</a></h1>',
        '<section class="level1">\n<h1>Title</h1>',
        "<h1>Title</h1>",
    ):
        assert link_headings(page) == page


def test_headings_figures_and_tables_of_the_report_lead_to_themselves(report: Report) -> None:
    page = report.page()
    targets = {link["href"] for link in page.select("main a.anchor")}
    assert {"#sec-methods", "#sec-deeper", "#fig-flow", "#tbl-reviews", "#tbl-words"} <= targets
    assert page.select("#TOC .anchor") == []
    notebook = report.page("notebooks/01_first.html")
    assert notebook.select_one("figcaption .anchor")["href"] == "#fig-flow"
    assert all(notebook.find(id=link["href"][1:]) for link in notebook.select("a.anchor"))
