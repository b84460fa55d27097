"""Building the real report again runs only what changed, and a mistake leaves it untouched."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.report.conftest import Built

ROW = "ex01"
CHANGED = (
    'benefit,"Working in the role raised wellness and recovery, with more self-esteem, personal'
    " growth and a larger social network",
    'challenge,"Working in the role raised wellness and recovery, with more self-esteem, personal'
    " growth and a wider social network",
)
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report")]


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


def test_first_build_ran_every_notebook(built: Built) -> None:
    names = {path.stem for path in built.project.notebooks.glob("*.ipynb")}
    assert ran(built.said) == names


def test_nothing_changed_runs_nothing(built: Built) -> None:
    before = stamps(built.project.draft)
    again = built.umbrella("build")
    assert again.returncode == 0
    assert ran(again.stdout + again.stderr) == set()
    assert stamps(built.project.draft) == before


def test_one_row_runs_what_reads_its_table_and_changes_the_claims_that_name_it(
    built: Built,
) -> None:
    reading = {
        path.stem
        for path in built.project.notebooks.glob("*.ipynb")
        if "experience_findings" in path.read_text(encoding="utf-8")
    }
    assert "07_experiences" in reading
    path = built.project.data / "experience_findings.csv"
    before = ledger(built)
    with edited(path, *CHANGED):
        output = built.umbrella("build", "--explain")
        assert output.returncode == 0, output.stderr
        assert ran(output.stdout + output.stderr) == reading
        assert "data/experience_findings.csv" in output.stdout + output.stderr
        assert "wider social network" in built.page()
        after = ledger(built)
    assert built.umbrella("build").returncode == 0
    changed = {key for key in before["values"] if before["values"][key] != after["values"].get(key)}
    assert changed
    unnamed = [key for key in changed if ROW not in before["rows"][key] + after["rows"][key]]
    assert unnamed == []
    claims = {key for key, text in before["claims"].items() if after["claims"].get(key) != text}
    assert claims == {one for key in changed for one in before["cited"][key]}
    assert ledger(built) == before


def ledger(built: Built) -> dict[str, dict[str, Any]]:
    """Return printed values, rows and citing claims by value, and sentences by claim."""
    path = built.project.draft / "ledger" / "ledger.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    return {
        "values": {one["value_id"]: one["text"] for one in content["values"]},
        "rows": {
            one["value_id"]: [row for ids in one["rows"].values() for row in ids]
            for one in content["values"]
        },
        "cited": {one["value_id"]: one["cited"] for one in content["values"]},
        "claims": {one["claim_id"]: one["text"] for one in content["claims"]},
    }


def test_bad_data_are_named_and_the_report_stays(built: Built) -> None:
    before = stamps(built.project.draft)
    with (
        edited(built.project.data / "reviews.csv", ",sr_narrative,", ",sr_narativ,"),
        edited(built.project.data / "estimates.csv", "ma002,huang_2020", "ma002,huang_1920"),
    ):
        output = built.umbrella("build")
    message = output.stdout + output.stderr
    assert output.returncode == 2
    assert "Traceback" not in message
    for word in ("data/reviews.csv", "review_type", "sr_narativ", "sr_narrative"):
        assert word in message
    for word in ("data/estimates.csv", "review_id", "huang_1920", "huang_2020"):
        assert word in message
    assert stamps(built.project.draft) == before
    assert built.umbrella("build").returncode == 0


def test_a_parameter_changes_what_is_computed(built: Built) -> None:
    values = built.project.results / "05_effectiveness/values.json"
    before = values.read_bytes()
    output = built.umbrella("build", "-P", "05_effectiveness.minimum_rating=low")
    assert output.returncode == 0, output.stderr
    assert values.read_bytes() != before
    assert built.umbrella("build").returncode == 0
    assert values.read_bytes() == before


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("minimum_ratin=low", ["minimum_ratin", "minimum_rating", "05_effectiveness"]),
        ("minimum_rating=lowish", ["lowish", "critically_low", "moderate"]),
    ],
)
def test_a_wrong_parameter_is_an_error_that_lists_the_right_ones(
    built: Built, option: str, words: list[str]
) -> None:
    output = built.umbrella("build", "-P", option)
    assert output.returncode == 2
    assert [word for word in words if word not in output.stdout + output.stderr] == []
