"""``umbrella render``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

from umbrella_review.build.display import Progress
from umbrella_review.build.make import render_draft
from umbrella_review.build.stale import in_words
from umbrella_review.cli.engine import (
    engine_option,
    given_by,
    make_renderer,
    parameter_options,
    show_report,
)
from umbrella_review.cli.group import project_of


@click.command("render")
@engine_option
@parameter_options("Expect")
@click.option(
    "--allow-stale",
    is_flag=True,
    help="Render notebooks that do not match their inputs, and mark the report as stale.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    engine: str,
    options: Sequence[str],
    file: Path | None,
    allow_stale: bool,
) -> None:
    """Make the report from the notebooks as they were executed; run none of them.

    Notebooks whose data, code, parameters or environment have changed since are refused by name.
    """
    project = project_of(ctx)
    given = given_by(options, file)
    console = Console(file=sys.stdout, highlight=False)
    with Progress(console) as progress:
        stories, stale = render_draft(
            project, given, make_renderer(engine), progress, allow_stale=allow_stale
        )
    for line in in_words(stale):
        click.echo(f"stale: {line}")
    if all(story.outcome == "current" for story in stories):
        click.echo("the report was up to date")
    show_report(project)
