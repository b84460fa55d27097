"""The group of commands: each is imported only when it is called, so that help is quick."""

from __future__ import annotations

import importlib
from pathlib import Path

import click

from umbrella_review.cli.messages import show_error
from umbrella_review.errors import UmbrellaError
from umbrella_review.paths import Project

# Command -> its line in the help; `umbrella_review.cli.<name>` holds the command.
COMMANDS = {
    "build": "Run what changed and make the report.",
    "bundle": "Pack a report into one archive for an editor.",
    "check": "Check data, review.yml and bibliography.",
    "clean": "Remove what builds have made.",
    "codebook": "Write data/codebook.md and data/datapackage.json.",
    "diff": "Tell what differs in meaning between two reports.",
    "grade": "Grade the evidence on each factor in a CSV file.",
    "pool": "Pool the studies of each analysis in a CSV file.",
    "render": "Make the report from notebooks that were executed before.",
    "release": "Freeze the report as a version that never changes.",
    "verify": "Check a release, and make it again to compare.",
}
INTERRUPTED = 130


class _Commands(click.Group):
    """Finds commands by name, and shows errors without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return super().get_command(ctx, name)
        command: click.Command = importlib.import_module(f"umbrella_review.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except UmbrellaError as error:
            show_error(error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Stopped; no report was changed.", err=True)
            ctx.exit(INTERRUPTED)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--project",
    "start",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of the project; the working directory by default.",
)
@click.version_option(package_name="umbrella-review", message="%(package)s %(version)s")
@click.pass_context
def main(ctx: click.Context, start: Path | None) -> None:
    """Compute and typeset an umbrella review."""
    ctx.obj = start


def project_of(ctx: click.Context) -> Project:
    """Return the project that a command works on.

    Parameters
    ----------
    ctx : Context
        Of the command.

    Returns
    -------
    Project
        The one around the folder given by ``--project``, or around the working directory.
    """
    return Project.find(ctx.obj)
