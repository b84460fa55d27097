"""Everything wrong in a manuscript is named, with file and line, all at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sample import BOOK

from umbrella_review.errors import ManuscriptError
from umbrella_review.paths import Project
from umbrella_review.render import render
from umbrella_review.render.manuscript import read_manuscript

SECOND = "build/notebooks/02_second.ipynb"


def problems(project: Project) -> list[str]:
    with pytest.raises(ManuscriptError) as caught:
        read_manuscript(project)
    return [str(problem) for problem in caught.value.problems]


def append(project: Project, text: str, name: str = "sections/_methods.qmd") -> int:
    """Append text after a blank line; return the number of its first line."""
    path = project.root / name
    before = path.read_text(encoding="utf-8") + "\n"
    path.write_text(f"{before}{text}\n", encoding="utf-8")
    return before.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{< video x.mp4 >}}", "the shortcode {{< video x.mp4 >}}"),
        ("Number {{< var counts.none >}}.", "there is no such value"),
        ("Number {{< var counts >}}.", "there is no such value"),
        ("Number {{< var counts.empty >}}.", "whose value is empty"),
        ("Text {{< meta nothing.here >}}.", "there is no such value"),
        ("Text {{< var counts.reviews", "a shortcode without its end"),
        ("`{{< var counts.reviews >}}`", "in code"),
        ("$k = {{< var counts.reviews >}}$", "a shortcode in mathematics"),
        ("{{< include sections/_none.qmd >}}", "does not exist"),
        ("Text {{< include sections/_methods.qmd >}}", "is not by itself"),
        ("{{< include sections/_methods.qmd >}}", "includes itself"),
        (f"Text {{{{< embed {SECOND}#fig-spare >}}}}", "within text"),
        (f"{{{{< embed {SECOND}#fig-spare echo=true >}}}}", "echo=true"),
        (f"{{{{< embed {SECOND}#fig-none >}}}}", "has no cell labelled fig-none"),
        (f"{{{{< embed {SECOND}#tbl-bare >}}}}", "no output"),
        ("See @fig-none.", "@fig-none, which is nowhere"),
        ("See @tbl-none.", "@tbl-none, which is nowhere"),
        ("See @sec-none.", "@sec-none, which is nowhere"),
        ("See @sec-appendix.", "a section without a number"),
        ("See @fig-spare.", "does not embed"),
        ("As told [@nobody_1999].", "@nobody_1999, which no bibliography has"),
        ("In @tbl-words [@smith_2020].", "@tbl-words and a citation side by side"),
        ("In [@smith_2020; @tbl-words].", "@tbl-words and a citation side by side"),
        ("# Again {#sec-deeper}", "the identifier sec-deeper again"),
        ("A [link](#sec-gone).", "a link to #sec-gone"),
        ("Some <b>bold</b>.", "raw html (<b>)"),
        ("```{=typst}\n#panic()\n```", "raw typst (#panic())"),
        ("![Alone](x.png)", "an image from a file (x.png)"),
        ("::: {.panel-tabset}\nx\n:::", "a block with .panel-tabset"),
        ('::: {layout="[1,2]"}\nx\n:::', "a block with layout="),
        ("[word]{.mark}", "a span with .mark"),
        ("```{python}\n1\n```", "a cell of code to be run"),
    ],
)
def test_each_problem_names_file_and_line(project: Project, text: str, message: str) -> None:
    number = append(project, text)
    found = [problem for problem in problems(project) if message in problem]
    assert found
    lines = {f"sections/_methods.qmd, line {number + shift}:" for shift in range(2)}
    assert any(problem.startswith(tuple(lines)) for problem in found), found


def test_a_second_embedding_names_the_first(project: Project) -> None:
    number = append(project, f"{{{{< embed {BOOK}#fig-flow >}}}}")
    [found] = problems(project)
    assert found.startswith("index.qmd, line")
    assert f"embedded again; it stands at sections/_methods.qmd, line {number} already" in found


def test_a_problem_in_the_title_is_found(project: Project) -> None:
    article = project.article.read_text(encoding="utf-8")
    project.article.write_text(article.replace("var counts.reviews", "var no.thing", 1), "utf-8")
    assert problems(project)[0].startswith("index.qmd, line 2: {{< var no.thing >}}")


def test_all_problems_come_at_once(project: Project) -> None:
    first = append(project, "See @fig-none and {{< var no.thing >}}.")
    append(project, "As told [@nobody_1999].")
    found = "\n".join(problems(project))
    assert found.count(f"sections/_methods.qmd, line {first}:") == 2
    assert f"sections/_methods.qmd, line {first + 2}: @nobody_1999" in found


def test_code_and_comments_hold_no_references(project: Project) -> None:
    append(project, "`@fig-none` and `[@nobody_1999]`\n\n<!-- {{< var no.thing >}} @fig-none -->")
    read_manuscript(project)


def edit_notebook(project: Project, path: str, change: Callable[[dict], None]) -> None:
    file = project.root / path
    content = json.loads(file.read_text(encoding="utf-8"))
    change(content)
    file.write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("#| fig-alt", "#| fig-other", "no fig-alt"),
        ("#| fig-cap", "#| fig-other", "no fig-cap"),
        ("#| fig-cap: ", "#| fig-cap: [", "options that are not YAML"),
    ],
)
def test_cells_lack_nothing(project: Project, old: str, new: str, message: str) -> None:
    def change(content: dict) -> None:
        for cell in content["cells"]:
            cell["source"] = "".join(cell["source"]).replace(old, new)

    edit_notebook(project, BOOK, change)
    assert any(message in problem and BOOK in problem for problem in problems(project))


def test_a_key_in_a_table_is_looked_for_in_its_notebook(project: Project) -> None:
    def change(content: dict) -> None:
        for cell in content["cells"]:
            for output in cell.get("outputs", []):
                data = output.get("data", {})
                if "text/markdown" in data:
                    data["text/markdown"] = data["text/markdown"].replace(
                        "[@smith_2020]", "[@gone]"
                    )

    edit_notebook(project, BOOK, change)
    expected = f"{BOOK}, cell tbl-reviews: @gone, which no bibliography has"
    assert any(problem.startswith(expected) for problem in problems(project))


def break_notebook(project: Project) -> None:
    (project.root / BOOK).write_text("{", encoding="utf-8")


def remove_notebook(project: Project) -> None:
    (project.root / BOOK).unlink()


def remove_style(project: Project) -> None:
    (project.root / "assets/numeric.csl").unlink()


def remove_settings(project: Project) -> None:
    project.quarto_file.unlink()


def break_settings(project: Project) -> None:
    project.quarto_file.write_text("a: [", encoding="utf-8")


def break_bibliography(project: Project) -> None:
    project.bibliography.write_text("@article{smith_2020, title={", encoding="utf-8")


def break_encoding(project: Project) -> None:
    (project.sections / "_methods.qmd").write_bytes("größer".encode("latin-1"))


def add_front_matter(project: Project) -> None:
    (project.sections / "_methods.qmd").write_text("---\ntitle: x\n---\n\nText", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        (break_notebook, BOOK, "cannot be read as a notebook"),
        (remove_notebook, BOOK, "has not been executed"),
        (remove_style, "_quarto.yml, csl", "does not exist"),
        (remove_settings, "_quarto.yml", "does not exist"),
        (break_settings, "_quarto.yml", "not valid YAML"),
        (break_bibliography, "references.bib", "pandoc failed"),
        (break_encoding, "index.qmd, line", "is not UTF-8"),
        (add_front_matter, "sections/_methods.qmd, line 1", "front matter in an included file"),
    ],
)
def test_broken_files_are_problems(
    project: Project, change: Callable[[Project], None], where: str, message: str
) -> None:
    change(project)
    found = problems(project)
    assert any(problem.startswith(where) and message in problem for problem in found), found


@pytest.mark.parametrize("engine", ["pandoc", "quarto"])
def test_no_engine_runs_before_all_is_well(project: Project, engine: str, tmp_path: Path) -> None:
    append(project, "See @fig-none.")
    with pytest.raises(ManuscriptError):
        render(project, engine, tmp_path / "report", print)
    assert not (tmp_path / "report").exists()
