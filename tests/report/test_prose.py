"""No number of the results is typed, and the manuscript fits the review and the project."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from tests.report.prose import result_sections, typed_numbers
from umbrella_review.paths import Project
from umbrella_review.render.manuscript import DASHBOARD
from umbrella_review.review import Review

ROOT = Path(__file__).parents[2]
PROJECT = Project(ROOT)


@pytest.mark.parametrize("path", result_sections(PROJECT.sections), ids=lambda path: path.stem)
def test_no_number_of_the_results_is_typed(path: Path) -> None:
    assert typed_numbers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    ["We found 35 reviews.", "Only two reviews agree.", "It fell by 0.5 {{< var a.b >}}."],
)
def test_the_scan_finds_typed_numbers(line: str) -> None:
    assert typed_numbers(line) == [line.replace("{{< var a.b >}}", "")]


@pytest.mark.parametrize(
    "line",
    [
        "AMSTAR 2 was used [@shea_2017], see @tbl-x1 and [Appendix 3](#sec-appendix-quality).",
        "There are {{< var rq1.n_reviews >}} of them ($k = 2$, `x2`).",
        "## Step 2 {#sec-2}",
    ],
)
def test_the_scan_lets_names_and_references_pass(line: str) -> None:
    assert typed_numbers(line) == []


def test_every_section_is_included_once() -> None:
    text = PROJECT.article.read_text(encoding="utf-8")
    included = re.findall(r"\{\{< include (\S+) >\}\}", text)
    assert sorted([*included, DASHBOARD]) == sorted(
        PROJECT.relative(path) for path in PROJECT.sections.glob("*.qmd")
    )


def test_the_title_is_that_of_the_review() -> None:
    front = PROJECT.article.read_text(encoding="utf-8").split("---\n")[1]
    assert yaml.safe_load(front)["title"] == Review.read(PROJECT.review_file).title


def test_version_is_one() -> None:
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    package = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"), re.M)
    assert package is not None
    versions = {citation["version"], package[1], Review.read(PROJECT.review_file).version}
    assert len(versions) == 1


def test_checklists_are_whole() -> None:
    items = pd.read_csv(PROJECT.data / "reporting_checklist.csv", dtype=str)
    numbers = items["item"].str.extract(r"^(\d+)")[0].astype(int)
    found = {name: sorted(set(rows)) for name, rows in numbers.groupby(items["checklist"])}
    lengths = {"PRIOR": 27, "PRISMA 2020": 27, "PRISMA-S": 16, "SWiM": 9}
    assert found == {name: list(range(1, last + 1)) for name, last in lengths.items()}
    nowhere = items[items["location"].isna()]
    assert set(nowhere["answer"]) == {"not_applicable"}
    assert not items["location"].str.contains(r"\d+$|page", na=False).any(), "pages are not typed"
