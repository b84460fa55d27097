"""The real report against a copy with one review, one estimate and one rating changed."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.report.conftest import Built
from umbrella_review.paths import Project

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report-diff")]

GONE = "pitt_2013"  # has estimates, directions, findings of its own and shared ones, citations
CAUSES = [f"review:{GONE}", "row:amstar2/sun_2022", "row:estimates/ma001"]


@dataclass(frozen=True)
class Compared:
    """Both reports, and what the command wrote and printed."""

    old: Path
    new: Path
    document: dict[str, Any]
    page: str
    said: str

    def of(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return the consequences of a kind by what differs."""
        return {one["what"]: one for one in self.document["consequences"] if one["kind"] == kind}


def _edit(row: dict[str, str], table: str) -> dict[str, str] | None:
    if row.get("review_id") == GONE:
        return None
    if GONE in (supporting := row.get("review_ids", "").split(";")):
        supporting.remove(GONE)
        return {**row, "review_ids": ";".join(supporting)} if supporting else None
    if table == "amstar2" and row["review_id"] == "sun_2022":
        return {**row, "rating": "low", "possible_ratings": "low"}
    if table == "estimates" and row["estimate_id"] == "ma001":
        return {**row, "estimate": "-0.25", "ci_ub": "0.04"}
    return row


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _differing(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


@pytest.fixture(scope="module")
def compared(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder = tmp_path_factory.mktemp("edited")
    root = folder / "project"
    shutil.copytree(built.project.root, root)
    for path in sorted((root / "data").glob("*.csv")):
        rows = _rows(path)
        edited = [new for row in rows if (new := _edit(row, path.stem)) is not None]
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(edited)
    other = Built(Project(root), "")
    for command in ("codebook", "build"):
        done = other.umbrella(command)
        assert done.returncode == 0, done.stdout + done.stderr
    files = [str(folder / "d.json"), str(folder / "d.html")]
    done = built.umbrella(
        "diff", "draft", str(other.project.draft), "--json", files[0], "--html", files[1]
    )
    assert done.returncode == 0, done.stdout + done.stderr
    document, page = (Path(file).read_text(encoding="utf-8") for file in files)
    return Compared(
        built.project.draft, other.project.draft, json.loads(document), page, done.stdout
    )


def test_exactly_the_three_edits_are_the_causes(compared: Compared) -> None:
    assert [one["cause_id"] for one in compared.document["causes"]] == CAUSES
    assert compared.document["not_explained"] == 0
    rows = {(row["table"], row["row"]) for row in compared.document["causes"][0]["rows"]}
    expected = {
        (path.stem, next(iter(row.values())))
        for path in (compared.old / "data").glob("*.csv")
        for row in _rows(path)
        if GONE in [row.get("review_id"), *row.get("review_ids", "").split(";")]
    }
    assert rows == expected
    assert "3 causes" in compared.said
    assert all(f"{n}. " in compared.said and f"<h2>{n}. " in compared.page for n in (1, 2, 3))


def test_every_value_that_differs_is_a_consequence(compared: Compared) -> None:
    texts = [
        {
            one["value_id"]: (one["text"], one["value"])
            for path in folder.glob("results/*/values.json")
            for one in json.loads(path.read_text(encoding="utf-8"))
        }
        for folder in (compared.old, compared.new)
    ]
    differ = {
        key for key in texts[0].keys() | texts[1].keys() if texts[0].get(key) != texts[1].get(key)
    }
    found = compared.of("value")
    close = {key for key in differ - found.keys() if texts[0][key][0] == texts[1][key][0]}
    assert all(texts[0][key][1] == pytest.approx(texts[1][key][1], rel=1e-9) for key in close)
    assert found.keys() == differ - close
    assert len(found) > 100


def test_every_table_and_figure_that_differs_is_a_consequence(compared: Compared) -> None:
    files = [
        {path.stem: sorted(path.read_text(encoding="utf-8").splitlines()) for path in paths}
        for paths in (folder.glob("results/*/*/*.csv") for folder in (compared.old, compared.new))
    ]
    differ = {
        key for key in files[0].keys() | files[1].keys() if files[0].get(key) != files[1].get(key)
    }
    assert compared.of("display").keys() == differ


def test_the_counts_behind_the_abstract_follow_from_the_review(compared: Compared) -> None:
    values = compared.of("value")
    for name, old, new in (
        ("characteristics.n_reviews", "35 reviews", "34 reviews"),
        ("rq1.n_pooled", "79 results", "75 results"),
        ("rq3.n_findings", "58 findings", "57 findings"),
    ):
        assert (values[name]["old"], values[name]["new"]) == (old, new)
        assert values[name]["causes"] == CAUSES[:1]
        assert values[name]["basis"] == "rows"
    assert "Abstract" in values["characteristics.n_reviews"]["cited"]
    assert compared.of("wording") == {}


def test_the_estimate_moved_and_lost_its_significance(compared: Compared) -> None:
    estimates = compared.of("estimate")
    assert estimates["estimates/ma001"]["notes"] == ["moved by +0.14", "significance lost"]
    assert {key for key, one in estimates.items() if one["new"] is None} == {
        "estimates/ma068",
        "estimates/ma074",
        "estimates/ma099",
        "estimates/ma101",
    }
    above = compared.of("value")["rq1.n_smd_above_null"]
    assert (above["old"], above["new"], above["causes"]) == ("20 results", "19 results", CAUSES[2:])
    (judged,) = compared.of("class").values()
    assert (judged["old"], judged["causes"]) == ("II or III", CAUSES[2:])


def test_the_rating_moved_the_results_of_its_review(compared: Compared) -> None:
    ratings = compared.of("rating")
    assert {key: (one["old"], one["new"]) for key, one in ratings.items()} == {
        f"amstar2/{GONE}": ("critically low", None),
        "amstar2/sun_2022": ("critically low", "low"),
    }
    low = compared.of("value")["rq1.n_pooled_low"]
    assert low["causes"] == CAUSES[1:2]
    assert low["basis"] == "reviews"


def test_published_numbers_that_no_longer_agree(compared: Compared) -> None:
    published = compared.of("published")
    first = published["tbl-reproduction/pr001"]
    assert (first["old"], first["new"]) == ("Reproduced", "Differs")
    assert (first["causes"], first["basis"]) == (CAUSES[:1], "rule")
    assert all(CAUSES[0] in one["causes"] for one in published.values())
    findings = compared.of("finding")
    assert findings["experience_findings/ex55"]["new"] is None
    assert findings["experience_findings/ex33"]["new"].startswith("2: ")


def test_a_report_does_not_differ_from_itself(built: Built, compared: Compared) -> None:
    done = built.umbrella("diff", "draft", str(compared.old))
    assert done.returncode == 0
    assert done.stdout.strip().endswith("no difference in meaning")
