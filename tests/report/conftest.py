"""The whole report, built once from a copy of the project."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import browser  # noqa: F401 - a fixture of these tests too
from umbrella_review.paths import Project


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
    """The report of the real data; tests that change the project put it back."""
    project = copy_project(tmp_path_factory.mktemp("review"))
    first = Built(project, "").umbrella("build")
    assert first.returncode == 0, first.stdout + first.stderr
    return Built(project, first.stdout + first.stderr)
