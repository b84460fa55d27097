"""``umbrella build``."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click
from rich.console import Console

from umbrella_review.build.display import Progress
from umbrella_review.build.failure import FailedBuildError, NotebookError, Story
from umbrella_review.build.make import build
from umbrella_review.cli.engine import (
    engine_option,
    given_by,
    make_renderer,
    parameter_options,
    show_report,
)
from umbrella_review.cli.group import project_of
from umbrella_review.errors import UmbrellaError
from umbrella_review.ledger import read_values
from umbrella_review.parameters import Given
from umbrella_review.paths import Project

_PROCESSORS = os.cpu_count() or 1


@click.command("build")
@engine_option
@parameter_options("Set")
@click.option("--explain", is_flag=True, help="Say of every step why it ran.")
@click.option("--force", is_flag=True, help="Run everything, also what is up to date.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    default=_PROCESSORS,
    help="Notebooks that run at the same time; by default one a processor.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    engine: str,
    options: Sequence[str],
    file: Path | None,
    explain: bool,
    force: bool,
    workers: int,
) -> None:
    """Run the notebooks that changed, or whose data changed, and make the report.

    The report replaces reports/draft when everything has succeeded.
    """
    started = time.monotonic()
    project = project_of(ctx)
    given = given_by(options, file)
    try:
        stories = build_report(project, given, engine, workers=workers, forced=force)
    except FailedBuildError as error:
        if explain:
            _explain(error.stories)
        _show_failed(project, error)
        raise
    if explain:
        _explain(stories)
    _summary(project, stories, time.monotonic() - started)


def build_report(
    project: Project,
    given: Sequence[Given],
    engine: str,
    *,
    workers: int = _PROCESSORS,
    forced: bool = False,
) -> list[Story]:
    """Bring the report up to date and show the progress on standard output.

    Parameters
    ----------
    project : Project
        The project.
    given : sequence of Given
        Values for parameters of notebooks.
    engine : {'auto', 'quarto', 'pandoc'}
        What renders the report.
    workers : int, optional
        Notebooks that run at the same time; one a processor by default.
    forced : bool
        Whether to run everything again.

    Returns
    -------
    list of Story
        What became of every step, in order.
    """
    with Progress(Console(file=sys.stdout, highlight=False)) as progress:
        return build(
            project, given, make_renderer(engine), progress, workers=workers, forced=forced
        )


def _explain(stories: Sequence[Story]) -> None:
    for story in stories:
        click.echo(str(story))


def _show_failed(project: Project, error: FailedBuildError) -> None:
    """Write a page for each notebook that failed; a page that cannot be written hides no error."""
    from umbrella_review.render.failed_page import write_failed_page

    failures = (one.failure for one in error.failures if isinstance(one, NotebookError))
    for one in failures:
        with suppress(UmbrellaError, OSError):
            told = f"{one.kind}: {one.message}"
            page = write_failed_page(project, project.root / one.partial, one.label, told)
            if page is not None:
                click.echo(f"{one.notebook} as a page: {project.relative(page)}", err=True)


def _summary(project: Project, stories: Sequence[Story], seconds: float) -> None:
    notebooks = len(list(project.notebooks.glob("*.ipynb")))
    ran = sum(story.outcome == "done" for story in stories[:notebooks])
    click.echo(f"{notebooks} notebooks: {ran} run, {notebooks - ran} up to date; {seconds:.1f} s")
    files = [path.name for path in project.results.glob("*/*/*")]
    tables = sum(name.startswith("tbl-") for name in files)
    figures = sum(name.startswith("fig-") and name.endswith(".svg") for name in files)
    values = sum(len(read_values(path)) for path in project.results.glob("*/values.json"))
    click.echo(f"{values} values, {tables} tables, {figures} figures")
    show_report(project)
