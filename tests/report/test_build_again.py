"""Building the real report again runs only what changed, and a mistake leaves it untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.report.conftest import Built
from umbrella_review.ledger_file import read_ledger

ROW = "ex01"
CHANGED = (
    'benefit,"Working in the role raised wellness and recovery, with more self-esteem, personal'
    " growth and a larger social network",
    'challenge,"Working in the role raised wellness and recovery, with more self-esteem, personal'
    " growth and a wider social network",
)
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report-again")]


@contextmanager
def edited(path: Path, old: str, new: str) -> Iterator[None]:
    """Replace a text in a file for a while."""
    before = path.read_bytes()
    text = before.decode("utf-8")
    assert text.count(old) >= 1
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))
    try:
        yield
    finally:
        path.write_bytes(before)


def ran(output: str) -> set[str]:
    """Return the notebooks that a build says it ran."""
    return set(re.findall(r"^(\d\d_\w+) +done", output, re.M))


def stamps(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Return the time and the content of every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@dataclass(frozen=True)
class State:
    """What a build said, and what it made."""

    said: str
    page: str
    ledger: dict[str, dict[str, Any]]


def ledger(built: Built) -> dict[str, dict[str, Any]]:
    """Return printed values, rows and citing claims by value, and sentences by claim."""
    path = built.project.draft / "ledger" / "ledger.json"
    content = read_ledger(path.read_text(encoding="utf-8"))
    return {
        "values": {one["value_id"]: one["text"] for one in content["values"]},
        "rows": {
            one["value_id"]: [row for ids in one["rows"].values() for row in ids]
            for one in content["values"]
        },
        "cited": {one["value_id"]: one["cited"] for one in content["values"]},
        "claims": {one["claim_id"]: one["text"] for one in content["claims"]},
    }


def build(project: Built, *options: str) -> State:
    done = project.umbrella("build", *options)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    return State(said, project.page(), ledger(project))


@pytest.fixture(scope="module")
def edited_row(copied: Built) -> State:
    """The report with a row changed, which is changed back when it has been built."""
    with edited(copied.project.data / "experience_findings.csv", *CHANGED):
        return build(copied, "--explain")


def test_first_build_ran_every_notebook(built: Built) -> None:
    names = {path.stem for path in built.project.notebooks.glob("*.ipynb")}
    assert ran(built.said) == names


def test_nothing_changed_runs_nothing(copied: Built) -> None:
    before = stamps(copied.project.draft)
    again = copied.umbrella("build")
    assert again.returncode == 0
    assert ran(again.stdout + again.stderr) == set()
    assert stamps(copied.project.draft) == before


def test_one_row_runs_what_reads_its_table_and_changes_the_claims_that_name_it(
    built: Built, edited_row: State
) -> None:
    reading = {
        path.stem
        for path in built.project.notebooks.glob("*.ipynb")
        if "experience_findings" in path.read_text(encoding="utf-8")
    }
    assert "07_experiences" in reading
    assert ran(edited_row.said) == reading
    assert "data/experience_findings.csv" in edited_row.said
    assert "wider social network" in edited_row.page
    before, after = ledger(built), edited_row.ledger
    changed = {key for key in before["values"] if before["values"][key] != after["values"].get(key)}
    assert changed
    unnamed = [key for key in changed if ROW not in before["rows"][key] + after["rows"][key]]
    assert unnamed == []
    claims = {key for key, text in before["claims"].items() if after["claims"].get(key) != text}
    assert claims == {one for key in changed for one in before["cited"][key]}


def test_bad_data_are_named_and_the_report_stays(copied: Built) -> None:
    before = stamps(copied.project.draft)
    with (
        edited(copied.project.data / "reviews.csv", ",sr_narrative,", ",sr_narativ,"),
        edited(copied.project.data / "estimates.csv", "ma002,huang_2020", "ma002,huang_1920"),
    ):
        output = copied.umbrella("build")
    message = output.stdout + output.stderr
    assert output.returncode == 2
    assert "Traceback" not in message
    for word in ("data/reviews.csv", "review_type", "sr_narativ", "sr_narrative"):
        assert word in message
    for word in ("data/estimates.csv", "review_id", "huang_1920", "huang_2020"):
        assert word in message
    assert stamps(copied.project.draft) == before


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("minimum_ratin=low", ["minimum_ratin", "minimum_rating", "05_effectiveness"]),
        ("minimum_rating=lowish", ["lowish", "critically_low", "moderate"]),
    ],
)
def test_a_wrong_parameter_is_an_error_that_lists_the_right_ones(
    copied: Built, option: str, words: list[str]
) -> None:
    output = copied.umbrella("build", "-P", option)
    assert output.returncode == 2
    assert [word for word in words if word not in output.stdout + output.stderr] == []
