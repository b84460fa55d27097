"""What must hold before a release is made."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import Any

from umbrella_review.build.check import check
from umbrella_review.errors import InputError, Problem
from umbrella_review.paths import Project
from umbrella_review.provenance import DISTRIBUTION
from umbrella_review.release.repository import Commit, read_commit
from umbrella_review.release.sources import CITATION
from umbrella_review.review_file import read_checked
from umbrella_review.strict_yaml import read_yaml

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def ready(project: Project, version: str) -> Commit:
    """Return the commit from which a release can be made.

    Parameters
    ----------
    project : Project
        The project.
    version : str
        Of the release.

    Returns
    -------
    Commit
        Where the project stands.

    Raises
    ------
    InputError
        With every reason not to make the release.
    """
    commit, problems = read_commit(project.root)
    problems = [*_name(project, version), *problems, *_versions(project, version)]
    try:
        check(project)
    except InputError as error:
        problems += error.problems
    if problems or commit is None:
        raise InputError(dict.fromkeys(problems))
    return commit


def _name(project: Project, version: str) -> Iterator[Problem]:
    if not _VERSION.fullmatch(version):
        expected = "three numbers without leading zeros, e.g. 1.0.0"
        yield Problem("version", f"{version!r}", expected, "Give such a version.")
    elif (project.reports / version).exists():
        yield Problem(
            f"reports/{version}",
            "this release exists already",
            "a version that was not released",
            "Give the next version to review.yml and CITATION.cff: releases are never changed.",
        )


def _versions(project: Project, version: str) -> Iterator[Problem]:
    content, _, _ = read_checked(project.review_file)  # problems of the file are told by `check`
    yield from _differs("review.yml, review.version", _at(content, "review", "version"), version)
    yield from _differs(f"{CITATION}, version", _cited(project.root / CITATION), version)
    file = project.root / "pyproject.toml"
    if file.is_file():
        declared = _declared(file)
        yield from _differs("pyproject.toml, project.version", _at(declared, "version"), version)
        if _at(declared, "name") == DISTRIBUTION and installed_version(DISTRIBUTION) != version:
            yield Problem(
                "the installed package",
                f"version {installed_version(DISTRIBUTION)}",
                f"version {version}, as it is released",
                "Install the project anew: make report does so after a change of pyproject.toml.",
            )


def _differs(where: str, found: object, version: str) -> Iterator[Problem]:
    if found is None:
        yield Problem(where, "no version", version, "Write the version of the release there.")
    elif str(found) != version:
        remedy = "Write the version of the release there, or release the version that stands there."
        yield Problem(where, str(found), version, remedy)


def _cited(file: Path) -> object:
    try:
        content, _, _ = read_yaml(file.read_text(encoding="utf-8"), file.name)
    except (OSError, UnicodeDecodeError):
        return None
    return _at(content, "version")


def _declared(file: Path) -> object:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")).get("project")
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None


def _at(content: Any, *keys: str) -> object:
    for key in keys:
        content = content.get(key) if isinstance(content, dict) else None
    found: object = content
    return found
