"""The render engine as commands offer it, and what they print of a finished report."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from umbrella_review.build.given import from_file, from_options
from umbrella_review.build.publish import MANIFEST
from umbrella_review.build.report import Renderer, Say
from umbrella_review.errors import BuildError
from umbrella_review.parameters import Given
from umbrella_review.paths import Project

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

engine_option: Decorator = click.option(
    "--engine",
    type=click.Choice(["auto", "quarto", "pandoc"]),
    default="auto",
    show_default=True,
    help="What renders the report; auto takes Quarto where it is installed.",
)


def parameter_options(action: str) -> Decorator:
    """Return the options that give values for parameters of notebooks.

    Parameters
    ----------
    action : str
        What the command does with a value, as the help says it.

    Returns
    -------
    callable
        Decorator of a command, which gets `options` and `file`.
    """
    one = click.option(
        "-P",
        "options",
        metavar="NAME=VALUE",
        multiple=True,
        help=f"{action} a parameter in every notebook that has it, or by NOTEBOOK.NAME=VALUE in "
        "one; items of a list are separated by commas.",
    )
    many = click.option(
        "--parameters",
        "file",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="YAML file of parameters, or of notebooks with their parameters.",
    )
    return lambda command: one(many(command))


def given_by(options: Sequence[str], file: Path | None) -> list[Given]:
    """Return the values of parameters that a user gives.

    Parameters
    ----------
    options : sequence of str
        What ``-P`` says.
    file : Path, optional
        What ``--parameters`` names.

    Returns
    -------
    list of Given
        Those of the file first, so that options go before it.
    """
    return [*(from_file(file) if file else ()), *from_options(options)]


def make_renderer(engine: str) -> Renderer:
    """Return the engine that a user chose.

    Parameters
    ----------
    engine : {'auto', 'quarto', 'pandoc'}
        The choice.

    Returns
    -------
    Renderer
        The engine with its version.

    Raises
    ------
    BuildError
        If Quarto is chosen and not found: rather now than after all notebooks.
    """
    from umbrella_review.render import resolve  # after the options are checked

    resolved = resolve(engine)
    found = quarto_version() if resolved == "quarto" else ""
    if found is None:
        raise BuildError(
            "Quarto was not found. Install it from https://quarto.org, "
            "or build with --engine pandoc, which needs nothing else."
        )
    return Renderer(resolved, found, _render)


def quarto_version() -> str | None:
    """Return the version of the Quarto that is found.

    Returns
    -------
    str or None
        None where there is none.
    """
    from umbrella_review.render.quarto import find_quarto  # only for Quarto

    program = find_quarto()
    if program is None:
        return None
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def show_report(project: Project) -> None:
    """Print the main files of a report with their sizes.

    Parameters
    ----------
    project : Project
        The project.
    """
    for name in ("index.html", "index.pdf", MANIFEST):
        path = project.draft / name
        if path.is_file():
            click.echo(f"{_shown(path)}  {path.stat().st_size / 1024:,.0f} kB")


def _render(project: Project, engine: str, folder: Path, say: Say, notice: Sequence[str]) -> None:
    from umbrella_review.release.since import changes_since  # only where a report is due
    from umbrella_review.render import render

    render(project, engine, folder, say, notice, since=partial(changes_since, project))


def _shown(path: Path) -> str:
    """Return a path from the working directory where it lies below, else in full."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
