"""The values of all notebooks, gathered for the manuscript."""

from __future__ import annotations

from dataclasses import dataclass

from umbrella_review.errors import InputError, Problem
from umbrella_review.ledger import Value, read_values, write_variables
from umbrella_review.paths import Project

VALUES = "values.json"


@dataclass(frozen=True)
class ValuesJob:
    """The notebooks whose values are gathered.

    Parameters
    ----------
    project : Project
        The project.
    notebooks : tuple of str
        Stems of all notebooks.
    """

    project: Project
    notebooks: tuple[str, ...]


def gather(job: ValuesJob) -> None:
    """Write ``_variables.yml``, unless it already says the same.

    Parameters
    ----------
    job : ValuesJob
        Whose values.

    Raises
    ------
    InputError
        If two notebooks record a value under the same id, or one id runs through another.
    """
    merged = merge(job.project, job.notebooks)
    target = job.project.variables_file
    fresh = job.project.build / target.name
    try:
        write_variables(merged, fresh)
    except ValueError as error:
        problem = Problem(
            "values of the notebooks",
            str(error),
            "ids that do not contain each other",
            "Rename it.",
        )
        raise InputError([problem]) from None
    if target.is_file() and target.read_bytes() == fresh.read_bytes():
        fresh.unlink()
    else:
        fresh.replace(target)


def merge(project: Project, notebooks: tuple[str, ...]) -> dict[str, Value]:
    """Return the values that notebooks have recorded.

    Parameters
    ----------
    project : Project
        The project.
    notebooks : tuple of str
        Stems of all notebooks.

    Returns
    -------
    dict of str to Value
        By id, in the order of the notebooks.

    Raises
    ------
    InputError
        With one problem for every id that two notebooks record.
    """
    merged: dict[str, Value] = {}
    owners: dict[str, str] = {}
    problems = []
    for notebook in notebooks:
        for key, value in read_values(project.results / notebook / VALUES).items():
            if key in owners:
                problems.append(
                    Problem(
                        f"notebooks/{notebook}.ipynb",
                        f"it records {key}, which {owners[key]} records too",
                        "every value recorded by one notebook",
                        "Record it once, and read it by `session.results` elsewhere.",
                    )
                )
            owners.setdefault(key, notebook)
            merged[key] = value
    if problems:
        raise InputError(problems)
    return merged
