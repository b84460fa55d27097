"""A draft becomes a release: completed, looked through, and moved into place at once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from umbrella_review.build.lock import locked
from umbrella_review.build.publish import MADE_BY, MANIFEST, STALE, write_manifest
from umbrella_review.errors import InputError, Problem
from umbrella_review.paths import Project
from umbrella_review.release.checksums import compare_files
from umbrella_review.release.manifest import PROVENANCE, read_files, read_head
from umbrella_review.release.origin import Origin
from umbrella_review.release.repository import Commit, read_commit
from umbrella_review.release.since import copy_record
from umbrella_review.release.sources import FOLDER, FORMATS, copy_sources
from umbrella_review.release.traces import find_traces


def freeze(project: Project, version: str, commit: Commit) -> Path:
    """Make a release of the draft, which has just been built.

    Parameters
    ----------
    project : Project
        The project.
    version : str
        Of the release.
    commit : Commit
        What the draft was built from.

    Returns
    -------
    Path
        Folder of the release. It appears whole, or not at all.

    Raises
    ------
    InputError
        If the release exists, the draft or the sources have changed since the build, or a file
        names a place of this machine.
    BuildError
        If a build is running.
    """
    target = project.reports / version
    staged = project.build / f"release-{version}"
    with locked(project):
        try:
            shutil.rmtree(staged, ignore_errors=True)
            shutil.copytree(project.draft, staged)
            _refuse(_changed_since(project, staged, commit))
            _complete(project, staged, Origin.of(project, version, commit))
            _refuse(find_traces(staged, project.root))
            _move(staged, target)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    return target


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InputError(problems)


def _changed_since(project: Project, staged: Path, commit: Commit) -> list[Problem]:
    now, problems = read_commit(project.root)
    found = []
    if now != commit:
        found.append("the project stands at another commit than before the build")
    head = read_head(staged)
    if compare_files(staged, read_files(staged)) or head["parameters"]:
        found.append("it was changed after it had been built")
    if head.get(STALE):
        found.append("its results do not match their inputs")
    remedy = "Let nothing else work in the project meanwhile, and release again."
    expected = "the report that was built for the release"
    return problems + [Problem("reports/draft", what, expected, remedy) for what in found]


def _complete(project: Project, staged: Path, origin: Origin) -> None:
    # What made a draft stands with more in the provenance of a release.
    about = {key: value for key, value in read_head(staged).items() if key != MADE_BY}
    (staged / MANIFEST).unlink()
    for name in FORMATS:
        path = staged / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    copy_sources(project, staged)
    copy_record(project, staged / FOLDER)
    write_manifest(staged, {**about, PROVENANCE: origin.to_json()})


def _move(staged: Path, target: Path) -> None:
    if target.exists():
        found, expected = "this release has come into being meanwhile", "no such release"
        remedy = "Look at it: a release is never changed."
        raise InputError([Problem(f"reports/{target.name}", found, expected, remedy)])
    target.parent.mkdir(exist_ok=True)
    os.rename(staged, target)  # noqa: PTH104 - one step: there is never half a release
