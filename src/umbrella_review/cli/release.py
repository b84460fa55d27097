"""``umbrella release``."""

from __future__ import annotations

import click

from umbrella_review.cli.group import project_of


@click.command("release")
@click.argument("version")
@click.option(
    "--engine",
    type=click.Choice(["auto", "quarto", "pandoc"]),
    default="auto",
    show_default=True,
    help="What renders the report; auto takes Quarto where it is installed.",
)
@click.pass_context
def command(ctx: click.Context, *, version: str, engine: str) -> None:
    """Build the report and freeze it as reports/VERSION.

    VERSION has the form X.Y.Z and stands in review.yml and CITATION.cff too. The project must be
    as committed in git, without a problem in `umbrella check`. A release is never overwritten:
    what comes later is another version. `umbrella verify reports/VERSION` checks it.
    """
    from umbrella_review.cli.build import build_report  # help shall not wait for pytask
    from umbrella_review.release.conditions import ready
    from umbrella_review.release.freeze import freeze

    project = project_of(ctx)
    commit = ready(project, version)
    click.echo(f"Release {version} of commit {commit.identifier[:12]}")
    build_report(project, [], engine)
    folder = freeze(project, version, commit)
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    shown = folder.relative_to(project.root).as_posix()
    click.echo(f"{shown}  {len(sizes)} files  {sum(sizes) / 1e6:.1f} MB")
    click.echo(f"Commit it: git add {shown}. Check it: umbrella verify {shown}")
