"""The pages of executed notebooks."""

from __future__ import annotations

from sample import Report

from umbrella_review.render.executed import Cell
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
