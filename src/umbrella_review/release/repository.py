"""The commit that a release is made from."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.errors import Problem

_REPOSITORY = "the git repository"


@dataclass(frozen=True)
class Commit:
    """A commit.

    Parameters
    ----------
    identifier : str
        Its full hash.
    date : str
        When it was made, as ISO 8601 in UTC.
    """

    identifier: str
    date: str


def read_commit(root: Path) -> tuple[Commit | None, list[Problem]]:
    """Return the commit that a folder stands at, and why it does not stand at one exactly.

    Parameters
    ----------
    root : Path
        The project's folder.

    Returns
    -------
    commit : Commit or None
        None where there is none.
    problems : list of Problem
        No repository, no commit, or files that differ from the commit.
    """
    try:
        shown, error = _git(root, "log", "-1", "--format=%H %cd", "--date=format-local:%FT%TZ")
        changed, _ = _git(root, "status", "--porcelain", "--untracked-files=all")
    except FileNotFoundError:
        return None, [_problem("the program git was not found", "Install git.")]
    if error:
        remedy = "Run git init, and commit the project: a release names its commit."
        return None, [_problem(error.splitlines()[0], remedy)]
    identifier, _, date = shown.strip().partition(" ")
    files = changed.splitlines()
    problems = []
    if files:
        listed = "\n".join(files)
        remedy = "Commit or remove them; a release is made from one commit alone."
        problems = [_problem(f"files that are not as committed:\n{listed}", remedy)]
    return Commit(identifier, date), problems


def _problem(found: str, remedy: str) -> Problem:
    return Problem(_REPOSITORY, found, "a clean tree at a commit", remedy)


def _git(root: Path, *arguments: str) -> tuple[str, str]:
    """Return what git prints, and its error where it fails; git writes nothing, times are UTC."""
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "TZ": "UTC", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"},
    )
    return done.stdout, (done.stderr.strip() or "git failed") if done.returncode else ""
