"""``umbrella clean``."""

from __future__ import annotations

import click

from umbrella_review.build.clean import clean
from umbrella_review.cli.group import project_of


@click.command("clean")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Remove build/, reports/draft/ and _variables.yml; releases and sources stay."""
    removed = clean(project_of(ctx))
    click.echo("removed: " + ", ".join(removed) if removed else "there was nothing to remove")
