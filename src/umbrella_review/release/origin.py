"""What a release was made by: commit, package, environment, parameters."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from umbrella_review.build.plan import make_plan
from umbrella_review.dates import VARIABLE
from umbrella_review.parameters import Parameter
from umbrella_review.paths import Project
from umbrella_review.provenance import PACKAGE, environment, file_digest, files_in
from umbrella_review.release.repository import Commit
from umbrella_review.release.sources import LOCK
from umbrella_review.review import Review


@dataclass(frozen=True)
class Origin:
    """What a release was made by.

    Parameters
    ----------
    release : str
        The version of the release.
    commit : str
        Hash of the commit.
    commit_date : str
        When it was made, as ISO 8601 in UTC.
    source_date_epoch : str
        Value of the variable of that name during the build; empty where it was not set.
    parameters : mapping of str to mapping of str to parameter
        All parameters of all notebooks.
    environment : mapping of str to str
        Versions by name of the distribution, and that of Python.
    package_files : mapping of str to str
        SHA-256 of each file of the package by its path.
    """

    release: str
    commit: str
    commit_date: str
    source_date_epoch: str
    parameters: Mapping[str, Mapping[str, Parameter]]
    environment: Mapping[str, str]
    package_files: Mapping[str, str]

    @classmethod
    def of(cls, project: Project, version: str, commit: Commit) -> Origin:
        """Return the origin of a release that is made now.

        Parameters
        ----------
        project : Project
            The project.
        version : str
            Of the release.
        commit : Commit
            Where the project stands.

        Returns
        -------
        Origin
            Without places and times of this machine.
        """
        plan = make_plan(project, Review.read(project.review_file), [])
        return cls(
            version,
            commit.identifier,
            commit.date,
            os.environ.get(VARIABLE, ""),
            {notebook.name: notebook.parameters for notebook in plan},
            environment(project.root / LOCK),
            package_files(),
        )

    def to_json(self) -> dict[str, object]:
        """Return it for ``manifest.json``."""
        return asdict(self)


def package_files(folder: Path = PACKAGE) -> dict[str, str]:
    """Return the SHA-256 of every file of the package's source.

    Parameters
    ----------
    folder : Path, optional
        Where the package lies; that of the running one by default.

    Returns
    -------
    dict of str to str
        By path, which starts with the name of the package.
    """
    return {
        path.relative_to(folder.parent).as_posix(): file_digest(path) or ""
        for path in files_in(folder)
        if path.suffix != ".pyc"
    }
