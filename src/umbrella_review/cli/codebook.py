"""``umbrella codebook``."""

from __future__ import annotations

import click

from umbrella_review.cli.group import project_of


@click.command("codebook")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Write the codebook and the package description from the schemas of the tables."""
    from umbrella_review.codebook import write  # help shall not wait for pandas

    project = project_of(ctx)
    write(project)
    click.echo("wrote data/codebook.md and data/datapackage.json")
