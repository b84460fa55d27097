"""How errors are told on the command line, and how documents are written."""

from __future__ import annotations

from pathlib import Path

import click

from umbrella_review.errors import InputError, Problem, UmbrellaError


def show_error(error: UmbrellaError) -> None:
    """Print an error for the user, to standard error and without a traceback.

    Parameters
    ----------
    error : UmbrellaError
        With all its problems or failures.
    """
    if isinstance(error, InputError):
        show_problems(error.problems)
        return
    for failure in getattr(error, "failures", None) or [error]:
        if isinstance(failure, InputError):
            show_problems(failure.problems)
        else:
            click.echo(click.style("Error: ", fg="red", bold=True) + str(failure), err=True)
    for story in getattr(error, "stories", ()):
        if story.outcome == "stopped":
            click.echo(str(story), err=True)


def show_problems(problems: tuple[Problem, ...]) -> None:
    """Print problems as a list: where, what was found, what was expected, what to do.

    Parameters
    ----------
    problems : tuple of Problem
        In the order of print.
    """
    count = len(problems)
    head = "1 problem" if count == 1 else f"{count} problems"
    click.echo(click.style(f"{head}:", fg="red", bold=True), err=True)
    for problem in problems:
        click.echo(f"\n{click.style(problem.where, bold=True)}", err=True)
        for word, text in (
            ("found", problem.found),
            ("expected", problem.expected),
            ("remedy", problem.remedy),
        ):
            lines = text.rstrip().splitlines() or [""]
            click.echo(f"  {word + ':':<10}" + "\n            ".join(lines), err=True)


def write_document(out: Path, text: str) -> None:
    """Write a document where the user wants it.

    Parameters
    ----------
    out : Path
        The file.
    text : str
        Its content.

    Raises
    ------
    click.FileError
        If it cannot be written.
    """
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise click.FileError(str(out), error.strerror or "cannot be written") from error
