"""What tests of all parts share: the project itself, and copies of it that may be damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy2, copytree

import pandas as pd
import pytest
from hypothesis import settings

from umbrella_review.load import load_table
from umbrella_review.paths import Project
from umbrella_review.review import Review

ROOT = Path(__file__).parents[1]
FOLDERS = ("data", "sections", "assets", "notebooks")
FILES = (
    *("review.yml", "_quarto.yml", "index.qmd"),
    *("CITATION.cff", "LICENSE", "requirements.lock", "environment.yml"),
)

# Examples take as long as the machine is busy, which says nothing about the code.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep tests together that share fixtures, and put the long groups early.

    The tests of a module run in one process, unless they name a group that is larger or smaller;
    else its fixtures would be made once for each process. The first process builds the report;
    groups that start from a copy of it come when it is done, so that none is left at the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
    groups = [str(_group(item).args[0]) for item in items]
    pairs = list(zip(groups, items, strict=True))
    report = [item for group, item in pairs if group == "report"]
    copies = [item for group, item in pairs if group.startswith("report-")]
    others = [item for group, item in pairs if not group.startswith("report")]
    first = len(others) // 4
    items[:] = [*report, *others[:first], *copies, *others[first:]]


def _group(item: pytest.Item) -> pytest.Mark:
    return next(item.iter_markers("xdist_group"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Stop where groups are scattered: each process would build the same reports."""
    wanted = getattr(session.config.option, "loadgroup", False)
    if wanted and not all(
        item.nodeid.endswith(f"@{_group(item).args[0]}") for item in session.items
    ):
        raise pytest.UsageError("this pytest-xdist does not keep groups of tests together")


@pytest.fixture(scope="session")
def project() -> Project:
    """The project itself; only to be read."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def review(project: Project) -> Review:
    return Review.read(project.review_file)


@pytest.fixture(scope="module")
def reviews(project: Project, review: Review) -> pd.DataFrame:
    """The included reviews, loaded anew for each module of tests."""
    return load_table(project, "reviews", review)


@pytest.fixture(scope="session")
def copy_project() -> Callable[[Path], Project]:
    """Return a function that copies the sources of the project into a folder."""

    def copy(folder: Path) -> Project:
        for name in FOLDERS:
            copytree(ROOT / name, folder / name, ignore=_unwanted, dirs_exist_ok=True)
        for name in FILES:
            copy2(ROOT / name, folder / name)
        return Project(folder)

    return copy


def _unwanted(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name.startswith((".", "__"))]
