"""Pages of the ledger: their menu of contents leads somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sample import make_project

from umbrella_review.ledger import Value, write_values
from umbrella_review.render.html import write_page
from umbrella_review.render.manuscript import read_manuscript
from umbrella_review.render.trace.ledger import make_ledger
from umbrella_review.render.trace.ledger_pages import ledger_pages


@pytest.mark.parametrize("name", ["index", "q"])
def test_every_entry_of_the_contents_is_a_link(tmp_path: Path, name: str) -> None:
    project = make_project(tmp_path / "project")
    kept = project.results / "01_first" / "values.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_values({"q.one": Value("q.one", 1, "1")}, kept)
    manuscript = read_manuscript(project)
    titles = {notebook.name: notebook.title for notebook in manuscript.notebooks}
    ledger = make_ledger(project, manuscript)
    asked = {"q": "Does it work?"}
    pages = dict(ledger_pages(ledger, titles, anchored=True, questions=asked))
    assert pages["q"].title == "Ledger: does it work? (q)"
    target = tmp_path / "page.html"
    write_page(pages[name], manuscript.settings, [], target)
    page = BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
    entries = page.select("#TOC li")
    assert entries
    targets = [entry.a["href"] if entry.a else "" for entry in entries]
    places = {f"#{node['id']}" for node in page.main.select("[id]")}
    assert set(targets) <= places
