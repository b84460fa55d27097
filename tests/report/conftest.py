"""The whole report, built once from a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import browser  # noqa: F401 - a fixture of these tests too
from umbrella_review.paths import Project

LONGEST = 400  # seconds that a build may take, also on a busy machine


@dataclass(frozen=True)
class Built:
    """A copy of the project in which the report was built, and what the command said."""

    project: Project
    said: str

    def umbrella(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command in this project."""
        command = [sys.executable, "-c", "from umbrella_review.cli import main; main()"]
        return subprocess.run(
            [*command, *arguments],
            cwd=self.project.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def page(self) -> str:
        """Return the HTML of the article."""
        return (self.project.draft / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def built(
    tmp_path_factory: pytest.TempPathFactory, copy_project: Callable[[Path], Project]
) -> Built:
    """The report of the real data, built once for all processes of the tests; only to be read."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "review"
    said, failed = folder / "said.txt", folder / "failed.txt"
    try:
        folder.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + LONGEST
        while not said.exists():
            assert not failed.exists(), failed.read_text(encoding="utf-8")
            assert time.monotonic() < deadline, "another process builds the report for too long"
            time.sleep(0.2)
    else:
        done = Built(copy_project(folder / "project"), "").umbrella("build")
        draft = folder / "draft.txt"
        draft.write_text(done.stdout + done.stderr, encoding="utf-8")
        draft.rename(failed if done.returncode else said)
        assert done.returncode == 0, done.stdout + done.stderr
    return Built(Project(folder / "project"), said.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def copied(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A copy for a module of tests, which may change it."""
    root = tmp_path_factory.mktemp("copied") / "project"
    shutil.copytree(built.project.root, root)
    return Built(Project(root), built.said)


def pages(folder: Path) -> list[Path]:
    """Return the article, the pages beside it, and those of notebooks, ledger and data."""
    return [*sorted(folder.glob("*.html")), *sorted(folder.glob("*/*.html"))]
