"""``umbrella diff``: reading folders, and what it prints and writes."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.release.changes.made import COLUMNS, DATA, replaced
from umbrella_review.cli import main
from umbrella_review.errors import InputError
from umbrella_review.release.changes.causes import find_causes
from umbrella_review.release.changes.folder import read_report

ATTACK = '<script>alert("1")</script> [b]&amp;'
NOTEBOOK = {
    "cells": [
        {
            "cell_type": "code",
            "id": "one",
            "metadata": {"tags": ["parameters"]},
            "source": "least = 1",
            "outputs": [],
        },
        {
            "cell_type": "code",
            "id": "given",
            "metadata": {"tags": ["injected-parameters"]},
            "source": "least = 2",
            "outputs": [],
        },
        {
            "cell_type": "code",
            "id": "two",
            "metadata": {},
            "source": ["session = notebook.start('01_counts')\n", "session.load('reviews')"],
            "outputs": [],
        },
    ],
    "metadata": {},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def write_report(folder: Path, data=DATA, text="2", **manifest) -> Path:
    """Write the files of a report that a comparison reads."""
    for name in ("data", "ledger", "notebooks", "results/01_counts/tables", "assets"):
        (folder / name).mkdir(parents=True)
    for name, lines in data.items():
        content = "\n".join([",".join(COLUMNS[name]), *lines])
        (folder / "data" / f"{name}.csv").write_text(content + "\n", encoding="utf-8")
    resources = [
        {"name": name, "title": f"The {name}", "schema": {"primaryKey": [COLUMNS[name][0]]}}
        for name in data
    ]
    write_json(folder / "data" / "datapackage.json", {"resources": resources})
    value = {"value_id": "n.k", "value": text, "text": text, "unit": "", "decimals": None}
    value |= {"rows": {"reviews": ["ash_2020"]}, "notebook": "01_counts", "cell": "c"}
    claim = {"claim_id": "c1", "section": "s", "heading": "Abstract", "text": f"There are {text}."}
    claim |= {
        "wording": "There are {n.k}.",
        "values": ["n.k"],
        "anchors": ["u"],
        "where": "a.qmd, line 1",
    }
    ledger = {
        "values": [{**value, "cited": ["c1"]}],
        "claims": [{**claim, "where": "a.qmd, line 1"}],
        "displays": [{"label": "tbl-a", "name": "Table 1", "notebook": "01_counts", "data": None}],
        "parameters": {"01_counts": {"least": "1"}},
    }
    write_json(folder / "ledger" / "ledger.json", ledger)
    write_json(folder / "notebooks" / "01_counts.ipynb", NOTEBOOK)
    with (folder / "results/01_counts/tables/tbl-a.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([("Name", "n"), ("x", text)])
    (folder / "assets" / "report.css").write_text(":root { --ink: #123456; }\n")
    write_json(
        folder / "manifest.json", {"package": "p 1", "engine": "e 1", "files": [], **manifest}
    )
    return folder


def write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def diff(*arguments: object):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    old = write_report(tmp_path / "old")
    data = {**DATA, "reviews": replaced("reviews", "Ash B; Elm C,2020", f"{ATTACK} B,2021")}
    return old, write_report(tmp_path / "new", data, text=ATTACK)


def test_a_report_is_read(tmp_path: Path):
    read = read_report(write_report(tmp_path / "a"), "A")
    assert list(read.tables) == sorted(DATA)
    assert read.tables["reviews"].title == "The reviews"
    assert read.tables["estimates"].rows["ma1"]["estimate"] == "0.30"
    assert read.values["n.k"].rows == {("reviews", "ash_2020")}
    assert read.sentences["c1"].file == "a.qmd"
    assert read.displays["tbl-a"].rows == (("x", "2"),)
    assert list(read.notebooks["01_counts"].code) == ["one", "two"]
    assert read.notebooks["01_counts"].tables == {"reviews"}
    assert read.package_files is None
    assert read.settings is None


def test_a_release_says_more(tmp_path: Path):
    origin = {"package_files": {"a.py": "1"}, "environment": {"numpy": "2"}}
    folder = write_report(tmp_path / "a", provenance=origin)
    (folder / "source").mkdir()
    (folder / "source" / "review.yml").write_text("review:\n  title: T\n  short: [1]\n")
    read = read_report(folder, "A")
    assert read.package_files == {"a.py": "1"}
    assert read.environment == {"numpy": "2"}
    assert read.settings == {"review.title": "T", "review.short": "[1]"}


def test_a_draft_says_what_made_it(tmp_path: Path):
    made_by = {"package_files": {"a.py": "1"}, "environment": {"numpy": "2"}}
    read = read_report(write_report(tmp_path / "a", made_by=made_by), "A")
    assert read.package_files == {"a.py": "1"}
    assert read.environment == {"numpy": "2"}
    other = made_by | {"package_files": {"a.py": "2"}}
    causes = find_causes(read, read_report(write_report(tmp_path / "b", made_by=other), "B"))
    assert [cause.kind for cause in causes] == ["package"]


@pytest.mark.parametrize("name", ["ledger/ledger.json", "data/reviews.csv", "manifest.json"])
def test_a_damaged_report_is_refused(tmp_path: Path, name: str):
    folder = write_report(tmp_path / "a")
    (folder / name).write_text("{", encoding="utf-8")
    (folder / "data" / "reviews.csv").write_text("a,b\n1\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_report(folder, "A")


def test_the_same_report_has_no_difference(two):
    result = diff(two[0], two[0])
    assert result.exit_code == 0
    # Long paths of temporary folders wrap the line.
    assert "no difference in meaning" in " ".join(result.stdout.split())


def test_differences_are_told_within_100_columns(two):
    result = diff(*two)
    assert result.exit_code == 0
    said = " ".join(result.stdout.split())  # long paths of temporary folders wrap lines
    assert "1 cause, 2 consequences" in said
    assert "1. The reviews: row ash_2020" in said
    assert "cited in Abstract" in said
    assert max(len(line) for line in result.stdout.splitlines() if str(two[0]) not in line) <= 100


def test_the_json_holds_everything(two, tmp_path: Path):
    out = tmp_path / "d.json"
    assert diff(*two, "--json", out).exit_code == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["same"] is False
    assert document["not_explained"] == 0
    assert document["counts"]["value"] == document["counts"]["display"] == 1
    (cause,) = document["causes"]
    assert cause["cause_id"] == "row:reviews/ash_2020"
    assert {cell["column"] for cell in cause["rows"][0]["cells"]} == {"authors", "year"}
    value = document["consequences"][0]
    assert (value["what"], value["old"], value["new"]) == ("n.k", "2", ATTACK)
    assert (value["causes"], value["basis"]) == (["row:reviews/ash_2020"], "rows")
    assert value["basis"] in document["bases"]
    assert {one for cause in document["consequences"] for one in cause["causes"]} <= {
        one["cause_id"] for one in document["causes"]
    }


class Tags(HTMLParser):
    """Collects tags, addresses and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.links += [values[name] for name in ("href", "src") if name in values]
        self.ids += [values["id"]] if "id" in values else []

    def handle_data(self, data):
        self.text += data


def test_the_page_shows_text_as_text_and_needs_nothing_else(two, tmp_path: Path):
    out = tmp_path / "d.html"
    assert diff(*two, "--html", out).exit_code == 0
    page = out.read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(page)
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert ATTACK in tags.text
    assert "--ink: #123456" in page
    assert tags.links
    assert all(link.startswith("#") and link[1:] in tags.ids for link in tags.links)
    assert [tag for tag in tags.tags if tag in {"h1", "h2", "h3"}] == ["h1", "h2", "h3", "h3"]
    assert tags.tags.count("table") == tags.tags.count("thead") == tags.tags.count("tbody")


def test_a_style_sheet_cannot_end_its_element(two, tmp_path: Path):
    (two[1] / "assets" / "report.css").write_text("a {} </style><script>1</script>")
    out = tmp_path / "d.html"
    assert diff(*two, "--html", out).exit_code == 0
    tags = Tags()
    tags.feed(out.read_text(encoding="utf-8"))
    assert "script" not in tags.tags


def test_versions_are_found_in_the_project(tmp_path: Path):
    (tmp_path / "review.yml").write_text("review: {}\n")
    write_report(tmp_path / "reports" / "1.0.0")
    write_report(tmp_path / "reports" / "draft", text="3")
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "diff", "1.0.0", "draft"])
    assert result.exit_code == 0
    assert result.stdout.startswith("1.0.0 → draft: 0 causes, 2 consequences")
    assert "Not explained" in result.stdout


def test_what_is_no_report_is_a_mistake_and_both_are_named(tmp_path: Path):
    result = diff(tmp_path, "9.9.9")
    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr
    assert "9.9.9" in result.stderr
    assert "2 problems" in result.stderr
