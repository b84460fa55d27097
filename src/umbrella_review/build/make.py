"""A build from beginning to end."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from umbrella_review.build.check import check
from umbrella_review.build.display import Display
from umbrella_review.build.execute import failed_folder, log_file
from umbrella_review.build.explain import reasons
from umbrella_review.build.failure import FailedBuildError, Story
from umbrella_review.build.lock import locked
from umbrella_review.build.nodes import Step
from umbrella_review.build.plan import PlannedNotebook, make_plan
from umbrella_review.build.publish import restore_draft
from umbrella_review.build.report import Renderer
from umbrella_review.build.runner import last_runs, run_steps
from umbrella_review.build.stale import Stale, find_stale, refuse_stale
from umbrella_review.build.steps import make_steps
from umbrella_review.errors import BuildError, InputError, UmbrellaError
from umbrella_review.parameters import Given
from umbrella_review.paths import Project
from umbrella_review.review import Review

_UNFINISHED = "its last run was not completed"


def build(
    project: Project,
    given: Sequence[Given],
    renderer: Renderer,
    display: Display,
    *,
    workers: int,
    forced: bool = False,
) -> list[Story]:
    """Bring the report of a project up to date.

    Parameters
    ----------
    project : Project
        The project.
    given : sequence of Given
        Values for parameters of notebooks.
    renderer : Renderer
        The engine that renders the report.
    display : Display
        Is told what goes on.
    workers : int
        Notebooks that run at the same time.
    forced : bool
        Whether to run everything again.

    Returns
    -------
    list of Story
        What became of every step, in order.

    Raises
    ------
    InputError
        With every problem of data, ``review.yml``, notebooks and parameters.
    FailedBuildError
        If steps fail; the earlier report is then untouched.
    BuildError
        If another build is running.
    """
    with locked(project):
        restore_draft(project)
        review, notebooks = prepare(project, given)
        _prune(project, {notebook.name for notebook in notebooks})
        steps = make_steps(project, review, notebooks, renderer, display.say)
        return _run(project, steps, display, workers=workers, forced=forced)


def render_draft(
    project: Project,
    given: Sequence[Given],
    renderer: Renderer,
    display: Display,
    *,
    allow_stale: bool = False,
) -> tuple[list[Story], list[Stale]]:
    """Make the report from notebooks as they were executed, and execute none.

    Parameters
    ----------
    project : Project
        The project.
    given : sequence of Given
        Values for parameters of notebooks, as they were given when these were executed.
    renderer : Renderer
        The engine that renders the report.
    display : Display
        Is told what goes on.
    allow_stale : bool
        Whether to render notebooks that do not match their inputs; the report then says so.

    Returns
    -------
    stories : list of Story
        What became of the steps.
    stale : list of Stale
        Notebooks that do not match their inputs.

    Raises
    ------
    StaleError
        If notebooks do not match their inputs and this is not allowed, or were never executed.
    InputError
        With every problem of data, ``review.yml``, notebooks and parameters.
    FailedBuildError
        If rendering fails; the earlier report is then untouched.
    BuildError
        If another build is running.
    """
    with locked(project):
        restore_draft(project)
        review, notebooks = prepare(project, given)
        stale = find_stale(project, review, notebooks)
        refuse_stale(stale, allowed=allow_stale)
        steps = make_steps(project, review, notebooks, renderer, display.say, stale=stale)
        rendering = steps[len(notebooks) :]
        return _run(project, rendering, display, workers=1, forced=False), stale


def prepare(project: Project, given: Sequence[Given]) -> tuple[Review, list[PlannedNotebook]]:
    """Return what a build would do.

    Parameters
    ----------
    project : Project
        The project.
    given : sequence of Given
        Values for parameters of notebooks.

    Returns
    -------
    review : Review
        Its ``review.yml``.
    notebooks : list of PlannedNotebook
        All notebooks with their parameters.

    Raises
    ------
    InputError
        With every problem of every kind at once.
    """
    found: list[InputError] = []
    try:
        check(project)
    except InputError as error:
        found.append(error)
    try:
        review = Review.read(project.review_file)
        notebooks = make_plan(project, review, given)
    except InputError as error:
        found.append(error)
    if found:
        kind = type(found[0]) if len(found) == 1 else InputError
        raise kind(dict.fromkeys(problem for error in found for problem in error.problems))
    return review, notebooks


def _prune(project: Project, names: Iterable[str]) -> None:
    """Remove what notebooks left that no longer exist, and what the last build left of failures."""
    known = set(names)
    shutil.rmtree(failed_folder(project), ignore_errors=True)
    for folder in (project.executed, project.results):
        for path in folder.glob("*"):
            if path.stem not in known:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def _run(
    project: Project, steps: Sequence[Step], display: Display, *, workers: int, forced: bool
) -> list[Story]:
    folder = project.build / "pytask"
    last = cache(lambda: last_runs(folder))
    why: dict[str, tuple[str, ...]] = {}

    def on_start(step: Step) -> None:
        found = reasons(step, last().get(step.name), forced=forced)
        why[step.name] = tuple(found) or (_UNFINISHED,)
        display.start(step.title, None if step.inline else _fresh_log(project, step.name))

    def on_end(step: Step, succeeded: bool) -> None:
        display.end(step.title, "done" if succeeded else "failed")

    results = run_steps(
        steps, folder, workers=workers, forced=forced, on_start=on_start, on_end=on_end
    )
    order = [step.name for step in steps]
    results.sort(key=lambda result: order.index(result.step.name))
    failures = [_failure(r.step, r.error, r.traceback) for r in results if r.error is not None]
    stories = [Story(r.step.title, r.outcome, why.get(r.step.name, ())) for r in results]
    if failures:
        raise FailedBuildError(failures, stories)
    return stories


def _fresh_log(project: Project, name: str) -> Path:
    """Return a notebook's log, without what its last run wrote."""
    log = log_file(project, name)
    log.unlink(missing_ok=True)
    return log


def _failure(step: Step, error: BaseException, traceback: str) -> UmbrellaError:
    """Return an error for the user; raise one that is a fault of the package."""
    if isinstance(error, UmbrellaError):
        return error
    if type(error).__name__ == "TerminatedWorkerError":
        return BuildError(
            f"the process of {step.title} was ended from outside; perhaps memory ran out. "
            "Try again with --workers 1."
        )
    if traceback:
        error.add_note(traceback)
    raise error
