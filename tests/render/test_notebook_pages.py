"""The pages of executed notebooks."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from sample import Report, code, markdown, notebook

from umbrella_review.ledger import Value, write_values
from umbrella_review.paths import Project
from umbrella_review.render import render
from umbrella_review.render.executed import Cell
from umbrella_review.render.failed_page import write_failed_page
from umbrella_review.render.parameters_table import Parameter, read_parameters


def test_parameters_are_a_table_with_values_of_the_run(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    rows = [[c.text for c in row.select("th, td")] for row in page.table.select("tbody tr")]
    assert rows == [
        ["minimum", "'high'", "'low'", "Lowest rating that is kept"],
        ["formats", "all", "all", "Formats that are kept"],
    ]


def test_cells_have_anchors_code_and_links_into_the_article(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    cell = page.select_one("#fig-flow.cell")
    assert cell.img["src"] == "../figures/fig-flow.svg"
    assert "open" not in cell.details.attrs
    assert "session.figure" in cell.details.pre.text
    assert "#|" not in cell.details.pre.text
    assert cell.select_one(".source a")["href"] == "../index.html#fig-flow"
    assert cell.select_one('a[href="../index.html#ref-smith_2020"]').text == "[1]"


def test_text_and_title_of_the_notebook(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    assert [h.text for h in page.select("h1")] == ["First steps"]
    assert "The flow" in [h.text for h in page.select("h2")]
    assert "<script>alert(1)</script>" in page.text
    assert page.select_one('a[href="../index.html#fig-flow"]')
    assert page.select_one(".download a")["href"] == "01_first.ipynb"
    assert (report.folder / "notebooks/01_first.ipynb").is_file()


def test_html_outputs_are_not_trusted(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    outputs = [pre.text.strip() for pre in page.select(".output pre")]
    assert outputs == ["printed <b>text</b>", "a <b>frame</b>"]


def test_what_the_article_does_not_embed_is_shown_without_number(report: Report) -> None:
    figure = report.page("notebooks/02_second.html").select_one("#fig-spare figure")
    assert figure.figcaption.text.strip() == "Not embedded"
    assert figure.img["src"] == "../figures/fig-spare.svg"


def test_titles_are_text(report: Report) -> None:
    assert report.page("notebooks/02_second.html").h1.text == "Second <steps> & more"


def test_parameters_without_values_or_comments() -> None:
    cells = [
        Cell(
            "code", "a: int = 1  # first\nb = [\n  'x',\n]  # second\nc = None", {}, ("parameters",)
        ),
        Cell("code", "# Parameters\nb = ['y']\nunknown = 3", {}, ("injected-parameters",)),
    ]
    assert read_parameters(cells) == [
        Parameter("a", "1", "1", "first"),
        Parameter("b", "['y']", "['x']", "second"),
        Parameter("c", "None", "None", ""),
    ]


def test_cells_lead_to_their_neighbours(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    ways = page.select(".cell .ways")
    assert ways[0].text.strip() == "Cell 1 of 4 · Next"
    assert ways[1].text.strip() == "Cell 2 of 4 · Previous · Next"
    assert ways[-1].text.strip() == "Cell 4 of 4 · Previous"
    cells = [cell["id"] for cell in page.select(".cell")]
    assert [link["href"] for link in ways[1].select("a")] == [
        f"#{cells[1]}",
        f"#{cells[0]}",
        f"#{cells[2]}",
    ]


def test_the_top_tells_where_outputs_are_used(report: Report) -> None:
    page = report.page("notebooks/01_first.html")
    facts = dict(zip([t.text for t in page.dl.select("dt")], page.dl.select("dd"), strict=True))
    assert list(facts) == ["In the article"]  # it read no data, and recorded no value
    assert [link["href"] for link in facts["In the article"].select("a")] == [
        "../index.html#fig-flow",
        "../index.html#tbl-reviews",
    ]
    assert page.select_one('script[src="../assets/notebooks.js"]')
    assert (report.folder / "assets" / "notebooks.css").is_file()
    assert report.page().select_one('script[src*="notebooks.js"]') is None


def test_the_top_and_the_cells_tell_of_data_and_values(project: Project, tmp_path) -> None:
    results = project.results / "01_first"
    results.mkdir(parents=True)
    value = Value("rq1.n_reviews", 35, "35", run=1)
    write_values(
        {"rq1.n_reviews": value, "rq1.n": Value("rq1.n", 1, "1", run=1)}, results / "values.json"
    )
    inputs = {"inputs": {"data/reviews.csv": "a", "data/unknown.csv": "b", "review.yml": "c"}}
    (results / "inputs.json").write_text(json.dumps(inputs))
    variables = project.variables_file.read_text()
    linked = 'rq1:\n  n_reviews: "[35](ledger/rq1.html#rq1.n_reviews){.value}"\n'
    project.variables_file.write_text(variables + linked)
    section = project.sections / "_methods.qmd"
    section.write_text(section.read_text() + "\nThere are {{< var rq1.n_reviews >}} reviews.\n")
    book = project.executed / "01_first.ipynb"
    caption = '#| tbl-cap: \\"All *reviews*\\"'
    told = caption.replace("All", "All {{< var rq1.n_reviews >}}")
    assert caption in book.read_text()
    book.write_text(book.read_text().replace(caption, told))
    render(project, "pandoc", tmp_path / "report", lambda line: None)
    page = Report(project, tmp_path / "report", ()).page("notebooks/01_first.html")
    facts = dict(zip([t.text for t in page.dl.select("dt")], page.dl.select("dd"), strict=True))
    assert list(facts) == ["Question", "Data read", "In the article", "Values"]
    assert [link["href"] for link in facts["Data read"].select("a")] == ["../data/reviews.html"]
    assert facts["Values"].text.strip() == "2 values recorded, 1 cited"
    line = page.select_one(".cell > .source")
    assert line.text.strip() == "2 values recorded, 1 cited. In the text of: Deeper, Flow"
    article = Report(project, tmp_path / "report", ()).page()
    target = line.select("a")[1]["href"].removeprefix("../index.html#")
    assert article.find(id=target).text == "35"
    # A caption cites values as the text does, on both pages.
    value = article.select_one("#tbl-reviews figcaption a.value")
    assert (value.text, value["href"]) == ("35", "ledger/rq1.html#rq1.n_reviews")
    value = page.select_one("#tbl-reviews figcaption a.value")
    assert (value.text, value["href"]) == ("35", "../ledger/rq1.html#rq1.n_reviews")
    entry = Report(project, tmp_path / "report", ()).page("ledger/rq1.html")
    assert "All 35 reviews" in entry.find(id="rq1.n_reviews").text


@pytest.fixture
def failed(project: Project) -> BeautifulSoup:
    raised = {
        "output_type": "error",
        "ename": "ZeroDivisionError",
        "evalue": "division by zero",
        "traceback": [],
    }
    cells = [
        markdown("# Third steps\n\nWhat it is for."),
        {**code("a = 1"), "id": "first"},
        {**code('#| label: tbl-broken\n#| tbl-cap: "Broken"\n1 / 0', raised), "id": "second"},
        {**code("b = 2"), "id": "third", "execution_count": None},
    ]
    partial = project.build / "failed" / "03_third.ipynb"
    partial.parent.mkdir(parents=True)
    partial.write_text(notebook(*cells))
    told = "ZeroDivisionError: division by zero <b>"
    page = write_failed_page(project, partial, "tbl-broken", told)
    assert page == project.build / "failed" / "page" / "notebooks" / "03_third.html"
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def test_a_failed_notebook_shows_the_cell_that_failed(failed: BeautifulSoup) -> None:
    assert failed.select_one(".notice a")["href"] == "#tbl-broken"
    assert "ZeroDivisionError: division by zero <b>" in failed.select_one(".notice").text
    cells = failed.select(".cell")
    assert [cell["class"] for cell in cells] == [["cell"], ["cell", "failed"], ["cell"]]
    assert cells[1]["id"] == "tbl-broken"
    assert "This cell failed" in cells[1].select_one(".error").text
    assert "open" in cells[1].details.attrs
    assert "open" not in cells[0].details.attrs
    assert "Not run." in cells[2].text
    assert "Not run." not in cells[0].text
    assert failed.h1.text == "03_third"


def test_the_page_of_a_failed_notebook_is_whole(failed: BeautifulSoup, project: Project) -> None:
    folder = project.build / "failed" / "page" / "notebooks"
    for element in failed.select("link[href], script[src], a[href]"):
        address = element.get("href") or element.get("src")
        path, _, place = address.partition("#")
        assert not path or (folder / path).resolve().is_file(), address
        assert not place or failed.find(id=place) is not None


def test_a_notebook_that_cannot_be_read_has_no_page(project: Project) -> None:
    broken = project.root / "build" / "failed" / "04_broken.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text("{")
    assert write_failed_page(project, broken, "x", "Error: y") is None
