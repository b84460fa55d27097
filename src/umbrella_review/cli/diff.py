"""``umbrella diff``."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from umbrella_review.cli.messages import write_document
from umbrella_review.errors import InputError, Problem, ReviewError
from umbrella_review.paths import Project

if TYPE_CHECKING:
    from umbrella_review.release.changes.compare import Comparison

_WIDTH = 100  # of lines, at most


@click.command("diff")
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--json",
    "json_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write everything that differs here, for programs.",
)
@click.option(
    "--html",
    "html_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write everything that differs here, as one page.",
)
@click.pass_context
def command(
    ctx: click.Context, *, old: str, new: str, json_file: Path | None, html_file: Path | None
) -> None:
    """Tell what differs in meaning between the reports A and B.

    A and B are versions in reports/, such as 1.0.0 or draft, or folders of reports. What was
    changed by hand - reviews, rows of the data, parameters, code, versions, text - is shown with
    all that follows from it: estimates, ratings, classes, findings, values, sentences, tables.
    The exit code is 0 whether or not anything differs.
    """
    from umbrella_review.release.changes.compare import compare  # help shall not wait for it
    from umbrella_review.release.changes.document import document_of
    from umbrella_review.release.changes.folder import is_report, read_report
    from umbrella_review.release.changes.page import page_of, style_of

    folders, problems = [], []
    for name in (old, new):
        places = [*_in_project(ctx.obj, name), Path(name)]
        found = [place for place in places if is_report(place)]
        folders += found[:1]
        problems += [] if found else [_missing(name)]
    if problems:
        raise InputError(dict.fromkeys(problems))
    first, second = (
        read_report(folder, name) for folder, name in zip(folders, (old, new), strict=True)
    )
    comparison = compare(first, second)
    if json_file is not None:
        text = json.dumps(document_of(comparison), indent=1, ensure_ascii=False)
        write_document(json_file, text + "\n")
    if html_file is not None:
        write_document(html_file, page_of(comparison, style_of(folders[1], folders[0])))
    _show(comparison)


def _show(comparison: Comparison) -> None:
    from rich.console import Console

    from umbrella_review.release.changes.terminal import rendered

    console = Console(file=sys.stdout, highlight=False)
    width = min(_WIDTH, console.width) if sys.stdout.isatty() else _WIDTH
    console = Console(file=sys.stdout, highlight=False, width=width)
    for one in rendered(comparison):
        console.print(one)


def _in_project(start: Path | None, name: str) -> list[Path]:
    """Return where a version lies; nowhere outside of a project, or for what is a path."""
    if Path(name).name != name:
        return []
    try:
        return [Project.find(start).reports / name]
    except ReviewError:
        return []


def _missing(name: str) -> Problem:
    return Problem(
        name,
        "no report with manifest.json and ledger/ledger.json",
        "a version in reports/, such as 1.0.0 or draft, or the folder of a report",
        "Name one of the folders in reports/, or build the draft: umbrella build.",
    )
