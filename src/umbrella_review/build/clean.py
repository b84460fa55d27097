"""Removing what builds make, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from umbrella_review.build.lock import locked
from umbrella_review.errors import InputError, Problem
from umbrella_review.paths import Project


def clean(project: Project) -> list[str]:
    """Remove ``build/``, ``reports/draft/`` and ``_variables.yml``.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    list of str
        What was removed, from the project's root.

    Raises
    ------
    InputError
        If one of them is a link: nothing is removed then.
    BuildError
        If a build is running.
    """
    targets = [project.draft, project.variables_file, project.build]
    problems = [_linked(project, path) for path in targets if _is_linked(project, path)]
    if problems:
        raise InputError(problems)
    found = [path for path in targets if path.exists()]
    if project.build.is_dir():
        with locked(project):
            pass
    for path in found:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    return [path.relative_to(project.root).as_posix() for path in found]


def _is_linked(project: Project, path: Path) -> bool:
    """Whether a path leads elsewhere than where it stands; junctions of Windows do so too."""
    root = os.path.realpath(project.root)
    return os.path.realpath(path) != str(Path(root) / path.relative_to(project.root))


def _linked(project: Project, path: Path) -> Problem:
    return Problem(
        path.relative_to(project.root).as_posix(),
        f"it is a link to {os.path.realpath(path)}",
        "a file or folder of the project itself",
        "Remove the link by hand; nothing was removed.",
    )
