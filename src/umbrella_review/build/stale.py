"""The guard before rendering: executed notebooks that no longer match what they were made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from umbrella_review.build.explain import PACKAGE, change
from umbrella_review.build.fingerprint import (
    Fingerprint,
    Surroundings,
    earlier_results,
    given_inputs,
    products,
    read_fingerprint,
    short,
)
from umbrella_review.build.plan import PlannedNotebook
from umbrella_review.errors import Problem, StaleError
from umbrella_review.paths import Project
from umbrella_review.review import Review

_NEVER = "it was never executed to its end"
_NAMED = 5  # files of the package that a message names


@dataclass(frozen=True)
class Stale:
    """A notebook whose results do not match their inputs.

    Parameters
    ----------
    notebook : str
        Its stem.
    changes : tuple of str
        One phrase for each input that changed, for the user.
    """

    notebook: str
    changes: tuple[str, ...]

    @property
    def executed(self) -> bool:
        """Whether there is anything to render."""
        return self.changes != (_NEVER,)


def find_stale(
    project: Project, review: Review, notebooks: Sequence[PlannedNotebook]
) -> list[Stale]:
    """Return the notebooks whose results do not match their inputs.

    Parameters
    ----------
    project : Project
        The project.
    review : Review
        Its ``review.yml``.
    notebooks : sequence of PlannedNotebook
        All notebooks with their parameters, in order.

    Returns
    -------
    list of Stale
        In the order of the notebooks; empty where all match.
    """
    around = Surroundings.of(project)
    found: dict[str, Stale] = {}
    for notebook in notebooks:
        changes = _changes(project, review, notebook, around)
        if changes != [_NEVER]:
            changes += [
                f"it reads results of {name}, which is stale"
                for name in notebook.source.results
                if name in found
            ]
        if changes:
            found[notebook.name] = Stale(notebook.name, tuple(changes))
    return list(found.values())


def in_words(stale: Sequence[Stale]) -> list[str]:
    """Return what a reader of the report is told.

    Parameters
    ----------
    stale : sequence of Stale
        What `find_stale` returned.

    Returns
    -------
    list of str
        One line for all notebooks with the same changes.
    """
    groups: dict[tuple[str, ...], list[str]] = {}
    for entry in stale:
        groups.setdefault(entry.changes, []).append(entry.notebook)
    return [f"{', '.join(names)}: {'; '.join(changes)}" for changes, names in groups.items()]


def refuse_stale(stale: Sequence[Stale], *, allowed: bool = False) -> None:
    """Raise an error that names all notebooks that cannot be rendered.

    Parameters
    ----------
    stale : sequence of Stale
        What `find_stale` returned.
    allowed : bool
        Whether results may differ from their inputs; they must exist all the same.

    Raises
    ------
    StaleError
        If there are such notebooks.
    """
    problems = [_problem(entry) for entry in stale if not (allowed and entry.executed)]
    if problems:
        raise StaleError(problems)


def _problem(entry: Stale) -> Problem:
    remedy = "Run `umbrella build`."
    if entry.executed:
        remedy += " `umbrella render --allow-stale` makes a draft that is marked as stale."
    return Problem(
        f"build/notebooks/{entry.notebook}.ipynb",
        "\n".join(entry.changes),
        "a notebook executed with the inputs that the project has now",
        remedy,
    )


def _changes(
    project: Project, review: Review, notebook: PlannedNotebook, around: Surroundings
) -> list[str]:
    then = read_fingerprint(project, notebook.name)
    made = products(project, notebook.name)
    if then is None or "missing" in made.values():
        return [_NEVER]
    given = given_inputs(project, review, notebook, around)
    now = Fingerprint({**given, **earlier_results(project, notebook)}, short(around.package), made)
    found = [
        _input(name, old, new, then, now) for name, old, new in _differ(then.inputs, now.inputs)
    ]
    return found + [
        f"{name} was changed by hand or left unfinished"
        for name, _, _ in _differ(then.products, now.products)
    ]


def _input(name: str, old: str | None, new: str | None, then: Fingerprint, now: Fingerprint) -> str:
    if new is None:
        return f"{name} is gone"
    told = change(name, old, new)
    if name == PACKAGE:
        files = [file for file, _, _ in _differ(then.package, now.package)]
        more = len(files) - _NAMED
        told += ": " + ", ".join(files[:_NAMED]) + f" and {more} more" * (more > 0)
    return told


def _differ(
    old: Mapping[str, str], new: Mapping[str, str]
) -> list[tuple[str, str | None, str | None]]:
    names = sorted(old.keys() | new.keys())
    return [(n, old.get(n), new.get(n)) for n in names if old.get(n) != new.get(n)]
