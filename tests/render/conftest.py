"""A rendered sample report, made once for all tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample import Report, make_project

from umbrella_review.paths import Project
from umbrella_review.render import render


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A sample project of one's own, to change."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The sample report by the embedded engine, only to be read."""
    root = tmp_path_factory.mktemp("sample")
    made = make_project(root / "project")
    said: list[str] = []
    render(made, "pandoc", root / "report", said.append)
    return Report(made, root / "report", tuple(said))
