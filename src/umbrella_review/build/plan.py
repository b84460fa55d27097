"""What a build will do: every notebook with its parameters and dependencies, checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from umbrella_review.build.source import NotebookSource, read_notebook
from umbrella_review.errors import InputError, ParameterError, Problem
from umbrella_review.parameters import Given, Parameter, check_words, resolve
from umbrella_review.paths import Project
from umbrella_review.review import Review


@dataclass(frozen=True)
class PlannedNotebook:
    """A notebook and the parameters with which it runs.

    Parameters
    ----------
    source : NotebookSource
        The notebook.
    parameters : mapping of str to parameter
        All parameters in force.
    """

    source: NotebookSource
    parameters: dict[str, Parameter]

    @property
    def name(self) -> str:
        """Stem of the notebook's file."""
        return self.source.name

    @property
    def overrides(self) -> dict[str, Parameter]:
        """The parameters that differ from their defaults."""
        defaults = self.source.parameters
        return {name: value for name, value in self.parameters.items() if value != defaults[name]}


def find_notebooks(project: Project) -> list[Path]:
    """Return the notebooks of a project in the order of their names.

    Parameters
    ----------
    project : Project
        The project.

    Returns
    -------
    list of Path
        Empty where there are none.
    """
    return sorted(project.notebooks.glob("*.ipynb"))


def make_plan(project: Project, review: Review, given: Sequence[Given]) -> list[PlannedNotebook]:
    """Return all notebooks of a project, each with its parameters.

    Parameters
    ----------
    project : Project
        The project.
    review : Review
        Holds the words that parameters may take.
    given : sequence of Given
        Values that the user gives for parameters.

    Returns
    -------
    list of PlannedNotebook
        In the order of their names, in which they may read results of earlier ones.

    Raises
    ------
    InputError
        With all problems; a `ParameterError` if they concern given values alone.
    """
    read = [read_notebook(path, project.root) for path in find_notebooks(project)]
    sources = [source for source, _ in read if source is not None]
    problems = [problem for _, found in read for problem in found]
    problems += _missing_inputs(project, sources)
    values, wrong = resolve({source.name: source.parameters for source in sources}, given)
    wrong += check_words(values, review)
    if problems:
        raise InputError(problems + wrong)
    if wrong:
        raise ParameterError(wrong)
    return [PlannedNotebook(source, values[source.name]) for source in sources]


def _missing_inputs(project: Project, sources: Sequence[NotebookSource]) -> list[Problem]:
    if not sources:
        return [
            Problem(
                "notebooks",
                "there is no notebook",
                "files named like 01_selection.ipynb",
                "Add the notebooks of the review.",
            )
        ]
    names = [source.name for source in sources]
    problems = []
    for source in sources:
        where = f"notebooks/{source.path.name}"
        problems += [
            Problem(
                where,
                f"it loads the table {table!r}, but data/{table}.csv does not exist",
                "the name of a table in data/",
                _choices(path.stem for path in project.data.glob("*.csv")),
            )
            for table in source.tables
            if not (project.data / f"{table}.csv").is_file()
        ]
        problems += [
            Problem(
                where,
                f"it reads the results of {other!r}, which is no earlier notebook",
                "the name of a notebook that comes before it",
                _choices(name for name in names if name < source.name),
            )
            for other in source.results
            if other not in names or other >= source.name
        ]
    return problems


def _choices(names: Iterable[str]) -> str:
    known = ", ".join(sorted(names))
    return f"There are: {known}." if known else "There are none."
