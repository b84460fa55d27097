"""What changed since the last version, as the page for readers in a hurry tells it."""

from __future__ import annotations

import json
import re
import shutil
from importlib.metadata import version as installed_version
from pathlib import Path

import pytest

from tests.release.changes.made import DATA, replaced
from tests.release.changes.test_diff_command import write_report
from umbrella_review.paths import Project
from umbrella_review.provenance import DISTRIBUTION
from umbrella_review.release.changes.brief import brief
from umbrella_review.release.changes.compare import compare
from umbrella_review.release.changes.folder import read_report
from umbrella_review.release.since import (
    RECORD,
    changes_since,
    copy_record,
    earlier_release,
)

ROOT = Path(__file__).parents[3]
PACKAGE = f"{DISTRIBUTION} {installed_version(DISTRIBUTION)}"
CHANGED = {**DATA, "estimates": replaced("estimates", "0.30,0.10", "0.40,0.20")}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of version 1.0.0 with two releases; one estimate has changed since."""
    made = Project(tmp_path / "project")
    made.root.mkdir()
    text = (ROOT / "review.yml").read_text(encoding="utf-8")
    changed = re.sub(r"^  version: .*$", "  version: 1.0.0", text, count=1, flags=re.MULTILINE)
    made.review_file.write_text(changed, "utf-8")
    for version in ("0.9.0", "0.10.0"):
        write_report(made.reports / version, package=PACKAGE)
    now = write_report(tmp_path / "now", CHANGED, package=PACKAGE)
    shutil.copytree(now / "data", made.data)
    shutil.copytree(now / "notebooks", made.executed)
    shutil.copytree(now / "results", made.results)
    return made


@pytest.fixture
def ledger(tmp_path: Path, project: Project) -> Path:
    shutil.copytree(tmp_path / "now" / "ledger", tmp_path / "ledger" / "ledger")
    return tmp_path / "ledger"


def test_the_newest_earlier_release_is_taken_by_its_numbers(project: Project) -> None:
    assert earlier_release(project, "1.0.0") == project.reports / "0.10.0"
    assert earlier_release(project, "0.10.0") == project.reports / "0.9.0"
    assert earlier_release(project, "0.9.0") is None
    assert earlier_release(project, "none") is None
    (project.reports / "0.11.0").mkdir()  # holds no report
    write_report(project.reports / "draft")
    assert earlier_release(project, "1.0.0") == project.reports / "0.10.0"


def test_a_report_that_is_being_made_is_compared_as_one_that_was(
    project: Project, ledger: Path, tmp_path: Path
) -> None:
    lines = changes_since(project, ledger)
    old = read_report(project.reports / "0.10.0", "0.10.0")
    assert lines == brief(compare(old, read_report(tmp_path / "now", "now")))
    assert lines[0].startswith("Results have changed since version 0.10.0.")
    assert lines[1].startswith("Estimates: 1 moved")


def test_a_release_made_again_alone_tells_the_same(
    project: Project, ledger: Path, tmp_path: Path
) -> None:
    lines = changes_since(project, ledger)
    source = tmp_path / "source"
    source.mkdir()
    copy_record(project, source)
    assert json.loads((source / RECORD).read_text(encoding="utf-8")) == lines
    shutil.rmtree(project.reports)
    shutil.copy(source / RECORD, project.root)
    assert changes_since(project, ledger) == lines


def test_the_first_version_has_nothing_to_tell(project: Project, ledger: Path) -> None:
    shutil.rmtree(project.reports)
    assert changes_since(project, ledger) == []
