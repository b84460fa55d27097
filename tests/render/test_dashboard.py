"""The page for readers in a hurry: the author's text with values, bars and what changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sample import make_project

from umbrella_review.errors import ManuscriptError
from umbrella_review.ledger import Value, write_values
from umbrella_review.paths import Project
from umbrella_review.render.dashboard import FIRST, dashboard_page
from umbrella_review.render.html import write_page
from umbrella_review.render.manuscript import DASHBOARD, read_manuscript
from umbrella_review.render.trace.ledger import make_ledger
from umbrella_review.render.trace.ledger_pages import ledger_pages

TEXT = """---
title: "At a <glance>"
---

All {{< var q.high >}} of them, as @tbl-words says [@smith_2020].
More in [Methods](#sec-methods), and [below](#below).

# Below {#below}

::: {.card}

::: {.bars}

- High: {{< var q.high >}}
- Low: {{< var q.low >}}
- None: {{< var q.none >}}
- In words: {{< var q.word >}}

:::

:::

::: {.changes}
:::
"""
VALUES = {"q.high": 2, "q.low": 8, "q.none": 0, "q.word": "many"}


def with_dashboard(folder: Path, text: str = TEXT) -> Project:
    project = make_project(folder)
    (project.root / DASHBOARD).write_text(text, encoding="utf-8")
    values = {key: Value(key, value, str(value)) for key, value in VALUES.items()}
    kept = project.results / "01_first" / "values.json"
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_values(values, kept)
    links = "".join(
        f'  {key[2:]}: "[{one.text}]({one.address}){{.value}}"\n' for key, one in values.items()
    )
    with project.variables_file.open("a", encoding="utf-8") as stream:
        stream.write(f"q:\n{links}")
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return with_dashboard(tmp_path_factory.mktemp("dashboard") / "project")


def page_of(project: Project, changes: list[str]) -> BeautifulSoup:
    manuscript = read_manuscript(project)
    assert manuscript.dashboard is not None
    page = dashboard_page(
        manuscript.dashboard,
        make_ledger(project, manuscript),
        ratings={"high": "High"},
        keys={"smith_2020": "7"},
        notes=json.dumps({"q.high": ["2"]}),
        changes=changes,
    )
    target = project.root / "page.html"
    write_page(page, manuscript.settings, [], target)
    return BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")


def test_values_lead_to_the_ledger_and_the_rest_to_the_article(project: Project) -> None:
    page = page_of(project, [])
    main = page.main
    assert main.h1.text == "At a <glance>"
    assert main.select_one("a.value")["href"] == "ledger/q.html#q.high"
    targets = [link["href"] for link in main.select("a:not(.value)")]
    assert {"index.html#tbl-words", "index.html#ref-smith_2020", "#below"} <= set(targets)
    assert "index.html#sec-methods" in targets
    assert "[7]" in main.text
    assert json.loads(page.select_one("#notes").string) == {"q.high": ["2"]}
    assert "assets/dashboard.css" in [sheet["href"] for sheet in page.select("link")]


def test_bars_are_the_shares_of_the_recorded_values(project: Project) -> None:
    bars = page_of(project, []).select(".card .bars li")
    widths = [bar.rect["width"] if bar.rect else None for bar in bars]
    assert widths == ["20.0%", "80.0%", "0.0%", None]  # of the whole, not of the largest
    assert bars[0].svg["class"] == ["bar", "rating-high"]
    assert bars[1].svg["class"] == ["bar", "rating-not_known"]


def test_what_changed_stands_in_its_place(project: Project) -> None:
    assert FIRST in page_of(project, []).main.text
    changed = page_of(project, ["Since 1.0.0: <b>2</b> values changed"])
    assert "Since 1.0.0: <b>2</b> values changed" in changed.main.text
    assert FIRST not in changed.main.text


def test_its_sentences_are_claims_of_the_ledger(project: Project) -> None:
    manuscript = read_manuscript(project)
    ledger = make_ledger(project, manuscript)
    own = [claim for claim in ledger.claims if claim.page == "dashboard.html"]
    assert own[0].values == ("q.high",)
    assert own[0].where == f"{DASHBOARD}, line 5"
    cited = {entry.value.value_id: entry.cited for entry in ledger.entries}
    assert len(cited["q.high"]) == 2
    titles = {notebook.name: notebook.title for notebook in manuscript.notebooks}
    for anchored in (True, False):  # the engine of the article changes nothing here
        pages = dict(ledger_pages(ledger, titles, anchored=anchored))
        assert "../dashboard.html#used-0" in json.dumps(pages["q"].blocks)
    assert len({claim.claim_id for claim in ledger.claims}) == len(ledger.claims)


def test_a_project_without_the_file_has_no_such_page(tmp_path: Path) -> None:
    assert read_manuscript(make_project(tmp_path / "project")).dashboard is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("No title.", "no title"),
        ("---\ntitle: [x\n---\n", "no title"),
        ("---\ntitle: x\n---\n\n{{< var q.absent >}}", "{{< var q.absent >}}"),
        ("---\ntitle: x\n---\n\n@fig-nowhere", "@fig-nowhere, which is nowhere"),
        ("---\ntitle: x\n---\n\n[x](#nowhere)", "a link to #nowhere"),
        ("---\ntitle: x\n---\n\n[@nobody_1900]", "@nobody_1900"),
        ("---\ntitle: x\n---\n\n::: {.wild}\nx\n:::", "a block with .wild"),
        (
            "---\ntitle: x\n---\n\n{{< embed build/notebooks/01_first.ipynb#tbl-words >}}",
            "a figure or table",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, found: str) -> None:
    project = with_dashboard(tmp_path / "project", text)
    with pytest.raises(ManuscriptError) as caught:
        read_manuscript(project)
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 1
    assert found in told[0]
    assert told[0].startswith(f"{DASHBOARD}, line ")


def test_only_such_a_page_may_hold_cards(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with project.article.open("a", encoding="utf-8") as stream:
        stream.write("\n::: {.card}\nx\n:::\n")
    with pytest.raises(ManuscriptError, match=r"a block with \.card"):
        read_manuscript(project)
