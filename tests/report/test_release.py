"""The real report as a release: small, verifiable elsewhere, and as it was once committed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.report.conftest import Built
from umbrella_review.build.publish import MANIFEST
from umbrella_review.provenance import files_in
from umbrella_review.release.checksums import compare_files
from umbrella_review.release.manifest import read_manifest
from umbrella_review.release.sources import FORMATS
from umbrella_review.review import Review

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report-release")]

ROOT = Path(__file__).parents[2]
LIMIT = 10_000_000  # bytes


@pytest.fixture(scope="module")
def release(copied: Built) -> Path:
    """A release of a copy of the report."""
    root = copied.project.root
    (root / ".gitignore").write_text("/build/\n/reports/\n/_variables.yml\n")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    for command in (("init",), ("add", "--all"), ("commit", "--message", "The review")):
        subprocess.run(["git", *who, *command], cwd=root, check=True, capture_output=True)
    version = Review.read(copied.project.review_file).version
    done = copied.umbrella("release", version)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "reports" / version


def test_the_release_holds_the_draft_and_its_sources(copied: Built, release: Path) -> None:
    files = read_manifest(release).files
    draft = copied.project.draft
    held = {path.relative_to(draft).as_posix() for path in files_in(draft)} - {MANIFEST}
    for_readers = {name for name in held if not name.startswith(FORMATS)}
    assert for_readers < held
    assert {name for name in files if not name.startswith("source/")} == for_readers
    assert sum(path.stat().st_size for path in files_in(release)) < 10e6
    assert len([name for name in files if name.startswith("source/notebooks/")]) > 10


def test_the_release_is_made_again_from_itself_alone(
    copied: Built, release: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "unpacked"
    shutil.copytree(release, moved)
    done = copied.umbrella("verify", str(moved))
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^identical \(\d+ files compared\)$", done.stdout, re.M)


def test_committed_releases_are_small_and_as_they_were_made() -> None:
    for folder in ROOT.glob("reports/*.*.*"):
        assert compare_files(folder, read_manifest(folder).files) == [], folder.name
        assert sum(path.stat().st_size for path in files_in(folder)) < LIMIT, folder.name
