"""What `quarto render` calls before and after it renders, by scripts that `_quarto.yml` names."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from umbrella_review.build.lock import locked
from umbrella_review.build.make import prepare
from umbrella_review.build.report import complete
from umbrella_review.build.stale import find_stale, refuse_stale
from umbrella_review.build.values import ValuesJob, gather
from umbrella_review.cli.engine import quarto_version
from umbrella_review.cli.messages import show_error
from umbrella_review.errors import UmbrellaError
from umbrella_review.parameters import Parameter
from umbrella_review.paths import Project


def before_render() -> int:
    """Refuse executed notebooks that do not match their inputs, and gather their values.

    Returns
    -------
    int
        Exit code: Quarto stops where it is not 0.
    """
    return _told(_check)


def after_render() -> int:
    """Write ledger, notebooks, data, results and manifest into the folder that Quarto wrote.

    Returns
    -------
    int
        Exit code.
    """
    return _told(_complete)


def _told(work: Callable[[Project], None]) -> int:
    from umbrella_review.render.quarto import CALLED_BY_US

    if os.environ.get(CALLED_BY_US):
        return 0
    try:
        work(Project.find())
    except UmbrellaError as error:
        show_error(error)
        return error.exit_code
    return 0


def _check(project: Project) -> None:
    with locked(project):
        review, notebooks = prepare(project, [])
        refuse_stale(find_stale(project, review, notebooks))
        gather(ValuesJob(project, tuple(notebook.name for notebook in notebooks)))


def _complete(project: Project) -> None:
    from umbrella_review.release.since import changes_since
    from umbrella_review.render import changes_by
    from umbrella_review.render.manuscript import read_manuscript
    from umbrella_review.render.quarto import output_folder, write_around
    from umbrella_review.render.trace.ledger import make_ledger

    target = project.root / (os.environ.get("QUARTO_PROJECT_OUTPUT_DIR") or output_folder(project))
    manuscript = read_manuscript(project)
    ledger = make_ledger(project, manuscript)
    changes = changes_by(partial(changes_since, project), ledger)
    write_around(project, replace(manuscript, changes=changes), ledger, target)
    notebooks: dict[str, dict[str, Parameter]] = {one.name: {} for one in manuscript.notebooks}
    complete(project, notebooks, target, f"quarto {quarto_version() or ''}".strip())
