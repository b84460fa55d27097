"""``umbrella check``."""

from __future__ import annotations

import click

from umbrella_review.build.check import check
from umbrella_review.cli.group import project_of


@click.command("check")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Check data, review.yml and bibliography, and name every problem at once."""
    counts = check(project_of(ctx))
    click.echo(f"{counts.tables} tables, {counts.rows} rows: no problem")
